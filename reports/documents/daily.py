"""The daily list 日报: what is unsolved, for the incident manager, an hour before the day ends."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from processor.domain.wording import Words
from processor.store.fact_tables import facts
from processor.store.unit_of_work import UnitOfWork
from reports.documents.registry import Printed, Request
from reports.figures.cohorts import COHORTS
from reports.figures.comparison import Compared
from reports.figures.computing import asked
from reports.figures.dimensions import conditions
from reports.figures.figure import Cohort, Unit
from reports.figures.selection import Dimension
from reports.periods import PeriodKind
from reports.press.comparing import figure_lines
from reports.press.finishing import inquiry_of, printed
from reports.press.inquiry import Chapter, Inquiry, Row
from reports.press.listing import open_incidents
from reports.service import volume

FIGURES = ("received", "resolved", "closed", "open_at_end", "response_within", "resolution_within")
_MOST_OVERDUE = 200
_MOST = 300  # of the others; a desk with more has no use for a longer list


def daily(work: UnitOfWork, words: Words, template: Path, request: Request) -> Printed:
    """The list of the request's day; see ``registry.Printer``."""
    inquiry = inquiry_of(work, words, request, "daily", PeriodKind.DAY)
    figures = dict(inquiry.compare((*FIGURES, "overdue_now")))
    overdue, late = open_incidents(inquiry, _MOST_OVERDUE, overdue=True)
    others, count = open_incidents(inquiry, _MOST, overdue=False)
    summary = _summary(inquiry, figures, late)
    if count > _MOST:
        summary.append(inquiry.say("more", listed=_MOST, count=count))
    chapter = Chapter(
        prose={"summary": summary},
        tables={
            "today": figure_lines(FIGURES, figures, words),
            "priorities": _priorities(inquiry),
            "overdue": overdue,
            "open": others,
        },
    )
    return printed(inquiry, template, (chapter,), ())


def _summary(inquiry: Inquiry, figures: dict[str, Compared], late: int) -> list[str]:
    said = volume.summary(inquiry, figures, past="volume_past")
    if figures["open_at_end"].now.value:
        number = inquiry.amounts.number(Unit.COUNT, late)
        said.append(inquiry.say("overdue", count=number) if late else inquiry.say("overdue_none"))
    return said


def _priorities(inquiry: Inquiry) -> list[Row]:
    """A row a priority: how many are open, how many of them overdue, since when the oldest."""
    rows = inquiry.compute(("open_at_end", "overdue_now"), Dimension.PRIORITY)
    oldest = _oldest(inquiry)
    return [
        {
            "name": inquiry.naming.key(Dimension.PRIORITY, row.key[0]),
            "open_at_end": inquiry.said(row, "open_at_end"),
            "overdue_now": inquiry.said(row, "overdue_now"),
            "oldest": inquiry.moments.short(oldest.get(row.key[0])),
        }
        for row in rows
        if row["open_at_end"]
    ]


def _oldest(inquiry: Inquiry) -> dict[object, datetime]:
    rows = COHORTS[Cohort.OPEN]
    query = (
        select(facts.c.priority, func.min(facts.c.reported))
        .select_from(rows.source)
        .where(*rows.conditions, *conditions(rows, inquiry.selection))
        .group_by(facts.c.priority)
    )
    found = inquiry.work.connection.execute(query, asked(inquiry.selection, inquiry.period))
    return {grade: datetime.fromtimestamp(at, UTC) for grade, at in found}
