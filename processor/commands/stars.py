"""A score without a keyword: an answer whose first line is stars, or a number of them."""

from __future__ import annotations

import re

from processor.commands.grammar import Order
from processor.commands.keywords import Folded

_STARS = re.compile(r"((?:[★⭐🌟]\ufe0f?\s?){1,5})[☆✩]*(?![★⭐🌟])")
_COUNTED = re.compile(
    r"([1-5])\s*(?:颗?星(?=$|[\s,.!;。、])|(?:分|stars?|points?)(?=\s*(?:$|[,.!;。]))|/\s*5(?=\s*$))"
)
_LONGEST = 60  # characters of the first line beside the score: more is a story


def read_stars(text: str, keyword: str) -> tuple[Order, str] | None:
    """The order to rate and the rest of the text, which is its comment; None for other texts.

    ``★★★★★ great``, ``5星``, ``4/5``, ``3 stars``: at the very beginning alone.
    """
    lines = text.strip().splitlines()
    if not lines or len(lines[0]) > _LONGEST:
        return None
    first = lines[0].strip()
    stars = _STARS.match(first)
    if stars:
        score = sum(sign in "★⭐🌟" for sign in stars.group())
        rest = first[stars.end() :]
    else:
        folded = Folded.of(first)
        counted = _COUNTED.match(folded.text)
        if counted is None:
            return None
        score = int(counted.group(1))
        rest = first[folded.origin[counted.end()] :]
    comment = "\n".join(part for part in (rest.strip(" ,，。、!！"), *lines[1:]) if part.strip())
    return Order("rate", keyword, str(score), None, first), comment
