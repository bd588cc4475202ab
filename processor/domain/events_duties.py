"""What happened to duties."""

from __future__ import annotations

from dataclasses import dataclass

from processor.domain.duty import Duty
from processor.domain.events import IncidentEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyGiven(IncidentEvent):
    """``duty`` is now for its owner to do; ``duty`` is a copy that stays as it is. ``by_rule``: the
    process asks for it, and nobody said so."""

    duty: Duty
    by_rule: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyReminded(IncidentEvent):
    """``duty`` is still open shortly before it is due, or ``overdue``; ``tell`` are the addresses,
    none: the incident managers."""

    duty: Duty
    overdue: bool
    tell: tuple[str, ...] = ()
