"""What happened to alerts of monitoring systems."""

from __future__ import annotations

from dataclasses import dataclass

from processor.domain.events import IncidentEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRecovered(IncidentEvent):
    """The monitoring system ``source`` says that it is over. ``outcome`` is "resolved" (nobody
    worked on it), "noted" (somebody does) or "unproven" (anybody could have written it)."""

    source: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertFlapping(IncidentEvent):
    """It came back ``count`` times shortly after its recovery; from now on it is only counted,
    until it has kept still for ``calm_minutes``."""

    source: str
    count: int
    calm_minutes: int
