"""When a problem is opened, and when all of them are reviewed (spec 1.8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from benchmarks.quarter.believed import Believed, Told
from benchmarks.quarter.cast import Cast
from benchmarks.quarter.days import DAY, Minutes, works

OFTEN, WITHIN, EVERY = 5, 30 * DAY, 15  # so many of a category, in these minutes; looked for every
NOT_COUNTED = frozenset({"rejected", "merged", "cancelled"})
BEGIN_OF_WORK = 8 * 60 + 30


class Problems:
    """All problems; none is closed in the quarter."""

    def __init__(self, people: Cast, minutes: Minutes) -> None:
        self._manager = people.manager.address
        self._minutes = minutes
        self._looked: int | None = None
        self._trends: dict[str, int] = {}  # category → when its problem was opened
        self._reviewed: set[tuple[int, int]] = set()
        self.opened = 0

    def open_for(self, one: Believed, minute: int, why: str) -> Iterator[Told]:
        """One is opened unless the incident has one."""
        if one.problems:
            return
        one.problems.append(why)
        yield self._new(minute)

    def _new(self, minute: int) -> Told:
        self.opened += 1
        return Told(minute, "", "problem-new", (self._manager,))

    def at_closing(self, one: Believed, minute: int, *, solved: bool) -> Iterator[Told]:
        """Closed with a workaround alone; requests and what is confidential open none."""
        if not solved and one.number.startswith("INC-"):
            yield from self.open_for(one, minute, "workaround")

    def look(self, everything: Iterable[Believed], tick: int) -> Iterator[Told]:
        """Every quarter of an hour: what keeps coming back; then the month's review."""
        if self._looked is None or tick >= self._looked + EVERY:
            self._looked = tick
            yield from self._trending(list(everything), tick)
        yield from self._review(tick)

    def _trending(self, everything: list[Believed], tick: int) -> Iterator[Told]:
        by_category: dict[str, list[Believed]] = {}
        for one in everything:
            if one.category and one.status not in NOT_COUNTED and one.number[:3] != "REQ":
                by_category.setdefault(one.category, []).append(one)
        for category, found in by_category.items():
            since = self._trends.get(category, tick - WITHIN)
            recent = [one for one in found if one.begun >= since]
            if category not in self._trends:
                if len(recent) < OFTEN:
                    continue
                self._trends[category] = tick
                yield self._new(tick)
            for one in recent:
                one.problems.append(category)

    def _review(self, tick: int) -> Iterator[Told]:
        day = self._minutes.day_of(tick)
        month = (day.year, day.month)
        before = [day.replace(day=1) + timedelta(days=n) for n in range(day.day - 1)]
        first = works(day) and not any(works(one) for one in before)
        if first and tick % DAY >= BEGIN_OF_WORK and month not in self._reviewed and self.opened:
            self._reviewed.add(month)
            yield Told(tick, "", "problem-review", (self._manager,))
