"""Urgent incidents are confirmed, major ones told to all until they are solved (100.5 and 101)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from benchmarks.quarter.believed import Believed, Told
from benchmarks.quarter.cast import DIRECTOR, GENERAL, Cast
from benchmarks.quarter.owed import Duties

WITHIN = 10  # minutes in which the manager is to confirm it
BEATS = {1: 30, 2: 60, 3: 120, 4: 240}  # minutes between two broadcasts
RECEIPTS = (10, 30)  # minutes after which those who did not acknowledge are asked
ROSTER = (DIRECTOR.address, GENERAL.address)


@dataclass(slots=True)
class Alarm:
    """``asked`` when the manager was asked; ``next`` when the roster is told again."""

    asked: int | None = None
    declared: bool = False
    running: bool = False
    next: int = 0
    receipts: list[int] = field(default_factory=list)
    acked: set[str] = field(default_factory=set)


class Urgency:
    """The alarms of all incidents."""

    def __init__(self, people: Cast, duties: Duties) -> None:
        self._people = people
        self._duties = duties
        self._alarms: dict[str, Alarm] = {}

    def of(self, one: Believed) -> Alarm:
        return self._alarms.setdefault(one.number, Alarm())

    def graded(self, one: Believed, minute: int) -> Iterator[Told]:
        """It has a grade: the manager is asked about one of the first."""
        alarm = self.of(one)
        if one.priority == 1 and not one.school and alarm.asked is None and not alarm.declared:
            alarm.asked = minute
            yield Told(minute, one.number, "urgent-ask", (self._people.manager.address,))

    def denied(self, one: Believed) -> None:
        alarm = self.of(one)
        alarm.asked, alarm.running, alarm.declared = None, False, False
        self._duties.dropped(one)

    def declare(self, one: Believed, minute: int, by: str = "") -> Iterator[Told]:
        """Confirmed, declared or answered by silence: all are told."""
        alarm, manager = self.of(one), self._people.manager.address
        alarm.asked, alarm.declared, alarm.running = None, True, True
        alarm.next = minute + BEATS[one.priority]
        alarm.receipts = [minute + after for after in RECEIPTS]
        handlers = () if one.assignee else tuple(self._group(one))
        to = dict.fromkeys((*ROSTER, *((one.assignee,) if one.assignee else ()), *handlers))
        yield Told(minute, one.number, "emergency-alarm", tuple(to))
        yield Told(minute, one.number, "emergency-command", (manager,))
        yield Told(minute, one.number, "major-news", (one.reporter,))
        yield from self._duties.of_major(one, minute, by)

    def _group(self, one: Believed) -> list[str]:
        return [member.address for member in self._people.engineers[one.group]]

    def moved(self, one: Believed, was_open: bool, minute: int) -> Iterator[Told]:
        """Its status changed: it is over, or goes on after all."""
        alarm, manager = self.of(one), self._people.manager.address
        if not alarm.declared or was_open == one.open:
            return
        alarm.running = one.open
        if one.open:
            yield Told(minute, one.number, "emergency-round", (manager, *ROSTER))
            alarm.next = minute + BEATS[one.priority]
            return
        handlers = (one.assignee,) if one.assignee else tuple(self._group(one))
        to = tuple(dict.fromkeys((manager, *ROSTER, *handlers)))
        yield Told(minute, one.number, "emergency-over", to)

    def acknowledge(self, one: Believed, who: str) -> None:
        self.of(one).acked.add(who)

    def ring(self, one: Believed, tick: int) -> Iterator[Told]:
        """Who is told at this tick."""
        alarm, manager = self.of(one), self._people.manager.address
        if alarm.asked is not None and tick >= alarm.asked + WITHIN:
            if not one.open:
                alarm.asked = None
            else:
                yield Told(tick, one.number, "urgent-unanswered", (DIRECTOR.address, manager))
                yield from self.declare(one, tick)
                return
        receipts = [at for at in alarm.receipts if at <= tick]
        alarm.receipts = [at for at in alarm.receipts if at > tick]
        missing = tuple(one for one in ROSTER if one not in alarm.acked)
        if not alarm.running:
            return
        if tick >= alarm.next:
            yield Told(tick, one.number, "emergency-round", (manager, *ROSTER))
            yield Told(tick, one.number, "major-news", (one.reporter,))
            while alarm.next <= tick:
                alarm.next += BEATS[one.priority]
        if receipts and missing:
            yield Told(tick, one.number, "emergency-ack-ask", missing)
            yield Told(tick, one.number, "emergency-receipts", (manager,))
