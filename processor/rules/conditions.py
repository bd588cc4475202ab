"""Conditions compiled once, asked for every mail. Each gives the named groups that it found
(an empty mapping where there are none), or None where it does not hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import re2

from processor.domain.ruling import All, Condition, Not, Test
from processor.rules.literals import Needed, literals_of
from processor.rules.reading import PROSE, Reading, folded, wide_pattern

NOTHING: Mapping[str, str] = {}
Groups = Mapping[str, str]


class PatternError(ValueError):
    """A pattern that RE2 does not take (look-around, back-references, open brackets)."""

    def __init__(self, pattern: str, complaint: str) -> None:
        super().__init__(f"{pattern}: {complaint}")
        self.pattern = pattern
        self.complaint = complaint


class Question(Protocol):
    """A compiled condition."""

    def ask(self, reading: Reading) -> Groups | None:
        """The named groups when it holds, None when it does not."""


def compile_condition(condition: Condition) -> Question:
    """Raises :class:`PatternError`."""
    if isinstance(condition, Test):
        return _compile_test(condition)
    if isinstance(condition, Not):
        return _No(compile_condition(condition.part))
    parts = tuple(compile_condition(part) for part in condition.parts)
    return _Every(parts) if isinstance(condition, All) else _Some(parts)


@lru_cache(maxsize=8192)
def compile_pattern(pattern: str) -> Any:
    """RE2, case-insensitive, silent on stderr; the pattern is widened as the text is.

    Raises :class:`PatternError`.
    """
    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = False
    try:
        return re2.compile(wide_pattern(pattern), options)
    except re2.error as error:
        complaint = error.args[0] if error.args else ""
        text = complaint.decode() if isinstance(complaint, bytes) else str(complaint)
        raise PatternError(pattern, text) from None


def _compile_test(test: Test) -> Question:
    if test.operator == "pattern":
        indexed = test.field in PROSE
        patterns = tuple(
            _Pattern(compile_pattern(value), literals_of(wide_pattern(value)) if indexed else None)
            for value in test.values
        )
        return _Matches(test.field, test.header, patterns)
    values = tuple(folded(value) for value in test.values)
    if test.operator in ("in", "is"):
        return _Equals(test.field, test.header, frozenset(values))
    if test.operator == "contains":
        return _Contains(test.field, test.header, values, _indexed(test.field, values))
    if test.operator == "between":
        spans = tuple((begin, end) for begin, _, end in (v.partition("-") for v in test.values))
        return _Between(test.field, test.header, spans)
    if test.operator == "words":
        words = tuple((value.rstrip("*"), value.endswith("*")) for value in values)
        stems = _indexed(test.field, tuple(stem for stem, _ in words))
        return _HasWords(test.field, test.header, words, stems)
    raise ValueError(f"no such operator: {test.operator}")


def _indexed(field: str, texts: tuple[str, ...]) -> frozenset[str] | None:
    """The texts as a set where an index of literals speaks for all of them."""
    return frozenset(texts) if field in PROSE and all(len(t) > 1 for t in texts) else None


def _absent(indexed: frozenset[str] | None, reading: Reading) -> bool:
    """Whether it is already known that none of the texts is there."""
    return (
        indexed is not None and reading.present is not None and indexed.isdisjoint(reading.present)
    )


def has_word(text: str, stem: str, any_ending: bool = False) -> bool:
    """Whether folded ``text`` holds folded ``stem`` not as a part of a longer Latin word;
    ``any_ending`` (``print*``) lets it go on. Between Chinese characters there are no borders."""
    at = text.find(stem)
    while at >= 0:
        end = at + len(stem)
        starts = at == 0 or not (_latin(text[at - 1]) and _latin(stem[0]))
        ends = any_ending or end == len(text) or not (_latin(text[end]) and _latin(stem[-1]))
        if starts and ends:
            return True
        at = text.find(stem, at + 1)
    return False


def _latin(sign: str) -> bool:
    """Letters of alphabets that put blanks between words, and digits."""
    return sign.isalnum() and sign < "\u2e80"


@dataclass(frozen=True, slots=True)
class _Contains:
    field: str
    header: str
    values: tuple[str, ...]
    indexed: frozenset[str] | None

    def ask(self, reading: Reading) -> Groups | None:
        if _absent(self.indexed, reading):
            return None
        for text in reading.fold(self.field, self.header):
            for value in self.values:
                if value in text:
                    return NOTHING
        return None


@dataclass(frozen=True, slots=True)
class _HasWords:
    field: str
    header: str
    words: tuple[tuple[str, bool], ...]
    indexed: frozenset[str] | None

    def ask(self, reading: Reading) -> Groups | None:
        if _absent(self.indexed, reading):
            return None
        words, present = self.words, reading.present
        if self.indexed is not None and present is not None:
            # one walk has found what stands there at all: of a rule's many words hardly any
            words = tuple(word for word in words if word[0] in present)
        for text in reading.fold(self.field, self.header):
            for stem, any_ending in words:
                if has_word(text, stem, any_ending):
                    return NOTHING
        return None


@dataclass(frozen=True, slots=True)
class _Equals:
    field: str
    header: str
    values: frozenset[str]

    def ask(self, reading: Reading) -> Groups | None:
        found = not self.values.isdisjoint(reading.fold(self.field, self.header))
        return NOTHING if found else None


@dataclass(frozen=True, slots=True)
class _Between:
    """From the first time of day to before the second; over midnight where that is the earlier."""

    field: str
    header: str
    spans: tuple[tuple[str, str], ...]

    def ask(self, reading: Reading) -> Groups | None:
        for text in reading.fold(self.field, self.header):
            for begin, end in self.spans:
                over = end <= begin
                if text and ((text >= begin or text < end) if over else begin <= text < end):
                    return NOTHING
        return None


@dataclass(frozen=True, slots=True)
class _Pattern:
    """``needs``: folded texts without one of which the pattern matches nothing; None: unknown."""

    compiled: Any
    needs: Needed


def _named(hit: Any) -> Groups:
    """The named groups of a match in UTF-8 that found something."""
    found: dict[str, bytes | None] = hit.groupdict()
    return {name: said.decode("utf-8", "replace").strip() for name, said in found.items() if said}


@dataclass(frozen=True, slots=True)
class _Matches:
    field: str
    header: str
    patterns: tuple[_Pattern, ...]

    def ask(self, reading: Reading) -> Groups | None:
        patterns = [one.compiled for one in self.patterns if not _absent(one.needs, reading)]
        if not patterns:
            return None
        for text in reading.encoded(self.field, self.header):
            for pattern in patterns:
                hit = pattern.search(text)
                if hit:
                    return _named(hit) if pattern.groupindex else NOTHING
        return None


@dataclass(frozen=True, slots=True)
class _Every:
    parts: tuple[Question, ...]

    def ask(self, reading: Reading) -> Groups | None:
        found: Groups = NOTHING
        for part in self.parts:
            groups = part.ask(reading)
            if groups is None:
                return None
            if groups:
                found = {**groups, **found}
        return found


@dataclass(frozen=True, slots=True)
class _Some:
    """The first alternative that holds speaks; later ones are not asked."""

    parts: tuple[Question, ...]

    def ask(self, reading: Reading) -> Groups | None:
        for part in self.parts:
            groups = part.ask(reading)
            if groups is not None:
                return groups
        return None


@dataclass(frozen=True, slots=True)
class _No:
    part: Question

    def ask(self, reading: Reading) -> Groups | None:
        return NOTHING if self.part.ask(reading) is None else None
