"""Reports by mail, and the letter to administrators when one cannot be made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from processor.domain import events_reports as r
from processor.domain.events import Event
from processor.domain.people import Directory
from processor.replies import audience
from processor.replies.addressing import DOCX, Addressed, Audience, Enclosure, Route
from processor.replies.view import MailView


def _made(event: r.ReportMade, _: Directory) -> Iterator[Addressed]:
    enclosed = Enclosure(
        event.file_name, DOCX, event.document, event.document
    )  # as they may have it
    kind = "report-asked" if event.asked else "report-due"
    for reader in event.readers:
        seen = Audience.STAFF if reader.staff else Audience.OTHER
        yield Addressed(kind, (reader,), seen, asks=event.asked, attachments=(enclosed,))


def _failed(_: r.ReportFailed, directory: Directory) -> Iterator[Addressed]:
    yield Addressed("report-failed", audience.administrators(directory), Audience.STAFF)


ROUTES: dict[type[Event], Route] = {r.ReportMade: _made, r.ReportFailed: _failed}
KINDS: tuple[str, ...] = ("report-asked", "report-due", "report-failed")


def of_reports(view: MailView, event: Event) -> MailView:
    """``view`` and what these letters say."""
    if isinstance(event, r.ReportMade):
        return replace(view, extra={"title": event.title, "subject": event.subject})
    if isinstance(event, r.ReportFailed):
        names = ("title", "subject", "reason", "template", "place", "field")
        return replace(view, extra={name: getattr(event, name) for name in names})
    return view
