"""Service levels: how much was answered and resolved in time."""

from __future__ import annotations

from collections.abc import Mapping

from reports.figures.comparison import Compared
from reports.figures.registry import FIGURES
from reports.figures.selection import Dimension
from reports.press.inquiry import Chapter, Inquiry, Row
from reports.press.trends import Trend

CODES = (
    "received",
    "resolved",
    "response_within",
    "resolution_within",
    "resolution_missed",
    "resolution_p90",
)
SHARES = ("response_within", "resolution_within")


def levels(inquiry: Inquiry, figures: dict[str, Compared], year: Trend) -> Chapter:
    """In words, by priority, by contract where there are several, over a year."""
    chart = year.shares(
        inquiry.caption("levels"), SHARES, inquiry.axis("share"), inquiry.axis("month")
    )
    return Chapter(
        prose={"levels": [sentence(inquiry, figures)]},
        charts={"levels": chart},
        tables={"priorities": priorities(inquiry), "contracts": _contracts(inquiry)},
    )


def priorities(inquiry: Inquiry) -> list[Row]:
    """A row a priority, the highest first."""
    return [
        {
            "name": inquiry.naming.key(Dimension.PRIORITY, row.key[0]),
            **{code: inquiry.said(row, code) for code in CODES},
        }
        for row in inquiry.compute(CODES, Dimension.PRIORITY)
        if row["received"] or row["resolved"] or row.values["response_within"].base
    ]


def _contracts(inquiry: Inquiry) -> list[Row]:
    """A row a contract; none where there is one alone, which is the whole."""
    rows = inquiry.lines(Dimension.CONTRACT, CODES, "received")
    return rows if len(rows) > 1 else []


def sentence(inquiry: Inquiry, figures: Mapping[str, Compared]) -> str:
    """How much was in time."""
    if not any(figures[code].now.base for code in SHARES):
        return inquiry.say("levels_none")
    amounts = inquiry.amounts
    said = {
        name: amounts.value(FIGURES[code], figures[code].now)
        for name, code in (
            ("response", "response_within"),
            ("resolution", "resolution_within"),
            ("missed", "resolution_missed"),
        )
    }
    return inquiry.say("levels", **said)
