"""Events on an axis of time: numbered marks on stems of several heights."""

from __future__ import annotations

from datetime import datetime, timedelta

from reports.charts import axes, references
from reports.charts.looks import Faces, letters, mark, no_line, stroke
from reports.charts.model import CLOCK, DAY_AND_CLOCK, Timeline
from reports.charts.palette import FILLS, INK, QUIET
from reports.charts.xml import Element, a, c, told, val

_TIME, _LEVEL = 1001, 1002
_HEIGHTS = (3, 2, 1)  # neighbours stand on different ones, so that their numbers stay apart
_TOP = 4
_DAY = timedelta(days=1)
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a workbook's times have no zone
_STEPS = tuple(
    timedelta(minutes=minutes)
    for minutes in (1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440, 2880, 10080, 43200)
)


def serial(at: datetime) -> float:
    """A local time as a workbook counts it: days since the end of 1899."""
    return (at.replace(tzinfo=None) - _EPOCH) / _DAY


def levels(chart: Timeline) -> tuple[int, ...]:
    """The height of each event's mark."""
    return tuple(_HEIGHTS[at % len(_HEIGHTS)] for at in range(len(chart.events)))


def plotted(chart: Timeline, faces: Faces) -> list[Element]:
    """The plot and its axes; columns of the workbook: time, level, name."""
    times = [serial(event.at) for event in chart.events]
    first, last, step = _span(chart)
    within_a_day = last - first <= 1
    code = CLOCK if within_a_day else DAY_AND_CLOCK
    drawn = c(
        "ser",
        val("idx", 0),
        val("order", 0),
        references.name(chart.title, 1),
        c("spPr", no_line()),
        mark("circle", FILLS[0], 8),
        _numbers(len(times), faces),
        _stems(),
        references.numbers("xVal", times, 0, DAY_AND_CLOCK),
        references.numbers("yVal", levels(chart), 1, "0"),
        val("smooth", 0),
    )
    plot = c(
        "scatterChart",
        val("scatterStyle", "lineMarker"),
        val("varyColors", 0),
        drawn,
        val("axId", _TIME),
        val("axId", _LEVEL),
    )
    time_axis = axes.of_values(
        _TIME,
        _LEVEL,
        faces,
        code=code,
        text=chart.x_title,
        place="b",
        least=first,
        most=last,
        step=step,
        between="midCat",
    )
    level_axis = axes.of_values(
        _LEVEL, _TIME, faces, code="0", most=_TOP, lines=False, hidden=True, between="midCat"
    )
    return [plot, time_axis, level_axis]


def _numbers(count: int, faces: Faces) -> Element:
    """Each mark's number in the table beside it, above the mark."""
    return c(
        "dLbls",
        *(
            c(
                "dLbl",
                val("idx", at),
                c("tx", c("rich", a("bodyPr"), a("lstStyle"), _text(str(at + 1)))),
                val("dLblPos", "t"),
                *_value_only(),
            )
            for at in range(count)
        ),
        c("spPr", no_line()),
        letters(faces, 9, INK, bold=True),
        val("dLblPos", "t"),
        *_value_only(),
    )


def _text(text: str) -> Element:
    run = a("r", a("rPr", lang="en-GB", sz=900, b=1), told(a("t"), text))
    return a("p", run)


def _value_only() -> list[Element]:
    shown = {"LegendKey": 0, "Val": 1, "CatName": 0, "SerName": 0, "Percent": 0, "BubbleSize": 0}
    return [val(f"show{name}", flag) for name, flag in shown.items()]


def _stems() -> Element:
    return c(
        "errBars",
        val("errDir", "y"),
        val("errBarType", "minus"),
        val("errValType", "percentage"),
        val("noEndCap", 1),
        val("val", 100),
        stroke(QUIET, 0.75),
    )


def _span(chart: Timeline) -> tuple[float, float, float]:
    """First and last time of the axis and the step between its marks, all in days."""
    first = min(event.at for event in chart.events).replace(tzinfo=None)
    last = max(event.at for event in chart.events).replace(tzinfo=None)
    length = max(last - first, timedelta(minutes=5))
    step = next((one for one in _STEPS if length / one <= 8), _STEPS[-1])
    begin = _EPOCH + step * ((first - _EPOCH) // step)
    end = _EPOCH + step * (-((_EPOCH - last) // step))
    if begin == first:
        begin -= step
    if end - last < step / 4:
        end += step
    return serial(begin), serial(end), step / _DAY
