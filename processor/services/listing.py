"""Lists that people ask for by mail, and the manager's word that customers are not told today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from processor.domain import rounds
from processor.domain.errors import Refusal
from processor.domain.events import Event
from processor.domain.events_closing import CallbackResultsListed, UnsolvedListed, WorkListed
from processor.domain.incident import Incident
from processor.domain.people import Actor, Person
from processor.domain.wall_clock import instant
from processor.services.moving import step
from processor.services.policy import Policy
from processor.services.rounding import (
    LISTED,
    called_since,
    first_of,
    held_back,
    overdue_first,
    unsolved,
    with_clocks,
)
from processor.store.unit_of_work import UnitOfWork

_WEEK = timedelta(days=7)


def mine(work: UnitOfWork, asker: Person, at: datetime) -> list[Event]:
    """What is in the asker's hands, the overdue first."""
    found = work.incidents.search(assignee=asker.address, open_only=True, limit=LISTED + 1)
    listed = overdue_first(work, with_clocks(work, found, at), at)
    return [
        WorkListed(
            at=at,
            actor=asker,
            readers=(asker,),
            **first_of(listed),
        )
    ]


def overdue(work: UnitOfWork, asker: Person, at: datetime, group: str) -> list[Event]:
    """Everything that is past a target, or that of one group."""
    late = work.overviews.overdue(at)
    listed = [
        worked
        for worked in unsolved(work, at)
        if worked[0].number in late and (not group or worked[0].group == group)
    ]
    return [
        WorkListed(
            at=at,
            actor=asker,
            readers=(asker,),
            **first_of(listed),
            overdue=True,
        )
    ]


def daily(work: UnitOfWork, asker: Person, at: datetime) -> list[Event]:
    """The list of each day, now: what is unsolved, its state, the next step."""
    listed = unsolved(work, at)
    return [
        UnsolvedListed(
            at=at,
            actor=asker,
            readers=(asker,),
            **first_of(listed),
        )
    ]


def weekly(work: UnitOfWork, asker: Person, at: datetime) -> list[Event]:
    """The list of each week, now: the calls of the last seven days, and those still owed."""
    results = called_since(work, at - _WEEK)
    return [CallbackResultsListed(at=at, actor=asker, readers=(asker,), results=results)]


def hold(
    work: UnitOfWork, policy: Policy, incidents: Sequence[Incident], actor: Actor, at: datetime
) -> list[Event]:
    """暂缓通报: customers are not told of these incidents today, or of none where none is named.

    Raises Refusal when they are not told today anyway, or have been.
    """
    today = at.astimezone(policy.zone).date()
    plan = policy.rounds.named(rounds.CUSTOMERS)
    calendar = policy.sla.calendars.get(policy.rounds.calendar)
    if plan is None or calendar is None or plan.day_of(today, calendar) is None:
        raise Refusal("hold_nothing")
    last = work.jobs.last(f"round/{rounds.CUSTOMERS}")
    if last is not None and last >= instant(today, time(0), policy.zone):
        raise Refusal("hold_too_late")
    for incident in incidents:
        work.jobs.ran(held_back(today, incident.number), at)
        step(work, incident, actor, at, "held_back", "")
    if not incidents:
        work.jobs.ran(held_back(today), at)
    return []
