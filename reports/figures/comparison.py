"""Figures beside those of the period before and of the same period a year ago."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from reports.figures.computing import FigureRow, Key, compute
from reports.figures.figure import Cohort, Value
from reports.figures.registry import FIGURES
from reports.figures.selection import Selection
from reports.periods import Period

_NOTHING = Value(None, 0)


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure at three times."""

    now: Value
    previous: Value
    last_year: Value


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """The figures of one group of the period; of groups that were not there before, the others
    are None, or 0 where they are counts."""

    key: Key
    values: Mapping[str, Compared]

    def __getitem__(self, code: str) -> Compared:
        return self.values[code]


def compare(
    connection: Connection, codes: Iterable[str], selection: Selection
) -> tuple[ComparedRow, ...]:
    """The figures of the selection, as :func:`~reports.figures.computing.compute` gives them, each
    beside the earlier ones. What is so now, whatever the period, has no earlier value.

    Raises ValueError where the selection has a dimension of time.
    """
    if any(one.of_time for one in selection.by):
        raise ValueError("parts of a period are compared with each other")
    wanted = tuple(codes)
    earlier = tuple(code for code in wanted if FIGURES[code].cohort is not Cohort.OVERDUE)
    now = compute(connection, wanted, selection)
    before = _by_key(connection, earlier, selection, selection.period.previous())
    year = before
    if selection.period.last_year() != selection.period.previous():
        year = _by_key(connection, earlier, selection, selection.period.last_year())
    return tuple(
        ComparedRow(
            row.key,
            {
                code: Compared(row.values[code], _value(before, row, code), _value(year, row, code))
                for code in wanted
            },
        )
        for row in now
    )


def _by_key(
    connection: Connection, codes: Iterable[str], selection: Selection, period: Period
) -> dict[Key, FigureRow]:
    rows = compute(connection, codes, replace(selection, period=period))
    return {row.key: row for row in rows}


def _value(rows: Mapping[Key, FigureRow], like: FigureRow, code: str) -> Value:
    row = rows.get(like.key)
    if row is None:
        counts = isinstance(like.values[code].value, int) and FIGURES[code].cohort in _PAST
        return Value(0, 0) if counts else _NOTHING
    return row.values.get(code, _NOTHING)


_PAST = frozenset(Cohort) - {Cohort.OVERDUE}
