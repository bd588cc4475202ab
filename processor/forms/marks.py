"""Signs that people and programs put into or before a box to choose what stands beside it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

CHECKED, UNCHECKED = "☑", "☐"

_TICKED = "☑☒✓✔√■▣◼⬛●◉⊠⊗☉✅❎🗹🗷🗸"
_EMPTY = "☐□▢◻⬜○◯❏❐"
# Signs of Wingdings fonts that stand for boxes (w:sym keeps the font and the place in it).
_WINGDINGS = {
    "wingdings": {0xFE: "☑", 0xFD: "☒", 0xA8: "☐", 0x6F: "☐", 0x71: "☐", 0x72: "☐", 0xFC: "✓",
                  0xFB: "☒", 0x6E: "■", 0xA7: "■", 0xA1: "○", 0x6C: "●"},
    "wingdings 2": {0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐", 0x50: "✓", 0x2A: "☐", 0x30: "☐"},
}  # fmt: skip

_INNER = r"[√✓✔✗✘×vxVX]"
_RULES = (
    # a tick written into or behind an empty box:  □√  ☐ ×
    (re.compile(rf"[{_EMPTY}]\s?{_INNER}(?![A-Za-z])"), CHECKED),
    (re.compile(rf"[（(\[【]\s*(?:{_INNER}|[{_TICKED}])\s*[）)\]】]"), CHECKED),
    (re.compile(r"[（(\[【]\s*[）)\]】]"), UNCHECKED),
    (re.compile(rf"[{_TICKED}]"), CHECKED),
    (re.compile(rf"[{_EMPTY}]"), UNCHECKED),
)
_SIGN = re.compile(f"([{CHECKED}{UNCHECKED}])")


def symbol(font: str, char: str) -> str:
    """The sign of a ``w:sym``; nothing for one that no form needs."""
    try:
        place = int(char, 16)
    except ValueError:
        return ""
    if 0xF000 <= place <= 0xF0FF:  # symbol fonts live in the private area
        return _WINGDINGS.get(font.strip().lower(), {}).get(place - 0xF000, "")
    return chr(place) if 32 <= place < 0x110000 and not 0xD800 <= place < 0xE000 else ""


def fold(text: str) -> str:
    """What two spellings of the same words have in common: no width, case or blanks."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in plain if not sign.isspace() and sign not in _UNSEEN)


_UNSEEN = frozenset("\u200b\u200c\u200d\u200e\u200f\ufeff\ufe0e\ufe0f")


def ticked(text: str, options: Sequence[str]) -> list[str] | None:
    """Those of ``options`` that are ticked in ``text``, in its order; what was ticked and is no
    option as it stands there. None where the text has no box or tick at all.

    The sign may stand before or behind what it is about: ``☑ 高 ☐ 低``, ``高√ 低``.
    """
    for pattern, sign in _RULES:
        text = pattern.sub(sign, text)
    pieces = _SIGN.split(text)
    if len(pieces) == 1:
        return None
    behind = bool(pieces[0].strip(" \t\n:：;；,，、"))
    found: list[str] = []
    for at in range(1, len(pieces), 2):
        if pieces[at] != CHECKED:
            continue
        beside = pieces[at - 1] if behind else pieces[at + 1]
        said = _meant(beside, options, behind=behind)
        if said:
            found.append(said)
    return list(dict.fromkeys(found))


def _meant(beside: str, options: Sequence[str], *, behind: bool) -> str:
    """The longest option next to the sign, else the words up to the next gap."""
    plain = fold(beside)
    longest = sorted(options, key=lambda option: len(fold(option)), reverse=True)
    for option in longest:
        folded = fold(option)
        if folded and (plain.endswith(folded) if behind else plain.startswith(folded)):
            return option
    words = re.split(r"\s{2,}|[\n\t;；,，、/]", beside.strip())
    words = [word.strip() for word in words if word.strip()]
    return (words[-1] if behind else words[0]) if words else ""
