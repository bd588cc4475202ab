"""What ought to have happened, worked out slowly and obviously from what people did.

Nothing of the product's clocks, calendars or timetables is used: this is written after the
specification (spec 1.5, 1.6) alone. Times are minutes since the first midnight in Shanghai.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from benchmarks.quarter import following, lists
from benchmarks.quarter.cast import Cast
from benchmarks.quarter.days import Minutes
from benchmarks.quarter.following import Chain
from benchmarks.quarter.lists import Listed, Rounds
from benchmarks.quarter.play import Deed, Played

TARGETS = {1: (15, 240), 2: (30, 480), 3: (120, 1440), 4: (240, 2400)}  # minutes; 1 day and night
TIMETABLE: dict[int, dict[int, str]] = {
    1: {50: "lead", 75: "manager", 100: "it_director", 150: "general_manager"},
    2: {50: "assignee", 75: "lead", 100: "manager", 150: "it_director", 200: "general_manager"},
    3: {75: "assignee", 100: "lead", 150: "manager", 200: "it_director"},
    4: {100: "assignee", 150: "lead", 200: "manager"},
}
POSTS = {
    "it_director": "it.director@example.com",
    "general_manager": "general.manager@example.com",
}
NOT_ACCEPTED = "response:100:desk+lead"
RUNS = frozenset({"new", "assigned", "in_progress"})  # the resolution clock; in others it stands
ENDED = frozenset({"resolved", "pending_review", "closed", "rejected"})
AFTER = {  # deed → the status that it leads to
    "accept": "in_progress",
    "assign": "assigned",
    "return": "new",
    "ask": "pending_user",
    "resolve": "resolved",
    "reopen": "in_progress",
    "confirm": "pending_review",
    "approve": "closed",
    "reject": "rejected",
}
WITHIN = 10  # minutes in which an urgent incident is to be confirmed
BEAT = 30  # minutes between two broadcasts of a P1
ROSTER = (POSTS["it_director"],)  # and the managers, one of whom commands


@dataclass(frozen=True, slots=True, order=True)
class Told:
    """At the tick ``minute`` these addresses are told of a step of a clock."""

    minute: int
    number: str
    step: str
    to: tuple[str, ...]


@dataclass(slots=True)
class Believed:
    """One incident as the oracle believes it to be. ``spells`` are (from, status)."""

    number: str
    priority: int
    group: str
    spells: list[tuple[int, str]]
    reporter: str = ""
    assignee: str = ""
    chain: Chain | None = None
    asked: int | None = None  # when the manager was asked whether it is urgent
    declared: int | None = None  # a major incident since
    broadcast: int = 0  # when the next one is due
    taken: set[str] = field(default_factory=set)
    skipped: list[tuple[int, str]] = field(default_factory=list)

    @property
    def begun(self) -> int:
        return self.spells[0][0]

    @property
    def status(self) -> str:
        return self.spells[-1][1]

    @property
    def always(self) -> bool:
        return self.priority == 1

    def answered_at(self) -> int | None:
        """When somebody first worked on it, or it was ended."""
        return next((at for at, status in self.spells if status not in ("new", "assigned")), None)

    def ran(self, until: int, minutes: Minutes) -> int:
        """Minutes of the resolution target that have run."""
        return sum(
            minutes.between(start, end, always=self.always)
            for start, end, status in self.pieces(until)
            if status in RUNS
        )

    def stood(self, until: int, minutes: Minutes) -> int:
        """Minutes of its calendar in which the resolution clock stood still."""
        return sum(
            minutes.between(start, end, always=self.always)
            for start, end, status in self.pieces(until)
            if status not in RUNS
        )

    def pieces(self, until: int) -> Iterator[tuple[int, int, str]]:
        """(from, to, status) up to ``until``."""
        ends = [at for at, _ in self.spells[1:]] + [until]
        for (start, status), end in zip(self.spells, ends, strict=True):
            if start < until:
                yield start, min(end, until), status


class Oracle:
    """Follows the deeds and says at each tick who must be told."""

    def __init__(self, played: Played, first: dict[str, tuple[int, str, str]]) -> None:
        """``first``: number → priority, group and assignee at the opening, which the rules
        decide and other tests judge."""
        self._people: Cast = played.people
        self._minutes = played.minutes
        self._first = first
        self._deeds = played.deeds
        self._ticks = played.ticks
        self._rounds = Rounds(played.minutes)
        self._closed: list[str] = []  # since the last list of calls
        self._to_call: list[str] = []
        self.believed: dict[str, Believed] = {}

    def tells(self) -> Iterator[Told | Listed]:
        """Everything that is to be told in the quarter, in order."""
        place = 0
        for tick in self._ticks:
            while place < len(self._deeds) and self._deeds[place].minute <= tick:
                self._follow(self._deeds[place])
                place += 1
            for one in list(self.believed.values()):
                yield from self._due(one, tick)
                yield from self._silence(one, tick)
                yield from self._urgent(one, tick)
            for kind in self._rounds.due(tick):
                yield from self._list(kind, tick)

    def _follow(self, deed: Deed) -> None:
        if deed.what == "open":
            self._open(deed)
            return
        one = self.believed[deed.number]
        after = AFTER.get(deed.what)
        if deed.what == "tell" and one.status == "pending_user":
            after = "in_progress"
        if deed.what in ("raise_priority", "deny"):
            one.priority = 2
        if deed.what == "deny":
            one.asked = None
        elif deed.what == "confirm_urgent":
            self._declare(one, deed.minute)
        if after is not None:
            self._move(one, deed.minute, after)
        if deed.what == "accept":
            one.assignee = deed.by
        elif deed.what == "assign":
            one.group, one.assignee = deed.to, ""
        elif deed.what == "return":
            one.group, one.assignee = "service-desk", ""

    def _open(self, deed: Deed) -> None:
        priority, group, assignee = self._first[deed.number]
        one = Believed(deed.number, priority, group, [(deed.minute, deed.to)], deed.by, assignee)
        one.asked = deed.minute if priority == 1 else None
        self.believed[deed.number] = one

    def _move(self, one: Believed, minute: int, status: str) -> None:
        one.spells.append((minute, status))
        one.chain = following.begin(status, minute, self._minutes)
        if status == "closed":
            self._closed.append(one.number)

    def _silence(self, one: Believed, tick: int) -> Iterator[Told]:
        if one.chain is None:
            return
        happens = following.ring(one.chain, tick, self._minutes)
        if happens == "end" and one.status == "resolved":
            self._move(one, tick, "pending_review")
        elif happens == "end":
            yield Told(tick, one.number, "answer-missing", (one.assignee,))
        elif happens:
            reader = self._people.manager.address if "review" in happens else one.reporter
            yield Told(tick, one.number, happens, (reader,))

    def _declare(self, one: Believed, minute: int) -> None:
        one.asked, one.declared, one.broadcast = None, minute, minute + BEAT

    def _urgent(self, one: Believed, tick: int) -> Iterator[Told]:
        """Asked, not answered: it counts as urgent; broadcasts until it is solved (100.5, 101)."""
        if one.asked is not None and one.status in lists.OPEN and tick >= one.asked + WITHIN:
            yield Told(tick, one.number, "urgent-unanswered", (POSTS["it_director"],))
            self._declare(one, tick)
        if one.declared is None or one.status not in lists.OPEN:
            return
        if tick >= one.broadcast:
            yield Told(tick, one.number, "emergency-round", ROSTER)
            while one.broadcast <= tick:
                one.broadcast += BEAT

    def _list(self, kind: str, tick: int) -> list[Listed]:
        still_open = [one for one in self.believed.values() if one.status in lists.OPEN]
        manager = self._people.manager.address
        if kind == lists.MORNING:
            pairs = [(one.assignee, one.number) for one in still_open if one.assignee]
        elif kind == lists.UNSOLVED:
            pairs = [(manager, one.number) for one in still_open]
        elif kind == lists.CUSTOMERS:
            pairs = [(one.reporter, one.number) for one in still_open]
        elif kind == lists.CALLBACKS:
            pairs = [(desk, number) for number in self._closed for desk in self._desk()]
            self._to_call += self._closed
            self._closed = []
        else:
            pairs = [(manager, number) for number in self._to_call]
        return lists.by_reader(kind, tick, pairs)

    def _due(self, one: Believed, tick: int) -> Iterator[Told]:
        response, resolution = TARGETS[one.priority]
        if one.answered_at() is None:
            ran = self._minutes.between(one.begun, tick, always=one.always)
            if ran >= response and NOT_ACCEPTED not in one.taken:
                one.taken.add(NOT_ACCEPTED)
                yield Told(tick, one.number, NOT_ACCEPTED, self._unanswered(one))
        if one.status not in RUNS:
            return
        ran = one.ran(tick, self._minutes)
        due = [
            f"resolution:{share}:{who}"
            for share, who in sorted(TIMETABLE[one.priority].items())
            if 100 * ran >= share * resolution
        ]
        new = [step for step in due if step not in one.taken]
        if not new:
            return
        one.taken.update(new)
        *skipped, latest = new
        one.skipped += [(tick, step) for step in skipped]
        yield Told(tick, one.number, latest, self._address(latest.rpartition(":")[2], one))

    def _unanswered(self, one: Believed) -> tuple[str, ...]:
        """Service desk and group lead (spec 1.6)."""
        lead = self._people.lead(one.group)
        return (*self._desk(), *((lead.address,) if lead else ()))

    def _desk(self) -> tuple[str, ...]:
        return tuple(one.address for one in self._people.engineers["service-desk"])

    def _address(self, who: str, one: Believed) -> tuple[str, ...]:
        """Who fills the place, else who is next above."""
        lead = self._people.lead(one.group)
        if who == "assignee" and one.assignee:
            return (one.assignee,)
        if who in ("assignee", "lead") and lead is not None:
            return (lead.address,)
        return (POSTS.get(who, self._people.manager.address),)
