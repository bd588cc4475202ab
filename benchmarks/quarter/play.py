"""The play: every life's acts at their minute, the desk's clocks every ten, and what it did."""

from __future__ import annotations

import heapq
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from benchmarks.quarter.acts import LAST, Act, Life
from benchmarks.quarter.agreed import Agreed
from benchmarks.quarter.cast import (
    DIRECTOR,
    GENERAL,
    GROUPS,
    START,
    VENDOR,
    WEEKS,
    Somebody,
    cast,
)
from benchmarks.quarter.days import DAY
from benchmarks.quarter.desk import Desk, Letter
from benchmarks.quarter.house import home_for
from benchmarks.quarter.lives import hurry, in_haste, lives
from benchmarks.quarter.played import Course, Deed, Played
from benchmarks.quarter.sense import makes_sense

TICK = 10
DOWN = ((9 * DAY + 600, 120), (37 * DAY + 890, 120), (65 * DAY + 480, 120))
"""The desk's machine stands still: from which minute, for how many."""
SECRET = bytes(range(32))
LOWER_LINES = ("hardware", "network", "applications")
ALARMED = frozenset({"ack", "broadcast", "notified"})  # after the alarm reached the roster
PATIENCE = 60
"""Minutes in which somebody waits for the alarm before he gives up."""


