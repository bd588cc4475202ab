"""Keywords at the end of an incident: the reporter's and the manager's (spec 3; seed 8.8)."""

from __future__ import annotations

from processor.commands.errand import Command, Errand, Outcome, done
from processor.commands.values import read_rating
from processor.domain.errors import Refusal
from processor.domain.events_records import Appealed, Objected
from processor.domain.incident import Status
from processor.domain.people import Role
from processor.services import closing

_SOLVED = frozenset({Status.RESOLVED, Status.PENDING_REVIEW, Status.CLOSED})


def _confirm(errand: Errand) -> Outcome:
    events = closing.confirm(
        errand.work, errand.policy, errand.on, errand.actor, errand.at, errand.value
    )
    return done(errand, "confirm", events, number=errand.on.number)


def _reopen(errand: Errand) -> Outcome:
    events = closing.reopen(
        errand.work, errand.policy, errand.on, errand.actor, errand.at, errand.value
    )
    # while it is reviewed it stays there: the manager decides
    code = "review_objected" if errand.on.status is Status.PENDING_REVIEW else "reopen"
    if any(isinstance(event, Appealed) for event in events):
        code = "appeal"
    elif any(isinstance(event, Objected) for event in events):
        code = "objected"
    return done(errand, code, events, number=errand.on.number)


def _rate(errand: Errand) -> Outcome:
    rating = read_rating(errand.order.value)
    if rating is None:
        raise Refusal("rating_unreadable", value=errand.order.value)
    score, comment = rating
    events = closing.rate(
        errand.work, errand.on, errand.actor, errand.at, score, comment or errand.note
    )
    return done(errand, "rate", events, number=errand.on.number, score=score)


def _approve(errand: Errand) -> Outcome:
    events = closing.approve(
        errand.work, errand.policy, errand.on, errand.actor, errand.at, errand.value
    )
    # the letter that brings him the report is his answer: one mail, not two
    return Outcome(None, events)


def _send_back(errand: Errand) -> Outcome:
    events = closing.send_back(
        errand.work, errand.policy, errand.on, errand.actor, errand.at, errand.value
    )
    return done(errand, "send_back", events, number=errand.on.number)


def _cancel(errand: Errand) -> Outcome:
    events = closing.cancel(
        errand.work, errand.policy, errand.on, errand.actor, errand.at, errand.value
    )
    return done(errand, "cancel", events, number=errand.on.number)


_REPORTER = frozenset({Role.REPORTER})
_MANAGER = frozenset({Role.MANAGER})
# which of them in which status, the table of moves says
_ANEW = frozenset({Role.REPORTER, Role.ASSIGNEE, Role.DESK, Role.MANAGER})
_REVIEW = frozenset({Status.PENDING_REVIEW})

COMMANDS = (
    Command("confirm", _confirm, _REPORTER, frozenset({Status.RESOLVED})),
    Command("reopen", _reopen, _ANEW, _SOLVED | {Status.CANCELLED, Status.REJECTED}),
    Command("rate", _rate, _REPORTER, _SOLVED),
    Command("approve", _approve, _MANAGER, _REVIEW),
    Command("send_back", _send_back, _MANAGER, _REVIEW),
    Command("cancel", _cancel, frozenset({Role.REPORTER, Role.DESK}), frozenset({Status.NEW})),
)
