"""Filling in what a record says (事件信息项, seed 6.1; spec 1.2)."""

from __future__ import annotations

from datetime import datetime

from processor.domain.errors import Refusal
from processor.domain.events import Event, ReporterWrote
from processor.domain.incident import Incident, Status
from processor.domain.people import Actor
from processor.services.moving import keep
from processor.store.unit_of_work import UnitOfWork

_OVER = frozenset({Status.CLOSED})  # what the manager has approved stays as it was approved


def describe(
    work: UnitOfWork,
    incident: Incident,
    actor: Actor,
    at: datetime,
    attribute: str,
    value: object,
    said: str,
) -> list[Event]:
    """Set one attribute; the journal keeps the old value. What a reporter fills in (``said``, as
    he wrote it) is told to whoever works on it. Raises Refusal."""
    if incident.status in _OVER:
        raise Refusal("not_open", number=incident.number, status=incident.status)
    setattr(incident, attribute, value)
    frozen = keep(work, incident, actor, at)
    if actor.person.staff:
        return []
    return [ReporterWrote(at=at, actor=actor.person, incident=frozen, text=said)]
