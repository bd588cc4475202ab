"""What happened to an urgent or major incident."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from processor.domain.duty import Duty
from processor.domain.emergency import Receipt, ReporterNews
from processor.domain.events import IncidentEvent
from processor.domain.incident import Clock, Incident
from processor.domain.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentAsked(IncidentEvent):
    """The incident managers are to confirm or deny it ``until`` then."""

    until: datetime
    clocks: tuple[Clock, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentUnanswered(IncidentEvent):
    """Nobody answered for ``minutes``: it counts as confirmed, and ``tell`` (addresses) hear of
    that."""

    minutes: int
    tell: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyEvent(IncidentEvent):
    """Of a major incident. ``receipts`` are its roster's as they stand; ``since`` is when it was
    declared, ``next_at`` when the roster is told again."""

    receipts: tuple[Receipt, ...] = ()
    since: datetime | None = None
    next_at: datetime | None = None

    @property
    def missing(self) -> tuple[Receipt, ...]:
        """Who has not acknowledged it."""
        return tuple(one for one in self.receipts if one.acked_at is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyDeclared(EmergencyEvent):
    """``owed`` are the notices and the report that the commander sees to; ``related`` are open
    incidents with the same symptom, with their clocks: the service desk attaches those that belong
    to it."""

    reason: str = ""
    owed: tuple[Duty, ...] = ()
    related: tuple[tuple[Incident, tuple[Clock, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CommanderNamed(EmergencyEvent):
    """``incident.commander`` leads it from now on; ``owed`` is still to be done."""

    owed: tuple[Duty, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyRound(EmergencyEvent):
    """It is time to tell the roster how it stands; ``said`` is the last text that was broadcast.
    ``again``: it had counted as solved."""

    said: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast(EmergencyEvent):
    """The commander tells everybody on the roster."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged(EmergencyEvent):
    """``actor``, one of the roster, has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptsMissing(EmergencyEvent):
    """Some of the roster have not said that they know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportersInformed(IncidentEvent):
    """It is time for the reporter's own news of a major incident: ``news`` of its beginning, of
    how it stands, or (``END``) that it was called off and goes on as any other. ``said`` is what
    reporters were last answered; ``roster`` are addresses that hear of it as the roster does."""

    news: ReporterNews
    said: str = ""
    next_at: datetime | None = None
    clocks: tuple[Clock, ...] = ()
    roster: tuple[str, ...] = ()
    contacts: tuple[Person, ...] = ()  # of the customer's contract


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyOver(EmergencyEvent):
    """It is solved, or (``denied``) was no major incident after all, for this ``reason``."""

    denied: bool = False
    reason: str = ""
