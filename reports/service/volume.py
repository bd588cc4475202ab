"""How much came and went, from where, and what was left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reports.charts.model import HALF, MIDDLE, WIDE, Chart, Kind, Series
from reports.figures.comparison import Compared
from reports.figures.computing import compute
from reports.figures.figure import Unit
from reports.figures.selection import Dimension
from reports.periods import Period
from reports.press.inquiry import Chapter, Inquiry
from reports.press.ranking import ranked
from reports.press.trends import Trend, axis_names

CODES = ("received", "resolved", "closed", "open_at_end")
_MOST_SOURCES = 6


def volume(inquiry: Inquiry, year: Trend) -> Chapter:
    """In words, over a year, by priority and by source."""
    count, month = inquiry.axis("count"), inquiry.axis("month")
    parts = [row.part for row in year.rows]
    return Chapter(
        prose={"volume": peak(inquiry, year)},
        charts={
            "volume": year.columns(
                inquiry.caption("volume"), ("received", "resolved"), count, month
            ),
            "backlog": year.columns(inquiry.caption("backlog"), ("open_at_end",), count, month),
            "by_priority": by_priority(inquiry, parts, month),
            "sources": sources(inquiry),
        },
    )


def summary(
    inquiry: Inquiry, figures: Mapping[str, Compared], *, past: str = "volume"
) -> list[str]:
    """The first sentences of a report: that there was nothing, or how much came and went (of a
    period that is over, in the words of ``past``); that the period is not over."""
    nothing = not any(figures[code].now.value for code in CODES)
    period = inquiry.period.name(inquiry.words)
    over = inquiry.period.over(inquiry.request.now)
    words = past if over else "volume"
    said = [inquiry.say("empty", period=period) if nothing else sentence(inquiry, figures, words)]
    if not over:
        said.append(inquiry.say("running"))
    return said


def sentence(inquiry: Inquiry, figures: Mapping[str, Compared], words: str) -> str:
    """Received, resolved, closed, left open."""
    said = {
        code.removesuffix("_at_end"): inquiry.amounts.number(Unit.COUNT, figures[code].now.value)
        for code in CODES
    }
    return inquiry.say(words, period=inquiry.period.name(inquiry.words), **said)


def peak(inquiry: Inquiry, course: Trend) -> list[str]:
    """How much comes in the mean, and in which part of the time it was most; nothing of less than
    three parts."""
    if len(course.rows) < 3:
        return []
    number = inquiry.amounts.number
    counts = [int(row["received"] or 0) for row in course.rows]
    mean = sum(counts) / len(counts)
    most = course.rows[counts.index(max(counts))]
    return [
        inquiry.say(
            "course",
            count=len(counts),
            mean=f"{mean:.1f}" if mean < 10 else number(Unit.COUNT, mean),
            name=most.part.name(inquiry.words),
            most=number(Unit.COUNT, max(counts)),
        )
    ]


def by_priority(inquiry: Inquiry, parts: Sequence[Period], axis: str) -> Chart:
    """What came in each of ``parts``, stacked by priority."""
    alone = replace(inquiry.selection, by=(Dimension.PRIORITY,))
    found = [
        {
            row.key[0]: row["received"]
            for row in compute(inquiry.work.connection, ("received",), replace(alone, period=part))
        }
        for part in parts
    ]
    grades = sorted({grade for one in found for grade, count in one.items() if count})
    enough = len(parts) > 1
    return Chart(
        Kind.STACKED,
        inquiry.caption("by_priority"),
        axis_names(parts, inquiry.words) if enough else (),
        tuple(
            Series(
                inquiry.naming.key(Dimension.PRIORITY, grade),
                tuple(one.get(grade) or 0 for one in found),
            )
            for grade in grades
        )
        if enough
        else (),
        axis,
        inquiry.axis("count"),
    )


def sources(inquiry: Inquiry) -> Chart:
    """By which way it came."""
    rows = inquiry.compute(("received",), Dimension.SOURCE)
    counts = [
        (inquiry.naming.key(Dimension.SOURCE, row.key[0]), int(row["received"] or 0))
        for row in rows
    ]
    shown = ranked(counts, _MOST_SOURCES, inquiry.words.say("document.other"))
    return Chart(
        Kind.PIE,
        inquiry.caption("sources"),
        tuple(row.name for row in shown),
        (Series(inquiry.axis("count"), tuple(row.count for row in shown)),) if shown else (),
        width=WIDE - HALF / 2,
        height=MIDDLE,
    )
