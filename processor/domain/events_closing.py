"""What happens at the end of an incident by the clock, and the lists that go round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from processor.domain.events import Event, IncidentEvent
from processor.domain.incident import Clock, Incident
from processor.domain.people import Person

Listed = tuple[tuple[Incident, tuple[Clock, ...]], ...]
"""Incidents with their clocks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationReminded(IncidentEvent):
    """The reporter has not said whether it is solved; after ``until`` silence counts as yes (None:
    it never does, or further reminders come first)."""

    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerReminded(IncidentEvent):
    """The reporter has not answered the question on which the work waits, ``until`` then."""

    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerMissing(IncidentEvent):
    """Nor will he: the assignee may resolve it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewReminded(IncidentEvent):
    """The manager has not reviewed it yet; the next reminder is due at ``until``."""

    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingReminded(IncidentEvent):
    """The reporter of a closed incident is asked for a score once more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewObjected(IncidentEvent):
    """The reporter says that it is not solved while the manager reviews it: he decides."""

    comment: str = ""


# ---- lists -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEvent(Event):
    """A list of ``incidents`` for ``readers``; ``more`` did not fit. ``list_number`` stands in for
    an incident's number where an answer to the list itself must prove who gives it."""

    readers: tuple[Person, ...]
    incidents: Listed = ()
    more: int = 0
    list_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsolvedListed(ListEvent):
    """Before the end of work: all that is unsolved, for the incident manager. At ``told_at`` the
    customers are told; None: they are not, or have been."""

    told_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerTold(ListEvent):
    """Before the end of work: one reporter's open incidents; with ``organisation`` all of it, for
    the contacts that its contract names."""

    organisation: str = ""
    incident: Incident | None = None  # where it is the only one


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkListed(ListEvent):
    """One person's own work: ``overdue`` lists what is overdue, his or a group's."""

    overdue: bool = False
    morning: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbacksListed(ListEvent):
    """Closed incidents whose reporters the service desk is to call."""


@dataclass(frozen=True, slots=True)
class CallbackTold:
    """What came of one call; ``result`` is "" (nobody called), "reached" or "not_reached"."""

    incident: Incident
    result: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackResultsListed(ListEvent):
    """What the reporters said, for the incident manager."""

    results: tuple[CallbackTold, ...] = ()
