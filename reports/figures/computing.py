"""Figures of a selection, worked out in the database: one query for all figures of a cohort."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, select

from processor.store.moments import seconds_of
from reports.figures.cohorts import Rows, rows_of
from reports.figures.dimensions import conditions, keys
from reports.figures.figure import Amount, Cohort, Figure, Quantile, Quotient, Rank, Value
from reports.figures.registry import figures
from reports.figures.selection import Selection
from reports.periods import Period, PeriodKind

Key = tuple[str | int, ...]
Found = dict[Key, dict[str, Value]]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """The figures of one group. ``key`` has a value for each dimension of the selection: what
    stands in the record (a code, an address, a priority), of time the part's code; ``part`` is
    that part of the period, or the whole period. ``values`` are by code."""

    key: Key
    part: Period
    values: Mapping[str, Value]

    def __getitem__(self, code: str) -> int | float | None:
        return self.values[code].value


def compute(
    connection: Connection, codes: Iterable[str], selection: Selection
) -> tuple[FigureRow, ...]:
    """The figures of these codes, a row a group: parts of the period in their order, groups by
    their keys. Without dimensions it is one row; groups in which nothing is are not there.

    Raises KeyError for a code that there is not, ValueError for two dimensions of time.
    """
    wanted = figures(codes)
    of_time = [one for one in selection.by if one.of_time]
    if len(of_time) > 1:
        raise ValueError("a period is parted in one way at a time")
    if not of_time:
        parts: Sequence[Period] = (selection.period,)
    else:
        parts = selection.period.split(PeriodKind(of_time[0].value))
    return tuple(row for part in parts for row in _part(connection, wanted, selection, part))


def figure(connection: Connection, code: str, selection: Selection) -> Value:
    """One figure of the whole selection, which has no dimensions."""
    (row,) = compute(connection, (code,), selection)
    return row.values[code]


def _part(
    connection: Connection, wanted: Sequence[Figure], selection: Selection, part: Period
) -> Iterator[FigureRow]:
    grouped = any(not one.of_time for one in selection.by)
    found: Found = {} if grouped else {(): {}}
    params = asked(selection, part)
    by_cohort = sorted(wanted, key=lambda figure: list(Cohort).index(figure.cohort))
    for cohort, members in groupby(by_cohort, key=lambda figure: figure.cohort):
        some = list(members)
        rows = rows_of(cohort, selection.clearance.own)
        _sums(connection, rows, some, selection, params, found)
        _quantiles(connection, rows, some, selection, params, found)
    for key in sorted(found, key=lambda key: [(isinstance(one, str), one) for one in key]):
        there = found[key]
        values = {one.code: there.get(one.code, _nothing(one)) for one in wanted}
        yield FigureRow(_whole(key, selection, part), part, values)


def _nothing(figure: Figure) -> Value:
    return Value(0 if isinstance(figure.formula, Amount) else None, 0)


def asked(selection: Selection, part: Period) -> dict[str, int]:
    """The parameters of a cohort's conditions, for ``part`` of the selection's period."""
    return {
        "start": seconds_of(part.start),
        "end": seconds_of(part.end),
        "as_of": seconds_of(min(part.end, selection.now)),
        "now": seconds_of(selection.now),
        "repeat": selection.repeat_days * 86_400,
    }


def _whole(key: Key, selection: Selection, part: Period) -> Key:
    rest = iter(key)
    return tuple(part.code if one.of_time else next(rest) for one in selection.by)


def _sums(
    connection: Connection,
    rows: Rows,
    members: Sequence[Figure],
    selection: Selection,
    asked: Mapping[str, int],
    found: Found,
) -> None:
    """The amounts and quotients of a cohort."""
    columns: list[ColumnElement[Any]] = []
    formulas: list[tuple[Figure, Amount | Quotient]] = []
    for figure in members:
        match figure.formula:
            case Amount(each=each) as formula:
                # the rows of what happened are of all kinds: none but its own are its base
                occurred = figure.cohort is Cohort.OCCURRED
                columns += [func.sum(each), func.sum(each) if occurred else func.count()]
            case Quotient(top=top, bottom=bottom) as formula:
                columns += [func.sum(top), func.sum(bottom)]
            case _:
                continue
        formulas.append((figure, formula))
    if not formulas:
        return
    groups = keys(rows, selection)
    query = _restricted(select(*groups, *columns), rows, selection).group_by(*groups)
    for row in connection.execute(query, asked):
        key, values = _key(row[: len(groups)]), iter(row[len(groups) :])
        there = found.setdefault(key, {})
        for figure, formula in formulas:
            above, below = int(next(values) or 0), int(next(values) or 0)
            there[figure.code] = _value(formula, above, below)


def _value(formula: Amount | Quotient, top: int, bottom: int) -> Value:
    if isinstance(formula, Amount):
        return Value(top, bottom)
    return Value(top / bottom * formula.factor if bottom else None, bottom)


def _quantiles(
    connection: Connection,
    rows: Rows,
    members: Sequence[Figure],
    selection: Selection,
    asked: Mapping[str, int],
    found: Found,
) -> None:
    """The places in orders of a cohort: one query for each value."""
    by_value: dict[int, list[tuple[Figure, Quantile]]] = {}
    for figure in members:
        if isinstance(figure.formula, Quantile):
            by_value.setdefault(id(figure.formula.value), []).append((figure, figure.formula))
    for some in by_value.values():
        count = len(keys(rows, selection))
        query = _ranked(some[0][1].value, rows, selection)
        for row in connection.execute(query, asked):
            there = found.setdefault(_key(row[:count]), {})
            median, p90, size = row[count:]
            for figure, formula in some:
                # two times the median: the sum of the middle two
                place = median / 2 if formula.rank is Rank.MEDIAN else p90
                there[figure.code] = Value(float(place) * formula.factor, int(size))


def _ranked(value: ColumnElement[Any], rows: Rows, selection: Selection) -> Select[Any]:
    groups = [one.label(f"key{at}") for at, one in enumerate(keys(rows, selection))]
    parted = groups or None
    places = (
        _restricted(
            select(
                *groups,
                value.label("value"),
                func.row_number().over(partition_by=parted, order_by=value).label("place"),
                func.count().over(partition_by=parted).label("size"),
            ),
            rows,
            selection,
        )
        .where(value.is_not(None))
        .subquery("places")
    )
    p = places.c
    middle = func.sum(
        case((p.place == (p.size + 1) // 2, p.value), else_=0)
        + case((p.place == (p.size + 2) // 2, p.value), else_=0)
    )
    ninth = func.sum(case((p.place == (9 * p.size + 9) // 10, p.value), else_=0))
    named = [p[f"key{at}"] for at in range(len(groups))]
    # without groups, an empty cohort has no place at all
    return select(*named, middle, ninth, func.max(p.size)).group_by(*named).having(func.count() > 0)


def _restricted(query: Select[Any], rows: Rows, selection: Selection) -> Select[Any]:
    return query.select_from(rows.source).where(*rows.conditions, *conditions(rows, selection))


def _key(values: Sequence[Any]) -> Key:
    return tuple(values)
