"""Reclassification (seed 6.5–6.8): category, impact, urgency, priority."""

from __future__ import annotations

from datetime import datetime

from processor.domain.errors import Refusal
from processor.domain.events import Event, Reclassified
from processor.domain.incident import Incident
from processor.domain.lifecycle import roles_on
from processor.domain.people import Actor
from processor.domain.priority import check_grade
from processor.services import clocks
from processor.services.moving import keep, step
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork


def set_priority(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    actor: Actor,
    at: datetime,
    priority: int,
    reason: str,
) -> list[Event]:
    """优先级: never below the initial grade, but by the manager with a reason (seed 5)."""
    return _grade(work, policy, incident, actor, at, reason, priority=priority)


def set_impact(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    actor: Actor,
    at: datetime,
    impact: int,
    reason: str,
) -> list[Event]:
    """影响度: the priority follows by the matrix."""
    return _grade(work, policy, incident, actor, at, reason, impact=impact)


def set_urgency(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    actor: Actor,
    at: datetime,
    urgency: int,
    reason: str,
) -> list[Event]:
    """紧急度: the priority follows by the matrix."""
    return _grade(work, policy, incident, actor, at, reason, urgency=urgency)


def _grade(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    actor: Actor,
    at: datetime,
    reason: str,
    *,
    priority: int | None = None,
    impact: int | None = None,
    urgency: int | None = None,
) -> list[Event]:
    if not incident.open:
        raise Refusal("not_open", number=incident.number, status=incident.status)
    new_impact = impact or incident.impact
    new_urgency = urgency or incident.urgency
    grade = priority or policy.sla.matrix.priority(new_impact, new_urgency)
    check_grade(incident, grade, roles_on(incident, actor.person), reason)
    incident.impact, incident.urgency = new_impact, new_urgency
    incident.priority = grade
    return _reclassified(work, policy, incident, actor, at, reason)


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
    running = clocks.retarget(work, policy, incident)
    frozen = keep(work, incident, actor, at)
    return [Reclassified(at=at, actor=actor.person, incident=frozen, clocks=running, reason=reason)]
