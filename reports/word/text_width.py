"""How wide a text is and how many lines it takes, without the typeface at hand."""

from __future__ import annotations

import unicodedata

# Advance widths of Arial in units of its size; a serif like Times is a tenth narrower.
_WIDTHS = {
    **dict.fromkeys("ijl", 0.222),
    **dict.fromkeys("ftI.,:;!/\\ '|", 0.278),
    **dict.fromkeys("r()[]{}-", 0.333),
    **dict.fromkeys("ckJsvxyz", 0.5),
    **dict.fromkeys("w", 0.722),
    **dict.fromkeys("mM", 0.833),
    **dict.fromkeys("W@%", 0.944),
}
_LOWER, _UPPER = 0.556, 0.69
_SERIF = 0.9
_SERIFS = ("times", "georgia", "cambria", "garamond")


def lines_of(text: str, size: float, width: float, face: str = "") -> int:
    """Lines of ``text`` at ``size`` points in a column of ``width`` points; ``face`` is the Latin
    typeface. Words are kept whole, Chinese breaks anywhere."""
    scale = _SERIF if face.lower().startswith(_SERIFS) else 1.0
    return sum(_lines(part, max(width / size, 1.0), scale) for part in text.split("\n"))


def _lines(text: str, room: float, scale: float) -> int:
    lines, used, word = 1, 0.0, 0.0
    for char in text:
        wide = _em(char, scale)
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


def _em(char: str, scale: float) -> float:
    if char.isascii():
        return _WIDTHS.get(char, _UPPER if char.isupper() else _LOWER) * scale
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" else _LOWER * scale
