"""Giving an incident into other hands; more often than agreed is the manager's business."""

from __future__ import annotations

from datetime import datetime

from processor.domain.incident import Incident
from processor.domain.people import Person
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork

TIMER = "dispatches"  # kind of the one timer that tells of it; its mark keeps it from a second time


def hand_over(
    work: UnitOfWork, policy: Policy, incident: Incident, person: Person | None, at: datetime
) -> None:
    """To ``person``, or to nobody in the group, from ``at`` (aware) on; the desk owns it until it
    is accepted. It is one more dispatch."""
    incident.assignee = person.address if person else ""
    incident.owner = policy.desk
    incident.assigned_at = at
    incident.dispatches += 1
    if incident.dispatches > policy.most_dispatches:
        work.timers.put(incident.number, TIMER, {"limit": at})
