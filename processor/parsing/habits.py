"""A house's own patterns, found in one walk each through a text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any

import re2

_MOST_TAGS = 5  # that are taken off one subject


@lru_cache(maxsize=64)
def _compiled(patterns: tuple[str, ...]) -> tuple[Any, ...]:
    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = False
    return tuple(re2.compile(f"(?m:{pattern})", options) for pattern in patterns)


def lines_with(patterns: tuple[str, ...], lines: Sequence[str]) -> frozenset[int]:
    """The places of the lines in which one of the patterns is found."""
    if not patterns:
        return frozenset()
    text = "\n".join(lines)
    found: set[int] = set()
    starts: list[int] = []
    for pattern in _compiled(patterns):
        for hit in pattern.finditer(text):
            if not starts:
                starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
            found.add(bisect_right(starts, hit.start()) - 1)
    return frozenset(found)


def bare(subject: str, tags: tuple[str, ...]) -> str:
    """A subject without a house's tags; one that is nothing but a tag stays as it is."""
    if not tags or not subject:
        return subject
    left = subject
    for _ in range(_MOST_TAGS):
        before = left
        for pattern in _compiled(tags):
            hit = pattern.search(left)
            if hit and hit.end() > hit.start():
                left = f"{left[: hit.start()]}{left[hit.end() :]}"
        if left == before:
            break
    return " ".join(left.split()) or subject
