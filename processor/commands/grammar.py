"""The one grammar of commands in mails, Chinese and English (spec 3).

Commands stand at the top of the newly written text: lines that begin with ``#`` or ``/`` (any
width) and, of staff, lines that are a keyword alone or ``keyword: value``. They end where the
first other text starts; that is the note. A greeting before a marked command is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from processor.commands.change_parts import starts_part
from processor.commands.keywords import Folded, Keywords, Synonyms, cjk, keywords_of
from processor.commands.labels import starts_with_label
from processor.domain.numbering import PATTERN, find_numbers

_WHOLE_TEXT = frozenset(
    {"note", "reply", "wait_user", "vendor", "broadcast", "measure", "drill", "kb"}
)  # mailed or kept whole, over many lines
_DETAILED = {"resolve": starts_with_label, "change": starts_part}  # labelled lines belong to them
_MARKED = frozenset(
    {"measure", "duty_done", "cause", "workaround", "target", "change_result"}
)  # without a mark they are everyday words of notes
_ALL_BELOW = frozenset({"log"})  # whatever follows belongs to it
_FIELD = "set_"  # commands so named need their mark: "site: …" stands in many a mail
_NUMBER_IS_VALUE = frozenset({"duplicate", "relate", "problem", "kb", "find"})
_SHORT = {False: 2, True: 4}  # Latin or not: such keywords have everyday words for neighbours

_SEPARATOR = re.compile(r"[\s:,;、]*")
_CLOSING = re.compile(r"[\s.。!~]*")
_GREETING = re.compile(
    r"\s*(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b[^\n:#]{0,30}[,!.]?"
    r"|[^\s#:,]{0,8}(?:你好|您好|早上好|上午好|下午好|晚上好|大家好|各位好?)[,!。~\s]*)\s*"
)


@dataclass(frozen=True, slots=True)
class Order:
    """One command. ``name`` is its stable id, ``keyword`` as it was written, ``value`` what
    follows; ``number`` (upper case) is the record that it names right behind the keyword, None
    for the one that the mail belongs to. ``text`` is the whole of it as it came."""

    name: str
    keyword: str
    value: str = ""
    number: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Orders:
    """What a text orders. ``note`` is the rest of the text; ``unknown`` holds each line that
    misses a keyword by a slip, with that keyword. ``greeting`` is what was passed over."""

    orders: tuple[Order, ...] = ()
    note: str = ""
    unknown: tuple[tuple[str, str], ...] = ()
    greeting: str = ""


def read_orders(
    text: str, synonyms: Synonyms, staff: bool, numbers: re.Pattern[str] = PATTERN
) -> Orders:
    """Read the newly written text of a mail. ``synonyms``: command name → language → keywords;
    ``numbers`` matches the numbers of records.

    Never raises. Every character that is not white space ends up in exactly one of the orders'
    ``text``, the unknown lines, the greeting and the note.
    """
    keywords = keywords_of(synonyms, numbers)
    lines = text.splitlines()
    greeting = _greeting(lines, keywords, staff)
    orders: list[Order] = []
    unknown: list[tuple[str, str]] = []
    at = read_to = len(greeting)
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
            continue
        order = _order(line, keywords, staff)
        if order is None:
            suggestion = _near_miss(line, keywords, staff)
            if suggestion is None:
                break
            unknown.append((line.strip(), suggestion))
            at = read_to = at + 1
            continue
        at += 1
        if order.name in _ALL_BELOW:
            order, at = _lengthened(order, lines[at:]), len(lines)
        elif order.name in _DETAILED:
            end = _details_end(lines, at, keywords, staff, _DETAILED[order.name])
            order, at = _lengthened(order, lines[at:end]), end
        read_to = at
        orders.append(order)
    rest = lines[read_to:]
    if orders and orders[-1].name in _WHOLE_TEXT and orders[-1].value and not unknown:
        orders[-1], rest = _lengthened(orders[-1], rest), []
    if not orders and not unknown:
        return Orders(note=text.strip())
    head, note = "\n".join(greeting).strip(), "\n".join(rest).strip()
    return Orders(tuple(orders), note, tuple(unknown), head)


def _greeting(lines: Sequence[str], keywords: Keywords, staff: bool) -> Sequence[str]:
    """The first lines when they greet and a marked line that is (nearly) a command follows."""
    filled = [index for index, line in enumerate(lines) if line.strip()][:2]
    if len(filled) < 2 or not _GREETING.fullmatch(Folded.of(lines[filled[0]]).text):
        return ()
    following = lines[filled[1]]
    if _mark_end(Folded.of(following).text) is None:
        return ()
    meant = _order(following, keywords, staff) or _near_miss(following, keywords, staff)
    return lines[: filled[1]] if meant else ()


def _mark_end(folded: str) -> int | None:
    """Where the text behind the mark starts; None without one (``##`` is a heading)."""
    start = len(folded) - len(folded.lstrip())
    if folded[start : start + 1] not in ("#", "/") or not folded:
        return None
    after = start + 1
    return None if folded[after : after + 1] in ("#", "/", "!") else after


def _order(line: str, keywords: Keywords, staff: bool) -> Order | None:
    folded = Folded.of(line)
    mark = _mark_end(folded.text)
    if mark is None and not staff:
        return None
    start = mark if mark is not None else 0
    start += len(folded.text[start:]) - len(folded.text[start:].lstrip())
    hit = keywords.at(folded.text, start)
    if hit is None:
        return None
    if mark is None and (
        hit.name.startswith(_FIELD) or not _stands_alone(folded.text, hit.end, keywords)
    ):
        return None
    if mark is None and hit.name in _MARKED:
        return None
    number, end = None, hit.end
    named = keywords.numbered.match(folded.text, end)
    if named and hit.name not in _NUMBER_IS_VALUE:
        number, end = find_numbers(named.group(), keywords.numbers)[0], named.end()
    end = _closing_or_separator(folded.text, end)
    keyword = line[folded.origin[start] : folded.origin[hit.end]].strip()
    value = line[folded.origin[end] :].strip()
    return Order(hit.name, keyword, value, number, line.strip())


def _closing_or_separator(text: str, end: int) -> int:
    """A full stop that only closes the line is no value."""
    closing = _CLOSING.fullmatch(text, end)
    separator = _SEPARATOR.match(text, end)
    return closing.end() if closing else separator.end() if separator else end


def _stands_alone(text: str, end: int, keywords: Keywords) -> bool:
    """Without a mark, only a colon or a record's number may follow the keyword."""
    if text[end:].lstrip().startswith(":") or _CLOSING.fullmatch(text, end):
        return True
    named = keywords.numbered.match(text, end)
    return bool(named and _CLOSING.fullmatch(text, named.end()))


def _near_miss(line: str, keywords: Keywords, staff: bool) -> str | None:
    """The keyword that a marked line was probably meant to begin with."""
    text = Folded.of(line).text
    start = _mark_end(text)
    if start is None or text[start : start + 1].isspace():  # "# Notes" is a heading
        return None
    body = text[start:].strip()
    words = re.split(r"[:,;]", body, maxsplit=1)[0].split()
    if not words:
        return None
    near, count = keywords.nearest(words[:1] if cjk(words[0][0]) else words) or ("", 0)
    if near and (
        staff or len(near) > _SHORT[near.isascii()] or _nothing_else(body, words, count, keywords)
    ):
        return near
    return keywords.glued(words[0]) if staff else None


def _nothing_else(body: str, words: Sequence[str], count: int, keywords: Keywords) -> bool:
    """Whether a line is those words alone, or they and a record's number."""
    rest = " ".join(words[count:])
    bare = len("".join(words[:count])) >= len("".join(body.split())) - 1
    return bare or keywords.numbered.fullmatch(" " + rest) is not None


def _details_end(
    lines: Sequence[str],
    start: int,
    keywords: Keywords,
    staff: bool,
    labelled: Callable[[str], bool],
) -> int:
    """Behind the last labelled line (``原因：…``) before the next command; lines between labels
    belong to them, and so do the lines right below a label that says nothing itself."""
    end = start
    open_label = False
    for at in range(start, len(lines)):
        line = lines[at]
        if labelled(line):
            end = at + 1
            open_label = not re.split("[:：]", line, maxsplit=1)[-1].strip()
        elif _order(line, keywords, staff) is not None:
            break
        elif open_label and end == at and line.strip():
            end = at + 1
    return end


def _lengthened(order: Order, more: Sequence[str]) -> Order:
    added = "\n".join(more).rstrip()
    if not added:
        return order
    value = f"{order.value}\n{added}" if order.value else added.strip()
    return replace(order, value=value, text=f"{order.text}\n{added}")
