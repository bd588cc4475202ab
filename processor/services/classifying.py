"""Reclassification (seed 6.5–6.8): category, impact, urgency, priority."""

from __future__ import annotations

from datetime import datetime

from processor.domain.errors import Refusal
from processor.domain.events import Event, Reclassified
from processor.domain.incident import Incident
from processor.domain.lifecycle import roles_on
from processor.domain.people import Actor
from processor.domain.priority import check_grade
from processor.services import clocks, gravity, urgent_asking
from processor.services.moving import keep, step
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork


def regrade(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    actor: Actor,
    at: datetime,
    field: str,
    value: int,
    reason: str,
) -> list[Event]:
    """优先级, 影响度, 紧急度: ``field`` is ``priority``, ``impact`` or ``urgency``.

    From a new impact or urgency the priority follows by the matrix. Never below the initial
    grade, but by the manager with a reason (seed 5); raises Refusal.
    """
    if not incident.open:
        raise Refusal("not_open", number=incident.number, status=incident.status)
    grades = {"impact": incident.impact, "urgency": incident.urgency, field: value}
    impact, urgency = grades["impact"], grades["urgency"]
    priority = grades.get("priority") or policy.terms(incident.profile).matrix.priority(
        impact, urgency
    )
    check_grade(incident, priority, roles_on(incident, actor.person), reason)
    before = incident.priority
    incident.impact, incident.urgency, incident.priority = impact, urgency, priority
    events = _reclassified(work, policy, incident, actor, at, reason)
    return events + gravity.follow(work, policy, incident, actor, at, before)


def set_category(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    actor: Actor,
    at: datetime,
    category: str,
    reason: str,
) -> list[Event]:
    """分类: a path of the configured tree, such as ``hardware/printer``."""
    incident.category = category
    return _reclassified(work, policy, incident, actor, at, reason)


def _reclassified(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    actor: Actor,
    at: datetime,
    reason: str,
) -> list[Event]:
    if reason:
        step(work, incident, actor, at, "reclassified", reason)
    running = clocks.retarget(work, policy, incident, at)
    frozen = keep(work, incident, actor, at)
    told = Reclassified(at=at, actor=actor.person, incident=frozen, clocks=running, reason=reason)
    return [told, *urgent_asking.ask(work, policy, incident, actor, at, running)]
