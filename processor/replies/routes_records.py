"""Who is written to when records are merged, objected to, not taken on or watched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from processor.domain import events_records as e
from processor.domain.events import Event
from processor.domain.incident import Status
from processor.domain.people import Directory
from processor.replies import audience
from processor.replies.addressing import Addressed, Audience, Route, reporter


def _merged(event: e.Merged, directory: Directory) -> Iterator[Addressed]:
    yield reporter("merged", event, directory)
    worked = audience.handlers(event.before, directory) if event.before.assignee else ()
    told = (*worked, *audience.handlers(event.parent, directory))
    yield Addressed("merged", told, Audience.STAFF)


def _objected(event: e.Objected, directory: Directory) -> Iterator[Addressed]:
    told = audience.handlers(event.incident, directory)
    if event.incident.status in (Status.PENDING_REVIEW, Status.CLOSED):
        told = (*told, *audience.managers(directory))
    yield Addressed("objected", told, Audience.STAFF)


def _rejected(event: e.Rejected, directory: Directory) -> Iterator[Addressed]:
    yield reporter("rejected", event, directory, asks=True)
    if event.sales:
        yield Addressed("out-of-scope", audience.at((event.sales,), directory), Audience.STAFF)


def _appealed(_: e.Appealed, directory: Directory) -> Iterator[Addressed]:
    yield Addressed("appealed", audience.desk(directory), Audience.STAFF)


def _watchers_added(event: e.WatchersAdded, directory: Directory) -> Iterator[Addressed]:
    added = [p for p in audience.watchers(event.incident, directory) if p.address in event.added]
    yield Addressed("watching", added, Audience.OTHER)


ROUTES: Mapping[type[Event], Route] = {
    e.Merged: _merged,
    e.Objected: _objected,
    e.Rejected: _rejected,
    e.Appealed: _appealed,
    e.WatchersAdded: _watchers_added,
}

KINDS = ("merged", "objected", "rejected", "out-of-scope", "appealed", "watching")
