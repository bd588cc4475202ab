"""What somebody owes by a time: notices and reports of major incidents, what the school does for
its pupils, a vendor's answer. Who owes it is reminded; when it is late others hear of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.quarter.agreed import VENDOR as VENDOR_OWES
from benchmarks.quarter.believed import Believed, Told
from benchmarks.quarter.cast import VENDOR, Cast
from benchmarks.quarter.places import Places

HOUR = 60
WITHDRAWN = frozenset({"cancelled", "rejected", "merged"})
NOTICE, REPORT = "notice", "report-of-101"
MAJOR = {  # minutes until it is due, before that, then so often every so many
    NOTICE: (2 * HOUR, 30, 4, 30),
    REPORT: (24 * HOUR, 4 * HOUR, 3, 4 * HOUR),
}
SCHOOL = {  # in the order of their ordinals; minutes until it is due, before that
    "plan": (4 * HOUR, HOUR),
    "comfort": (24 * HOUR, 4 * HOUR),
    "parents": (24 * HOUR, 4 * HOUR),
    "report": (72 * HOUR, 24 * HOUR),
}
AFTERWARDS = {"week": (7 * 24 * HOUR, 24 * HOUR), "month": (30 * 24 * HOUR, 24 * HOUR)}


@dataclass(slots=True)
class Owed:
    """``moments`` are the minutes at which somebody is reminded."""

    what: str
    of: Believed
    owner: str
    due: int
    moments: list[int]
    over: bool = False


class Duties:
    """All that is owed in the house."""

    def __init__(self, people: Cast) -> None:
        self._people = people
        self._places = Places(people)
        self._all: list[Owed] = []

    def of_major(self, one: Believed, minute: int, by: str) -> Iterator[Told]:
        """A major incident was declared; the manager commands it. Where he did that himself, the
        letter that tells him so tells the duties, too."""
        for what, (due, before, times, every) in MAJOR.items():
            end = minute + due
            later = [end + turn * every for turn in range(times + 1)]
            owner = self._people.manager.address
            told = self._give(what, one, owner, minute, end, [end - before, *later])
            yield from (tell for tell in told if owner != by)

    def of_school(self, one: Believed, minute: int) -> Iterator[Told]:
        """A confidential case was reported: its lead owes what its assignee would, as yet nobody
        has it."""
        for what, (due, before) in SCHOOL.items():
            owner = self._places.told("lead", one)[1]
            end = minute + due
            yield from self._give(what, one, owner, minute, end, [end - before, end])

    def after_school(self, one: Believed, minute: int) -> Iterator[Told]:
        """It was solved: how they fare is asked later, each once."""
        if not one.school or any(owed.of is one and owed.what in AFTERWARDS for owed in self._all):
            return
        for what, (due, before) in AFTERWARDS.items():
            end = minute + due
            owner = self._places.told("lead", one)[1]
            yield from self._give(what, one, owner, minute, end, [end - before, end])

    def _give(
        self, what: str, one: Believed, owner: str, minute: int, due: int, moments: list[int]
    ) -> Iterator[Told]:
        self._all.append(Owed(what, one, owner, due, [at for at in moments if at > minute]))
        yield Told(minute, one.number, "duty-given", (owner,))

    def done(self, one: Believed, what: str) -> None:
        """It is owed no more."""
        for owed in self._all:
            if owed.of is one and owed.what == what:
                owed.over = True

    def dropped(self, one: Believed) -> None:
        """It was no major incident."""
        for what in MAJOR:
            self.done(one, what)

    def ring(self, tick: int) -> Iterator[Told]:
        """Who is told at this tick."""
        manager = self._people.manager.address
        for owed in self._all:
            if owed.over or owed.of.status in WITHDRAWN or not _now(owed.moments, tick):
                continue
            late = owed.due <= tick
            to = dict.fromkeys((owed.owner, manager) if late else (owed.owner,))
            kind = "duty-overdue" if late else "duty-near"
            yield Told(tick, owed.of.number, kind, tuple(to))


class ThirdLine:
    """What the vendor owes, in working time."""

    def __init__(self, people: Cast) -> None:
        self._people = people
        self._asked: dict[str, Owed] = {}

    def ask(self, one: Believed, minute: int) -> Iterator[Told]:
        due = one.agreed.office.after(minute, VENDOR_OWES[one.priority])
        later = [due + turn * 4 * HOUR for turn in range(4)]
        moments = [at for at in (due - 30, *later) if at > minute]
        self._asked[one.number] = Owed("answer", one, VENDOR.address, due, moments)
        yield Told(minute, one.number, "vendor-ask", (VENDOR.address,))

    def ring(self, tick: int) -> Iterator[Told]:
        """Who is told at this tick: as long as it waits for the vendor."""
        for number, owed in list(self._asked.items()):
            if owed.of.status != "pending_vendor":
                del self._asked[number]
            elif _now(owed.moments, tick):
                yield Told(tick, number, "vendor-remind", (owed.owner,))
                if owed.due <= tick:
                    lead = self._people.lead(owed.of.group)
                    to = (owed.of.assignee, lead.address if lead else "")
                    told = tuple(dict.fromkeys(one for one in to if one))
                    yield Told(tick, number, "vendor-overdue", told)


def _now(moments: list[int], tick: int) -> bool:
    """Whether one of the moments has come; those that came together are one."""
    come = [at for at in moments if at <= tick]
    moments[:] = [at for at in moments if at > tick]
    return bool(come)