class Play:
    """Plays a quarter on a home of its own."""

    def __init__(self, folder: Path, incidents: int, seed: int, weeks: int = WEEKS) -> None:
        self.people = cast()
        self.played = Played(self.people, Agreed(weeks))
        self.minutes = self.played.minutes
        self.desk = Desk(home_for(folder, self.people, SECRET), START)
        told = lives(incidents, weeks, seed)
        self._due: list[tuple[int, int, int]] = [
            (life.minute, n, -1) for n, life in enumerate(told)
        ]
        self._courses = [Course(life) for life in told]
        self._wrote: dict[str, int] = {}  # address → minute of his last mail
        self._holds: list[tuple[int, Letter, str]] = []
        heapq.heapify(self._due)

    def run(self) -> Played:
        """Minute by minute to the end of the quarter."""
        restarts = {begin + length for begin, length in DOWN}
        for minute in range(self.minutes.count):
            if any(begin <= minute < begin + length for begin, length in DOWN):
                continue  # what is written meanwhile lies in the mailbox
            if minute in restarts:
                self.desk.restart()
            acted = self._act(minute) | self._hold_back(minute)
            if acted or minute % TICK == 0:
                self.desk.now = START + timedelta(minutes=minute)
                self.desk.look_at_clocks()
                self.played.ticks.append(minute)
                self._read(minute)
        return self.played

    def _read(self, minute: int) -> None:
        fresh = self.desk.send()
        self.played.letters += [(minute, letter) for letter in fresh]
        for letter in fresh:
            if letter.event == "unsolved-list" and minute // DAY % 5 in (2, 4):
                one = letter.numbers[0] if minute // DAY % 5 == 4 else ""
                self._holds.append((minute + 3, letter, one))

    def _hold_back(self, minute: int) -> bool:
        """The manager does not want customers to be told today: of one, or of any."""
        if not self._holds or self._holds[0][0] > minute:
            return False
        _, letter, one = self._holds.pop(0)
        manager = self.people.manager
        if self._wrote.get(manager.address) == minute:
            self._holds.insert(0, (minute + 1, letter, one))
            return False
        self._wrote[manager.address] = minute
        self.desk.now = START + timedelta(minutes=minute)
        raw = self.desk.answer_to(letter, manager, f"#暂缓通报 {one}".strip())
        return self._hand_in(raw, Deed(minute, one, "hold", manager.address), ("commanded",))

    def _act(self, minute: int) -> bool:
        acted = False
        while self._due and self._due[0][0] <= minute:
            _, ordinal, place = heapq.heappop(self._due)
            course = self._courses[ordinal]
            self.desk.now = START + timedelta(minutes=minute)
            if place < 0:
                self._report(course, minute)
            else:
                self._carry_out(course, place, minute)
            self._read(minute)
            acted = True
        return acted

    def _later(self, course: Course, minute: int, skip: int = 0) -> None:
        """The next act of this life, after its wait."""
        course.next_act += skip
        if course.next_act >= len(course.life.acts):
            return
        act = course.life.acts[course.next_act]
        if act.what == "nobody":
            return
        at = self.minutes.after(minute, act.wait) if act.working else minute + act.wait
        heapq.heappush(self._due, (max(at, minute + 1), course.life.ordinal, course.next_act))
        course.next_act += 1
        course.waited = 0

    def _postpone(self, course: Course, place: int, at: int) -> None:
        heapq.heappush(self._due, (at, course.life.ordinal, place))

    def _may_write(self, who: Somebody, course: Course, place: int, minute: int) -> bool:
        """Nobody writes two mails in a minute."""
        if self._wrote.get(who.address) == minute:
            self._postpone(course, place, minute + 1)
            return False
        self._wrote[who.address] = minute
        return True

    def _report(self, course: Course, minute: int) -> None:
        who = self.people.reporters[course.life.reporter]
        if not self._may_write(who, course, -1, minute):
            return
        raw = self.desk.write(who, course.life.subject, course.life.text)
        self._open(course, minute, who, raw)

    def _open(self, course: Course, minute: int, who: Somebody, raw: bytes) -> None:
        journey = self.desk.take(raw)
        self.played.mails += 1
        if journey.incident is None or str(journey.disposition) != "opened":
            self.played.refused.append(
                f"{course.life.subject}: {journey.disposition} {journey.reason}"
            )
            return
        course.number, course.group = journey.incident.number, journey.incident.group
        course.priority, status = journey.incident.priority, str(journey.incident.status)
        if course.priority == 1 and not course.life.school:
            course.life = in_haste(course.life)
        self.played.opened[course.number] = course
        self.played.deeds.append(Deed(minute, course.number, "open", who.address, status))
        acts = course.life.acts
        if status == "new" and acts and acts[0].what not in ("reject", "cancel"):
            self._dispatch(course, minute)
        self._later(course, minute)

    def _dispatch(self, course: Course, minute: int) -> None:
        """What the rules leave to the desk is given to a group at once."""
        desk = self.people.desk[0]
        group = ("hardware", "systems", "applications")[course.life.ordinal % 3]
        self._wrote.pop(desk.address, None)
        if self._take(course, minute, "assign", desk, f"#分派 {group}", group):
            course.group = group

    def _carry_out(self, course: Course, place: int, minute: int) -> None:
        act = course.life.acts[place]
        if act.what in ALARMED and not self._is_alarmed(course, minute, place):
            return
        other = self._another(course) if act.what == "merge" else ""
        wanted = act.what if act.what != "merge" else other
        line = GROUPS.get(course.group, (2, 0))[0]
        status = self.desk.status(course.number)
        duty = self.desk.notice(course.number) if act.what == "notified" else ""
        if act.what == "notified":
            wanted = duty
        if act.what == "problem" and self.desk.has_problem(course.number):
            wanted = ""
        if not wanted or not makes_sense(act.what, course.priority, line, status):
            self._later(course, minute, act.brings)
            return
        who = self._who(course, act)
        if not self._may_write(who, course, place, minute):
            return
        if act.what == "again":
            self._once_more(course, minute, who, act)
            return
        to = other
        if act.what in ("assign", "escalate"):
            lower = act.what == "assign"
            groups = LOWER_LINES if lower else ("network", "systems", "security")
            to = groups[(course.life.ordinal + 1) % 3]
        words = act.words.replace("{group}", to).replace("{above}", to).replace("{other}", other)
        words = words.replace("{duty}", duty).replace("{ordinal}", str(course.life.ordinal))
        words = words.replace("{domain}", who.address.rpartition("@")[2])
        if self._take(course, minute, act.what, who, words, to or _about(act.what, words)):
            self._follow(course, act, who, to)
            if act.what in LAST:
                return
        self._later(course, minute)

    @staticmethod
    def _follow(course: Course, act: Act, who: Somebody, to: str) -> None:
        """What everybody knows after it."""
        if act.what == "accept":
            course.busy = who
        elif act.what in ("assign", "escalate"):
            course.group, course.busy = to, None
        elif act.what in ("return", "recall"):
            course.group, course.busy = "service-desk", None
        if act.what in ("make_urgent", "major"):
            told = course.life.acts
            done, ahead = told[: course.next_act], told[course.next_act :]
            course.life = replace(course.life, acts=(*done, *map(hurry, ahead)))
        course.priority = {"raise_priority": 2, "deny": 2, "make_urgent": 1, "lower": 4}.get(
            act.what, course.priority
        )

    def _is_alarmed(self, course: Course, minute: int, place: int) -> bool:
        """Whether the roster has heard of it; who waits in vain for long gives up."""
        if (DIRECTOR.address, course.number) in self.desk.last_to:
            return True
        course.waited += TICK
        if course.waited > PATIENCE:
            self._later(course, minute)
        else:
            self._postpone(course, place, minute + TICK)
        return False

    def _another(self, course: Course) -> str:
        """The number of another incident that is being worked on, the latest; "" for none."""
        for number, other in reversed(self.played.opened.items()):
            others = other is not course and not other.life.school and number[:3] == "INC"
            if others and self.desk.status(number) == "in_progress":
                return number
        return ""

    def _once_more(self, course: Course, minute: int, who: Somebody, act: Act) -> None:
        """Long after it was closed its reporter answers: that is a new incident."""
        acts = (Act("engineer", "accept", "#接单", 15), *_last_solution(course.life))
        life = replace(course.life, ordinal=len(self._courses), minute=minute, acts=acts)
        new = Course(life)
        self._courses.append(new)
        self._open(new, minute, who, self.desk.answer(who, course.number, act.words))

    def _who(self, course: Course, act: Act) -> Somebody:
        members = self.people.engineers.get(course.group) or self.people.desk
        parts = {
            "reporter": self.people.reporters[course.life.reporter],
            "engineer": course.busy or members[course.life.ordinal % len(members)],
            "desk": self.people.desk[course.life.ordinal % 2],
            "manager": self.people.manager,
            "vendor": VENDOR,
            "director": DIRECTOR,
            "general": GENERAL,
        }
        return parts[act.who]

    def _take(
        self, course: Course, minute: int, what: str, who: Somebody, words: str, to: str
    ) -> bool:
        raw = self.desk.answer(who, course.number, words)
        deed = Deed(minute, course.number, what, who.address, to)
        return self._hand_in(raw, deed, ("commanded", "updated"))

    def _hand_in(self, raw: bytes, deed: Deed, wanted: tuple[str, ...]) -> bool:
        journey = self.desk.take(raw)
        self.played.mails += 1
        if str(journey.disposition) not in wanted:
            self.played.refused.append(
                f"{deed.number} {deed.what} by {deed.by} at {deed.minute}: "
                f"{journey.disposition} {journey.reason}"
            )
            return False
        self.played.deeds.append(deed)
        return True


def _about(what: str, words: str) -> str:
    """What the judge has to know of the words."""
    match what:
        case "resolve":
            return "workaround" if "方案：临时" in words else "permanent"
        case "owed" | "watch":
            return words.split()[1]
        case _:
            return ""


def _last_solution(life: Life) -> tuple[Act, ...]:
    return tuple(act for act in life.acts if act.what == "resolve")[-1:]
