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
    return [
        c.ConfirmationReminded(**by_rule, incident=solved, until=until),
        c.ConfirmationReminded(**by_rule, incident=solved),
        c.AnswerReminded(**by_rule, incident=asked),
        c.AnswerMissing(**by_rule, incident=asked),
        c.ReviewReminded(**by_rule, incident=review),
        c.ReviewReminded(**by_rule, incident=replace(review, confirmation="confirmed")),
        c.RatingReminded(**by_rule, incident=closed),
        c.ReviewObjected(**by(sample.reporter), incident=review, comment=say("reopen")),
    ]
