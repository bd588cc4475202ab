"""What only some kinds of letters show, by the event that they tell of."""

from __future__ import annotations

from dataclasses import replace

from processor.domain import events as e
from processor.domain import events_alerts as al
from processor.domain import events_forms as fo
from processor.domain import events_neighbours as n
from processor.domain.association import Associations
from processor.domain.events_knowledge import CandidateOffered
from processor.domain.form import fault_said, place_said
from processor.replies import likely
from processor.replies.escalation_letters import with_turn
from processor.replies.insight import Insight, shortened
from processor.replies.moments import Moments
from processor.replies.neighbour_views import Likeness
from processor.replies.particulars_closing import with_closing
from processor.replies.particulars_emergency import of_emergency
from processor.replies.particulars_records import of_records
from processor.replies.routes_house import of_house
from processor.replies.routes_reports import of_reports
from processor.replies.telling import Telling
from processor.replies.view import Fact, MailView

_NAME = 200  # characters of an address, a status or a list of keywords that others wrote


def with_particulars(
    view: MailView, event: e.Event, telling: Telling, insight: Insight, moments: Moments
) -> MailView:
    """``view`` and what this event alone brings."""
    match event:
        case e.Opened():
            outside = "yes" if event.outside else ""
            told = {"follows": event.follows, "missing": "", "outside": outside}
            view = replace(view, extra=told)
            return _with_like(view, event.like, telling)
        case e.Dispatched():
            return _with_like(view, event.like, telling)
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
        case CandidateOffered():
            section = likely.article_section(event.article, telling)
            return replace(view, sections=[section], extra={"article": event.article.number})
        case e.FoundAsked():
            shown = likely.found_sections(event.found, event.items, telling)
            return replace(view, sections=shown, extra={"words": shortened(event.words, 80)})
        case e.StrangerWrote():
            who = shortened(event.stranger, _NAME)
            return replace(view, extra={"stranger": who, "opened": event.opened})
        case e.DeliveryFailed():
            extra = {
                "address": shortened(event.address, _NAME),
                "status": shortened(event.status, _NAME),
            }
            return replace(view, extra=extra)
        case al.AlertRecovered():
            return replace(view, extra={"source": event.source, "outcome": event.outcome})
        case al.AlertFlapping():
            extra = {
                "source": event.source,
                "count": str(event.count),
                "minutes": str(event.calm_minutes),
            }
            return replace(view, extra=extra)
        case e.ReportAsked():
            return replace(view, extra={"title": insight.subject(event.title)})
        case fo.FormsAsked():
            return replace(view, facts=[Fact(form.title, form.purpose) for form in event.forms])
        case fo.FormsReturned():
            return _returned(view, event, telling)
        case fo.FormTaken():
            rows = tuple(insight.row(i, c) for i, c in event.incidents)
            extra = {"title": event.title, "reporter": shortened(event.reporter, _NAME)}
            return replace(view, rows=rows, extra=extra)
        case e.BurstHeld():
            return replace(view, numbers=tuple(number for number in event.numbers if number))
        case e.MessageQuarantined():
            return _quarantined(view, event, insight)
        case n.ProblemsReviewed():
            return replace(view, rows=Likeness(telling, insight, moments).rows(event.problems))
        case n.ChangeAnnounced():
            quotes = (Fact(telling.words.say("mail.said.what"), shortened(event.what)),)
            return replace(view, quotes=quotes, extra={"window": shortened(event.window, _NAME)})
        case _:
            view = of_house(of_records(view, event), event, telling.words.say("mail.comma"))
            view = of_reports(view, event)
            view = with_turn(view, event, telling, moments)
            view = with_closing(view, event, telling, insight, moments)
            return of_emergency(view, event, telling, insight, moments)


def _with_like(view: MailView, like: Associations, telling: Telling) -> MailView:
    """What was found beside the incident: all of it for the team, an article for its reporter."""
    if view.audience == "staff":
        return replace(view, sections=likely.sections(like, telling))
    if view.audience == "reporter" and view.kind == "opened":
        return replace(view, sections=likely.advice(like.advice, telling))
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


def _returned(view: MailView, event: fo.FormsReturned, telling: Telling) -> MailView:
    """Field by field what is wrong; of several forms with the form's title before it."""
    facts: list[Fact] = []
    for form in event.forms:
        before = f"{form.title} · " if len(event.forms) > 1 else ""
        if form.trouble:
            facts.append(Fact(form.title, telling.words.say(f"form.unreadable.{form.trouble}")))
        facts += [
            Fact(before + place_said(fault, telling.words), fault_said(fault, telling.words))
            for fault in form.faults
        ]
    titles = telling.words.say("mail.comma").join(dict.fromkeys(f.title for f in event.forms))
    marked = "yes" if any(form.faults for form in event.forms) else ""
    return replace(view, facts=facts, extra={"title": titles, "marked": marked})


def _listed(telling: Telling, keywords: tuple[str, ...]) -> str:
    quoted = [f"“{keyword.strip()}”" for keyword in keywords]
    return shortened(telling.word("keyword", quoted), _NAME)
