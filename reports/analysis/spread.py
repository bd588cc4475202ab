"""How values lie: times of solution in bins, and the ages of what is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, select

from processor.store.fact_tables import facts
from processor.store.moments import seconds_of
from reports.figures.cohorts import AS_OF, COHORTS, NOW
from reports.figures.dimensions import conditions
from reports.figures.figure import Cohort
from reports.figures.selection import Selection

HOURS = (0.5, 1, 2, 4, 8, 16, 24, 40)
"""Upper edges of the bins of solution times, in working hours; the last bin has none."""
DAYS = (1, 3, 7, 14, 30)
"""Upper edges of the bins of ages, in days of the wall clock; the last bin has none."""


@dataclass(frozen=True, slots=True)
class Bin:
    """From ``low`` (counted in) to ``high`` (not), None without end. ``count`` lie there, ``late``
    of which were past their target; ``by_priority`` says how many of each."""

    low: float
    high: float | None
    count: int
    late: int
    by_priority: Mapping[int, int]


def resolution_times(
    connection: Connection, selection: Selection, edges: Sequence[float] = HOURS
) -> tuple[Bin, ...]:
    """Working hours that the incidents resolved in the period took; ``late``: past the target."""
    late = case((facts.c.resolution_met == 0, 1), else_=0)
    seconds = [round(edge * 3600) for edge in edges]
    took = facts.c.resolution_seconds
    return _bins(connection, selection, Cohort.RESOLVED, took, seconds, edges, late)


def ageing(
    connection: Connection, selection: Selection, edges: Sequence[float] = DAYS
) -> tuple[Bin, ...]:
    """Ages in days of what was open at the end of the period; ``late``: open still, and a
    clock of it that runs is past its target now."""
    late = case((and_(facts.c.ended.is_(None), facts.c.due < NOW), 1), else_=0)
    seconds = [round(edge * 86_400) for edge in edges]
    age = AS_OF - facts.c.reported
    return _bins(connection, selection, Cohort.OPEN, age, seconds, edges, late)


def _bins(
    connection: Connection,
    selection: Selection,
    cohort: Cohort,
    value: ColumnElement[Any],
    seconds: Sequence[int],
    edges: Sequence[float],
    late: ColumnElement[int],
) -> tuple[Bin, ...]:
    rows, period = COHORTS[cohort], selection.period
    place = case(
        *((value < edge, number) for number, edge in enumerate(seconds)), else_=len(seconds)
    )
    query = (
        select(place, facts.c.priority, func.count(), func.sum(late))
        .select_from(rows.source)
        .where(*rows.conditions, value.is_not(None), *conditions(rows, selection))
        .group_by(place, facts.c.priority)
        .order_by(place, facts.c.priority)
    )
    asked = {
        "start": seconds_of(period.start),
        "end": seconds_of(period.end),
        "as_of": seconds_of(min(period.end, selection.now)),
        "now": seconds_of(selection.now),
    }
    counts: list[dict[int, int]] = [{} for _ in range(len(edges) + 1)]
    missed = [0] * len(counts)
    for number, priority, count, past in connection.execute(query, asked):
        counts[number][priority] = count
        missed[number] += int(past or 0)
    bounds = [0.0, *edges, None]
    return tuple(
        Bin(
            low=bounds[number] or 0.0,
            high=bounds[number + 1],
            count=sum(found.values()),
            late=missed[number],
            by_priority=MappingProxyType(found),
        )
        for number, found in enumerate(counts)
    )
