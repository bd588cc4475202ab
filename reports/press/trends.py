"""Figures over a row of periods, and the charts that they make."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from processor.domain.wording import Words
from reports.charts.model import COUNT, LOW, MIDDLE, PERCENT, Chart, Kind, Series
from reports.figures.computing import FigureRow, compute
from reports.figures.registry import FIGURES
from reports.figures.selection import Selection
from reports.periods import Period, PeriodKind, period_of

_WEEK = 7  # days
_QUIET = ("received", "resolved", "closed")


class Trend:
    """The figures of parts of time, oldest first."""

    def __init__(self, rows: Sequence[FigureRow], words: Words) -> None:
        self.rows = tuple(rows)
        self._words = words

    @property
    def names(self) -> tuple[str, ...]:
        """The parts as they stand at an axis; the first, and each January, with its year."""
        return axis_names([row.part for row in self.rows], self._words)

    def series(self, code: str) -> Series:
        """The values of the figure ``code``, one a part of the period."""
        return Series(FIGURES[code].name(self._words), tuple(row[code] for row in self.rows))

    def columns(self, title: str, codes: Iterable[str], axis: str, by: str) -> Chart:
        """Columns side by side; nothing to draw where there are less than two parts."""
        return self._chart(Kind.COLUMN, title, codes, COUNT, by, axis)

    def shares(self, title: str, codes: Iterable[str], axis: str, by: str) -> Chart:
        """Lines of shares; the axis begins at the ten percent below the lowest, ends at all."""
        chart = self._chart(Kind.LINE, title, codes, PERCENT, by, axis)
        values = [v for one in chart.series for v in one.values if v is not None]
        least = min(int(min(values, default=0.0) * 10) / 10, 0.9)
        return replace(chart, least=least, most=1.0)

    def _chart(
        self, kind: Kind, title: str, codes: Iterable[str], code: str, by: str, axis: str
    ) -> Chart:
        wanted = tuple(codes)
        enough = len(self.rows) > 1
        return Chart(
            kind,
            title,
            self.names if enough else (),
            tuple(self.series(one) for one in wanted) if enough else (),
            by,
            axis,
            format=code,
            height=MIDDLE if len(wanted) > 1 else LOW,
        )


def trend(
    connection: Connection,
    codes: Iterable[str],
    selection: Selection,
    parts: Iterable[Period],
    words: Words,
    *,
    whole: bool = False,
) -> Trend:
    """The figures of these codes in each of ``parts``, with the filters of ``selection``; without
    those before there was anything, unless ``whole``."""
    wanted = tuple(dict.fromkeys((*codes, *_QUIET)))
    alone = replace(selection, by=())
    rows = [compute(connection, wanted, replace(alone, period=part))[0] for part in parts]
    if not whole:
        began = next((at for at, row in enumerate(rows) if _anything(row)), len(rows))
        rows = rows[began:]
    return Trend(rows, words)


def axis_names(parts: Sequence[Period], words: Words) -> tuple[str, ...]:
    """Short names, with the year where it changes and, but of days and weeks, at the start."""
    days = (PeriodKind.DAY, PeriodKind.WEEK)
    short = bool(parts) and _whole(parts[0]).kind in days
    names, year = [], parts[0].first.year if short else 0
    for part in parts:
        name = _whole(part).short_name(words)
        if part.first.year != year and str(part.first.year) not in name:
            name = words.say("document.axis.with_year", name=name, year=part.first.year)
        year = part.first.year
        names.append(name)
    return tuple(names)


def _whole(part: Period) -> Period:
    """The week that a shorter part at the period's edge is of: it is called as that is."""
    if part.kind is not PeriodKind.RANGE or part.days > _WEEK:
        return part
    return period_of(PeriodKind.WEEK, part.first, part.zone)


def _anything(row: FigureRow) -> bool:
    return any(row[code] for code in _QUIET)
