"""The words that people meet, by language; loaded from catalogues, never written in code."""

from __future__ import annotations

from collections.abc import Mapping


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
        return key in self._table

    def under(self, prefix: str) -> dict[str, str]:
        """Every key below ``prefix.`` with the prefix cut off, in catalogue order."""
        start = f"{prefix}."
        return {k[len(start) :]: v for k, v in self._table.items() if k.startswith(start)}

    def keys(self) -> frozenset[str]:
        return frozenset(self._table)
