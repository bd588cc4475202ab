"""How often an incident was dispatched: more often than agreed is the manager's business."""

from __future__ import annotations

from datetime import datetime

from processor.domain.incident import Incident
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork

TIMER = "dispatches"  # kind of the one timer that tells of it; its mark keeps it from a second time


def count_dispatch(work: UnitOfWork, policy: Policy, incident: Incident, at: datetime) -> None:
    """One more dispatch at ``at`` (aware)."""
    incident.dispatches += 1
    if incident.dispatches > policy.most_dispatches:
        work.timers.put(incident.number, TIMER, {"limit": at})
