"""The target time of a problem: whoever has it is reminded before, when it is due the incident
managers hear of it as well (spec 1.8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from processor.domain.events import Event
from processor.domain.events_neighbours import ProblemDue
from processor.domain.people import Actor, Role
from processor.domain.problem import Problem
from processor.services.neighbours import linked, step
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork

TIMER = "problem"  # kind of the timers; their name is "<due>:<reminder>"


def wind(work: UnitOfWork, policy: Policy, problem: Problem, at: datetime) -> None:
    """Set the reminders for the problem's target time, as it is now; those for another are off."""
    work.neighbour_timers.cancel_all(problem.number, TIMER)
    if problem.target_at is None:
        return
    moments = policy.problems.reminders.moments(at, problem.target_at)
    due = {f"{_stamp(problem.target_at)}:{name}": moment for name, moment in moments.items()}
    work.neighbour_timers.put(problem.number, TIMER, due)


def ring(
    work: UnitOfWork, policy: Policy, number: str, name: str, actor: Actor, at: datetime
) -> list[Event]:
    """A reminder is due: told to whoever has the problem, or the managers; once it is overdue to
    both. What was solved, or is aimed at another time by now, rings for nothing; after downtime
    the latest reminder alone is told, the others are recorded."""
    problem = work.problems.get(number)
    stamp, _, reminder = name.partition(":")
    if problem is None or not problem.open or problem.target_at is None:
        return []
    if stamp != _stamp(problem.target_at):
        return []
    moments = policy.problems.reminders.moments(problem.opened_at, problem.target_at)
    this = moments.get(reminder)
    if this is None:  # the reminders are others by now
        return []
    overdue = problem.target_at <= at
    kind = "overdue" if overdue else "near"
    if any(this < other <= at for other in moments.values()):
        step(work, problem, actor, at, f"target_{kind}_skipped", reminder)
        return []
    step(work, problem, actor, at, f"target_{kind}", reminder)
    managers = tuple(one.address for one in policy.directory.with_role(Role.MANAGER))
    has_it = (problem.assignee,) if problem.assignee else ()
    tell = (*has_it, *managers) if overdue else has_it or managers
    return [
        ProblemDue(
            at=at,
            actor=actor.person,
            neighbour=replace(problem),
            incidents=linked(work, problem),
            overdue=overdue,
            tell=tuple(dict.fromkeys(tell)),
        )
    ]


def _stamp(due: datetime) -> str:
    return f"{due.astimezone(UTC):%Y%m%dT%H%M%S}"
