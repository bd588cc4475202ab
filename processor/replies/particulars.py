"""What only some kinds of letters show, by the event that they tell of."""

from __future__ import annotations

from dataclasses import replace

from processor.domain import events as e
from processor.replies.insight import Insight, shortened
from processor.replies.moments import Moments
from processor.replies.telling import Telling
from processor.replies.view import MailView

_NAME = 200  # characters of an address, a status or a list of keywords that others wrote


def with_particulars(
    view: MailView, event: e.Event, telling: Telling, insight: Insight, moments: Moments
) -> MailView:
    """``view`` and what this event alone brings."""
    match event:
        case e.Opened():
            return replace(view, extra={"follows": event.follows})
        case e.CommandsDone():
            said = tuple(telling.sentence("done", done.code, done.params) for done in event.done)
            return replace(view, sentences=said)
        case e.CommandsRefused():
            nearest = f"#{event.suggestion.lstrip('#')}" if event.suggestion else ""
            return replace(
                view,
                sentences=(telling.sentence("refusal", event.code, event.params),),
                keyword=shortened(" ".join(event.keyword.split()), 60),
                suggestion=nearest,
            )
        case e.CommandUnproven():
            return replace(view, extra={"commands": _listed(telling, event.commands)})
        case e.StatusAsked(dossier=None):
            return replace(view, rows=tuple(insight.row(i, c) for i, c in event.incidents))
        case e.StatusAsked(dossier=dossier) if dossier is not None and view.incident:
            facts = insight.facts(dossier.incident, dossier.clocks, whole=True)
            return replace(view, facts=facts, steps=insight.steps(dossier))
        case e.QueueAsked():
            rows = tuple(insight.row(i, c) for i, c in event.incidents)
            return replace(view, rows=rows, extra={"group": telling.group(event.group)})
        case e.TargetNear():
            extra = {
                "clock": event.kind.value,
                "name": telling.clock(event.kind),
                "due": moments.say(event.clock.due_at),
            }
            return replace(view, share=event.share, extra=extra)
        case e.StrangerWrote():
            who = shortened(event.stranger, _NAME)
            return replace(view, extra={"stranger": who, "opened": event.opened})
        case e.DeliveryFailed():
            extra = {
                "address": shortened(event.address, _NAME),
                "status": shortened(event.status, _NAME),
            }
            return replace(view, extra=extra)
        case e.AlertRecovered():
            return replace(view, extra={"source": event.source, "outcome": event.outcome})
        case e.AlertFlapping():
            extra = {
                "source": event.source,
                "count": str(event.count),
                "minutes": str(event.calm_minutes),
            }
            return replace(view, extra=extra)
        case e.ReportAsked():
            return replace(view, extra={"title": insight.subject(event.title)})
        case e.BurstHeld():
            return replace(view, numbers=tuple(number for number in event.numbers if number))
        case e.MessageQuarantined():
            return _quarantined(view, event, insight)
        case _:
            return view


def _quarantined(view: MailView, event: e.MessageQuarantined, insight: Insight) -> MailView:
    subject = insight.subject(event.subject)
    rows = {
        "sender": shortened(event.sender, _NAME),
        "subject": subject,
        "mailbox": event.mailbox,
        "reason": shortened(insight.quarantined(event.reason), 2 * _NAME),
    }
    extra = {"id": str(event.spool_id), "subject": subject}
    return replace(view, facts=insight.table(rows), extra=extra)


def _listed(telling: Telling, keywords: tuple[str, ...]) -> str:
    quoted = [f"“{keyword.strip()}”" for keyword in keywords]
    return shortened(telling.word("keyword", quoted), _NAME)
