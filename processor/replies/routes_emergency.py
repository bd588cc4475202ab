"""Who is written to about duties, major incidents and vendors."""

from __future__ import annotations

from collections.abc import Iterator

from processor.domain import events_duties as d
from processor.domain.events import Event
from processor.domain.people import Directory
from processor.replies import audience
from processor.replies.addressing import Addressed, Audience, Route


def _given(event: d.DutyGiven, directory: Directory) -> Iterator[Addressed]:
    owner = event.duty.owner
    told = audience.at((owner,), directory) if owner else audience.managers(directory)
    yield Addressed("duty-given", told, Audience.STAFF)


def _reminded(event: d.DutyReminded, directory: Directory) -> Iterator[Addressed]:
    told = audience.at(event.tell, directory) if event.tell else audience.managers(directory)
    kind = "duty-overdue" if event.overdue else "duty-near"
    yield Addressed(kind, told, Audience.STAFF, asks=True)


ROUTES: dict[type[Event], Route] = {
    d.DutyGiven: _given,
    d.DutyReminded: _reminded,
}

KINDS: tuple[str, ...] = ("duty-given", "duty-near", "duty-overdue")
