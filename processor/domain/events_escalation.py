"""What happened when skill, time or authority was asked for (seed 5.2). See :mod:`.events`."""

from __future__ import annotations

from dataclasses import dataclass

from processor.domain.events import IncidentEvent
from processor.domain.incident import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalated(IncidentEvent):
    """Functional: to a group with more skill; ``text`` is what was tried."""

    clocks: tuple[Clock, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised(IncidentEvent):
    """Hierarchical, on request: ``tell`` (addresses) are told as ``post``."""

    reason: str
    post: str
    tell: tuple[str, ...]
    clocks: tuple[Clock, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled(IncidentEvent):
    """``engineer`` (address) of ``group`` is freed; the incident is the service desk's again."""

    engineer: str
    group: str
    reason: str = ""
    clocks: tuple[Clock, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchedTooOften(IncidentEvent):
    """``incident.dispatches`` are more than agreed: the manager decides who works on it."""

    clocks: tuple[Clock, ...] = ()
