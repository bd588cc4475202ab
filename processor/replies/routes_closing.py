"""Who is written to at the end of an incident, and whom the lists go to."""

from __future__ import annotations

from collections.abc import Iterator

from processor.domain import events as e
from processor.domain import events_closing as c
from processor.domain.people import Directory
from processor.replies import audience
from processor.replies.addressing import Addressed, Audience, Route, handlers, reporter


def _confirmation(event: c.ConfirmationReminded, directory: Directory) -> Iterator[Addressed]:
    yield reporter("confirm-reminder", event, directory, asks=True)


def _answer(event: c.AnswerReminded, directory: Directory) -> Iterator[Addressed]:
    yield reporter("question-reminder", event, directory, asks=True)


def _missing(event: c.AnswerMissing, directory: Directory) -> Iterator[Addressed]:
    yield handlers("answer-missing", event, directory)


def _review(_: c.ReviewReminded, directory: Directory) -> Iterator[Addressed]:
    yield Addressed("review-reminder", audience.managers(directory), Audience.STAFF, asks=True)


def _rating(event: c.RatingReminded, directory: Directory) -> Iterator[Addressed]:
    yield reporter("rating-reminder", event, directory, asks=True)


def _objected(_: c.ReviewObjected, directory: Directory) -> Iterator[Addressed]:
    yield Addressed("objection", audience.managers(directory), Audience.STAFF, asks=True)


ROUTES: dict[type[e.Event], Route] = {
    c.ConfirmationReminded: _confirmation,
    c.AnswerReminded: _answer,
    c.AnswerMissing: _missing,
    c.ReviewReminded: _review,
    c.RatingReminded: _rating,
    c.ReviewObjected: _objected,
}

# fmt: off
KINDS: tuple[str, ...] = (
    "confirm-reminder", "question-reminder", "answer-missing", "review-reminder",
    "rating-reminder", "objection",
)
# fmt: on
