"""What ought to have happened, worked out slowly and obviously from what people did.

Nothing of the product's clocks, calendars or timetables is used: this is written after the
specification (spec 1.3–1.8) alone. Times are minutes since the first midnight in Shanghai.
"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.quarter import following
from benchmarks.quarter.believed import OPEN, UNTAKEN, Believed, First, Told
from benchmarks.quarter.cast import DESK_GROUP, Cast
from benchmarks.quarter.days import DAY
from benchmarks.quarter.lists import Listed, Rounds
from benchmarks.quarter.owed import NOTICE, REPORT, SCHOOL, Duties, ThirdLine
from benchmarks.quarter.places import Places
from benchmarks.quarter.played import Deed, Played
from benchmarks.quarter.problems import Problems
from benchmarks.quarter.urgency import Urgency

TIMETABLE: dict[int, dict[int, str]] = {
    1: {50: "lead", 75: "manager", 100: "it_director", 150: "general_manager"},
    2: {50: "assignee", 75: "lead", 100: "manager", 150: "it_director", 200: "general_manager"},
    3: {75: "assignee", 100: "lead", 150: "manager", 200: "it_director"},
    4: {100: "assignee", 150: "lead", 200: "manager"},
}
NOT_ACCEPTED = "response:100:desk+lead"
MOST_DISPATCHES = 3
AFTER = {  # deed → the status that it leads to
    "accept": "in_progress",
    "assign": "assigned",
    "escalate": "assigned",
    "return": "new",
    "recall": "new",
    "ask": "pending_user",
    "vendor": "pending_vendor",
    "change": "pending_change",
    "changed": "in_progress",
    "resolve": "resolved",
    "reopen": "in_progress",
    "confirm": "pending_review",
    "send_back": "in_progress",
    "approve": "closed",
    "reject": "rejected",
    "cancel": "cancelled",
    "merge": "merged",
}
ANSWERED = {  # whose mail ends a wait: deed → the status that waits for it
    "tell": "pending_user",
    "chase": "pending_user",
    "answered": "pending_vendor",
}
GRADES = {"raise_priority": 2, "make_urgent": 1, "lower": 4, "deny": 2}


class Oracle:
    """Follows the deeds and says at each tick who must be told."""

    def __init__(self, played: Played, first: dict[str, First]) -> None:
        self._people: Cast = played.people
        self._agreed = played.agreed
        self._minutes = played.minutes
        self._first = first
        self._deeds = played.deeds
        self._ticks = played.ticks
        self._places = Places(played.people)
        self._duties = Duties(played.people)
        self._vendor = ThirdLine(played.people)
        self._urgency = Urgency(played.people, self._duties)
        self._problems = Problems(played.people, played.minutes)
        self._rounds = Rounds(played.people, played.minutes)
        self._watchers: dict[str, list[str]] = {}
        self._workaround: dict[str, bool] = {}
        self.believed: dict[str, Believed] = {}

    def tells(self) -> Iterator[Told | Listed]:
        """Everything that is to be told in the quarter, in order."""
        place = 0
        for tick in self._ticks:
            while place < len(self._deeds) and self._deeds[place].minute <= tick:
                yield from self._follow(self._deeds[place])
                place += 1
            for one in list(self.believed.values()):
                yield from self._due(one, tick)
                yield from self._silence(one, tick)
                yield from self._declared(one, list(self._urgency.ring(one, tick)))
            yield from self._duties.ring(tick)
            yield from self._vendor.ring(tick)
            yield from self._rounds.held(self.believed, tick)
            yield from self._problems.look(self.believed.values(), tick)

    def _declared(self, one: Believed, told: list[Told], by: str = "") -> Iterator[Told]:
        """A major incident always opens a problem, as he who declares it knows; reporters of
        duplicates get its news, too."""
        for tell in told:
            if tell.step == "major-news":
                yield from self._all_of(one, tell.minute, tell.step, self._watching(one))
            else:
                yield tell
            if tell.step == "emergency-command":
                opened = self._problems.open_for(one, tell.minute, "major")
                yield from (new for new in opened if by not in new.to)

    def _follow(self, deed: Deed) -> Iterator[Told]:
        if deed.what == "hold":
            self._rounds.hold_back(deed.minute // DAY, deed.number)
            return
        if deed.what == "open":
            yield from self._open(deed)
            return
        one = self.believed[deed.number]
        self._hands(one, deed)
        if deed.what in GRADES:
            one.grades.append((deed.minute, GRADES[deed.what]))
        after = AFTER.get(deed.what)
        if deed.what in ANSWERED and one.status == ANSWERED[deed.what]:
            after = "in_progress"
        was = one.open, one.status
        if after is not None:
            yield from self._move(one, deed.minute, after)
        yield from self._beside(one, deed)
        if was[0] and not one.open and deed.what == "merge":
            one.assignee = ""
        if one.dispatches > MOST_DISPATCHES and "dispatches" not in one.taken and one.open:
            one.taken.add("dispatches")
            one.told_place = max(one.told_place, 2)
            yield Told(deed.minute, one.number, "redispatched", (self._people.manager.address,))

    @staticmethod
    def _hands(one: Believed, deed: Deed) -> None:
        """In whose hands it is."""
        if deed.what == "accept":
            one.assignee = deed.by
        elif deed.what in ("assign", "escalate"):
            one.group, one.assignee = deed.to, ""
            one.dispatches += 1
        elif deed.what in ("return", "recall"):
            one.group, one.assignee = DESK_GROUP, ""
        elif deed.what == "merge":
            one.parent = deed.to

    def _beside(self, one: Believed, deed: Deed) -> Iterator[Told]:
        """What a deed brings about beside the status."""
        minute, manager = deed.minute, self._people.manager.address
        match deed.what:
            case "raise":
                rung, address = self._places.above(one, deed.by)
                one.told_place = max(one.told_place, rung)
                yield Told(minute, one.number, "raised", (address,))
            case "make_urgent":
                yield from self._urgency.graded(one, minute)
            case "deny":
                self._urgency.denied(one)
            case "confirm_urgent" | "major":
                told = list(self._urgency.declare(one, minute, deed.by))
                yield from self._declared(one, told, deed.by)
            case "ack":
                self._urgency.acknowledge(one, deed.by)
            case "notified":
                self._duties.done(one, NOTICE)
            case "report":
                self._duties.done(one, REPORT)
            case "owed":
                self._duties.done(one, list(SCHOOL)[int(deed.to) - 1])
            case "vendor":
                yield from self._vendor.ask(one, minute)
            case "problem":
                yield from self._problems.open_for(one, minute, "person")
            case "watch":
                self._watchers.setdefault(one.number, []).append(deed.to)
            case "ask":
                yield Told(minute, one.number, "question", (one.reporter,))
            case "resolve":
                self._workaround[one.number] = deed.to == "workaround"
                yield from self._duties.after_school(one, minute)
                yield from self._all_of(one, minute, "resolved-ask", ())
            case "approve":
                others = (*self._watching(one), manager)
                yield from self._all_of(one, minute, "closed", others)
                solved = not self._workaround[one.number]
                yield from self._problems.at_closing(one, minute, solved=solved)
            case "call":
                self._rounds.called(one.number, minute)

    def _watching(self, one: Believed) -> tuple[str, ...]:
        """Who is kept informed beside the reporter."""
        return tuple(self._watchers.get(one.number, ()))

    def _all_of(
        self, one: Believed, minute: int, kind: str, others: tuple[str, ...]
    ) -> Iterator[Told]:
        """Its reporter is told, and those of its duplicates, each by his own number and once."""
        told = {one.reporter, *self._watching(one)}
        yield Told(minute, one.number, kind, (one.reporter, *others))
        for child in self.believed.values():
            if child.parent == one.number and child.reporter not in told:
                told.add(child.reporter)
                yield Told(minute, child.number, kind, (child.reporter,))

    def _open(self, deed: Deed) -> Iterator[Told]:
        first = self._first[deed.number]
        one = Believed(
            deed.number, self._agreed, deed.by, first.group, first.assignee, first.category,
            [(deed.minute, deed.to)], [(deed.minute, first.priority)],
        )  # fmt: skip
        one.dispatches = int(deed.to == "assigned")
        self.believed[deed.number] = one
        yield Told(deed.minute, one.number, "opened", (one.reporter,))
        yield from self._urgency.graded(one, deed.minute)
        if one.school:
            yield from self._duties.of_school(one, deed.minute)

    def _move(self, one: Believed, minute: int, status: str) -> Iterator[Told]:
        was_open = one.open
        one.spells.append((minute, status))
        one.chain = following.begin(status, minute, self._minutes)
        yield from self._urgency.moved(one, was_open, minute)

    def _silence(self, one: Believed, tick: int) -> Iterator[Told]:
        if one.chain is None:
            return
        happens = following.ring(one.chain, tick, self._minutes)
        if happens == "end" and one.status == "resolved":
            yield from self._move(one, tick, "pending_review")
        elif happens == "end":
            yield Told(tick, one.number, "answer-missing", (one.assignee,))
        elif happens:
            reader = self._people.manager.address if "review" in happens else one.reporter
            yield Told(tick, one.number, happens, (reader,))

    def _due(self, one: Believed, tick: int) -> Iterator[Told]:
        terms = one.terms
        if one.status in UNTAKEN and one.answered_at() is None:
            ran = terms.hours.between(one.begun, tick)
            if ran >= terms.response and NOT_ACCEPTED not in one.taken:
                one.taken.add(NOT_ACCEPTED)
                rung, lead = self._places.told("lead", one)
                one.told_place = max(one.told_place, rung)
                desk = (member.address for member in self._people.desk)
                yield Told(tick, one.number, NOT_ACCEPTED, (*desk, lead))
        if one.status not in OPEN or not one.runs:
            return
        ran = one.ran(tick)
        due = [
            f"resolution:{share}:{who}"
            for share, who in sorted(TIMETABLE[one.priority].items())
            if 100 * ran >= share * terms.resolution
        ]
        new = [step for step in due if step not in one.taken]
        if not new:
            return
        one.taken.update(new)
        *skipped, latest = new
        one.skipped += [(tick, step) for step in skipped]
        rung, address = self._places.told(latest.rpartition(":")[2], one)
        one.told_place = max(one.told_place, rung)
        yield Told(tick, one.number, latest, (address,))
