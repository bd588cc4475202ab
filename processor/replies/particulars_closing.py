"""What only reminders and lists show."""

from __future__ import annotations

from dataclasses import replace

from processor.domain import events as e
from processor.domain import events_closing as c
from processor.replies.addressing import Audience
from processor.replies.insight import Insight
from processor.replies.listing import rows_of
from processor.replies.moments import Moments
from processor.replies.telling import Telling
from processor.replies.view import MailView


def with_closing(
    view: MailView, event: e.Event, telling: Telling, insight: Insight, moments: Moments
) -> MailView:
    """``view`` and what this event alone brings; as it is for an event of another kind."""
    match event:
        case (
            e.Asked()
            | e.Resolved()
            | e.Confirmed()
            | c.ConfirmationReminded()
            | c.AnswerReminded()
            | c.ReviewReminded()
        ):
            until = moments.say(event.until) if event.until else ""
            return replace(view, extra={"until": until})
        case c.ListEvent():
            extra = {"more": str(event.more or "")}
            if isinstance(event, c.CustomerTold):
                extra["organisation"] = event.organisation
            if isinstance(event, c.UnsolvedListed):
                extra["told"] = moments.say(event.told_at) if event.told_at else ""
            if isinstance(event, c.WorkListed):
                extra["morning"] = "yes" if event.morning else ""
            rows = rows_of(event, insight, telling, Audience(view.audience))
            if isinstance(event, c.CustomerTold):  # one row says all that the table would
                view = replace(view, facts=())
            return replace(view, rows=tuple(rows), extra=extra)
        case _:
            return view
