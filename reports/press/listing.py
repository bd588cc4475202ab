"""Incidents by name in reports: what is open, major, dispatched again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from processor.store.fact_tables import facts
from processor.store.moments import seconds_of
from processor.store.tables import incidents
from reports.figures.cohorts import COHORTS
from reports.figures.computing import asked
from reports.figures.dimensions import conditions
from reports.figures.figure import Cohort
from reports.figures.selection import Dimension
from reports.press.inquiry import Inquiry, Row
from reports.word.plain_text import line

_SUBJECT = 60  # characters of a subject in a list
f = facts.c


def of_cohort(
    inquiry: Inquiry,
    cohort: Cohort,
    order: Sequence[ColumnElement[Any]],
    most: int,
    *more: ColumnElement[bool],
) -> tuple[list[Row], int]:
    """The first ``most`` incidents of a cohort, and how many there are in all. What is
    confidential has its subject hidden from who is not cleared for names."""
    rows = COHORTS[cohort]
    where = (*rows.conditions, *conditions(rows, inquiry.selection), *more)
    source = rows.source.join(incidents, incidents.c.id == f.id)
    query = (
        select(
            incidents.c.number, incidents.c.subject, f.confidential, f.status, f.priority,
            f.group, f.assignee, f.due, f.reported, f.resolved, f.dispatches, f.wrong_dispatches,
            func.count().over().label("all"),
        )
        .select_from(source)
        .where(*where)
        .order_by(*order, f.id)
        .limit(most)
    )  # fmt: skip
    found = inquiry.work.connection.execute(query, asked(inquiry.selection, inquiry.period)).all()
    return [_row(inquiry, one) for one in found], (found[0].all if found else 0)


def open_incidents(
    inquiry: Inquiry, most: int, *, overdue: bool | None = None, oldest: bool = False
) -> tuple[list[Row], int]:
    """What is open at the end of the period, or now, by priority and due time or the ``oldest``
    first. ``overdue`` narrows it to what is past a running target, or is not."""
    late = f.due < seconds_of(inquiry.request.now)
    more: list[ColumnElement[bool]] = []
    if overdue is not None:
        more.append(late if overdue else (f.due.is_(None) | ~late))
    order: tuple[ColumnElement[Any], ...] = (f.priority, func.coalesce(f.due, f.reported))
    if oldest:
        order = (f.reported,)
    return of_cohort(inquiry, Cohort.OPEN, order, most, *more)


def major_incidents(inquiry: Inquiry, most: int) -> tuple[list[Row], int]:
    """Major incidents received in the period."""
    return of_cohort(inquiry, Cohort.RECEIVED, (f.reported,), most, f.major == 1)


def redispatched(inquiry: Inquiry, most: int) -> tuple[list[Row], int]:
    """What was received in the period and sent on more than once, or to the wrong group."""
    often = (f.dispatches > 1) | (f.wrong_dispatches > 0)
    return of_cohort(
        inquiry, Cohort.RECEIVED, (f.wrong_dispatches.desc(), f.dispatches.desc()), most, often
    )


def _row(inquiry: Inquiry, one: Any) -> Row:
    words, naming, moments = inquiry.words, inquiry.naming, inquiry.moments
    hidden = one.confidential and not inquiry.request.clearance.names
    subject = words.say("document.hidden_subject") if hidden else line(one.subject, _SUBJECT)
    who = naming.key(Dimension.ENGINEER, one.assignee or one.group)
    if not one.assignee:
        who = naming.key(Dimension.GROUP, one.group)
    step = f"document.next.{one.status}"
    took = one.resolved - one.reported if one.resolved is not None else None
    return {
        "number": line(one.number),
        "subject": subject or words.say("report.empty"),
        "priority": f"P{one.priority}",
        "status": words.say(f"status.{one.status}"),
        "group": naming.key(Dimension.GROUP, one.group),
        "due": moments.short(_moment(one.due)),
        "reported": moments.short(_moment(one.reported)),
        "age": _age(inquiry, one.reported),
        "took": moments.duration(took / 60) if took is not None else words.say("report.empty"),
        "next": words.say(step, who=who) if words.has(step) else words.say("report.empty"),
        "dispatches": str(one.dispatches),
        "wrong_dispatches": str(one.wrong_dispatches),
    }


def _age(inquiry: Inquiry, reported: int) -> str:
    until = min(inquiry.period.end, inquiry.request.now)
    days = (seconds_of(until) - reported) / 86_400
    return inquiry.words.say("document.amount.days", days=f"{days:.1f}")


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
