"""How wide a text is and how many lines it takes, without the typeface at hand."""

from __future__ import annotations

import unicodedata

_NARROW = frozenset("iljtfrI.,;:!|'()[]{}/\\ ")
_BROAD = frozenset("mwMW@%")


def lines_of(text: str, size: float, width: float) -> int:
    """Lines of ``text`` at ``size`` points in a column of ``width`` points. Words are kept whole,
    Chinese breaks anywhere."""
    total = 0
    for part in text.split("\n"):
        total += _lines(part, size, max(width, size))
    return total


def ems(text: str) -> float:
    """The width of ``text`` in units of its size: a typical sans-serif's advance widths."""
    return sum(map(_em, text))


def _lines(text: str, size: float, width: float) -> int:
    room = width / size
    lines, used, word = 1, 0.0, 0.0
    for char in text:
        wide = _em(char)
        if char == " " or wide == 1.0:  # a place to break
            used, word = used + word, 0.0
            if used + wide > room and char != " ":
                lines, used = lines + 1, 0.0
            used += wide
            continue
        word += wide
        if used + word > room:
            if used:
                lines, used = lines + 1, 0.0
            if word > room:  # a word longer than the line is cut
                lines, word = lines + 1, wide
    return lines


def _em(char: str) -> float:
    if char.isascii():
        if char in _NARROW:
            return 0.3
        if char in _BROAD:
            return 0.87
        return 0.67 if char.isupper() else 0.555
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.56
