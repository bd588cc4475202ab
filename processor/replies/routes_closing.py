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


def _unsolved(event: c.UnsolvedListed, _: Directory) -> Iterator[Addressed]:
    yield Addressed("unsolved-list", event.readers, Audience.STAFF, asks=True)


def _customer(event: c.CustomerTold, _: Directory) -> Iterator[Addressed]:
    # contacts of a contract see how it stands, and are no party of each incident
    seen = Audience.OTHER if event.organisation else Audience.REPORTER
    yield Addressed("open-states", event.readers, seen, asks=True)


def _work(event: c.WorkListed, _: Directory) -> Iterator[Addressed]:
    kind = "overdue-list" if event.overdue else "work-list"
    yield Addressed(kind, event.readers, Audience.STAFF, asks=True)


def _callbacks(event: c.CallbacksListed, _: Directory) -> Iterator[Addressed]:
    yield Addressed("callback-list", event.readers, Audience.STAFF, asks=True)


def _results(event: c.CallbackResultsListed, _: Directory) -> Iterator[Addressed]:
    yield Addressed("callback-results", event.readers, Audience.STAFF, asks=True)


ROUTES: dict[type[e.Event], Route] = {
    c.ConfirmationReminded: _confirmation,
    c.AnswerReminded: _answer,
    c.AnswerMissing: _missing,
    c.ReviewReminded: _review,
    c.RatingReminded: _rating,
    c.ReviewObjected: _objected,
    c.UnsolvedListed: _unsolved,
    c.CustomerTold: _customer,
    c.WorkListed: _work,
    c.CallbacksListed: _callbacks,
    c.CallbackResultsListed: _results,
}

# fmt: off
KINDS: tuple[str, ...] = (
    "confirm-reminder", "question-reminder", "answer-missing", "review-reminder",
    "rating-reminder", "objection", "unsolved-list", "open-states", "work-list", "overdue-list",
    "callback-list", "callback-results",
)
# fmt: on
