"""Drills (演练): the machinery of a major incident, marked on every mail, in no figure."""

from __future__ import annotations

from datetime import datetime

from processor.domain.emergency import Emergency, EmergencyState
from processor.domain.errors import Refusal
from processor.domain.events import Event
from processor.domain.incident import Incident
from processor.domain.people import Actor
from processor.services import major, recording
from processor.services.policy import Policy
from processor.services.recording import Report
from processor.store.unit_of_work import UnitOfWork

_SUBJECT = 80  # characters of the text that make a subject


def begin(
    work: UnitOfWork, policy: Policy, incident: Incident, actor: Actor, at: datetime, text: str
) -> list[Event]:
    """演练 on an incident: it is a drill from now on. Raises Refusal ``drill_too_late`` for a real
    emergency, which nothing turns into a drill."""
    emergency = work.emergencies.of(incident.number)
    if emergency is not None and emergency.running:
        raise Refusal("drill_too_late", number=incident.number)
    incident.drill = True
    fresh = emergency or Emergency(incident.number, EmergencyState.ASKED)
    return major.begin(work, policy, incident, fresh, actor, at, text)


def open_drill(
    work: UnitOfWork, policy: Policy, actor: Actor, at: datetime, text: str
) -> tuple[Incident, list[Event]]:
    """演练 without an incident: one is opened for it, of the highest grade."""
    if not text:
        raise Refusal("text_missing")
    report = Report(
        reporter=actor.person,
        subject=text.splitlines()[0][:_SUBJECT],
        symptom=text,
        language=actor.person.language or policy.language,
        impact=1,
        urgency=1,
        recorder=actor.address,
        quiet=True,
        drill=True,
    )
    incident, events = recording.open_incident(work, policy, report, actor, at)
    return incident, [*events, *begin(work, policy, incident, actor, at, text)]
