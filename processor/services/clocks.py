"""The SLA clocks of one incident and the timers of the steps of its timetable."""

from __future__ import annotations

from datetime import datetime

from processor.domain.agreement import terms_for
from processor.domain.escalation import steps_of
from processor.domain.incident import Clock, ClockKind, Incident, Status
from processor.domain.sla import SlaPolicy
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork

TIMER = "clock"  # kind of the timers that this module keeps; they are called as their steps are

_WAITING = frozenset({Status.PENDING_USER, Status.PENDING_VENDOR, Status.PENDING_CHANGE})
_STOPPED = frozenset(
    {
        Status.RESOLVED,
        Status.PENDING_REVIEW,
        Status.CLOSED,
        Status.REJECTED,
        Status.MERGED,
        Status.CANCELLED,
    }
)


def agreed(policy: Policy, incident: Incident) -> SlaPolicy:
    """What was agreed for this incident."""
    general = policy.terms(incident.profile)
    if not policy.agreements:
        return general
    return terms_for(general, policy.agreements, incident)


def start(work: UnitOfWork, policy: Policy, incident: Incident) -> tuple[Clock, ...]:
    """Start both clocks at the time of report; a restart of the process changes nothing."""
    terms = agreed(policy, incident)
    clocks = terms.start(incident.priority, incident.reported_at)
    work.clocks.put(incident.number, *clocks)
    due: dict[str, datetime | None] = {}
    for clock in clocks:
        due |= _dues(terms, incident, clock)
    work.timers.put(incident.number, TIMER, {n: at for n, at in due.items() if at is not None})
    return clocks


def follow(
    work: UnitOfWork, policy: Policy, incident: Incident, before: Status, at: datetime
) -> tuple[Clock, ...]:
    """Let the clocks follow a move from ``before`` to the incident's status now.

    The response clock stops once somebody works on it and never pauses; the resolution clock
    pauses where the contract says so, stops when solved and goes on when it was not.
    """
    terms = agreed(policy, incident)
    clocks = work.clocks.of(incident.number)
    response = clocks.get(ClockKind.RESPONSE)
    resolution = clocks.get(ClockKind.RESOLUTION)
    after = incident.status
    if response is not None and response.stopped_at is None and after not in _NOT_ANSWERED:
        terms.stop(response, at)
        _keep(work, terms, incident, response)
    if resolution is not None:
        if after in _STOPPED and resolution.stopped_at is None:
            terms.stop(resolution, at)
        elif after not in _STOPPED and resolution.stopped_at is not None:
            terms.restart(resolution, at)
        if after in terms.pauses and resolution.running:
            terms.pause(resolution, at)
        elif before in _WAITING and after not in _WAITING and resolution.paused_since is not None:
            terms.resume(resolution, at)
        _keep(work, terms, incident, resolution)
    return tuple(clocks.values())


_NOT_ANSWERED = frozenset({Status.NEW, Status.ASSIGNED})


def retarget(
    work: UnitOfWork, policy: Policy, incident: Incident, at: datetime, *, anew: bool = False
) -> tuple[Clock, ...]:
    """What was agreed for the incident changed, or its priority did: recompute due times from the
    time of report. Pauses are kept; where the incident waits in a status that pauses from now on,
    or does so no longer, the resolution clock stands still or goes on from ``at`` on. ``anew``:
    the calendars themselves may be others than those in which the pauses were counted."""
    terms = agreed(policy, incident)
    clocks = work.clocks.of(incident.number)
    for clock in clocks.values():
        if clock.stopped_at is not None:
            continue
        if anew:
            terms.recount(clock)
        terms.retarget(clock, incident.priority)
        if incident.status in terms.pauses:
            terms.pause(clock, at)
        elif clock.paused_since is not None:
            terms.resume(clock, at)
        _keep(work, terms, incident, clock)
        due = _dues(terms, incident, clock)
        others = {
            one.name: None
            for priority in terms.targets
            for one in steps_of(terms, clock.kind, priority)
            if one.name not in due
        }
        work.timers.cancel(incident.number, TIMER, others)
    return tuple(clocks.values())


def _keep(work: UnitOfWork, terms: SlaPolicy, incident: Incident, clock: Clock) -> None:
    """Store the clock; the steps of its timetable ring while it runs."""
    dues = _dues(terms, incident, clock)
    work.clocks.put(incident.number, clock)
    ringing = {name: moment for name, moment in dues.items() if moment is not None}
    work.timers.put(incident.number, TIMER, ringing)
    work.timers.cancel(incident.number, TIMER, [name for name in dues if name not in ringing])


def _dues(terms: SlaPolicy, incident: Incident, clock: Clock) -> dict[str, datetime | None]:
    """When each step of the incident's timetable falls due; None while the clock stands still."""
    steps = steps_of(terms, clock.kind, incident.priority)
    return {one.name: terms.due_for(clock, one.share) for one in steps}
