"""The timers of major incidents; a change of status is told by them, whoever made it."""

from __future__ import annotations

from datetime import datetime

from processor.domain.incident import OPEN_STATUSES, Incident, Status
from processor.store.unit_of_work import UnitOfWork

TIMER = "emergency"  # kind of the timers; their names begin with one of the following
CONFIRM, ROUND, RECEIPTS, OVER, AGAIN = "confirm", "round", "receipts", "over", "again"


def follow(work: UnitOfWork, incident: Incident, before: Status, at: datetime) -> None:
    """A major incident was solved, or is not after all: the roster is told in the next sweep."""
    if not incident.major or (before in OPEN_STATUSES) is incident.open:
        return
    name = AGAIN if incident.open else OVER
    work.timers.put(incident.number, TIMER, {f"{name}:{at:%Y%m%dT%H%M%S}": at})
