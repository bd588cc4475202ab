"""A mail that consists of a keyword and courtesies asks for what the keyword gives."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import re2

_LONGEST = 80  # characters: more words than these mean something else


def asked_alone(
    subject: str, text: str, keywords: Iterable[str], around: Sequence[str]
) -> str | None:
    """The keyword that a mail is about, where there is no more to it: its new ``text`` is one,
    with nothing but words of ``around`` beside it, or its ``subject`` is and the text adds none.
    """
    pattern, courtesy = _patterns(tuple(keywords), tuple(around))
    told, titled = _plain(text), _plain(subject)
    if len(told) > _LONGEST:
        return None
    hit = pattern.fullmatch(told)
    if hit is None and courtesy.fullmatch(told) and len(titled) <= _LONGEST:
        hit = pattern.fullmatch(titled)
    return hit["keyword"] if hit else None


@lru_cache(maxsize=8)
def _patterns(keywords: tuple[str, ...], around: tuple[str, ...]) -> tuple[Any, Any]:
    beside = "|".join([*_longest_first(around), r"[^\pL\pN]"])
    wanted = "|".join(_longest_first(keywords)) or r"[^\s\S]"
    # RE2: courtesies can be cut into pieces in more ways than could be tried
    return (
        re2.compile(rf"(?:{beside})*(?P<keyword>{wanted})(?:{beside})*"),
        re2.compile(rf"(?:{beside})*"),
    )


def _longest_first(words: Iterable[str]) -> list[str]:
    plain = sorted({_plain(word) for word in words} - {""}, key=len, reverse=True)
    return [rf"\b{re.escape(w)}\b" if w.isascii() else re.escape(w) for w in plain]


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
