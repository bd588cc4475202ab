"""The analysis report 事件分析报告: for the process owner, of a quarter, a year or any period."""

from __future__ import annotations

from pathlib import Path

from processor.domain.wording import Words
from processor.store.unit_of_work import UnitOfWork
from reports.charts.model import Chart
from reports.documents.registry import Printed, Request
from reports.figures.selection import Dimension
from reports.periods import PeriodKind
from reports.press.comparing import figure_lines
from reports.press.finishing import inquiry_of, printed
from reports.press.inquiry import Chapter, Inquiry
from reports.press.trends import Trend, trend
from reports.service import causes, durations, levels, outlook, recurrence, rhythm, teams, volume

FIGURES = (
    "received", "resolved", "closed", "open_at_end", "backlog_age_median", "backlog_age_p90",
    "response_within", "resolution_within", "resolution_mean", "resolution_median",
    "resolution_p90", "first_line_rate", "reopen_rate", "wrong_dispatch_rate", "redispatches",
    "major", "repeats", "knowledge_share", "problems", "satisfaction_mean", "active_share",
)  # fmt: skip
_FEW_DAYS = 120  # up to here a period is shown by weeks
_VERY_FEW = 14  # and up to here by days


def analysis(work: UnitOfWork, words: Words, template: Path, request: Request) -> Printed:
    """The report of the request's period, a quarter unless another is named, with any filter; see
    ``registry.Printer``."""
    inquiry = inquiry_of(work, words, request, "analysis", PeriodKind.QUARTER)
    figures = dict(inquiry.compare(FIGURES))
    course, axis = _course(inquiry)
    parts = [row.part for row in course.rows]
    categories = causes.counts(inquiry, Dimension.CATEGORY_2)
    chapters = (
        Chapter(
            prose={
                "summary": volume.summary(inquiry, figures),
                "course": volume.peak(inquiry, course),
                "categories": [causes.of_categories(inquiry, categories)],
                "highlights": [one.text for one in inquiry.story.highlights],
                "advice": [one.text for one in inquiry.story.advice]
                or [inquiry.say("advice_none")],
            },
            charts={
                "course": _columns(inquiry, course, "course", ("received", "resolved"), axis),
                "backlog": _columns(inquiry, course, "backlog", ("open_at_end",), axis),
                "by_priority": volume.by_priority(inquiry, parts, axis),
                "categories": causes.category_chart(inquiry, categories),
            },
            tables={
                "figures": figure_lines(FIGURES, figures, words),
                "priorities": levels.priorities(inquiry),
            },
        ),
        outlook.outlook(inquiry),
        rhythm.rhythm(inquiry),
        durations.durations(inquiry, figures),
        recurrence.recurrence(inquiry),
        teams.teams(inquiry),
    )
    shown = (*FIGURES, *levels.CODES, *teams.GROUPS, *(teams.ENGINEERS if inquiry.team else ()))
    return printed(inquiry, template, chapters, shown)


def _course(inquiry: Inquiry) -> tuple[Trend, str]:
    """The figures over the period, by months, weeks or days, and how its axis is called."""
    days = inquiry.period.days
    kind, axis = PeriodKind.MONTH, "month"
    if days <= _VERY_FEW:
        kind, axis = PeriodKind.DAY, "day"
    elif days <= _FEW_DAYS:
        kind, axis = PeriodKind.WEEK, "week"
    now = inquiry.request.now
    parts = [one for one in inquiry.period.split(kind) if one.start < now]
    codes = ("received", "resolved", "open_at_end")
    found = trend(inquiry.work.connection, codes, inquiry.selection, parts, inquiry.words)
    return found, inquiry.axis(axis)


def _columns(
    inquiry: Inquiry, course: Trend, caption: str, codes: tuple[str, ...], axis: str
) -> Chart:
    return course.columns(inquiry.caption(caption), codes, inquiry.axis("count"), axis)
