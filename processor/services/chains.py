"""Chains of timers that begin when an incident comes to wait for somebody, and end with that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from processor.domain.follow_up import FollowUp, Reminders, working_days_after
from processor.domain.incident import Incident, Source, Status
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork

TIMER = "follow_up"  # their kind; the name is "<status>:<begin of the chain>:<place from 1>"

KINDS: Mapping[Status, Callable[[FollowUp], Reminders]] = MappingProxyType(
    {
        Status.RESOLVED: lambda rules: rules.confirmation,
        Status.PENDING_USER: lambda rules: rules.answer,
        Status.PENDING_REVIEW: lambda rules: rules.review,
        Status.CLOSED: lambda rules: rules.rating,
    }
)
_OF_REPORTER = frozenset({Status.RESOLVED, Status.PENDING_USER, Status.CLOSED})


def follow(
    work: UnitOfWork, policy: Policy, incident: Incident, before: Status, at: datetime
) -> None:
    """Let the timers follow a move from ``before`` to the incident's status now."""
    if policy.follow_up.calendar not in policy.sla.calendars:
        return
    if before in KINDS:
        work.timers.cancel_all(incident.number, TIMER)
    if incident.status in KINDS:
        _begin(work, policy, incident, at)


def begin_anew(work: UnitOfWork, policy: Policy, incident: Incident, at: datetime) -> None:
    """Somebody who was waited for wrote, and yet the status stays: count from now."""
    if incident.status in KINDS and policy.follow_up.calendar in policy.sla.calendars:
        work.timers.cancel_all(incident.number, TIMER)
        _begin(work, policy, incident, at)


def _begin(work: UnitOfWork, policy: Policy, incident: Incident, at: datetime) -> None:
    reminders = KINDS[incident.status](policy.follow_up)
    told = 0
    if incident.source is Source.MONITORING and incident.status in _OF_REPORTER:
        told = len(reminders.gaps)  # nobody reads a machine's mail: there is only the end
    put_next(work, policy, incident, reminders, f"{at:%Y%m%dT%H%M%S}", told, at)


def put_next(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    reminders: Reminders,
    begun: str,
    told: int,
    at: datetime,
) -> datetime | None:
    """Set what follows the ``told``-th reminder, given at ``at``; returns when it is due."""
    days = reminders.next_after(told)
    if not days:
        return None
    calendar = policy.sla.calendars[policy.follow_up.calendar]
    due = working_days_after(at, days, calendar, policy.zone)
    work.timers.put(incident.number, TIMER, {f"{incident.status}:{begun}:{told + 1}": due})
    return due


def until(policy: Policy, status: Status, at: datetime, told: int = 0) -> datetime | None:
    """By when an answer is expected of whom an incident in ``status`` waits for, counted from the
    ``told``-th reminder (0: the question itself) at ``at``: when silence has its consequence; of a
    review the next reminder. None where there is no such time."""
    calendar = policy.sla.calendars.get(policy.follow_up.calendar)
    reminders = KINDS[status](policy.follow_up)
    if calendar is None:
        return None
    last = told if status is Status.PENDING_REVIEW else len(reminders.gaps)
    due = at
    for place in range(told, last + 1):
        days = reminders.next_after(place)
        if not days:
            return None
        due = working_days_after(due, days, calendar, policy.zone)
    return due
