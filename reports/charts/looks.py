"""Fills, lines and letters of a chart."""

from __future__ import annotations

from dataclasses import dataclass

from reports.charts.palette import FILLS, GRID, INK, PALE, QUIET, fill
from reports.charts.xml import Child, Element, a, c, told, val

_POINT = 12_700  # EMU


@dataclass(frozen=True, slots=True)
class Faces:
    """Typefaces of a chart's text, Latin and Chinese."""

    latin: str
    chinese: str
    language: str


def colour(rgb: str) -> Element:
    """A fill of one colour, ``RRGGBB``."""
    return a("solidFill", a("srgbClr", val=rgb))


def line(rgb: str, points: float, dash: str = "solid") -> Element:
    """A line of ``points`` width; ``dash`` is DrawingML's (ECMA-376-1, 20.1.10.48)."""
    return a(
        "ln",
        colour(rgb),
        a("prstDash", val=dash) if dash != "solid" else None,
        a("round"),
        w=round(points * _POINT),
        cap="rnd",
    )


def no_line() -> Element:
    """No line at all."""
    return a("ln", a("noFill"))


def area(at: int, *, edged: bool = True) -> Element:
    """The look of the area number ``at``; a white edge keeps areas apart that touch."""
    rgb, pattern = fill(at)
    if pattern is None:
        return c("spPr", colour(rgb), line("FFFFFF", 0.5) if edged else no_line())
    front, back = a("fgClr", a("srgbClr", val=rgb)), a("bgClr", a("srgbClr", val="FFFFFF"))
    return c("spPr", a("pattFill", front, back, prst=pattern), line(rgb, 0.5))


def pale_area() -> Element:
    """The look of what stands behind, such as the period before."""
    return c("spPr", colour(PALE), no_line())


def stroke(rgb: str, points: float, dash: str = "solid") -> Element:
    """The look of a drawn line."""
    return c("spPr", line(rgb, points, dash))


def mark(shape: str, rgb: str, size: int = 6) -> Element:
    """The sign at each value of a line; ``size`` in points, ``none`` for none."""
    if shape == "none":
        return c("marker", val("symbol", "none"))
    look = c("spPr", colour(rgb), line("FFFFFF" if shape != "x" else rgb, 0.75))
    return c("marker", val("symbol", shape), val("size", size), look)


def grid() -> Element:
    """The thin lines behind the values."""
    return c("majorGridlines", c("spPr", line(GRID, 0.5)))


def letters(
    faces: Faces,
    size: float,
    rgb: str = INK,
    *,
    bold: bool = False,
    turn: int = 0,
    level: bool = False,
) -> Element:
    """``c:txPr``: without it Word takes 10 points and LibreOffice its own. ``size`` is points,
    ``turn`` degrees; ``level`` keeps it from being turned for want of room."""
    body = (
        a("bodyPr", rot=turn * 60_000, vert="horz") if level or turn else a("bodyPr", wrap="none")
    )
    properties = _run("defRPr", faces, size, rgb, bold)
    paragraph = a("p", a("pPr", properties), a("endParaRPr", lang=_lang(faces)))
    return c("txPr", body, a("lstStyle"), paragraph)


def title(text: str, faces: Faces, *, turn: int = 0) -> Child:
    """The title of an axis, or None where there is no text."""
    if not text:
        return None
    body = a("bodyPr", rot=turn * 60_000, vert="horz") if turn else a("bodyPr")
    run = a("r", _run("rPr", faces, 8.5, QUIET, False), told(a("t"), text))
    paragraph = a("p", a("pPr", _run("defRPr", faces, 8.5, QUIET, False)), run)
    return c("title", c("tx", c("rich", body, a("lstStyle"), paragraph)), val("overlay", 0))


def series_colour(at: int) -> str:
    """The colour of series number ``at``; they come again after the last."""
    return FILLS[at % len(FILLS)]


def _run(tag: str, faces: Faces, size: float, rgb: str, bold: bool) -> Element:
    element = a(
        tag,
        colour(rgb),
        a("latin", typeface=faces.latin),
        a("ea", typeface=faces.chinese),
        a("cs", typeface=faces.latin),
        sz=round(size * 100),
        b=bold,
    )
    if tag == "rPr":
        element.set("lang", _lang(faces))
    return element


def _lang(faces: Faces) -> str:
    return "zh-CN" if faces.language == "zh" else "en-GB"
