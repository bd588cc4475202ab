"""Linking incidents that have to do with each other (关联, seed 5.2; spec 1.4 (7))."""

from __future__ import annotations

from datetime import datetime

from processor.domain.errors import NotFound, Refusal
from processor.domain.incident import Incident
from processor.domain.people import Actor
from processor.services.moving import step
from processor.store.unit_of_work import UnitOfWork


def relate(
    work: UnitOfWork, incident: Incident, other: str, actor: Actor, at: datetime, text: str = ""
) -> None:
    """关联: linked both ways and journalled on both. Raises NotFound and Refusal."""
    found = work.incidents.get(other, lock=False)
    if found is None:
        raise NotFound(other)
    if found.number == incident.number:
        raise Refusal("related_to_itself", number=incident.number)
    for one, its in ((incident, found), (found, incident)):
        work.links.add(one.number, its.number, "related")
        step(work, one, actor, at, "related", f"{its.number} {text}".strip())
