"""What happened between an incident and the vendors. ``incident`` is the copy that was released
wherever a letter goes to a vendor."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from processor.domain.events import IncidentEvent
from processor.domain.people import Person


@dataclass(frozen=True, slots=True)
class Released:
    """A file that goes along."""

    name: str
    type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorAsked(IncidentEvent):
    """``contact`` is asked for help; an answer is owed until ``due_at``, None: nothing agreed."""

    contact: Person
    text: str
    due_at: datetime | None = None
    files: tuple[Released, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorReminded(IncidentEvent):
    """The vendor still owes an answer; ``due_at`` is aware, ``overdue`` says that it has passed."""

    contact: Person
    text: str
    due_at: datetime
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorOverdue(IncidentEvent):
    """For the team: ``incident`` is the record itself."""

    vendor: str
    due_at: datetime
    tell: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorAnswered(IncidentEvent):
    """For the team: what the vendor wrote."""

    vendor: str
    text: str
