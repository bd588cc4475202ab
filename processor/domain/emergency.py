"""Major incidents (spec 1.7, 100.5 and 101): what was agreed for them, and how one stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from processor.domain.duty import Reminders
from processor.domain.incident import Incident

NOTICE, REPORT, MEASURE = "notice", "report", "measure"
"""Kinds of the duties of a major incident: telling an authority, the report, what a review
decided."""


class ReporterNews(StrEnum):
    """What reporters are told of, beside the end of it."""

    START = "start"
    ROUNDS = "rounds"
    END = "end"


class EmergencyState(StrEnum):
    """How far an emergency is: asked for, denied, on, over."""

    ASKED = "asked"  # the manager has not answered yet
    DENIED = "denied"
    RUNNING = "running"
    OVER = "over"


@dataclass(slots=True)
class Emergency:
    """The sub-process of the incident ``number``. ``told`` counts the rounds of the broadcast,
    ``next_at`` is when the next is due, ``said`` the last text that was broadcast; ``silent``:
    nobody confirmed it in time. Times are aware."""

    number: str
    state: EmergencyState
    asked_at: datetime | None = None
    declared_at: datetime | None = None
    declared_by: str = ""
    reason: str = ""
    said: str = ""
    silent: bool = False
    told: int = 0
    next_at: datetime | None = None
    over_at: datetime | None = None

    @property
    def running(self) -> bool:
        """Whether it is on."""
        return self.state is EmergencyState.RUNNING


@dataclass(slots=True)
class Receipt:
    """One of the roster: told at ``told_at``; ``acked_at`` is None until he said so."""

    number: str
    address: str
    told_at: datetime
    name: str = ""
    language: str = ""
    acked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Which incidents something is for. Empty: all; a category stands for those below it, too."""

    grades: frozenset[int] = frozenset()
    categories: tuple[str, ...] = ()
    profiles: frozenset[str] = frozenset()

    def holds(self, incident: Incident) -> bool:
        """Whether the incident is one of them."""
        return (
            (not self.grades or incident.priority in self.grades)
            and (not self.profiles or incident.profile in self.profiles)
            and (
                not self.categories
                or any(f"{incident.category}/".startswith(f"{one}/") for one in self.categories)
            )
        )


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on a roster. ``address`` is lower case."""

    address: str
    name: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is told of major incidents in ``scope``."""

    name: str
    members: tuple[Member, ...]
    scope: Scope = field(default_factory=Scope)


@dataclass(frozen=True, slots=True)
class Notice:
    """Whom the house must notify of incidents in ``scope``, ``within`` which time of the
    declaration, and who sees to it ("" the commander). ``to`` maps a language to words."""

    to: Mapping[str, str]
    within: timedelta
    owner: str = ""
    scope: Scope = field(default_factory=Scope)


@dataclass(frozen=True, slots=True)
class EmergencyPolicy:
    """What was agreed. ``scope`` says which incidents ask the manager to confirm them (none while
    ``asks`` is False); silence for ``confirm_within`` counts as yes and is told to the address
    ``silence_tells``. ``intervals`` maps a priority to the time between two broadcasts,
    ``interval`` is that of the others. ``commander`` is an address ("" the first manager);
    ``reporters`` says which news reporters of it and of its duplicates get."""

    asks: bool = False
    scope: Scope = field(default_factory=Scope)
    confirm_within: timedelta = timedelta(minutes=10)
    silence_tells: str = ""
    denied_priority: int = 2
    commander: str = ""
    interval: timedelta = timedelta(minutes=30)
    intervals: Mapping[int, timedelta] = field(default_factory=dict)
    rosters: tuple[Roster, ...] = ()
    ack_reminders: tuple[timedelta, ...] = ()
    notices: tuple[Notice, ...] = ()
    report_within: timedelta = timedelta(hours=24)
    report_words: tuple[str, ...] = ()
    notice_reminders: Reminders = field(default_factory=Reminders)
    report_reminders: Reminders = field(default_factory=Reminders)
    measure_reminders: Reminders = field(default_factory=Reminders)
    reporters: frozenset[ReporterNews] = frozenset()

    def asks_of(self, incident: Incident) -> bool:
        """Whether the manager is to confirm that this is an emergency."""
        return self.asks and not incident.drill and self.scope.holds(incident)

    def members(self, incident: Incident) -> tuple[Member, ...]:
        """Everybody who is told of the incident, each once."""
        found = {
            member.address: member
            for roster in reversed(self.rosters)
            if roster.scope.holds(incident)
            for member in reversed(roster.members)
        }
        return tuple(reversed(found.values()))

    def between(self, incident: Incident) -> timedelta:
        """The time between two broadcasts."""
        return self.intervals.get(incident.priority, self.interval)

    def owed(self, incident: Incident) -> tuple[Notice, ...]:
        """What must be notified; a drill is nobody's business outside."""
        if incident.drill:
            return ()
        return tuple(one for one in self.notices if one.scope.holds(incident))
