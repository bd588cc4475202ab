"""Colours of charts: told apart in colour, by colour-blind readers and on a grey print.

They go from dark to light in steps of at least 12 of L* (CIE 1976), so that a grey print keeps
their order, and change between blue and orange, the pair that the common kinds of colour
blindness tell apart. Lines differ by mark and dash too, the sixth area and on by a pattern.
"""

from __future__ import annotations

INK = "1F2933"
QUIET = "5B6675"
GRID = "DDE2E9"
FILLS = ("1F3A5F", "A84C14", "4493CB", "EBA43B", "C9DDEF")
PALE = "A9B8CC"  # what was before
MARKS = ("circle", "diamond", "square", "triangle", "x")
DASHES = ("solid", "sysDash", "lgDash", "dashDot", "sysDot")
PATTERNS = ("wdUpDiag", "dkHorz", "pct25", "smGrid", "dkVert")


def fill(at: int) -> tuple[str, str | None]:
    """Colour and pattern of the area number ``at``; None is a plain one."""
    ring, place = divmod(at, len(FILLS))
    pattern = None if ring == 0 else PATTERNS[(ring - 1 + place) % len(PATTERNS)]
    return FILLS[place], pattern


def lightness(color: str) -> float:
    """L* (0 black, 100 white) of an sRGB colour, as IEC 61966-2-1 and CIE 1976 define them."""
    red, green, blue = (_linear(int(color[at : at + 2], 16) / 255) for at in (0, 2, 4))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return 116 * luminance ** (1 / 3) - 16 if luminance > 0.008856 else 903.3 * luminance


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


COOL, HOT = "FFFFFF", "4F8FC4"


def heat(share: float) -> str:
    """The ground of a heat map's cell, from white (0) to a blue (1) on which black can be read."""
    share = min(max(share, 0.0), 1.0)
    parts = []
    for at in (0, 2, 4):
        cool, hot = int(COOL[at : at + 2], 16), int(HOT[at : at + 2], 16)
        parts.append(f"{round(cool + (hot - cool) * share):02X}")
    return "".join(parts)
