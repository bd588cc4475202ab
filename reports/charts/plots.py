"""Columns, lines, slices and points: each kind of plot with its axes, in the schema's order."""

from __future__ import annotations

from collections.abc import Sequence

from reports.charts import axes, references
from reports.charts.looks import (
    Faces,
    area,
    colour,
    letters,
    mark,
    no_line,
    pale_area,
    series_colour,
    stroke,
)
from reports.charts.model import Chart, Kind, Role, Series
from reports.charts.palette import DASHES, INK, MARKS, PALE, QUIET
from reports.charts.xml import Child, Element, c, val

_NAMES, _VALUES, _NAMES_2, _VALUES_2 = 1001, 1002, 1003, 1004
_MOST_LABELLED = 16  # columns; more labels than this run into each other
_TEXT = 8.0


def plotted(chart: Chart, faces: Faces) -> list[Element]:
    """The plots and then the axes of ``chart``, as ``c:plotArea`` holds them."""
    match chart.kind:
        case Kind.PIE | Kind.DOUGHNUT:
            return [_slices(chart, faces)]
        case Kind.LINE:
            return _lines(chart, faces)
        case Kind.PARETO:
            return _pareto(chart, faces)
        case _:
            return _columns(chart, faces)


def _columns(chart: Chart, faces: Faces) -> list[Element]:
    lying = chart.kind is Kind.BAR
    names = axes.of_categories(
        _NAMES,
        _VALUES,
        faces,
        text=chart.x_title,
        lying=lying,
        skip=1 if lying else axes.skip_of(len(chart.categories), 24),
    )
    values = axes.of_values(
        _VALUES,
        _NAMES,
        faces,
        code=chart.format,
        text=chart.y_title,
        place="t" if lying else "l",
        least=chart.least,
        most=chart.most,
        step=axes.whole_step(_highest(chart), chart.format),
        hidden=lying and chart.labels,
        lines=not (lying and chart.labels),
    )
    return [_bars(chart, chart.series, faces), names, values]


def _bars(chart: Chart, series: Sequence[Series], faces: Faces) -> Element:
    stacked = chart.kind is Kind.STACKED
    labelled = (
        chart.labels
        and chart.kind not in (Kind.STACKED, Kind.PARETO)
        and len(chart.categories) * len(series)
        <= (40 if chart.kind is Kind.BAR else _MOST_LABELLED)
    )
    plain = [one for one in series if one.role is not Role.BEFORE]
    drawn = [
        c(
            "ser",
            val("idx", at),
            val("order", at),
            references.name(one.name, at + 1),
            area(plain.index(one), edged=stacked) if one in plain else pale_area(),
            val("invertIfNegative", 0),
            _labels(faces, chart.format, "outEnd") if labelled else None,
            references.texts("cat", chart.categories),
            references.numbers("val", one.values, at + 1, chart.format),
        )
        for at, one in enumerate(series)
    ]
    gap = {Kind.HISTOGRAM: 6, Kind.BAR: 45, Kind.STACKED: 55}.get(chart.kind, 60)
    return c(
        "barChart",
        val("barDir", "bar" if chart.kind is Kind.BAR else "col"),
        val("grouping", "stacked" if stacked else "clustered"),
        val("varyColors", 0),
        *drawn,
        val("gapWidth", gap),
        val("overlap", 100 if stacked else 0),
        val("axId", _NAMES),
        val("axId", _VALUES),
    )


def _lines(chart: Chart, faces: Faces) -> list[Element]:
    names = axes.of_categories(
        _NAMES, _VALUES, faces, text=chart.x_title, skip=axes.skip_of(len(chart.categories), 20)
    )
    values = axes.of_values(
        _VALUES,
        _NAMES,
        faces,
        code=chart.format,
        text=chart.y_title,
        least=chart.least,
        most=chart.most,
        step=axes.whole_step(_highest(chart), chart.format),
    )
    drawn = [_line(chart, at, one, chart.format) for at, one in enumerate(chart.series)]
    plot = c(
        "lineChart",
        val("grouping", "standard"),
        val("varyColors", 0),
        *drawn,
        val("marker", 1),
        val("axId", _NAMES),
        val("axId", _VALUES),
    )
    return [plot, names, values]


