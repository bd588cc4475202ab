"""What happened in the period: dispatches, escalations, repeats of alerts."""

from __future__ import annotations

from sqlalchemy import ColumnElement, case

from processor.store.fact_tables import occurrences
from processor.store.facts import ALERT_REPEATED, REDISPATCHED
from reports.figures.figure import (
    Amount,
    Cohort,
    Figure,
    Good,
    Quotient,
    Unit,
)


def _times(kind: str) -> ColumnElement[int]:
    return case((occurrences.c.kind == kind, occurrences.c.amount), else_=0)


def _count(code: str, kind: str, good: Good = Good.DOWN) -> Figure:
    return Figure(code, Unit.COUNT, good, Cohort.OCCURRED, Amount(_times(kind)))


FIGURES = (
    _count("dispatches", "dispatches", Good.NEUTRAL),
    _count("wrong_dispatches", "wrong_dispatches"),
    Figure(
        "wrong_dispatch_rate", Unit.SHARE, Good.DOWN, Cohort.OCCURRED,
        Quotient(_times("wrong_dispatches"), _times("dispatches")),
    ),
    _count("redispatches", REDISPATCHED),
    _count("reopens", "reopens"),
    _count("functional_escalations", "functional_escalations"),
    _count("hierarchical_escalations", "hierarchical_escalations"),
    _count("alerts_deduplicated", ALERT_REPEATED, Good.NEUTRAL),
)  # fmt: skip
