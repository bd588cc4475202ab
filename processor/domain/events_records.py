"""What happens to records as such: merged, objected to, not taken on, watched."""

from __future__ import annotations

from dataclasses import dataclass

from processor.domain.events import IncidentEvent
from processor.domain.incident import Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged(IncidentEvent):
    """``incident`` is a duplicate and follows ``parent`` from now on; ``before`` is it as it was,
    which says who worked on it."""

    parent: Incident
    before: Incident
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objected(IncidentEvent):
    """The reporter of ``merged`` (a number), which follows ``incident``, says that it is not
    solved. Whoever works on ``incident`` judges what that means."""

    merged: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected(IncidentEvent):
    """Not taken on; ``sales`` is the address that is to hear of it, "" for none."""

    reason: str
    sales: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appealed(IncidentEvent):
    """The reporter of what was not taken on does not agree."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchersAdded(IncidentEvent):
    """The addresses ``added`` are kept informed from now on."""

    added: tuple[str, ...]
