"""The weekly report 周报: for the manager and the service desk, on Mondays."""

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
from reports.press.listing import open_incidents, redispatched
from reports.press.trends import trend
from reports.service import calls, causes, levels, volume

FIGURES = (
    "received", "resolved", "closed", "open_at_end", "overdue_now", "response_within",
    "resolution_within", "resolution_missed", "resolution_median", "first_line_rate",
    "reopen_rate", "redispatches", "wrong_dispatch_rate", "functional_escalations",
    "hierarchical_escalations", "major", "satisfaction_mean", "callback_rate", "repeats",
)  # fmt: skip
_MOST = 20  # incidents in a list


def weekly(work: UnitOfWork, words: Words, template: Path, request: Request) -> Printed:
    """The report of the request's week; see ``registry.Printer``."""
    inquiry = inquiry_of(work, words, request, "weekly", PeriodKind.WEEK)
    figures = dict(inquiry.compare(FIGURES))
    summary = volume.summary(inquiry, figures)
    if figures["response_within"].now.base or figures["resolution_within"].now.base:
        summary.append(levels.sentence(inquiry, figures))
    overdue, late = open_incidents(inquiry, _MOST, overdue=True)
    again, sent_on = redispatched(inquiry, _MOST)
    categories = causes.counts(inquiry, Dimension.CATEGORY_2)
    chapters = (
        Chapter(
            prose={
                "summary": summary,
                "highlights": [one.text for one in inquiry.story.highlights],
                "overdue": inquiry.more(_MOST, late),
                "redispatches": inquiry.more(_MOST, sent_on),
            },
            charts={
                "days": _days(inquiry),
                "categories": causes.category_chart(inquiry, categories),
            },
            tables={
                "figures": figure_lines(FIGURES, figures, words),
                "overdue": overdue,
                "redispatches": again,
            },
        ),
        calls.calls(inquiry),
    )
    return printed(inquiry, template, chapters, FIGURES)


def _days(inquiry: Inquiry) -> Chart:
    days = inquiry.period.split(PeriodKind.DAY)
    found = trend(
        inquiry.work.connection,
        ("received", "resolved"),
        inquiry.selection,
        days,
        inquiry.words,
        whole=True,
    )
    return found.columns(
        inquiry.caption("days"),
        ("received", "resolved"),
        inquiry.axis("count"),
        inquiry.axis("day"),
    )
