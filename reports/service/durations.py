"""How long solutions took, and how old is what is open."""

from __future__ import annotations

from collections.abc import Sequence

from reports.analysis.spread import Bin, ageing, resolution_times
from reports.charts.model import Chart, Kind, Series
from reports.figures.comparison import Compared
from reports.figures.figure import Unit
from reports.figures.registry import FIGURES
from reports.press.inquiry import Chapter, Inquiry
from reports.press.listing import open_incidents

_MOST = 10
_TIMES = ("resolution_median", "resolution_p90", "resolution_mean")


def durations(inquiry: Inquiry, figures: dict[str, Compared]) -> Chapter:
    """The times of solution as a histogram, the ages of what is open, the oldest by name."""
    times = resolution_times(inquiry.work.connection, inquiry.selection)
    ages = ageing(inquiry.work.connection, inquiry.selection)
    oldest, _ = open_incidents(inquiry, _MOST, oldest=True)
    return Chapter(
        prose={"times": _of_times(inquiry, figures, times), "ageing": _of_ages(inquiry, ages)},
        charts={
            "times": _chart(inquiry, "times", times, "hours", Kind.STACKED),
            "ageing": _chart(inquiry, "ageing", ages, "days", Kind.HISTOGRAM),
        },
        tables={"oldest": oldest},
    )


def _chart(inquiry: Inquiry, name: str, bins: Sequence[Bin], unit: str, kind: Kind) -> Chart:
    """Columns without gaps; those of times stacked of what was in time and what was late."""
    names = tuple(_edges(inquiry, one, unit) for one in bins)
    series: tuple[Series, ...]
    if kind is Kind.STACKED:
        series = (
            Series(inquiry.say("in_time"), tuple(one.count - one.late for one in bins)),
            Series(inquiry.say("late"), tuple(one.late for one in bins)),
        )
    else:
        series = (Series(inquiry.axis("count"), tuple(one.count for one in bins)),)
    x_title = inquiry.axis("minutes" if unit == "hours" else "age")
    return Chart(kind, inquiry.caption(name), names, series, x_title, inquiry.axis("count"))


def _edges(inquiry: Inquiry, one: Bin, unit: str) -> str:
    say = inquiry.words.say
    if one.high is None:
        return say(f"document.bin.{unit}_more", low=f"{one.low:g}")
    if not one.low:
        return say(f"document.bin.{unit}_less", high=f"{one.high:g}")
    return say(f"document.bin.{unit}", low=f"{one.low:g}", high=f"{one.high:g}")


def _of_times(inquiry: Inquiry, figures: dict[str, Compared], bins: Sequence[Bin]) -> list[str]:
    total = sum(one.count for one in bins)
    if not total:
        return [inquiry.say("times_none")]
    median, p90, mean = (inquiry.amounts.value(FIGURES[code], figures[code].now) for code in _TIMES)
    return [inquiry.say("times", median=median, p90=p90, mean=mean)]


def _of_ages(inquiry: Inquiry, bins: Sequence[Bin]) -> list[str]:
    total = sum(one.count for one in bins)
    if not total:
        return [inquiry.say("ageing_none")]
    old = [one for one in bins if one.low >= 7]
    number = inquiry.amounts.number
    return [
        inquiry.say(
            "ageing",
            count=number(Unit.COUNT, total),
            old=number(Unit.COUNT, sum(one.count for one in old)),
            late=number(Unit.COUNT, sum(one.late for one in bins)),
        )
    ]
