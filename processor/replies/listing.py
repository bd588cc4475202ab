"""Lists: each incident with its state, the next step and what can be done with one tap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from processor.domain.events import QueueAsked, StatusAsked
from processor.domain.events_closing import (
    CallbackResultsListed,
    CallbacksListed,
    CallbackTold,
    CustomerTold,
    ListEvent,
    UnsolvedListed,
)
from processor.domain.events_emergency import EmergencyDeclared
from processor.domain.events_forms import FormTaken
from processor.domain.incident import Incident, Source
from processor.replies import offers
from processor.replies.action_links import Action, ActionLinks, Answering
from processor.replies.addressing import Audience
from processor.replies.insight import Insight, shortened
from processor.replies.letters import Letter
from processor.replies.telling import Telling
from processor.replies.view import MailView, Row

AnsweringOf = Callable[[str], Answering]
"""Number of an incident → where the reader's answers about it go, with his proof for it."""

_FEW = 2  # links of one row
_TEXT = 300  # characters of a result


def rows_of(event: ListEvent, insight: Insight, telling: Telling, audience: Audience) -> list[Row]:
    """The list's rows with the next step of each."""
    if isinstance(event, CallbackResultsListed):
        return [_result(told, insight, telling) for told in event.results]
    calling = isinstance(event, CallbacksListed)
    return [
        replace(
            insight.row(one, clocks),
            next=_contact(one) if calling else _next(one, telling, audience),
        )
        for one, clocks in event.incidents
    ]


def _contact(incident: Incident) -> str:
    """Whom to call, and how."""
    known = (incident.reporter_name, incident.reporter_phone, incident.reporter_address)
    return " · ".join(part for part in known if part)


def _next(incident: Incident, telling: Telling, audience: Audience) -> str:
    """What happens next, and whose turn it is."""
    side = "next_for_you" if audience is Audience.REPORTER else "next"
    key = f"mail.{side}.{incident.status.value}"
    if not telling.words.has(key):
        return ""
    who = telling.person(incident.assignee) or telling.group(incident.group)
    return telling.words.say(key, who=who)


def _result(told: CallbackTold, insight: Insight, telling: Telling) -> Row:
    row = insight.row(told.incident, ())
    say = telling.words.say
    parts = [say(f"mail.called.{told.result or 'nobody'}")]
    if told.incident.satisfaction is not None:
        parts.append(say("mail.called.score", score=told.incident.satisfaction))
    if told.text:
        parts.append(shortened(told.text, _TEXT))
    late = told.result != "reached"
    return replace(row, due="", next=" · ".join(parts), late=late)


def with_row_actions(
    view: MailView, letter: Letter, links: ActionLinks, answering_of: AnsweringOf
) -> MailView:
    """``view`` with links in its rows, each proving receipt for its own incident alone."""
    event = letter.event
    if isinstance(event, EmergencyDeclared):
        return _attachable(view, event, links, answering_of)
    if not isinstance(event, ListEvent | StatusAsked | QueueAsked | FormTaken):
        return view
    if isinstance(event, CustomerTold) and event.organisation:
        return view  # no party of them: there is nothing that they may order
    listed = event.incidents
    incidents: dict[str, Incident] = {incident.number: incident for incident, _ in listed}
    if not view.rows or not incidents:
        return view
    if isinstance(event, UnsolvedListed) and view.actions:
        whole = links.words.say("mail.hold_all")
        view = replace(view, actions=(replace(view.actions[0], label=whole),))
    rows = tuple(
        _with_actions(row, letter, incidents[row.number], links, answering_of(row.number))
        if row.number in incidents
        else row
        for row in view.rows
    )
    return replace(view, rows=rows)


def _attachable(
    view: MailView,
    event: EmergencyDeclared,
    links: ActionLinks,
    answering_of: AnsweringOf,
) -> MailView:
    """Each related incident with the order that attaches it to the major one."""
    parent = event.incident.number
    label = links.words.say("association.merge", number=parent)
    rows = []
    for row in view.rows:
        answering = answering_of(row.number)
        attach = links.prepared(answering, "duplicate", parent, label)
        rows.append(_ordered(row, (attach, links.action(answering, "status")), links, answering))
    return replace(view, rows=tuple(rows))


def _with_actions(
    row: Row, letter: Letter, incident: Incident, links: ActionLinks, answering: Answering
) -> Row:
    return _ordered(row, _actions(letter, incident, links, answering), links, answering)


def _ordered(
    row: Row, actions: tuple[Action, ...], links: ActionLinks, answering: Answering
) -> Row:
    say = links.words.say
    orders = say("mail.or").join(
        say("mail.quoted", text=action.order.strip()) for action in actions
    )
    # Without an address that proves receipt, only a mail of that incident can be answered.
    to = "its_mails" if answering.key_line else "address"
    told = say(f"mail.write.{to}", address=answering.address, orders=orders) if orders else ""
    return replace(row, actions=actions, orders=told)


def _actions(
    letter: Letter, incident: Incident, links: ActionLinks, answering: Answering
) -> tuple[Action, ...]:
    if isinstance(letter.event, CallbacksListed):
        return tuple(
            links.prepared(
                answering,
                "callback",
                links.words.say(f"mail.calling.{result}"),
                links.words.say(f"mail.called.{result}"),
            )
            for result in ("reached", "not_reached")
        )
    names = offers.for_row(letter, incident)[:_FEW]
    if isinstance(letter.event, UnsolvedListed):
        held = letter.event.told_at is not None and incident.source is not Source.MONITORING
        names = ("hold",) if held else ()
    return tuple(links.action(answering, name) for name in dict.fromkeys((*names, "status")))
