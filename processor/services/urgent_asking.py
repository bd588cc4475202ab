"""Asking the incident managers whether an urgent incident is an emergency (100.5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from processor.domain.emergency import Emergency, EmergencyState
from processor.domain.events import Event
from processor.domain.events_emergency import UrgentAsked
from processor.domain.incident import Clock, Incident
from processor.domain.people import Actor
from processor.services import major_clock
from processor.services.moving import step
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork


def ask(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    actor: Actor,
    at: datetime,
    clocks: tuple[Clock, ...],
    *,
    fresh: bool = False,
    anew: bool = False,
) -> list[Event]:
    """Ask, where the grade calls for it and nobody was asked yet, or ``anew``. ``fresh``: the
    incident was recorded just now."""
    if not policy.emergency.asks_of(incident) or incident.major or not incident.open:
        return []
    known = None if fresh else work.emergencies.of(incident.number)
    if known is not None and known.state is not EmergencyState.DENIED and not anew:
        return []
    until = at + policy.emergency.confirm_within
    work.emergencies.put(Emergency(incident.number, EmergencyState.ASKED, asked_at=at))
    name = f"{major_clock.CONFIRM}:{at:%Y%m%dT%H%M%S}"
    work.timers.put(incident.number, major_clock.TIMER, {name: until})
    step(work, incident, actor, at, "urgent_asked", "")
    frozen = replace(incident)
    return [UrgentAsked(at=at, actor=actor.person, incident=frozen, until=until, clocks=clocks)]
