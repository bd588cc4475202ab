"""Whose words a forwarded mail hands on, by the header block that mail programs put above them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from processor.domain.message import Address
from processor.parsing.header_blocks import block_at, field_of
from processor.parsing.quote_heads import is_delimiter
from processor.parsing.reply_text import reply_text

_PART = r"[^\s<>\"'()\[\]:,;，；：|]+"
_ADDRESS = re.compile(rf"{_PART}@{_PART}\.{_PART}")
_MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class Forwarded:
    """``cover`` is what was written above, ``words`` what ``author`` newly wrote."""

    author: Address
    cover: str
    words: str


def forwarded(text: str) -> Forwarded | None:
    """The first mail inside ``text``; None where no block names its author with an address."""
    lines = text.split("\n")
    announced = False
    above = 0
    for at, line in enumerate(lines[:_MOST_LINES]):
        if is_delimiter(line):
            above, announced = (at if not announced else above), True
            continue
        found = field_of(line)
        if found is None or found[0] != "from":
            continue
        last = block_at(lines, at, announced=announced)
        address = _ADDRESS.search(found[1])
        if last is None or address is None:
            continue
        name = found[1][: address.start()].replace("mailto:", "").strip(" \t\"'<[(（“”")
        cover = lines[: above if announced else at]
        words = reply_text("\n".join(lines[last + 1 :])).strip()
        author = Address(name, address[0].lower().rstrip(".>"))
        return Forwarded(author, "\n".join(cover).strip(), words)
    return None
