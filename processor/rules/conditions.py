"""Conditions compiled once, asked for every mail. Each gives the named groups that it found
(an empty mapping where there are none), or None where it does not hold."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import re2

from processor.domain.ruling import All, Condition, Not, Test
from processor.rules.reading import Reading, folded

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


def compile_pattern(pattern: str) -> Any:
    """RE2, case-insensitive, silent on stderr; the pattern is widened as the text is.

    Raises :class:`PatternError`.
    """
    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = False
    try:
        return re2.compile(_wide_pattern(pattern), options)
    except re2.error as error:
        complaint = error.args[0] if error.args else ""
        text = complaint.decode() if isinstance(complaint, bytes) else str(complaint)
        raise PatternError(pattern, text) from None


def _wide_pattern(pattern: str) -> str:
    """Full-width signs become the plain ones that the text will hold, taken literally: ``（`` is
    a bracket to be found, not a group."""
    signs = []
    for sign in pattern:
        plain = unicodedata.normalize("NFKC", sign).replace("\u2019", "'")
        signs.append(sign if plain == sign else re2.escape(plain))
    return "".join(signs)


def _compile_test(test: Test) -> Question:
    if test.operator == "pattern":
        patterns = tuple(compile_pattern(value) for value in test.values)
        return _Matches(test.field, test.header, patterns)
    values = tuple(folded(value) for value in test.values)
    if test.operator == "contains":
        return _Contains(test.field, test.header, values)
    if test.operator == "words":
        return _HasWords(test.field, test.header, values)
    if test.operator in ("in", "is"):
        return _Equals(test.field, test.header, frozenset(values))
    raise ValueError(f"no such operator: {test.operator}")


def has_word(text: str, word: str) -> bool:
    """Whether folded ``text`` holds folded ``word`` not as a part of a longer Latin word; a
    trailing ``*`` allows any ending (``print*``). Between Chinese characters there are no borders.
    """
    stem = word.rstrip("*")
    any_ending = stem != word
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

    def ask(self, reading: Reading) -> Groups | None:
        for text in reading.fold(self.field, self.header):
            for value in self.values:
                if value in text:
                    return NOTHING
        return None


@dataclass(frozen=True, slots=True)
class _HasWords:
    field: str
    header: str
    values: tuple[str, ...]

    def ask(self, reading: Reading) -> Groups | None:
        for text in reading.fold(self.field, self.header):
            for value in self.values:
                if has_word(text, value):
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
class _Matches:
    field: str
    header: str
    patterns: tuple[Any, ...]

    def ask(self, reading: Reading) -> Groups | None:
        for text in reading.wide(self.field, self.header):
            for pattern in self.patterns:
                hit = pattern.search(text)
                if hit:
                    groups = hit.groupdict() if pattern.groupindex else NOTHING
                    return {name: value.strip() for name, value in groups.items() if value}
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
