"""The shipped templates of the periodical reports: which chapters, tables and charts they have."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from processor.domain.wording import Words
from reports.word.report_sheet import Column, ReportSheet
from reports.word.sealing import PRINTED, seal, stamp

MADE = datetime(2026, 1, 1, tzinfo=UTC)  # a template's own time says nothing to anybody
_FACTS = ("period", "scope", "organisation", "printed")


def monthly(sheet: ReportSheet) -> None:
    """The monthly service report 月度服务报告."""
    _cover(sheet)
    sheet.chapter("summary")
    sheet.prose("summary")
    sheet.points("highlights")
    sheet.figures("figures")
    sheet.figures("quality", note=False)
    sheet.chapter("levels")
    sheet.prose("levels", keep=True)
    sheet.chart("levels")
    sheet.table("priorities", _levels(sheet, sheet.shared("column.priority")))
    sheet.tag("{%p if tables.contracts %}")
    sheet.table("contracts", _levels(sheet, sheet.shared("column.contract")))
    sheet.tag("{%p endif %}")
    sheet.chapter("volume")
    sheet.prose("volume", keep=True)
    sheet.chart("volume")
    sheet.chart("backlog")
    sheet.chart("by_priority")
    sheet.chart("sources")
    sheet.chapter("causes")
    sheet.section("categories")
    sheet.prose("categories", keep=True)
    sheet.chart("categories")
    sheet.section("items")
    sheet.prose("items", keep=True)
    sheet.chart("items")
    sheet.tag("{%p if team %}")
    sheet.chapter("work")
    sheet.section("groups")
    sheet.table("groups", _groups(sheet))
    sheet.section("engineers")
    sheet.prose("engineers", keep=True)
    sheet.table("engineers", _engineers(sheet))
    sheet.tag("{%p endif %}")
    sheet.chapter("satisfaction")
    sheet.prose("satisfaction", keep=True)
    sheet.chart("satisfaction")
    sheet.chapter("major")
    sheet.table("major", _major(sheet))
    sheet.tag("{%p if team %}")
    sheet.chapter("neighbours")
    sheet.section("problems")
    sheet.prose("problems", keep=True)
    sheet.table("problems", _problems(sheet))
    sheet.section("changes")
    sheet.prose("changes", keep=True)
    sheet.table("changes", _changes(sheet))
    sheet.tag("{%p endif %}")
    sheet.chapter("advice")
    sheet.points("advice")
    sheet.definitions()


def weekly(sheet: ReportSheet) -> None:
    """The weekly report 周报."""
    sheet.head_and_foot()
    sheet.opening()
    sheet.prose("summary")
    sheet.points("highlights")
    sheet.chapter("figures")
    sheet.figures("figures")
    sheet.chart("days")
    sheet.chapter("categories")
    sheet.chart("categories")
    sheet.chapter("overdue")
    sheet.prose("overdue", keep=True)
    sheet.table("overdue", _open(sheet))
    sheet.tag("{%p if team %}")
    sheet.chapter("callbacks")
    sheet.prose("callbacks", keep=True)
    sheet.table("callbacks", _callbacks(sheet))
    sheet.tag("{%p endif %}")
    sheet.chapter("redispatches")
    sheet.prose("redispatches", keep=True)
    sheet.table("redispatches", _redispatched(sheet))


def daily(sheet: ReportSheet) -> None:
    """The daily list 日报."""
    sheet.head_and_foot()
    sheet.opening()
    sheet.prose("summary")
    sheet.chapter("today")
    sheet.bare_table("tables.today", _today(sheet))
    sheet.chapter("unsolved")
    sheet.table("priorities", _unsolved(sheet))
    sheet.table("overdue", _open(sheet))
    sheet.table("open", _open(sheet))


def analysis(sheet: ReportSheet) -> None:
    """The analysis report 事件分析报告."""
    _cover(sheet)
    sheet.chapter("summary")
    sheet.prose("summary")
    sheet.points("highlights")
    sheet.figures("figures")
    sheet.chapter("course")
    sheet.prose("course", keep=True)
    sheet.chart("course")
    sheet.chart("backlog")
    sheet.chart("by_priority")
    sheet.section("forecast")
    sheet.prose("forecast", keep=True)
    sheet.chart("forecast")
    sheet.chapter("rhythm")
    sheet.prose("rhythm", keep=True)
    sheet.heat("heat", 24, sheet.shared("column.weekday"))
    sheet.section("staffing")
    sheet.prose("staffing")
    sheet.chapter("durations")
    sheet.section("times")
    sheet.prose("times", keep=True)
    sheet.chart("times")
    sheet.table("priorities", _levels(sheet, sheet.shared("column.priority")))
    sheet.section("ageing")
    sheet.prose("ageing", keep=True)
    sheet.chart("ageing")
    sheet.table("oldest", _oldest(sheet))
    sheet.chapter("recurrence")
    sheet.prose("categories", keep=True)
    sheet.chart("categories")
    sheet.section("repeats")
    sheet.prose("repeats", keep=True)
    sheet.table("repeats", _repeats(sheet))
    sheet.section("clusters")
    sheet.prose("clusters", keep=True)
    sheet.table("clusters", _clusters(sheet))
    sheet.section("candidates")
    sheet.prose("candidates", keep=True)
    sheet.table("candidates", _repeats(sheet))
    sheet.tag("{%p if team %}")
    sheet.chapter("work")
    sheet.section("groups")
    sheet.table("groups", _groups(sheet))
    sheet.section("engineers")
    sheet.prose("engineers", keep=True)
    sheet.table("engineers", _engineers(sheet))
    sheet.tag("{%p endif %}")
    sheet.chapter("advice")
    sheet.points("advice")
    sheet.definitions()


Writer = Callable[[ReportSheet], None]
WRITERS: dict[str, Writer] = {
    "monthly": monthly,
    "weekly": weekly,
    "daily": daily,
    "analysis": analysis,
}
"""Kind of report → who writes its template, ``<kind>.docx``."""


def sheet_of(words: Words, kind: str) -> ReportSheet:
    """The template of ``kind`` in the language of ``words``, written."""
    sheet = ReportSheet(words, kind)
    WRITERS[kind](sheet)
    return sheet


def _cover(sheet: ReportSheet) -> None:
    sheet.head_and_foot()
    sheet.cover([(sheet.shared(f"cover.{name}"), f"{{{{ {name} }}}}") for name in _FACTS])
    sheet.contents()


def _columns(sheet: ReportSheet, *columns: tuple[str, float, str]) -> list[Column]:
    """Columns whose heads are shared words; a cell that begins with # is a number."""
    return [
        Column(sheet.shared(f"column.{head}"), width, cell.lstrip("#"), cell.startswith("#"))
        for head, width, cell in columns
    ]


