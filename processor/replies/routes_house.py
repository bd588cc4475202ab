"""Letters to administrators about the house itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from processor.domain import events_house as h
from processor.domain.events import Event
from processor.domain.people import Directory
from processor.replies import audience
from processor.replies.addressing import Addressed, Audience, Route
from processor.replies.view import MailView


def _uncovered(_: h.CalendarUncovered, directory: Directory) -> Iterator[Addressed]:
    yield Addressed("calendar-uncovered", audience.administrators(directory), Audience.STAFF)


def _refused(_: h.ConfigurationRefused, directory: Directory) -> Iterator[Addressed]:
    yield Addressed("configuration-refused", audience.administrators(directory), Audience.STAFF)


ROUTES: dict[type[Event], Route] = {
    h.CalendarUncovered: _uncovered,
    h.ConfigurationRefused: _refused,
}
KINDS: tuple[str, ...] = ("calendar-uncovered", "configuration-refused")


def of_house(view: MailView, event: Event, comma: str) -> MailView:
    """``view`` and what these letters say."""
    if isinstance(event, h.CalendarUncovered):
        names = comma.join(event.calendars)
        return replace(view, extra={"year": str(event.year), "calendars": names})
    if isinstance(event, h.ConfigurationRefused):
        extra = {"in_force": event.in_force, "more": str(event.more) if event.more else ""}
        return replace(view, sentences=event.faults, extra=extra)
    return view
