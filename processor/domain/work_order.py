"""In which order work is done (seed 5: same priority, smaller effort first; spec 1.4 (3), (11))."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from processor.domain.incident import Clock, ClockKind, Incident

Worked = tuple[Incident, tuple[Clock, ...]]


@dataclass(frozen=True, slots=True)
class Ageing:
    """Every ``step`` of age lifts an incident by one place in the order, never in its priority.

    Nothing is lifted above ``ceiling``, so that old trifles do not pass an emergency; what has
    aged beyond that goes before its equals, the oldest first, so that none starves there.
    """

    step: timedelta = timedelta(days=7)
    ceiling: int = 2

    def __post_init__(self) -> None:
        if self.step <= timedelta():
            raise ValueError("ageing takes time")


def queue_order(
    incidents: Iterable[Worked],
    now: datetime,
    ageing: Ageing = Ageing(),
    *,
    assumed_effort: int = 60,
) -> list[Worked]:
    """Aged priority, then smaller effort, then the earlier due time of the solution, then number.

    An effort that nobody gave counts as ``assumed_effort`` minutes. ``now`` is aware.
    """
    return sorted(incidents, key=lambda worked: _place(worked, now, ageing, assumed_effort))


def _place(
    worked: Worked, now: datetime, ageing: Ageing, assumed_effort: int
) -> tuple[int, int, datetime, str]:
    incident, clocks = worked
    lifted = incident.priority - max(0, (now - incident.reported_at) // ageing.step)
    best = min(incident.priority, ageing.ceiling)
    if lifted < best:
        return best, 0, incident.reported_at, incident.number
    due = next((c.due_at for c in clocks if c.kind is ClockKind.RESOLUTION), incident.reported_at)
    return lifted, incident.effort_minutes or assumed_effort, due, incident.number
