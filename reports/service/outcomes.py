"""What reporters thought of it."""

from __future__ import annotations

from reports.charts.model import LOW, Chart, Kind
from reports.figures.comparison import Compared
from reports.figures.registry import FIGURES
from reports.press.inquiry import Chapter, Inquiry
from reports.press.trends import Trend

CODES = ("satisfaction_mean", "satisfaction_rate", "dissatisfied")


def satisfaction(inquiry: Inquiry, figures: dict[str, Compared], year: Trend) -> Chapter:
    """The mean, how many rated, how many were dissatisfied; the mean over a year."""
    rated = [row for row in year.rows if row["satisfaction_mean"] is not None]
    enough = len(rated) > 1
    chart = Chart(
        Kind.LINE,
        inquiry.caption("satisfaction"),
        year.names if enough else (),
        (year.series("satisfaction_mean"),) if enough else (),
        inquiry.axis("month"),
        inquiry.axis("score"),
        format="0.0",
        height=LOW,
        least=1,
        most=5,
    )
    return Chapter(
        prose={"satisfaction": [_sentence(inquiry, figures)]}, charts={"satisfaction": chart}
    )


def _sentence(inquiry: Inquiry, figures: dict[str, Compared]) -> str:
    if figures["satisfaction_mean"].now.value is None:
        return inquiry.say("satisfaction_none")
    said = {
        name: inquiry.amounts.value(FIGURES[code], figures[code].now)
        for name, code in zip(("mean", "rate", "low"), CODES, strict=True)
    }
    return inquiry.say("satisfaction", **said)
