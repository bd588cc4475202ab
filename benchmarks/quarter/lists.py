"""What the oracle expects of the rounds: which lists go to whom on which day (spec 1.6, end)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from benchmarks.quarter.days import DAY, Minutes, works

MORNING, UNSOLVED, CUSTOMERS, CALLBACKS, RESULTS = (
    "work-list",
    "unsolved-list",
    "open-states",
    "callback-list",
    "callback-results",
)
TIMES = {  # minute of the day; the end of work is 18:00
    MORNING: 8 * 60 + 30,
    UNSOLVED: 17 * 60,
    CUSTOMERS: 17 * 60 + 30,
    CALLBACKS: 15 * 60,
    RESULTS: 17 * 60,
}
WEEKLY = frozenset({CALLBACKS, RESULTS})
OPEN = frozenset({"new", "assigned", "in_progress", "pending_user"})


@dataclass(frozen=True, slots=True, order=True)
class Listed:
    """A list of these incidents that one reader gets at the tick."""

    minute: int
    kind: str
    to: str
    numbers: tuple[str, ...]


class Rounds:
    """Which rounds are due at a tick; each day's once."""

    def __init__(self, minutes: Minutes) -> None:
        self._minutes = minutes
        self._held: set[tuple[str, int]] = set()

    def due(self, tick: int) -> Iterator[str]:
        """The kinds of list whose time has come on this day and that were not sent yet."""
        day, of_day = divmod(tick, DAY)
        for kind, at in TIMES.items():
            if of_day >= at and (kind, day) not in self._held and self._is_day(kind, tick):
                self._held.add((kind, day))
                yield kind

    def _is_day(self, kind: str, tick: int) -> bool:
        today = self._minutes.day_of(tick)
        if not works(today):
            return False
        if kind not in WEEKLY:
            return True
        monday = today - timedelta(days=today.weekday())
        week = [monday + timedelta(days=place) for place in range(7)]
        until_friday = [day for day in week if works(day) and day.weekday() <= 4]
        after = [day for day in week if works(day)]
        return today == (until_friday[-1] if until_friday else after[0])


def by_reader(kind: str, tick: int, pairs: Iterable[tuple[str, str]]) -> list[Listed]:
    """(reader, number) → one list a reader."""
    found: dict[str, list[str]] = {}
    for reader, number in pairs:
        found.setdefault(reader, []).append(number)
    return [Listed(tick, kind, reader, tuple(sorted(all_))) for reader, all_ in found.items()]
