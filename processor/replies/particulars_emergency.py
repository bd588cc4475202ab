"""What only letters about duties and major incidents show."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from processor.domain import events_duties as d
from processor.domain import events_emergency as m
from processor.domain import events_vendors as v
from processor.domain.duty import Duty
from processor.domain.events import Event
from processor.replies.insight import Insight, shortened
from processor.replies.moments import Moments
from processor.replies.telling import Telling
from processor.replies.view import Fact, MailView

_TEXT = 400  # characters of a duty or of a list of names
_COMMAND = "emergency-command"
_NAMES = 20  # of those who have not acknowledged


def of_emergency(
    view: MailView, event: Event, telling: Telling, insight: Insight, moments: Moments
) -> MailView:
    """``view`` and what this event alone brings."""
    match event:
        case d.DutyGiven() | d.DutyReminded():
            return _duty(view, event.duty, telling, insight, moments)
        case m.UrgentAsked():
            return replace(view, extra={"until": moments.say(event.until)})
        case m.UrgentUnanswered():
            return replace(view, extra={"minutes": str(event.minutes)})
        case v.VendorAsked() | v.VendorReminded():
            return _for_vendor(view, event, telling, insight, moments)
        case v.VendorOverdue():
            extra = {"vendor": event.vendor, "due": moments.say(event.due_at)}
            return replace(view, extra=extra)
        case v.VendorAnswered():
            return replace(view, extra={"vendor": event.vendor})
        case m.ReportersInformed():
            return _news(view, event, telling, moments)
        case m.EmergencyEvent():
            return _standing(view, event, telling, insight, moments)
        case _:
            return view


def _duty(
    view: MailView, duty: Duty, telling: Telling, insight: Insight, moments: Moments
) -> MailView:
    due = moments.say(duty.due_at)
    rows = {
        "number": duty.number,
        "subject": view.incident.subject if view.incident else "",
        "due": due,
        "owner": telling.person(duty.owner),
    }
    extra = {"text": shortened(" ".join(duty.text.split()), _TEXT), "due": due}
    quoted = (Fact("", shortened(duty.text)),)
    return replace(view, facts=insight.table(rows), quotes=quoted, extra=extra)


def _for_vendor(
    view: MailView,
    event: v.VendorAsked | v.VendorReminded,
    telling: Telling,
    insight: Insight,
    moments: Moments,
) -> MailView:
    """What was released; the event's incident holds nothing else."""
    incident = event.incident
    due = _moment(moments, event.due_at)
    rows = {
        "number": incident.number,
        "subject": insight.subject(incident.subject) if incident.subject else "",
        "priority": insight.priority(incident.priority),
        "category": telling.category(incident.category),
        "system": incident.system,
        "item": incident.ci,
        "error_code": incident.error_code,
        "impact_said": incident.likely_impact,
        "occurred": _moment(moments, incident.occurred_at),
        "reporter": incident.reporter_name,
        "contact": " · ".join(
            part for part in (incident.reporter_phone, incident.reporter_address) if part
        ),
        "place": " · ".join(
            part for part in (incident.organisation, incident.department, incident.site) if part
        ),
        "due": due,
    }
    overdue = "yes" if isinstance(event, v.VendorReminded) and event.overdue else ""
    return replace(view, facts=insight.table(rows), extra={"due": due, "overdue": overdue})


def _standing(
    view: MailView,
    event: m.EmergencyEvent,
    telling: Telling,
    insight: Insight,
    moments: Moments,
) -> MailView:
    """How it stands: who leads, since when, who has acknowledged it, when the next news come."""
    told, missing = len(event.receipts), event.missing
    acked = str(told - len(missing))
    incident = event.incident
    over = isinstance(event, m.EmergencyOver)
    rows = {
        "number": incident.number,
        "subject": insight.subject(incident.subject),
        "status": telling.word("status", incident.status),
        "priority": insight.priority(incident.priority),
        "commander": telling.person(incident.commander),
        "since": _moment(moments, event.since),
        "restored": _moment(moments, incident.resolved_at) if over else "",
        "receipts": f"{acked} / {told}" if view.audience == "staff" and told else "",
        "next_news": "" if over else _moment(moments, event.next_at),
    }
    names = [one.name or one.address for one in missing[:_NAMES]]
    extra = {
        "acked": acked,
        "told": str(told),
        "missing": shortened(telling.word("names", names), _TEXT),
        "commander": rows["commander"],
        "next": rows["next_news"],
        "again": "yes" if isinstance(event, m.EmergencyRound) and event.again else "",
        "denied": "yes" if isinstance(event, m.EmergencyOver) and event.denied else "",
    }
    view = replace(view, facts=insight.table(rows), extra=extra)
    if view.kind == "emergency-related" and isinstance(event, m.EmergencyDeclared):
        listed = tuple(insight.row(one, clocks) for one, clocks in event.related)
        return replace(view, rows=listed)
    if isinstance(event, m.EmergencyDeclared | m.CommanderNamed) and view.kind == _COMMAND:
        return replace(view, quotes=(*_owed(event.owed, telling, moments), *view.quotes))
    if isinstance(event, m.EmergencyRound) and event.said:
        label = telling.words.say("mail.said.emergency-round")
        return replace(view, quotes=(Fact(label, shortened(event.said)),))
    return view


def _news(
    view: MailView, event: m.ReportersInformed, telling: Telling, moments: Moments
) -> MailView:
    """For reporters: which news it is, when the next come, what they were last answered."""
    extra = {"news": event.news.value, "next": _moment(moments, event.next_at)}
    label = telling.words.say("mail.said.major-news")
    quotes = (Fact(label, shortened(event.said)),) if event.said else ()
    return replace(view, extra=extra, quotes=quotes)


def _owed(owed: tuple[Duty, ...], telling: Telling, moments: Moments) -> tuple[Fact, ...]:
    """What the commander sees to beside the repair, each by its ordinal and time."""
    if not owed:
        return ()
    say = telling.words.say
    lines = [
        say(
            "mail.owed.line",
            ordinal=duty.ordinal,
            text=shortened(" ".join(duty.text.split()), _TEXT),
            due=moments.say(duty.due_at),
        )
        for duty in owed
    ]
    return (Fact(say("mail.owed.label"), "\n".join(lines)),)


def _moment(moments: Moments, at: datetime | None) -> str:
    return moments.say(at) if at is not None else ""
