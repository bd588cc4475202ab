"""In which order work is done (seed 5: same priority, smaller effort first; spec 1.4 (3), (11))."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from processor.domain.incident import Clock, ClockKind, Incident

AGEING = timedelta(days=7)  # each such age lifts an incident by one priority in the queue

Worked = tuple[Incident, tuple[Clock, ...]]


def queue_order(incidents: Iterable[Worked], now: datetime) -> list[Worked]:
    """Priority as aged, then smaller effort, then the earlier due time, then the number."""
    return sorted(incidents, key=lambda worked: _place(worked, now))


def _place(worked: Worked, now: datetime) -> tuple[int, int, datetime, str]:
    incident, clocks = worked
    aged = max(1, incident.priority - (now - incident.reported_at) // AGEING)
    due = next((c.due_at for c in clocks if c.kind is ClockKind.RESOLUTION), incident.reported_at)
    return aged, incident.effort_minutes, due, incident.number
