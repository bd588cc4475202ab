"""One incident as the oracle believes it to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from benchmarks.quarter.agreed import Agreed, Terms
from benchmarks.quarter.following import Chain

OPEN = frozenset(
    {"new", "assigned", "in_progress", "pending_user", "pending_vendor", "pending_change"}
)
SOLVED = frozenset({"resolved", "pending_review", "closed"})
ENDED = SOLVED | {"rejected", "cancelled", "merged"}
UNTAKEN = frozenset({"new", "assigned"})


@dataclass(frozen=True, slots=True)
class First:
    """What the rules made of a report, which other tests judge."""

    priority: int
    group: str
    assignee: str
    category: str


@dataclass(frozen=True, slots=True, order=True)
class Told:
    """At ``minute`` these addresses are told of ``step``: of a clock, or the kind of a letter."""

    minute: int
    number: str
    step: str
    to: tuple[str, ...]


@dataclass(slots=True)
class Believed:
    """``spells`` are (from, status), ``grades`` are (from, priority)."""

    number: str
    agreed: Agreed
    reporter: str
    group: str
    assignee: str
    category: str
    spells: list[tuple[int, str]]
    grades: list[tuple[int, int]]
    chain: Chain | None = None
    parent: str = ""
    dispatches: int = 0
    told_place: int = -1  # how far up the ladder somebody was told
    problems: list[str] = field(default_factory=list)  # what they were opened for
    taken: set[str] = field(default_factory=set)
    skipped: list[tuple[int, str]] = field(default_factory=list)

    @property
    def begun(self) -> int:
        return self.spells[0][0]

    @property
    def status(self) -> str:
        return self.spells[-1][1]

    @property
    def open(self) -> bool:
        return self.status in OPEN

    @property
    def school(self) -> bool:
        return self.number.startswith("CMP-")

    @property
    def priority(self) -> int:
        return self.grades[-1][1]

    @property
    def terms(self) -> Terms:
        return self.agreed.terms(self.reporter, self.number, self.priority)

    def terms_at(self, minute: int) -> Terms:
        """Those that held when the clock that stopped then was stopped."""
        priority = [grade for at, grade in self.grades if at <= minute][-1]
        return self.agreed.terms(self.reporter, self.number, priority)

    def answered_at(self) -> int | None:
        """When somebody first worked on it, or it was ended."""
        return next((at for at, status in self.spells if status not in UNTAKEN), None)

    def ended_at(self) -> int | None:
        """When it was solved or ended otherwise, where it still is."""
        if self.status not in ENDED:
            return None
        before = [place for place, (_, status) in enumerate(self.spells) if status not in ENDED]
        return self.spells[before[-1] + 1][0] if before else self.begun

    @property
    def runs(self) -> bool:
        """Whether the resolution clock runs in its status."""
        return self._runs_in(self.status, self.terms)

    @staticmethod
    def _runs_in(status: str, terms: Terms) -> bool:
        return status not in ENDED and status not in terms.stands

    def ran(self, until: int, terms: Terms | None = None) -> int:
        """Minutes of the resolution target that have run."""
        agreed = terms or self.terms
        return sum(
            agreed.hours.between(start, end)
            for start, end, status in self.pieces(until)
            if self._runs_in(status, agreed)
        )

    def stood(self, until: int, terms: Terms | None = None) -> int:
        """Minutes of its calendar in which the resolution clock stood still."""
        agreed = terms or self.terms
        return sum(
            agreed.hours.between(start, end)
            for start, end, status in self.pieces(until)
            if not self._runs_in(status, agreed)
        )

    def pieces(self, until: int) -> Iterator[tuple[int, int, str]]:
        """(from, to, status) up to ``until``."""
        ends = [at for at, _ in self.spells[1:]] + [until]
        for (start, status), end in zip(self.spells, ends, strict=True):
            if start < until:
                yield start, min(end, until), status