def _levels(sheet: ReportSheet, first: str) -> Sequence[Column]:
    return [
        Column(first, 34, "name"),
        *_columns(
            sheet,
            ("received", 18, "#received"),
            ("resolved", 18, "#resolved"),
            ("response_within", 24, "#response_within"),
            ("resolution_within", 24, "#resolution_within"),
            ("resolution_missed", 18, "#resolution_missed"),
            ("resolution_p90", 30, "#resolution_p90"),
        ),
    ]


def _groups(sheet: ReportSheet) -> Sequence[Column]:
    return _columns(
        sheet,
        ("group", 37, "name"),
        ("received", 18, "#received"),
        ("resolved", 18, "#resolved"),
        ("open_at_end", 20, "#open_at_end"),
        ("resolution_within", 25, "#resolution_within"),
        ("resolution_median", 28, "#resolution_median"),
        ("reopen_rate", 20, "#reopen_rate"),
    )


def _engineers(sheet: ReportSheet) -> Sequence[Column]:
    return _columns(
        sheet,
        ("engineer", 42, "name"),
        ("handled", 20, "#handled"),
        ("handled_success", 22, "#handled_success"),
        ("handled_within", 24, "#handled_within"),
        ("handled_first_time", 26, "#handled_first_time"),
        ("resolution_median", 32, "#resolution_median"),
    )


