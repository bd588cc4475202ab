"""What waits for a change does not wait for ever (spec 1.8): who is to decide on it, and then who
carries it out, is reminded; when that does not help, the incident managers hear of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from processor.domain.change import Change, ChangeStatus
from processor.domain.events import Event
from processor.domain.events_neighbours import ChangeReminded
from processor.domain.people import Actor, Role
from processor.services.neighbours import step, working_days_after
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork

TIMER = "change"  # kind of the timers; their name is "<status>:<due>:<reminder>"
_USUAL = 3  # the priority in whose calendar days count


def wind(work: UnitOfWork, policy: Policy, change: Change, at: datetime) -> datetime | None:
    """Set the reminders for what the change waits for now, and take off the others; returns by
    when that is due, None where it is not asked for."""
    work.neighbour_timers.cancel_all(change.number, TIMER)
    days = policy.changes.days_of(change.status)
    if not days:
        return None
    due = working_days_after(policy, _USUAL, at, days)
    begun = f"{change.status}:{due.astimezone(UTC):%Y%m%dT%H%M%S}"
    moments = policy.changes.reminders.moments(at, due)
    work.neighbour_timers.put(
        change.number, TIMER, {f"{begun}:{name}": moment for name, moment in moments.items()}
    )
    return due


def ring(
    work: UnitOfWork, policy: Policy, number: str, name: str, actor: Actor, at: datetime
) -> list[Event]:
    """A reminder is due; of several after downtime the latest alone is told."""
    change = work.changes.get(number)
    status, stamp, which = name.split(":")
    if change is None or change.status != status:
        return []
    due = datetime.strptime(f"{stamp}+0000", "%Y%m%dT%H%M%S%z")
    moments = policy.changes.reminders.moments(change.raised_at, due)
    this = moments.get(which)
    if this is None or any(this < other <= at for other in moments.values()):
        return []
    step(work, change, actor, at, f"reminded_{status}", which)
    overdue = which.startswith("+")
    managers = tuple(one.address for one in policy.directory.with_role(Role.MANAGER))
    tell = (*_asked(work, change), *(managers if overdue else ()))
    frozen = replace(change)
    return [
        ChangeReminded(
            at=at,
            actor=actor.person,
            neighbour=frozen,
            due_at=due,
            overdue=due <= at,
            tell=tuple(dict.fromkeys(tell)),
        )
    ]


def _asked(work: UnitOfWork, change: Change) -> tuple[str, ...]:
    """Who is to decide and has not, or who is to tell what came of it."""
    if change.status is ChangeStatus.REQUESTED:
        return tuple(one for one in change.approvers if one not in change.approvals)
    about = work.incidents.get(change.incident, lock=False) if change.incident else None
    problem = work.problems.get(change.problem, lock=False) if change.problem else None
    has_it = (about.assignee if about else problem.assignee if problem else "",)
    return tuple(one for one in (change.raised_by, *has_it) if "@" in one)
