"""What a reporter means without a keyword: thanks move nothing; "still broken" is news."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

LONGEST = 400  # characters; who writes more has something to say
_MARKS = re.compile(r"[\W_]*")


def only_thanks(text: str, phrases: Sequence[str]) -> bool:
    """Whether ``text`` is made of nothing but the configured ``phrases`` of thanks, marks and
    white space; case and width do not matter. An empty text is not thanks, nor is one that asks.

    Latin words count as a whole: ``ok`` says nothing of "broken".
    """
    plain = _plain(text)
    if not plain or "?" in plain or len(plain) > LONGEST:
        return False
    known = _by_first(tuple(phrases))
    for mark in known.get("", ()):  # smileys
        plain = plain.replace(mark, " ")
        if not plain.strip():
            return True
    start = _after_marks(plain, 0)
    if start == len(plain):  # marks alone say nothing
        return False
    reached, waiting = {start}, [start]
    while waiting:
        at = waiting.pop()
        if at == len(plain):
            return True
        for phrase in known.get(plain[at], ()):
            if plain.startswith(phrase, at) and _whole(plain, at, at + len(phrase)):
                after = _after_marks(plain, at + len(phrase))
                if after not in reached:
                    reached.add(after)
                    waiting.append(after)
    return False


def says_unsolved(text: str, phrases: Sequence[str]) -> bool:
    """Whether a short ``text`` says by one of the configured ``phrases`` that the trouble goes on;
    case and width do not matter, Latin phrases count as whole words. Who asks says nothing yet."""
    plain = _plain(text)
    if not plain or len(plain) > LONGEST or "?" in plain:
        return False
    for phrase in map(_plain, phrases):
        at = plain.find(phrase) if phrase else -1
        while at >= 0:
            if _whole(plain, at, at + len(phrase)):
                return True
            at = plain.find(phrase, at + 1)
    return False


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    return " ".join(folded.split())


@lru_cache(maxsize=8)
def _by_first(phrases: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Phrases by their first character; under "" those that are no words."""
    found: dict[str, list[str]] = {}
    for phrase in dict.fromkeys(map(_plain, phrases)):
        if phrase:
            found.setdefault(phrase[0] if phrase[0].isalnum() else "", []).append(phrase)
    return {first: tuple(some) for first, some in found.items()}


def _after_marks(text: str, at: int) -> int:
    found = _MARKS.match(text, at)
    return found.end() if found else at


def _whole(text: str, begin: int, end: int) -> bool:
    """Latin words end where a word ends; Chinese is written without gaps."""
    return not (_latin(text, begin - 1) and _latin(text, begin)) and not (
        _latin(text, end - 1) and _latin(text, end)
    )


def _latin(text: str, at: int) -> bool:
    return 0 <= at < len(text) and text[at].isascii() and text[at].isalnum()
