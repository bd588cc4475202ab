"""Thanks are no news: a mail that only thanks must move nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

_MARKS = re.compile(r"[\s,.!?;:~，。！？；：、～…\-—()（）\"'“”]+")


def only_thanks(text: str, phrases: Sequence[str]) -> bool:
    """Whether nothing is left of ``text`` once the configured ``phrases`` of thanks, marks and
    white space are taken away, longest phrase first. An empty text is not thanks."""
    rest = _MARKS.sub("", text).lower()
    if not rest:
        return False
    for phrase in sorted((_MARKS.sub("", p).lower() for p in phrases), key=len, reverse=True):
        if phrase:
            rest = rest.replace(phrase, "")
    return not rest
