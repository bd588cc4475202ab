"""Where in the embedded workbook a chart's values stand, and their copy in the chart itself."""

from __future__ import annotations

from collections.abc import Sequence

from reports.charts.xml import Element, c, number, told, val

SHEET = "Data"


def column(at: int) -> str:
    """The letter of the column number ``at``; a chart has no more than 26."""
    return chr(ord("A") + at)


def name(text: str, at: int) -> Element:
    """``c:tx`` of the series in column ``at``."""
    cache = c("strCache", val("ptCount", 1), _point(0, text))
    return c("tx", c("strRef", _formula(f"{column(at)}$1"), cache))


def texts(tag: str, values: Sequence[str], at: int = 0) -> Element:
    """``c:cat`` (``tag``) over the texts in column ``at``."""
    points = [_point(place, value) for place, value in enumerate(values)]
    cache = c("strCache", val("ptCount", len(values)), *points)
    return c(tag, c("strRef", _formula(_span(at, len(values))), cache))


def numbers(tag: str, values: Sequence[float | None], at: int, code: str) -> Element:
    """``c:val`` or the like over the numbers in column ``at``; a gap has no point."""
    points = [
        _point(place, number(value)) for place, value in enumerate(values) if value is not None
    ]
    told_code = told(c("formatCode"), code)
    cache = c("numCache", told_code, val("ptCount", len(values)), *points)
    return c(tag, c("numRef", _formula(_span(at, len(values))), cache))


def _point(place: int, text: str) -> Element:
    return c("pt", told(c("v"), text), idx=place)


def _span(at: int, count: int) -> str:
    return f"{column(at)}$2:${column(at)}${count + 1}"


def _formula(cells: str) -> Element:
    return told(c("f"), f"{SHEET}!${cells}")
