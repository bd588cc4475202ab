"""The axes of a chart."""

from __future__ import annotations

import math

from reports.charts.looks import Faces, grid, letters, line, no_line, title
from reports.charts.palette import QUIET
from reports.charts.xml import Element, c, val

_SIZE = 8.5  # points of what stands at an axis
_FEW = 6  # up to here whole numbers alone are marked: half an incident does not exist


def of_categories(
    key: int,
    other: int,
    faces: Faces,
    *,
    text: str = "",
    lying: bool = False,
    hidden: bool = False,
    skip: int = 1,
) -> Element:
    """The axis of names. ``lying`` for bars, whose first name is at the top."""
    return c(
        "catAx",
        val("axId", key),
        c("scaling", val("orientation", "maxMin" if lying else "minMax")),
        val("delete", int(hidden)),
        val("axPos", "l" if lying else "b"),
        title(text, faces, turn=-90 if lying else 0),
        c("numFmt", formatCode="General", sourceLinked=0),
        val("majorTickMark", "none"),
        val("minorTickMark", "none"),
        val("tickLblPos", "low"),
        c("spPr", line(QUIET, 0.75)),
        letters(faces, _SIZE, level=True),
        val("crossAx", other),
        val("crosses", "autoZero"),
        val("auto", 0),
        val("lblAlgn", "ctr"),
        val("lblOffset", 60),
        val("tickLblSkip", skip) if skip > 1 else None,
        val("tickMarkSkip", skip) if skip > 1 else None,
        val("noMultiLvlLbl", 1),
    )


def of_values(
    key: int,
    other: int,
    faces: Faces,
    *,
    code: str,
    text: str = "",
    place: str = "l",
    least: float | None = 0,
    most: float | None = None,
    step: float | None = None,
    lines: bool = True,
    hidden: bool = False,
    between: str = "between",
) -> Element:
    """An axis of numbers. ``place`` is l, r, b or t; at the right it crosses at the far end."""
    turn = 0 if place in ("b", "t") else -90
    return c(
        "valAx",
        val("axId", key),
        c(
            "scaling",
            val("orientation", "minMax"),
            val("max", most) if most is not None else None,
            val("min", least) if least is not None else None,
        ),
        val("delete", int(hidden)),
        val("axPos", place),
        grid() if lines else None,
        title(text, faces, turn=turn),
        c("numFmt", formatCode=code, sourceLinked=0),
        val("majorTickMark", "none"),
        val("minorTickMark", "none"),
        val("tickLblPos", "nextTo"),
        c("spPr", no_line()),
        letters(faces, _SIZE, QUIET),
        val("crossAx", other),
        val("crosses", "max" if place in ("r", "t") else "autoZero"),
        val("crossBetween", between),
        val("majorUnit", step) if step is not None else None,
    )


def whole_step(highest: float, code: str) -> float | None:
    """The step of an axis of counts that are small; None leaves the choice to the program."""
    if "%" in code or "." in code or highest > _FEW:
        return None
    return 1.0 if highest else None


def skip_of(count: int, room: int) -> int:
    """Every how many names is written, so that ``count`` of them fit where ``room`` do."""
    return max(1, math.ceil(count / room))
