"""One line of the table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from benchmarks.quarter.cast import START


@dataclass(slots=True)
class Row:
    """How many were compared, and what differed."""

    subject: str
    compared: int = 0
    differences: list[str] = field(default_factory=list)

    def check(self, what: str, found: object, expected: object) -> None:
        """Compare one thing."""
        self.compared += 1
        if found != expected:
            self.differences.append(f"{what}: found {found}, expected {expected}")

    def same(self, found: Iterable[str], expected: Iterable[str]) -> None:
        """Compare two collections, in which the same thing may stand several times."""
        have, want = Counter(found), Counter(expected)
        self.compared += sum((have & want).values())
        self.differences += [f"too much: {one}" for one in (have - want).elements()]
        self.differences += [f"missing: {one}" for one in (want - have).elements()]


def at(minute: float) -> datetime:
    """A minute of the quarter as a moment."""
    return START + timedelta(minutes=minute)
