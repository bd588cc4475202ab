"""An alert that comes and goes: told once, then only counted until it keeps still."""

from __future__ import annotations

from datetime import datetime, timedelta

from processor.domain.alerts import FLAPPING_TAG, Trouble
from processor.domain.events import Event
from processor.domain.events_alerts import AlertFlapping
from processor.domain.incident import Incident
from processor.domain.people import Actor
from processor.services import alert_endings
from processor.services.moving import keep, step
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork

TIMER = "alert"  # kind of the timers that end a flapping; each has a name of its own


def begin(
    work: UnitOfWork,
    policy: Policy,
    trouble: Trouble,
    incident: Incident,
    actor: Actor,
    at: datetime,
) -> list[Event]:
    """Mark the incident and tell its handlers, this once."""
    trouble.flapping_since = at
    step(work, incident, actor, at, "alert_flapping", f"×{trouble.returns}")
    if FLAPPING_TAG not in incident.tags:
        incident.tags = (*incident.tags, FLAPPING_TAG)
    frozen = keep(work, incident, actor, at)
    hold(work, policy, trouble, at)
    return [
        AlertFlapping(
            at=at,
            actor=actor.person,
            incident=frozen,
            source=trouble.source,
            count=trouble.returns,
            calm_minutes=policy.alerts.calm // timedelta(minutes=1),
        )
    ]


def hold(work: UnitOfWork, policy: Policy, trouble: Trouble, at: datetime) -> None:
    """It moved again: the time in which it must keep still begins anew."""
    if trouble.flapping_since is not None:
        name = f"calm:{trouble.flapping_since.isoformat()}"
        work.timers.put(trouble.number, TIMER, {name: at + policy.alerts.calm})


def ring(
    work: UnitOfWork, policy: Policy, number: str, _name: str, actor: Actor, at: datetime
) -> list[Event]:
    """The timer of an incident is due: it has kept still for long enough."""
    troubles = work.troubles.of(number)  # before the incident, as mails take them
    incident = work.incidents.get(number, lock=True)
    events: list[Event] = []
    for trouble in troubles:
        if incident is not None and trouble.flapping_since is not None:
            events += end(work, policy, trouble, incident, actor, at)
            work.troubles.save(trouble)
    return events


def end(
    work: UnitOfWork,
    policy: Policy,
    trouble: Trouble,
    incident: Incident,
    actor: Actor,
    at: datetime,
) -> list[Event]:
    """No longer flapping: what had recovered meanwhile ends now, what had not goes on."""
    if trouble.flapping_since is not None:
        name = f"calm:{trouble.flapping_since.isoformat()}"
        work.timers.cancel(trouble.number, TIMER, [name])
    trouble.flapping_since, trouble.returns = None, 0
    step(work, incident, actor, at, "alert_steady", incident.subject)
    incident.tags = tuple(tag for tag in incident.tags if tag != FLAPPING_TAG)
    keep(work, incident, actor, at)
    if trouble.firing:
        return []
    return alert_endings.recovered(work, policy, trouble, incident, actor, at)
