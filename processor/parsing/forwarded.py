"""Whose words a forwarded mail hands on, by the header block that mail programs put above them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from processor.domain.message import Address
from processor.parsing.header_blocks import block_at, field_of
from processor.parsing.quote_heads import is_delimiter
from processor.parsing.reply_text import reply_text

_PART = r"[^\s<>\"'()\[\]:,;，；：|（）【】《》“”、。*]+"
ADDRESS = re.compile(rf"{_PART}@{_PART}\.{_PART}")
_AROUND = " \t\"'<>[]()（）“”;；,，"
_MOST_LINES = 200
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Forwarded:
    """``cover`` is what was written above, ``words`` what ``author`` newly wrote. The author's
    address is "" where his mail program showed his name alone."""

    author: Address
    cover: str
    words: str


def forwarded(text: str) -> Forwarded | None:
    """The first mail inside ``text``; None where no block names its author."""
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
        author = author_in(found[1])
        if last is None or author is None:
            continue
        cover = lines[: above if announced else at]
        words = reply_text("\n".join(lines[last + 1 :])).strip()
        return Forwarded(author, "\n".join(cover).strip(), words)
    return None


def author_in(value: str) -> Address | None:
    """Name and address in a line such as ``张三 <a@b.c>``, ``张三 [mailto:a@b.c]`` or ``张三``."""
    found = ADDRESS.search(value)
    if found is None:
        name = value.strip(_AROUND)
        return Address(name, "") if 0 < len(name) <= _LONGEST_NAME else None
    name = value[: found.start()].replace("mailto:", "").strip(_AROUND)
    return Address(name, found[0].lower().rstrip(".>"))
