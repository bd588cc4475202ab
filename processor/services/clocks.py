"""The SLA clocks of one incident and the timers that speak at shares of their targets."""

from __future__ import annotations

from datetime import datetime

from processor.domain.incident import Clock, ClockKind, Incident, Status
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork

TIMER = "clock"  # kind of the timers that this module keeps; their name is "<clock>:<share>"

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


def start(work: UnitOfWork, policy: Policy, incident: Incident) -> tuple[Clock, ...]:
    """Start both clocks at the time of report; a restart of the process changes nothing."""
    clocks = policy.sla.start(incident.priority, incident.reported_at)
    _keep(work, policy, incident, *clocks)
    return clocks


def follow(
    work: UnitOfWork, policy: Policy, incident: Incident, before: Status, at: datetime
) -> tuple[Clock, ...]:
    """Let the clocks follow a move from ``before`` to the incident's status now.

    The response clock stops once somebody works on it and never pauses; the resolution clock
    pauses where the contract says so, stops when solved and goes on when it was not.
    """
    clocks = work.clocks.of(incident.number)
    response = clocks.get(ClockKind.RESPONSE)
    resolution = clocks.get(ClockKind.RESOLUTION)
    after = incident.status
    if response is not None and response.stopped_at is None and after not in _NOT_ANSWERED:
        policy.sla.stop(response, at)
        _keep(work, policy, incident, response)
    if resolution is not None:
        if after in _STOPPED and resolution.stopped_at is None:
            policy.sla.stop(resolution, at)
        elif after not in _STOPPED and resolution.stopped_at is not None:
            policy.sla.restart(resolution, at)
        if after in policy.sla.pauses and resolution.running:
            policy.sla.pause(resolution, at)
        elif before in _WAITING and after not in _WAITING and resolution.paused_since is not None:
            policy.sla.resume(resolution, at)
        _keep(work, policy, incident, resolution)
    return tuple(clocks.values())


_NOT_ANSWERED = frozenset({Status.NEW, Status.ASSIGNED})


def retarget(work: UnitOfWork, policy: Policy, incident: Incident) -> tuple[Clock, ...]:
    """Recompute due times from the time of report for the priority now; pauses are kept."""
    clocks = work.clocks.of(incident.number)
    for clock in clocks.values():
        if clock.stopped_at is None:
            policy.sla.retarget(clock, incident.priority)
            _keep(work, policy, incident, clock)
    return tuple(clocks.values())


def _keep(work: UnitOfWork, policy: Policy, incident: Incident, *clocks: Clock) -> None:
    due: dict[str, datetime] = {}
    silent: list[str] = []
    for clock in clocks:
        for share in policy.clock_shares:
            name = f"{clock.kind}:{share}"
            moment = policy.sla.due_for(clock, share)
            if moment is None:
                silent.append(name)
            else:
                due[name] = moment
    work.clocks.put(incident.number, *clocks)
    work.timers.put(incident.number, TIMER, due)
    work.timers.cancel(incident.number, TIMER, silent)
