"""What happens in processes with grades and checklists of their own (spec 1.9)."""

from __future__ import annotations

from dataclasses import dataclass

from processor.domain.events import IncidentEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeReached(IncidentEvent):
    """It has a grade of which ``tell`` (addresses) are told at once."""

    tell: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTicked(IncidentEvent):
    """An item of the checklist was said to be true."""

    text: str = ""
