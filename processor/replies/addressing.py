"""To whom a letter goes and what he may see of it: the parts of which routes are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from processor.domain import events as e
from processor.domain.change import Change, is_approver
from processor.domain.incident import Incident
from processor.domain.neighbours import Neighbour
from processor.domain.people import Directory, Person
from processor.replies import audience

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Audience(StrEnum):
    """What the reader may see: the team sees names, notes and causes; others do not."""

    REPORTER = "reporter"
    STAFF = "staff"
    OTHER = "other"
    ROSTER = "roster"  # told of a major incident: how it stands, not how it is worked on
    VENDOR = "vendor"  # sees what was released to him


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with a letter."""

    name: str
    type: str
    content: bytes = field(repr=False)
    masked: bytes = field(default=b"", repr=False)  # for who may not read names in it


@dataclass(frozen=True, slots=True)
class Addressed:
    """A kind of letter for some people. ``asks``: it wants something, so the actor gets it too."""

    kind: str
    people: Iterable[Person]
    audience: Audience
    asks: bool = False
    attachments: tuple[Enclosure, ...] = ()


Route = Callable[[Any, Directory], Iterable[Addressed]]


def answer(kind: str) -> Route:
    """An answer to whoever wrote."""
    return lambda event, _: (actor(kind, event),)


def actor(kind: str, event: e.Event) -> Addressed:
    """For whoever wrote."""
    return Addressed(kind, (event.actor,), _eyes_of(event), asks=True)


def neighbour_of(event: e.Event) -> Neighbour | None:
    """The problem or change that an event is about; what is about one is about no incident."""
    found: Neighbour | None = getattr(event, "neighbour", None)
    return found


def _eyes_of(event: e.Event) -> Audience:
    record = neighbour_of(event)
    if isinstance(record, Change) and is_approver(record, event.actor):
        return Audience.STAFF  # whoever decides sees all of it
    incident = incident_of(event)
    if incident is not None and incident.reporter_address.lower() == event.actor.address.lower():
        return Audience.REPORTER
    return Audience.STAFF if event.actor.staff else Audience.OTHER


def incident_of(event: e.Event) -> Incident | None:
    """The incident that an event is about, if it is about one."""
    if neighbour_of(event) is not None:
        return None
    if isinstance(event, e.StatusAsked):
        return event.dossier.incident if event.dossier else None
    found: Incident | None = getattr(event, "incident", None)
    return found


def handlers(kind: str, event: e.IncidentEvent, directory: Directory) -> Addressed:
    """For who works on it."""
    return Addressed(kind, audience.handlers(event.incident, directory), Audience.STAFF)


def reporter(
    kind: str, event: e.IncidentEvent, directory: Directory, *, asks: bool = False
) -> Addressed:
    """For who reported it."""
    return Addressed(kind, audience.reporter(event.incident, directory), Audience.REPORTER, asks)
