"""Timers of silence: who is asked is reminded, and what follows where nobody answers (seed 8.8).

Each status that waits for somebody has one chain of timers: a ring puts the next one. A chain ends
with its status; what rings nevertheless finds the status changed and says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from processor.domain.events import Confirmed, Event
from processor.domain.events_closing import (
    AnswerMissing,
    AnswerReminded,
    ConfirmationReminded,
    RatingReminded,
    ReviewReminded,
)
from processor.domain.follow_up import Reminders
from processor.domain.incident import Incident, Status
from processor.domain.people import Actor
from processor.services import handling
from processor.services.chains import KINDS, TIMER, put_next, until
from processor.services.handling import Solution
from processor.services.moving import keep, move, step
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork

__all__ = ["TIMER", "ring"]


def ring(
    work: UnitOfWork, policy: Policy, number: str, name: str, actor: Actor, at: datetime
) -> list[Event]:
    """The timer ``name`` (``<status>:<begin of the chain>:<place>``) is due."""
    incident = work.incidents.get(number, lock=True)
    status_name, begun, place = name.split(":")
    status = Status(status_name)
    if incident is None or incident.status is not status:
        return []
    told = int(place)
    reminders = KINDS[status](policy.follow_up)
    if told > len(reminders.gaps):
        return _END[status](work, policy, incident, actor, at)
    return _remind(work, policy, incident, actor, at, reminders, begun, told)


def _remind(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    actor: Actor,
    at: datetime,
    reminders: Reminders,
    begun: str,
    told: int,
) -> list[Event]:
    status = incident.status
    if status is Status.CLOSED and incident.satisfaction is not None:
        return []
    due = put_next(work, policy, incident, reminders, begun, told, at)
    step(work, incident, actor, at, "reminder", status.value)
    frozen = keep(work, incident, actor, at)
    match status:
        case Status.RESOLVED:
            end = due if reminders.is_last(told) else None
            return [ConfirmationReminded(at=at, actor=actor.person, incident=frozen, until=end)]
        case Status.PENDING_USER:
            end = until(policy, status, at, told)
            return [AnswerReminded(at=at, actor=actor.person, incident=frozen, until=end)]
        case Status.PENDING_REVIEW:
            return [ReviewReminded(at=at, actor=actor.person, incident=frozen, until=due)]
        case _:
            return [RatingReminded(at=at, actor=actor.person, incident=frozen)]


_End = Callable[[UnitOfWork, Policy, Incident, Actor, datetime], list[Event]]


def _silence(
    work: UnitOfWork, policy: Policy, incident: Incident, actor: Actor, at: datetime
) -> list[Event]:
    """The silence rule: who was reminded and says nothing is content; the manager reviews it."""
    move(work, policy, incident, Status.PENDING_REVIEW, actor, at)
    incident.confirmed_at = at
    incident.confirmation = "silent"
    step(work, incident, actor, at, "silence", Status.RESOLVED.value)
    frozen = keep(work, incident, actor, at)
    due = until(policy, Status.PENDING_REVIEW, at)
    return [Confirmed(at=at, actor=actor.person, incident=frozen, until=due)]


def _unanswered(
    work: UnitOfWork, policy: Policy, incident: Incident, actor: Actor, at: datetime
) -> list[Event]:
    """Nobody answered: the engineer may end it or, where that is configured, the desk does."""
    step(work, incident, actor, at, "silence", Status.PENDING_USER.value)
    if not policy.follow_up.desk_resolves:
        frozen = keep(work, incident, actor, at)
        return [AnswerMissing(at=at, actor=actor.person, incident=frozen)]
    say = policy.say
    solution = Solution(
        solution=say(incident.language, "silence.solution"),
        cause=say(incident.language, "silence.cause"),
        action=say(incident.language, "silence.action"),
        kind="workaround",
        code=policy.follow_up.answer_code,
    )
    return handling.resolve(work, policy, incident, actor, at, solution)


def _nothing(
    _work: UnitOfWork, _policy: Policy, _incident: Incident, _actor: Actor, _at: datetime
) -> list[Event]:
    return []


_END: Mapping[Status, _End] = MappingProxyType(
    {
        Status.RESOLVED: _silence,
        Status.PENDING_USER: _unanswered,
        Status.PENDING_REVIEW: _nothing,
        Status.CLOSED: _nothing,
    }
)
