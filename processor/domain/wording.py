"""The words that people meet, by language; loaded from catalogues, never written in code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache


class Words:
    """One language's catalogue: dotted key → sentence with ``{placeholders}``.

    A missing key or placeholder raises KeyError: a catalogue with a hole is a fault that the
    start-up check and the tests must meet, not a reader.
    """

    def __init__(self, language: str, table: Mapping[str, str]) -> None:
        self.language = language
        self._table = dict(table)

    def say(self, key: str, **params: object) -> str:
        """The sentence ``key`` with its placeholders filled."""
        sentence = self._table[key]
        return sentence.format_map(params) if params else sentence

    def has(self, key: str) -> bool:
        """Whether the catalogue has a sentence of that key."""
        return key in self._table

    def reworded(self, nouns: Mapping[str, str], instead: Mapping[str, str]) -> Words:
        """The same catalogue with other words in its sentences (see :func:`reworded`), and some
        sentences ``instead`` of its own."""
        table = {key: reworded(sentence, nouns) for key, sentence in self._table.items()}
        return Words(self.language, {**table, **instead})

    def under(self, prefix: str) -> dict[str, str]:
        """Every key below ``prefix.`` with the prefix cut off, in catalogue order."""
        start = f"{prefix}."
        return {k[len(start) :]: v for k, v in self._table.items() if k.startswith(start)}

    def keys(self) -> frozenset[str]:
        """The keys of all its sentences."""
        return frozenset(self._table)


_KEPT = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{[^{}]*\}|<[^>]*>)", re.DOTALL)


def reworded(sentence: str, nouns: Mapping[str, str]) -> str:
    """``sentence`` with every key of ``nouns`` as its value, the longest first and each place once;
    what stands in braces or angle brackets (placeholders, markup) is left alone."""
    if not nouns:
        return sentence
    pattern = _nouns(tuple(nouns))
    parts = _KEPT.split(sentence)
    for place in range(0, len(parts), 2):
        parts[place] = pattern.sub(lambda hit: nouns[hit.group()], parts[place])
    return "".join(parts)


@lru_cache(maxsize=32)
def _nouns(words: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(
        "|".join(rf"\b{re.escape(w)}\b" if w.isascii() else re.escape(w) for w in longest)
    )