def _major(sheet: ReportSheet) -> Sequence[Column]:
    return _columns(
        sheet,
        ("number", 34, "number"),
        ("subject", 54, "subject"),
        ("reported", 34, "reported"),
        ("status", 18, "status"),
        ("restored", 26, "#took"),
    )


def _problems(sheet: ReportSheet) -> Sequence[Column]:
    return _columns(
        sheet,
        ("number", 37, "number"),
        ("title", 65, "title"),
        ("priority", 22, "priority"),
        ("status", 20, "status"),
        ("opened", 22, "#age"),
    )


def _changes(sheet: ReportSheet) -> Sequence[Column]:
    return _columns(
        sheet,
        ("number", 37, "number"),
        ("title", 81, "title"),
        ("risk", 22, "risk"),
        ("status", 26, "status"),
    )


def _open(sheet: ReportSheet) -> Sequence[Column]:
    return _columns(
        sheet,
        ("number", 32, "number"),
        ("subject", 43, "subject"),
        ("priority", 16, "priority"),
        ("status", 20, "status"),
        ("due", 26, "due"),
        ("next", 29, "next"),
    )


def _oldest(sheet: ReportSheet) -> Sequence[Column]:
    return _columns(
        sheet,
        ("number", 33, "number"),
        ("subject", 58, "subject"),
        ("priority", 15, "priority"),
        ("group", 24, "group"),
        ("status_now", 18, "status"),
        ("age", 18, "#age"),
    )


def _repeats(sheet: ReportSheet) -> Sequence[Column]:
    return _columns(
        sheet,
        ("ci", 50, "ci"),
        ("category", 56, "category"),
        ("received", 20, "#received"),
        ("repeats", 20, "#repeats"),
        ("problems", 20, "#problems"),
    )


def _clusters(sheet: ReportSheet) -> Sequence[Column]:
    return _columns(
        sheet,
        ("subject", 64, "subject"),
        ("times", 18, "#times"),
        ("category", 42, "categories"),
        ("ci", 42, "named"),
    )


def _callbacks(sheet: ReportSheet) -> Sequence[Column]:
    return _columns(
        sheet,
        ("number", 33, "number"),
        ("called", 30, "called"),
        ("caller", 28, "caller"),
        ("result", 75, "result"),
    )


def _redispatched(sheet: ReportSheet) -> Sequence[Column]:
    return _columns(
        sheet,
        ("number", 33, "number"),
        ("subject", 55, "subject"),
        ("group", 34, "group"),
        ("dispatches", 22, "#dispatches"),
        ("wrong_dispatches", 22, "#wrong_dispatches"),
    )


def _today(sheet: ReportSheet) -> Sequence[Column]:
    return _columns(
        sheet,
        ("figure", 76, "name"),
        ("today", 30, "#now"),
        ("yesterday", 30, "#previous"),
        ("change", 30, "#change"),
    )


def _unsolved(sheet: ReportSheet) -> Sequence[Column]:
    return _columns(
        sheet,
        ("priority", 58, "name"),
        ("open_at_end", 36, "#open_at_end"),
        ("overdue_now", 36, "#overdue_now"),
        ("oldest", 36, "#oldest"),
    )


def make(words: Words, kind: str) -> bytes:
    """The template of ``kind`` as a file; the same words give the same bytes."""
    document = sheet_of(words, kind).document
    title = words.say(f"{kind}.title")
    stamp(document, title=title, subject="", author="postdesk", now=MADE, keywords=PRINTED)
    out = io.BytesIO()
    document.save(out)
    return seal(out.getvalue())
