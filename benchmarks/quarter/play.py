"""The play: every life's acts at their minute, the desk's clocks every ten, and what it did."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from benchmarks.quarter.cast import START, WEEKS, Cast, Somebody, cast, home_for
from benchmarks.quarter.days import Minutes
from benchmarks.quarter.desk import Desk, Letter
from benchmarks.quarter.lives import Act, Life, in_haste, lives

TICK = 10
DOWN = ((9 * 1440 + 600, 120), (37 * 1440 + 890, 120), (65 * 1440 + 480, 120))
"""The desk's machine stands still: from which minute, for how many."""
SECRET = bytes(range(32))


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that people did and the desk took, at ``minute``. ``to`` is the group or the new
    priority where there is one."""

    minute: int
    number: str
    what: str
    by: str
    to: str = ""


@dataclass(slots=True)
class Course:
    """How far a life has come. ``busy`` is the engineer who has it."""

    life: Life
    number: str = ""
    group: str = ""
    priority: int = 0
    next_act: int = 0
    busy: Somebody | None = None


@dataclass(slots=True)
class Played:
    """All that can be judged."""

    people: Cast
    minutes: Minutes
    ticks: list[int] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    letters: list[tuple[int, Letter]] = field(default_factory=list)
    opened: dict[str, Course] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    mails: int = 0


class Play:
    """Plays a quarter on a home of its own."""

    def __init__(self, folder: Path, incidents: int, seed: int, weeks: int = WEEKS) -> None:
        self.people = cast()
        self.minutes = Minutes(weeks)
        self.played = Played(self.people, self.minutes)
        self.desk = Desk(home_for(folder, self.people, SECRET), START)
        told = lives(incidents, weeks, len(self.people.reporters), seed)
        self._due: list[tuple[int, int, int]] = [
            (life.minute, n, -1) for n, life in enumerate(told)
        ]
        self._courses = [Course(life) for life in told]
        self._wrote: dict[str, int] = {}  # address → minute of his last mail
        heapq.heapify(self._due)

    def run(self) -> Played:
        """Minute by minute to the end of the quarter."""
        restarts = {begin + length for begin, length in DOWN}
        for minute in range(self.minutes.count):
            if any(begin <= minute < begin + length for begin, length in DOWN):
                continue  # what is written meanwhile lies in the mailbox
            if minute in restarts:
                self.desk.restart()
            acted = self._act(minute)
            if acted or minute % TICK == 0:
                self.desk.now = START + timedelta(minutes=minute)
                self.desk.look_at_clocks()
                self.played.ticks.append(minute)
                self._read(minute)
        return self.played

    def _read(self, minute: int) -> None:
        self.played.letters += [(minute, letter) for letter in self.desk.send()]

    def _act(self, minute: int) -> bool:
        acted = False
        while self._due and self._due[0][0] <= minute:
            _, ordinal, place = heapq.heappop(self._due)
            course = self._courses[ordinal]
            self.desk.now = START + timedelta(minutes=minute)
            if place < 0:
                self._report(course, minute)
            else:
                self._carry_out(course, course.life.acts[place], minute)
            self._read(minute)
            acted = True
        return acted

    def _later(self, course: Course, minute: int) -> None:
        """The next act of this life, after its wait."""
        if course.next_act >= len(course.life.acts):
            return
        act = course.life.acts[course.next_act]
        if act.what == "nobody":
            return
        at = self.minutes.after(minute, act.wait) if act.working else minute + act.wait
        heapq.heappush(self._due, (max(at, minute + 1), course.life.ordinal, course.next_act))
        course.next_act += 1

    def _may_write(self, who: Somebody, course: Course, place: int, minute: int) -> bool:
        """Nobody writes two mails in a minute."""
        if self._wrote.get(who.address) == minute:
            heapq.heappush(self._due, (minute + 1, course.life.ordinal, place))
            return False
        self._wrote[who.address] = minute
        return True

    def _report(self, course: Course, minute: int) -> None:
        who = self.people.reporters[course.life.reporter]
        if not self._may_write(who, course, -1, minute):
            return
        journey = self.desk.take(self.desk.write(who, course.life.subject, course.life.text))
        self.played.mails += 1
        if journey.incident is None or str(journey.disposition) != "opened":
            self.played.refused.append(f"{course.life.subject}: {journey.reason}")
            return
        course.number, course.group = journey.incident.number, journey.incident.group
        course.priority = journey.incident.priority
        if course.priority == 1:
            course.life = in_haste(course.life)
        self.played.opened[course.number] = course
        self._note_deed(minute, course, "open", who, f"{journey.incident.status}")
        if str(journey.incident.status) == "new" and course.life.acts[0].what != "reject":
            self._dispatch(course, minute)
        self._later(course, minute)

    def _dispatch(self, course: Course, minute: int) -> None:
        """What the rules leave to the desk is given to a group at once."""
        desk = self.people.engineers["service-desk"][0]
        group = ("hardware", "systems", "applications")[course.life.ordinal % 3]
        self._wrote.pop(desk.address, None)
        if self._take(course, minute, "assign", desk, f"#分派 {group}", group):
            course.group = group

    def _carry_out(self, course: Course, act: Act, minute: int) -> None:
        place = course.life.acts.index(act)
        who = self._who(course, act)
        words, to = act.words, ""
        if act.what == "assign":
            to = ("hardware", "network", "applications")[(course.life.ordinal + 1) % 3]
            words = words.replace("{group}", to)
        if not self._may_write(who, course, place, minute):
            return
        if act.what == "raise_priority" and course.priority <= 2:
            self._later(course, minute)
            return
        words = words.replace("{ordinal}", str(course.life.ordinal))
        if self._take(course, minute, act.what, who, words, to):
            if act.what == "accept":
                course.busy = who
            elif act.what == "assign":
                course.group, course.busy = to, None
            elif act.what == "return":
                course.group, course.busy = "service-desk", None
            elif act.what in ("raise_priority", "deny"):
                course.priority = 2
        self._later(course, minute)

    def _who(self, course: Course, act: Act) -> Somebody:
        members = self.people.engineers.get(course.group) or self.people.engineers["service-desk"]
        parts = {
            "reporter": self.people.reporters[course.life.reporter],
            "engineer": course.busy or members[course.life.ordinal % len(members)],
            "desk": self.people.engineers["service-desk"][course.life.ordinal % 2],
            "manager": self.people.manager,
        }
        return parts[act.who]

    def _take(
        self, course: Course, minute: int, what: str, who: Somebody, words: str, to: str
    ) -> bool:
        journey = self.desk.take(self.desk.answer(who, course.number, words))
        self.played.mails += 1
        if str(journey.disposition) not in ("commanded", "updated"):
            self.played.refused.append(
                f"{course.number} {what} by {who.address} at {minute}: "
                f"{journey.disposition} {journey.reason}"
            )
            return False
        self._note_deed(minute, course, what, who, to)
        return True

    def _note_deed(self, minute: int, course: Course, what: str, who: Somebody, to: str) -> None:
        self.played.deeds.append(Deed(minute, course.number, what, who.address, to))
