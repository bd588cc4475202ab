"""The monthly service report 月度服务报告: for customers (per contract) and the process owner."""

from __future__ import annotations

from pathlib import Path

from processor.domain.wording import Words
from processor.store.unit_of_work import UnitOfWork
from reports.documents.registry import Printed, Request
from reports.periods import PeriodKind
from reports.press.comparing import figure_lines
from reports.press.finishing import inquiry_of, printed
from reports.press.inquiry import Chapter
from reports.press.listing import major_incidents
from reports.press.trends import trend
from reports.service import causes, levels, neighbours, outcomes, teams, volume

MAIN = (
    "received", "resolved", "closed", "open_at_end", "backlog_age_median", "overdue_now",
    "response_within", "response_median", "resolution_within", "resolution_missed",
    "resolution_median", "resolution_p90", "major", "restore_mean", "active_share",
)  # fmt: skip
QUALITY = (
    "first_line_rate", "first_contact_rate", "reopen_rate", "wrong_dispatch_rate",
    "redispatches", "functional_escalations", "hierarchical_escalations", "repeats",
    "knowledge_share", "problems", "alerts_deduplicated", "satisfaction_mean",
    "satisfaction_rate", "dissatisfied", "callback_rate",
)  # fmt: skip
FIGURES = (*MAIN, *QUALITY)
"""Of the two tables, in their order."""
_TREND = ("received", "resolved", "open_at_end", *levels.SHARES, "satisfaction_mean")
_MONTHS = 12
_MOST_MAJOR = 20


def monthly(work: UnitOfWork, words: Words, template: Path, request: Request) -> Printed:
    """The report of the request's period, a month or any other; see ``registry.Printer``."""
    inquiry = inquiry_of(work, words, request, "monthly", PeriodKind.MONTH)
    figures = dict(inquiry.compare(FIGURES))
    parts = inquiry.period.back(_MONTHS)
    year = trend(work.connection, _TREND, inquiry.selection, parts, words)
    majors, _ = major_incidents(inquiry, _MOST_MAJOR)
    chapters = (
        Chapter(
            prose={
                "summary": volume.summary(inquiry, figures),
                "highlights": [one.text for one in inquiry.story.highlights],
                "advice": [one.text for one in inquiry.story.advice]
                or [inquiry.say("advice_none")],
            },
            tables={
                "figures": figure_lines(MAIN, figures, words),
                "quality": figure_lines(QUALITY, figures, words),
                "major": majors,
            },
        ),
        levels.levels(inquiry, figures, year),
        volume.volume(inquiry, year),
        causes.causes(inquiry),
        teams.teams(inquiry),
        outcomes.satisfaction(inquiry, figures, year),
        neighbours.neighbours(inquiry),
    )
    shown = (*FIGURES, *levels.CODES, *teams.GROUPS, *(teams.ENGINEERS if inquiry.team else ()))
    return printed(inquiry, template, chapters, shown)
