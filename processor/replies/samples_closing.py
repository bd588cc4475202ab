"""The made-up case when nobody answers, and the lists that it stands in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from processor.domain import events_closing as c
from processor.domain.events import Event
from processor.domain.incident import Status
from processor.domain.people import Person

if TYPE_CHECKING:
    from processor.replies.samples import Sample


Say = Callable[[str], str]
By = Callable[[Person], Any]


def events(sample: Sample, say: Say, by: By) -> list[Event]:
    """Everything of this kind. ``say`` gives a text of the case, ``by`` who did something and
    when."""
    by_rule = by(sample.system)
    solved = sample.incident(Status.RESOLVED)
    asked = sample.incident(Status.PENDING_USER, question=say("question"))
    review = sample.incident(Status.PENDING_REVIEW, confirmation="silent")
    closed = sample.incident(Status.CLOSED)
    until = sample.now + timedelta(days=3)
    told_at = sample.now + timedelta(minutes=30)
    listed = sample.listed()
    staff, contact = (sample.manager,), (sample.reporter,)
    calls = (
        c.CallbackTold(replace(closed, satisfaction=5), "reached", say("confirm")),
        c.CallbackTold(replace(closed, number=listed[0][0].number), "not_reached"),
        c.CallbackTold(replace(closed, number=listed[2][0].number)),
    )
    return [
        c.ConfirmationReminded(**by_rule, incident=solved, until=until),
        c.ConfirmationReminded(**by_rule, incident=solved),
        c.AnswerReminded(**by_rule, incident=asked, until=until),
        c.AnswerMissing(**by_rule, incident=asked),
        c.ReviewReminded(**by_rule, incident=review, until=until),
        c.ReviewReminded(**by_rule, incident=replace(review, confirmation="confirmed")),
        c.RatingReminded(**by_rule, incident=closed),
        c.ReviewObjected(**by(sample.reporter), incident=review, comment=say("reopen")),
        c.UnsolvedListed(
            **by_rule,
            readers=staff,
            incidents=listed,
            more=12,
            list_number=f"LIST-{sample.now:%Y%m%d}-0001",
            told_at=told_at,
        ),
        c.UnsolvedListed(**by_rule, readers=staff, incidents=listed),
        c.UnsolvedListed(**by_rule, readers=staff),
        c.CustomerTold(**by_rule, readers=contact, incidents=listed),
        c.CustomerTold(
            **by_rule, readers=contact, incidents=listed, organisation=say("organisation")
        ),
        c.CustomerTold(**by_rule, readers=contact, incidents=listed[1:2], incident=listed[1][0]),
        c.WorkListed(**by_rule, readers=(sample.engineer,), incidents=listed, morning=True),
        c.WorkListed(**by(sample.engineer), readers=(sample.engineer,), incidents=listed),
        c.WorkListed(**by(sample.engineer), readers=(sample.engineer,)),
        c.WorkListed(
            **by(sample.engineer), readers=(sample.engineer,), incidents=listed[:1], overdue=True
        ),
        c.WorkListed(**by(sample.engineer), readers=(sample.engineer,), overdue=True),
        c.CallbacksListed(**by_rule, readers=(sample.desk,), incidents=((closed, ()),)),
        c.CallbackResultsListed(**by_rule, readers=staff, results=calls),
        c.CallbackResultsListed(**by_rule, readers=staff),
    ]
