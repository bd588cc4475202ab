"""What was spent on an incident (工时, seed 6.1)."""

from __future__ import annotations

from datetime import datetime

from processor.domain.errors import Refusal
from processor.domain.events import Event
from processor.domain.incident import Incident
from processor.domain.people import Actor
from processor.services.moving import keep, step
from processor.store.unit_of_work import UnitOfWork

MOST = 31 * 24 * 60  # minutes at a time: beyond it a figure is a slip of the pen


def spend(
    work: UnitOfWork, incident: Incident, actor: Actor, at: datetime, minutes: int, text: str
) -> list[Event]:
    """工时: ``minutes`` more; who spent them, and on what, is in the journal. Raises Refusal."""
    if not 0 < minutes <= MOST:
        raise Refusal("effort_unreadable", value=f"{minutes} min")
    incident.effort_minutes += minutes
    step(work, incident, actor, at, "effort", f"{minutes} min {text}".strip())
    keep(work, incident, actor, at)
    return []
