"""What the oracle expects of the rounds: which lists go to whom on which day (spec 1.6, end)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from benchmarks.quarter.believed import Believed
from benchmarks.quarter.cast import Cast
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
SHORTENED = frozenset({MORNING, UNSOLVED, CUSTOMERS})  # what is more is counted
WEEK = 7 * DAY


@dataclass(frozen=True, slots=True, order=True)
class Listed:
    """A list of these incidents that one reader gets at the tick."""

    minute: int
    kind: str
    to: str
    numbers: tuple[str, ...]


class Rounds:
    """Which rounds are due at a tick, each day's once, and what they list."""

    def __init__(self, people: Cast, minutes: Minutes) -> None:
        self._people = people
        self._minutes = minutes
        self._held: set[tuple[str, int]] = set()
        self._held_back: set[tuple[int, str]] = set()
        self._last: dict[str, int] = {}
        self._calls: list[tuple[str, int | None]] = []  # number, when it was made

    def hold_back(self, day: int, number: str) -> None:
        """Customers are not told of that incident on that day; "": of none."""
        self._held_back.add((day, number))

    def called(self, number: str, minute: int) -> None:
        """The desk called the reporter."""
        if number in (one for one, _ in self._calls):
            self._calls = [(n, minute if n == number else done) for n, done in self._calls]
        else:
            self._calls.append((number, minute))

    def held(self, believed: Mapping[str, Believed], tick: int) -> Iterator[Listed]:
        """The lists whose time has come on this day and that were not sent yet."""
        day, of_day = divmod(tick, DAY)
        for kind, at in TIMES.items():
            if of_day >= at and (kind, day) not in self._held and self._is_day(kind, tick):
                self._held.add((kind, day))
                yield from self._list(kind, believed.values(), tick)

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

    def _list(self, kind: str, believed: Iterable[Believed], tick: int) -> list[Listed]:
        still_open = [one for one in believed if one.open]
        manager, day = self._people.manager.address, tick // DAY
        if kind == MORNING:
            pairs = [(one.assignee, one.number) for one in still_open if one.assignee]
        elif kind == UNSOLVED:
            pairs = [(manager, one.number) for one in still_open]
        elif kind == CUSTOMERS:
            told = [one for one in still_open if not self._is_held_back(day, one.number)]
            pairs = [(one.reporter, one.number) for one in told]
        elif kind == CALLBACKS:
            chosen = self._to_call(believed, tick)
            self._calls += [(number, None) for number in chosen]
            pairs = [(desk.address, number) for number in chosen for desk in self._people.desk]
        else:
            since = self._since(kind, tick)
            told_of = [n for n, done in self._calls if done is None or done > since]
            pairs = [(manager, number) for number in told_of]
        return by_reader(kind, tick, pairs)

    def _is_held_back(self, day: int, number: str) -> bool:
        return bool(self._held_back & {(day, ""), (day, number)})

    def _since(self, kind: str, tick: int) -> int:
        """The minute of the list before."""
        before = self._last.get(kind, tick - WEEK)
        self._last[kind] = tick
        return before

    def _to_call(self, believed: Iterable[Believed], tick: int) -> list[str]:
        """What was closed since the last list, still is, and nobody was called about."""
        since = self._since(CALLBACKS, tick)
        called = {number for number, done in self._calls if done is not None}
        return [
            one.number
            for one in believed
            if one.status == "closed" and one.spells[-1][0] > since and one.number not in called
        ]


def by_reader(kind: str, tick: int, pairs: Iterable[tuple[str, str]]) -> list[Listed]:
    """(reader, number) → one list a reader."""
    found: dict[str, set[str]] = {}
    for reader, number in pairs:
        found.setdefault(reader, set()).add(number)
    return [Listed(tick, kind, reader, tuple(sorted(all_))) for reader, all_ in found.items()]
