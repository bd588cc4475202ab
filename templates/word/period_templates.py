"""The shipped templates of the periodical reports: which chapters, tables and charts they have."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime

from processor.domain.wording import Words
from reports.word.report_sheet import ReportSheet
from reports.word.sealing import PRINTED, seal, stamp
from templates.word import period_tables as layouts
from templates.word.period_tables import Layout, columns, levels

MADE = datetime(2026, 1, 1, tzinfo=UTC)  # a template's own time says nothing to anybody
_FACTS = ("period", "scope", "organisation", "printed")


def monthly(sheet: ReportSheet) -> None:
    """The monthly service report 月度服务报告."""
    _cover(sheet)
    _summary(sheet)
    sheet.figures("quality", note=False)
    sheet.chapter("levels")
    _drawn(sheet, "levels")
    sheet.table("priorities", levels(sheet, "priority"))
    with sheet.where("tables.contracts"):
        sheet.table("contracts", levels(sheet, "contract"))
    sheet.chapter("volume")
    _drawn(sheet, "volume", "backlog", "by_priority", "sources")
    sheet.chapter("causes")
    for cause in ("categories", "items"):
        sheet.section(cause)
        _drawn(sheet, cause)
    _work(sheet)
    sheet.chapter("satisfaction")
    _drawn(sheet, "satisfaction")
    sheet.chapter("major")
    sheet.table("major", columns(sheet, layouts.MAJOR))
    with sheet.where("team"):
        sheet.chapter("neighbours")
        _listed_below(sheet, "problems", layouts.PROBLEMS)
        _listed_below(sheet, "changes", layouts.CHANGES)
    _advice(sheet)


def weekly(sheet: ReportSheet) -> None:
    """The weekly report 周报."""
    _short(sheet)
    sheet.points("highlights")
    sheet.chapter("figures")
    sheet.figures("figures")
    sheet.chart("days")
    sheet.chapter("categories")
    sheet.chart("categories")
    sheet.chapter("overdue")
    _listed(sheet, "overdue", layouts.OPEN)
    with sheet.where("team"):
        sheet.chapter("callbacks")
        _listed(sheet, "callbacks", layouts.CALLBACKS)
    sheet.chapter("redispatches")
    _listed(sheet, "redispatches", layouts.REDISPATCHED)


def daily(sheet: ReportSheet) -> None:
    """The daily list 日报."""
    _short(sheet)
    sheet.chapter("today")
    sheet.bare_table("tables.today", columns(sheet, layouts.TODAY))
    sheet.chapter("unsolved")
    sheet.table("priorities", columns(sheet, layouts.UNSOLVED))
    sheet.table("overdue", columns(sheet, layouts.OPEN))
    sheet.table("open", columns(sheet, layouts.OPEN))


def analysis(sheet: ReportSheet) -> None:
    """The analysis report 事件分析报告."""
    _cover(sheet)
    _summary(sheet)
    sheet.chapter("course")
    _drawn(sheet, "course", "backlog", "by_priority")
    sheet.section("forecast")
    _drawn(sheet, "forecast")
    sheet.chapter("rhythm")
    sheet.prose("rhythm", keep=True)
    sheet.heat("heat", 24, sheet.shared("column.weekday"))
    sheet.section("staffing")
    sheet.prose("staffing")
    sheet.chapter("durations")
    sheet.section("times")
    _drawn(sheet, "times")
    sheet.table("priorities", levels(sheet, "priority"))
    sheet.section("ageing")
    _drawn(sheet, "ageing")
    sheet.table("oldest", columns(sheet, layouts.OLDEST))
    sheet.chapter("recurrence")
    _drawn(sheet, "categories")
    _listed_below(sheet, "repeats", layouts.REPEATS)
    _listed_below(sheet, "clusters", layouts.CLUSTERS)
    _listed_below(sheet, "candidates", layouts.REPEATS)
    _work(sheet)
    _advice(sheet)


Writer = Callable[[ReportSheet], None]
WRITERS: dict[str, Writer] = {
    "monthly": monthly,
    "weekly": weekly,
    "daily": daily,
    "analysis": analysis,
}
"""Kind of report → who writes its template, ``<kind>.docx``."""


def make(words: Words, kind: str) -> bytes:
    """The template of ``kind`` as a file; the same words give the same bytes."""
    sheet = ReportSheet(words, kind)
    WRITERS[kind](sheet)
    title = words.say(f"{kind}.title")
    stamp(sheet.document, title=title, subject="", author="postdesk", now=MADE, keywords=PRINTED)
    out = io.BytesIO()
    sheet.document.save(out)
    return seal(out.getvalue())


def _cover(sheet: ReportSheet) -> None:
    sheet.head_and_foot()
    sheet.cover([(sheet.shared(f"cover.{name}"), f"{{{{ {name} }}}}") for name in _FACTS])
    sheet.contents()


def _short(sheet: ReportSheet) -> None:
    """How a report without a cover begins."""
    sheet.head_and_foot()
    sheet.opening()
    sheet.prose("summary")


def _summary(sheet: ReportSheet) -> None:
    sheet.chapter("summary")
    sheet.prose("summary")
    sheet.points("highlights")
    sheet.figures("figures")


def _work(sheet: ReportSheet) -> None:
    """Who did how much: for the team alone."""
    with sheet.where("team"):
        sheet.chapter("work")
        sheet.section("groups")
        sheet.table("groups", columns(sheet, layouts.GROUPS))
        _listed_below(sheet, "engineers", layouts.ENGINEERS)


def _advice(sheet: ReportSheet) -> None:
    """How a report with a cover ends."""
    sheet.chapter("advice")
    sheet.points("advice")
    sheet.definitions()


def _drawn(sheet: ReportSheet, name: str, *more: str) -> None:
    """Sentences and the chart that they are about, then the charts that go with it."""
    sheet.prose(name, keep=True)
    for chart in (name, *more):
        sheet.chart(chart)


def _listed(sheet: ReportSheet, name: str, layout: Layout) -> None:
    """Sentences and the table that they are about."""
    sheet.prose(name, keep=True)
    sheet.table(name, columns(sheet, layout))


def _listed_below(sheet: ReportSheet, name: str, layout: Layout) -> None:
    """The same as a section of its own."""
    sheet.section(name)
    _listed(sheet, name, layout)