def _line(chart: Chart, at: int, one: Series, code: str) -> Element:
    rgb, dash, shape, points = _look(at, one.role)
    if len(chart.categories) > 40:
        shape = "none"
    return c(
        "ser",
        val("idx", at),
        val("order", at),
        references.name(one.name, at + 1),
        stroke(rgb, points, dash),
        mark(shape, rgb),
        references.texts("cat", chart.categories),
        references.numbers("val", one.values, at + 1, code),
        val("smooth", 0),
    )


def _look(at: int, role: Role) -> tuple[str, str, str, float]:
    """Colour, dash, mark and points of a line."""
    match role:
        case Role.TARGET:
            return QUIET, "dash", "none", 1.25
        case Role.FORECAST:
            return series_colour(0), "sysDash", "circle", 1.75
        case Role.BOUND:
            return QUIET, "sysDot", "none", 1.25
        case Role.BEFORE:
            return PALE, "solid", "none", 2.25
    return series_colour(at), DASHES[at % len(DASHES)], MARKS[at % len(MARKS)], 2.0


def _pareto(chart: Chart, faces: Faces) -> list[Element]:
    *columns, line = chart.series
    at = len(columns)
    share = c(
        "lineChart",
        val("grouping", "standard"),
        val("varyColors", 0),
        _line(chart, at, line, chart.second_format),
        val("marker", 1),
        val("axId", _NAMES_2),
        val("axId", _VALUES_2),
    )
    highest = max((value or 0 for one in columns for value in one.values), default=0)
    return [
        _bars(chart, columns, faces),
        share,
        axes.of_categories(_NAMES, _VALUES, faces, text=chart.x_title),
        axes.of_values(
            _VALUES,
            _NAMES,
            faces,
            code=chart.format,
            text=chart.y_title,
            step=axes.whole_step(highest, chart.format),
        ),
        axes.of_categories(_NAMES_2, _VALUES_2, faces, hidden=True),
        axes.of_values(
            _VALUES_2,
            _NAMES_2,
            faces,
            code=chart.second_format,
            text=chart.second_title,
            place="r",
            most=1,
            step=0.2,
            lines=False,
        ),
    ]


def _slices(chart: Chart, faces: Faces) -> Element:
    (only,) = chart.series
    points = [
        c("dPt", val("idx", at), val("bubble3D", 0), area(at))
        for at in range(len(chart.categories))
    ]
    doughnut = chart.kind is Kind.DOUGHNUT
    drawn = c(
        "ser",
        val("idx", 0),
        val("order", 0),
        references.name(only.name, 1),
        *points,
        _shares(faces, doughnut),
        references.texts("cat", chart.categories),
        references.numbers("val", only.values, 1, chart.format),
    )
    return c(
        "doughnutChart" if doughnut else "pieChart",
        val("varyColors", 1),
        drawn,
        val("firstSliceAng", 0),
        val("holeSize", 58) if doughnut else None,
    )


def _labels(faces: Faces, code: str, place: str) -> Element:
    return c(
        "dLbls",
        c("numFmt", formatCode=code, sourceLinked=0),
        c("spPr", no_line()),
        letters(faces, _TEXT, INK),
        val("dLblPos", place),
        *_shown(value=True),
    )


def _shares(faces: Faces, within: bool) -> Element:
    """Each slice's percentage, outside a pie and ``within`` a ring, there on white."""
    return c(
        "dLbls",
        c("numFmt", formatCode="0%", sourceLinked=0),
        c("spPr", colour("FFFFFF") if within else None, no_line()),
        letters(faces, _TEXT, INK),
        None if within else val("dLblPos", "outEnd"),
        *_shown(share=True),
        val("showLeaderLines", 0),
    )


def _shown(*, value: bool = False, share: bool = False) -> list[Child]:
    flags = {
        "LegendKey": False,
        "Val": value,
        "CatName": False,
        "SerName": False,
        "Percent": share,
        "BubbleSize": False,
    }
    return [val(f"show{name}", int(flag)) for name, flag in flags.items()]


def _highest(chart: Chart) -> float:
    if chart.kind is Kind.STACKED:
        sums = [
            sum(v or 0 for v in row) for row in zip(*(s.values for s in chart.series), strict=True)
        ]
        return max(sums, default=0)
    return max((value or 0 for one in chart.series for value in one.values), default=0)
