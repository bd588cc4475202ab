"""What only reminders and lists show."""

from __future__ import annotations

from dataclasses import replace

from processor.domain import events as e
from processor.domain import events_closing as c
from processor.replies.moments import Moments
from processor.replies.view import MailView


def with_closing(view: MailView, event: e.Event, moments: Moments) -> MailView:
    """``view`` and what this event alone brings; as it is for an event of another kind."""
    match event:
        case c.ConfirmationReminded():
            until = moments.say(event.until) if event.until else ""
            return replace(view, extra={"until": until})
        case _:
            return view
