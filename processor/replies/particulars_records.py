"""What only the letters about records as such show: merged, objected to."""

from __future__ import annotations

from dataclasses import replace

from processor.domain import events_records as e
from processor.domain.events import Event
from processor.replies.view import MailView


def of_records(view: MailView, event: Event) -> MailView:
    """``view`` and what this event alone brings."""
    match event:
        case e.Merged():
            return replace(view, extra={"parent": event.parent.number})
        case e.Objected():
            return replace(view, extra={"merged": event.merged})
        case _:
            return view
