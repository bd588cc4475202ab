"""What happened to problems and changes, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from processor.domain.change import Change
from processor.domain.events import Event, IncidentEvent
from processor.domain.incident import Incident
from processor.domain.neighbours import Portfolio
from processor.domain.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemEvent(Event):
    """``neighbour`` is the problem as it stands after the event; ``incidents`` are linked."""

    neighbour: Problem
    incidents: tuple[Incident, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemOpened(ProblemEvent):
    """By a person or by a rule: the managers see to it that somebody takes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemAssigned(ProblemEvent):
    """To ``neighbour.assignee``."""

    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorKnown(ProblemEvent):
    """Cause and workaround are known now: whoever works on ``incidents`` can use them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemResolved(ProblemEvent):
    """The managers are asked to close it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemReturned(ProblemEvent):
    """The manager is not content, or it came back: whoever has it goes on."""

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemClosed(ProblemEvent):
    """The engineers of the linked ``incidents`` are told what it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemDue(ProblemEvent):
    """Its target time comes near, or is over (``overdue``): ``tell`` (addresses) hear of it."""

    overdue: bool
    tell: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemsReviewed(Event):
    """The monthly list of open problems for the managers."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighbourWrote(Event):
    """A party outside the team wrote on a problem or change."""

    neighbour: Problem | Change
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeEvent(Event):
    """``neighbour`` is the change as it stands after the event; ``about`` the incident or problem
    that waits for it, where there is one."""

    neighbour: Change
    about: Incident | Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRaised(ChangeEvent):
    """Its approvers are asked, ``until`` then (None: whenever); who handed in a form is told the
    number."""

    by_form: bool = False
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDecided(ChangeEvent):
    """Approved or refused (``neighbour.status``): who raised it goes on; of an approved one the
    result is asked for ``until`` then."""

    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeReminded(ChangeEvent):
    """Nobody decided on it yet, or told what came of it: ``tell`` (addresses) hear of that."""

    due_at: datetime
    overdue: bool
    tell: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeEnded(ChangeEvent):
    """Carried out, failed, backed out or withdrawn: who decided on it is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAnnounced(IncidentEvent):
    """The affected are told when the change for their incident is made."""

    what: str
    window: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighbourAsked(Event):
    """Somebody asked how a problem or change stands."""

    neighbour: Problem | Change
    portfolio: Portfolio
