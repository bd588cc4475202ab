"""Urgent incidents are confirmed once more before all are alarmed (紧急事件再确认, 100.5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from processor.domain.emergency import Emergency, EmergencyState, ReporterNews
from processor.domain.errors import Refusal
from processor.domain.events import Event
from processor.domain.events_emergency import EmergencyOver, UrgentUnanswered
from processor.domain.incident import OPEN_STATUSES, Incident, Status
from processor.domain.people import Actor
from processor.services import classifying, major, major_duties, major_news, urgent_asking
from processor.services.moving import keep, step
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork


def confirm(
    work: UnitOfWork, policy: Policy, incident: Incident, actor: Actor, at: datetime, text: str
) -> list[Event]:
    """确认紧急: the manager agrees; raises Refusal when nobody asks him (any more)."""
    emergency = work.emergencies.of(incident.number)
    if emergency is not None and emergency.running:
        raise Refusal("emergency_running", number=incident.number)
    if emergency is None or emergency.state is not EmergencyState.ASKED:
        raise Refusal("nothing_to_confirm", number=incident.number)
    return major.begin(work, policy, incident, emergency, actor, at, text)


def declare(
    work: UnitOfWork, policy: Policy, incident: Incident, actor: Actor, at: datetime, reason: str
) -> list[Event]:
    """重大: the manager declares it, asked or not."""
    if not reason:
        raise Refusal("reason_missing")
    emergency = work.emergencies.of(incident.number)
    if emergency is not None and emergency.running:
        raise Refusal("emergency_running", number=incident.number)
    fresh = emergency or Emergency(incident.number, EmergencyState.ASKED)
    return major.begin(work, policy, incident, fresh, actor, at, reason)


def deny(
    work: UnitOfWork, policy: Policy, incident: Incident, actor: Actor, at: datetime, reason: str
) -> list[Event]:
    """否认紧急: no emergency; the grade falls, which the manager may with a reason (1.4 (4)).

    What was declared meanwhile, by silence or by another, is called off.
    """
    if not reason:
        raise Refusal("reason_missing")
    emergency = work.emergencies.of(incident.number)
    if emergency is None or emergency.state not in (EmergencyState.ASKED, EmergencyState.RUNNING):
        raise Refusal("nothing_to_confirm", number=incident.number)
    was_running = emergency.running
    emergency.state, emergency.reason, emergency.next_at = EmergencyState.DENIED, reason, None
    emergency.over_at = at if was_running else None
    work.emergencies.put(emergency)
    step(work, incident, actor, at, "urgent_denied", reason)
    events: list[Event] = []
    if was_running:
        incident.major = False
        major_duties.nothing_owed(work, incident, actor, at)
        keep(work, incident, actor, at)
    lower = policy.emergency.denied_priority
    if incident.priority < lower:
        events += classifying.regrade(work, policy, incident, actor, at, "priority", lower, reason)
    if was_running:
        events.append(
            EmergencyOver(
                at=at,
                actor=actor.person,
                incident=replace(incident),
                receipts=work.emergencies.receipts(incident.number),
                since=emergency.declared_at,
                denied=True,
                reason=reason,
            )
        )
        events += major_news.tell(work, policy, incident, emergency, actor, at, ReporterNews.END)
    return events


def unanswered(
    work: UnitOfWork, policy: Policy, incident: Incident, actor: Actor, at: datetime, stamp: str
) -> list[Event]:
    """The time to confirm is over: silence counts as yes, and the next post is told."""
    emergency = work.emergencies.of(incident.number)
    if emergency is None or emergency.state is not EmergencyState.ASKED:
        return []
    if emergency.asked_at is None or f"{emergency.asked_at:%Y%m%dT%H%M%S}" != stamp:
        return []
    if not incident.open or not policy.emergency.asks_of(incident):
        return []
    if _solved_since(work, incident, emergency.asked_at):  # it came back: that is a new question
        return urgent_asking.ask(work, policy, incident, actor, at, (), anew=True)
    emergency.silent = True
    incident.hierarchical_escalations += 1
    step(work, incident, actor, at, "escalation", "emergency:confirm")
    events = major.begin(work, policy, incident, emergency, actor, at, "")
    waited = policy.emergency.confirm_within // timedelta(minutes=1)
    tell = policy.emergency.silence_tells
    return [
        UrgentUnanswered(
            at=at,
            actor=actor.person,
            incident=replace(incident),
            minutes=waited,
            tell=(tell,) if tell else (),
        ),
        *events,
    ]


def _solved_since(work: UnitOfWork, incident: Incident, asked_at: datetime) -> bool:
    solved = {str(status) for status in Status} - {str(status) for status in OPEN_STATUSES}
    return any(
        entry.field == "status" and entry.new in solved and entry.at >= asked_at
        for entry in work.journal.of(incident.number)
    )
