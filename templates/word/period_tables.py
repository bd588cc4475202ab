"""The columns of the tables in the periodical reports."""

from __future__ import annotations

from collections.abc import Sequence

from reports.word.report_sheet import Column, ReportSheet

Layout = tuple[tuple[str, float, str], ...]
"""A table's columns: the shared word at the head, the width in millimetres, what a row has in it;
numbers begin with ``#``."""

GROUPS: Layout = (
    ("group", 37, "name"),
    ("received", 18, "#received"),
    ("resolved", 18, "#resolved"),
    ("open_at_end", 20, "#open_at_end"),
    ("resolution_within", 25, "#resolution_within"),
    ("resolution_median", 28, "#resolution_median"),
    ("reopen_rate", 20, "#reopen_rate"),
)
ENGINEERS: Layout = (
    ("engineer", 42, "name"),
    ("handled", 20, "#handled"),
    ("handled_success", 22, "#handled_success"),
    ("handled_within", 24, "#handled_within"),
    ("handled_first_time", 26, "#handled_first_time"),
    ("resolution_median", 32, "#resolution_median"),
)
MAJOR: Layout = (
    ("number", 34, "number"),
    ("subject", 54, "subject"),
    ("reported", 34, "reported"),
    ("status", 18, "status"),
    ("restored", 26, "#took"),
)
PROBLEMS: Layout = (
    ("number", 37, "number"),
    ("title", 65, "title"),
    ("priority", 22, "priority"),
    ("status", 20, "status"),
    ("opened", 22, "#age"),
)
CHANGES: Layout = (
    ("number", 37, "number"),
    ("title", 81, "title"),
    ("risk", 22, "risk"),
    ("status", 26, "status"),
)
OPEN: Layout = (
    ("number", 32, "number"),
    ("subject", 43, "subject"),
    ("priority", 16, "priority"),
    ("status", 20, "status"),
    ("due", 26, "due"),
    ("next", 29, "next"),
)
OLDEST: Layout = (
    ("number", 33, "number"),
    ("subject", 55, "subject"),
    ("priority", 15, "priority"),
    ("group", 24, "group"),
    ("status_now", 21, "status"),
    ("age", 18, "#age"),
)
REPEATS: Layout = (
    ("ci", 50, "ci"),
    ("category", 56, "category"),
    ("received", 20, "#received"),
    ("repeats", 20, "#repeats"),
    ("problems", 20, "#problems"),
)
CLUSTERS: Layout = (
    ("subject", 64, "subject"),
    ("times", 18, "#times"),
    ("category", 42, "categories"),
    ("ci", 42, "named"),
)
CALLBACKS: Layout = (
    ("number", 33, "number"),
    ("called", 30, "called"),
    ("caller", 28, "caller"),
    ("result", 75, "result"),
)
REDISPATCHED: Layout = (
    ("number", 33, "number"),
    ("subject", 55, "subject"),
    ("group", 34, "group"),
    ("dispatches", 22, "#dispatches"),
    ("wrong_dispatches", 22, "#wrong_dispatches"),
)
TODAY: Layout = (
    ("figure", 76, "name"),
    ("today", 30, "#now"),
    ("yesterday", 30, "#previous"),
    ("change", 30, "#change"),
)
UNSOLVED: Layout = (
    ("priority", 58, "name"),
    ("open_at_end", 36, "#open_at_end"),
    ("overdue_now", 36, "#overdue_now"),
    ("oldest", 36, "#oldest"),
)
_LEVELS: Layout = (
    ("received", 18, "#received"),
    ("resolved", 18, "#resolved"),
    ("response_within", 24, "#response_within"),
    ("resolution_within", 24, "#resolution_within"),
    ("resolution_missed", 18, "#resolution_missed"),
    ("resolution_p90", 30, "#resolution_p90"),
)


def columns(sheet: ReportSheet, layout: Layout) -> Sequence[Column]:
    """A table's columns, their heads in the sheet's language."""
    return [
        Column(sheet.shared(f"column.{head}"), width, cell.lstrip("#"), cell.startswith("#"))
        for head, width, cell in layout
    ]


def levels(sheet: ReportSheet, by: str) -> Sequence[Column]:
    """The columns of the agreed levels, a row for each priority or whatever else it is ``by``."""
    return columns(sheet, ((by, 34, "name"), *_LEVELS))
