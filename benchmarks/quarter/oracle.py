"""What ought to have happened, worked out slowly and obviously from what people did.

Nothing of the product's clocks, calendars or timetables is used: this is written after the
specification (spec 1.5, 1.6) alone. Times are minutes since the first midnight in Shanghai.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from benchmarks.quarter.cast import Cast
from benchmarks.quarter.days import Minutes
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
    assignee: str = ""
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
        self.believed: dict[str, Believed] = {}

    def tells(self) -> Iterator[Told]:
        """Everything that is to be told in the quarter, in order."""
        place = 0
        for tick in self._ticks:
            while place < len(self._deeds) and self._deeds[place].minute <= tick:
                self._follow(self._deeds[place])
                place += 1
            for one in list(self.believed.values()):
                yield from self._due(one, tick)

    def _follow(self, deed: Deed) -> None:
        if deed.what == "open":
            priority, group, assignee = self._first[deed.number]
            self.believed[deed.number] = Believed(
                deed.number, priority, group, [(deed.minute, deed.to)], assignee
            )
            return
        one = self.believed[deed.number]
        after = AFTER.get(deed.what)
        if deed.what == "tell" and one.status == "pending_user":
            after = "in_progress"
        if deed.what == "raise_priority":
            one.priority = 2
        if after is not None:
            one.spells.append((deed.minute, after))
        if deed.what == "accept":
            one.assignee = deed.by
        elif deed.what == "assign":
            one.group, one.assignee = deed.to, ""
        elif deed.what == "return":
            one.group, one.assignee = "service-desk", ""

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
