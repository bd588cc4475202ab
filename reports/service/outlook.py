"""What the next months may bring, with how sure that is."""

from __future__ import annotations

from datetime import timedelta

from reports.analysis.forecast import FEWEST, Forecast, forecast
from reports.charts.model import Chart, Kind, Role, Series
from reports.figures.figure import Unit
from reports.periods import Period, PeriodKind, period_of
from reports.press.inquiry import Chapter, Inquiry
from reports.press.trends import axis_names, trend

_BACK, _AHEAD = 12, 3  # months
_DAY = timedelta(days=1)


def outlook(inquiry: Inquiry) -> Chapter:
    """The months until the end of the period, those after it, and the words for both."""
    history = _months(inquiry)
    known = trend(inquiry.work.connection, ("received",), inquiry.selection, history, inquiry.words)
    parts = [row.part for row in known.rows]
    counts = [float(row["received"] or 0) for row in known.rows]
    coming = forecast(counts, _AHEAD)
    if not coming:
        chart = Chart(Kind.LINE, inquiry.caption("forecast"), (), ())
        return Chapter(
            prose={"forecast": [inquiry.say("forecast_none", least=FEWEST)]},
            charts={"forecast": chart},
        )
    return Chapter(
        prose={"forecast": _said(inquiry, coming, parts[-1])},
        charts={"forecast": _chart(inquiry, parts, counts, coming)},
    )


def _months(inquiry: Inquiry) -> list[Period]:
    """Whole months that are over, at most a year of them, until the end of the period."""
    last = period_of(PeriodKind.MONTH, inquiry.period.last, inquiry.period.zone)
    while last.last > inquiry.period.last or not last.over(inquiry.request.now):
        last = last.previous()
    return list(last.back(_BACK))


def _chart(
    inquiry: Inquiry, parts: list[Period], counts: list[float], coming: tuple[Forecast, ...]
) -> Chart:
    ahead = _after(parts[-1], len(coming))
    gap, rest = [None] * (len(counts) - 1), [None] * len(coming)

    def line(key: str, values: list[float], role: Role) -> Series:
        """From the last known value on, so that the lines meet."""
        return Series(inquiry.say(key), (*gap, counts[-1], *values), role)

    return Chart(
        Kind.LINE,
        inquiry.caption("forecast"),
        axis_names([*parts, *ahead], inquiry.words),
        (
            Series(inquiry.say("actual"), (*counts, *rest)),
            line("expected", [round(one.expected) for one in coming], Role.FORECAST),
            line("high", [round(one.high) for one in coming], Role.BOUND),
            line("low", [round(one.low) for one in coming], Role.BOUND),
        ),
        inquiry.axis("month"),
        inquiry.axis("count"),
    )


def _said(inquiry: Inquiry, coming: tuple[Forecast, ...], last: Period) -> list[str]:
    first = coming[0]
    (month,) = _after(last, 1)
    number = inquiry.amounts.number
    return [
        inquiry.say(
            f"forecast_{first.method.value}",
            month=month.name(inquiry.words),
            expected=number(Unit.COUNT, first.expected),
            low=number(Unit.COUNT, first.low),
            high=number(Unit.COUNT, first.high),
            periods=first.periods,
            slope=number(Unit.COUNT, abs(first.slope)),
            way=inquiry.say("rising" if first.slope > 0 else "falling"),
        ),
        inquiry.say("forecast_note"),
    ]


def _after(period: Period, count: int) -> list[Period]:
    found: list[Period] = []
    day = period.last
    for _ in range(count):
        following = period_of(PeriodKind.MONTH, day + _DAY, period.zone)
        found.append(following)
        day = following.last
    return found
