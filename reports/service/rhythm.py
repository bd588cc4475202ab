"""When incidents come, and where hands are short: the heat map and what follows for the roster."""

from __future__ import annotations

from collections.abc import Iterable

from reports.analysis.hours import HeatMap, heat_map
from reports.analysis.shares import stands_out
from reports.charts.palette import heat
from reports.figures.figure import Unit, Value
from reports.press.inquiry import Chapter, Inquiry

_HOURS = range(24)


def rhythm(inquiry: Inquiry) -> Chapter:
    """Incidents by weekday and hour, and the hours that need more hands."""
    found = heat_map(inquiry.work.connection, inquiry.selection)
    return Chapter(
        prose={"rhythm": _busiest(inquiry, found), "staffing": _staffing(inquiry, found)},
        tables={"heat": shaded(inquiry, found)},
    )


def shaded(inquiry: Inquiry, found: HeatMap) -> dict[str, object]:
    """Rows of a heat map; none where nothing came. The darkest cell is the one with most."""
    most = max((count for day in found.received for count in day), default=0)
    if not most:
        return {"heads": [], "rows": []}
    return {
        "heads": [f"{hour:02d}" for hour in _HOURS],
        "rows": [
            {
                "name": inquiry.words.say(f"report.weekday.{day + 1}"),
                "cells": [
                    {"text": f"{count:,}" if count else "", "shade": heat(count / most)}
                    for count in counts
                ],
            }
            for day, counts in enumerate(found.received)
        ],
    }


def _busiest(inquiry: Inquiry, found: HeatMap) -> list[str]:
    place = found.busiest()
    if place is None:
        return [inquiry.say("rhythm_none")]
    day, hour = place
    weekend = sum(found.received[5]) + sum(found.received[6])
    night = sum(day[hour] for day in found.received for hour in (*range(8), *range(20, 24)))
    share = inquiry.amounts.number
    return [
        inquiry.say(
            "rhythm",
            weekday=inquiry.words.say(f"report.weekday.{day + 1}"),
            hours=_hours((hour,)),
            mean=f"{found.mean(day, hour):.1f}",
            weekend=share(Unit.SHARE, weekend / found.total),
            night=share(Unit.SHARE, night / found.total),
        )
    ]


def _staffing(inquiry: Inquiry, found: HeatMap) -> list[str]:
    """Hours of the day whose share answered in time lies below that of all by more than chance."""
    answered = sum(one.base for one in found.within)
    kept = sum(round((one.value or 0) * one.base) for one in found.within)
    overall = Value(kept / answered if answered else None, answered)
    low = [hour for hour in _HOURS if stands_out(found.within[hour], overall) < 0]
    if not found.total:
        return [inquiry.say("staffing_empty")]
    if not low:
        return [inquiry.say("staffing_none")]
    part = sum(found.within[hour].base for hour in low)
    made = sum(round((found.within[hour].value or 0) * found.within[hour].base) for hour in low)
    return [
        inquiry.say(
            "staffing",
            hours=inquiry.words.say("report.separator").join(_spans(low)),
            share=inquiry.amounts.number(Unit.SHARE, made / part),
            all=inquiry.amounts.number(Unit.SHARE, overall.value),
        )
    ]


def _spans(hours: Iterable[int]) -> list[str]:
    """Neighbouring hours as one span: 9, 10 and 14 as 09:00–11:00 and 14:00–15:00."""
    spans: list[list[int]] = []
    for hour in hours:
        if spans and spans[-1][-1] == hour - 1:
            spans[-1].append(hour)
        else:
            spans.append([hour])
    return [_hours(span) for span in spans]


def _hours(span: Iterable[int]) -> str:
    hours = list(span)
    return f"{hours[0]:02d}:00–{hours[-1] + 1:02d}:00"
