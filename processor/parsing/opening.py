"""Raw bytes to a tree of parts, with mail-parser as the opener and bounds set before it runs.

mail-parser's guarded opening copes with nearly any bytes, but it looks at every line once for
each level of nesting. What would make that slow is cut beforehand.
"""

from __future__ import annotations

import re
from email.feedparser import BytesFeedParser
from email.message import Message as Part

from mailparser import MailParser
from mailparser.exceptions import MailParserRecursionError

from processor.parsing.boundaries import Boundaries
from processor.parsing.defects import Defects
from processor.parsing.limits import ParseLimits
from processor.parsing.set_aside import SetAside

_COMPOSITE = re.compile(rb"content-type[ \t]*:\s*[\"']?(?:multipart|message)/", re.IGNORECASE)
_NO_SEMICOLON = re.compile(
    rb"(content-type:[ \t]*multipart/[a-z-]{2,20})[ \t\r\n]{1,9}(boundary=)", re.IGNORECASE
)
_BARE_BOUNDARY = re.compile(rb"multipart/[a-z-]{2,20}[ \t\r\n]{1,9}boundary=")
_FOLDED = re.compile(rb'(boundary="[^"\r\n]{0,200})\r?\n([ \t][^"\r\n]{0,200}")')
_FOLDED_ANY = re.compile(_FOLDED.pattern, re.IGNORECASE)
_LOOKS = 100
_HEADERS_END = re.compile(rb"\r?\n\r?\n|\r\r")
_FIELD = re.compile(rb"[\x21-\x39\x3b-\x7e]+[ \t]*:|From ")
# Lines × levels that cost about a second.
_LINE_LEVELS = 8_000_000
_SEPARATORS = 40_000
_WHOLE = 2_000_000
_CHUNK = 65_536
_LONGEST_LINE = 8_000_000
_MOST_WIDE = 24 * 1024 * 1024


class _Tree(MailParser):  # type: ignore[misc]  # the library has no types
    """mail-parser's opening alone: its eager decoding is left out, for ours reads the bytes."""

    def parse(self) -> _Tree:
        """Keep the tree as opened."""
        return self


def open_tree(raw: bytes, limits: ParseLimits, defects: Defects) -> Part | None:
    """The tree of parts of one mail, or None when its nesting cannot be followed at all."""
    data = _bounded(raw, limits, defects)
    aside = SetAside(data)
    try:
        message = _opened(aside, defects)
    except (MailParserRecursionError, RecursionError):
        defects.note("nesting-unreadable")
        return None
    return message if isinstance(message, Part) else None


def _opened(aside: SetAside, defects: Defects) -> object:
    """Opened whole, or in chunks when whole would take four times its size in memory."""
    data = aside.data
    if len(data) <= _WHOLE:
        boundaries = Boundaries(data)
        message = _Tree.from_bytes(boundaries.data).message
        boundaries.put_back(message)
        aside.put_back(message)
        return message
    feeder = BytesFeedParser()
    since = 0  # the last line end
    wide = 0  # bytes of which each takes two in memory
    for at in range(0, len(data), _CHUNK):
        chunk = data[at : at + _CHUNK]
        wide += 0 if chunk.isascii() else len(chunk)
        if wide > _MOST_WIDE:
            defects.note("cut:8bit")
            break
        since = 0 if b"\n" in chunk else since + len(chunk)
        if since > _LONGEST_LINE:
            # A line without end is kept by the feeder with four bytes for each of its own.
            defects.note("line-broken")
            chunk += b"\n"
            since = 0
        feeder.feed(chunk)
    message = _Tree(feeder.close()).message
    aside.put_back(message)
    return message


def _bounded(raw: bytes, limits: ParseLimits, defects: Defects) -> bytes:
    data = raw
    if len(data) > limits.message_bytes:
        defects.note("cut:message-bytes")
        data = data[: min(limits.oversize_bytes, limits.message_bytes)]
    if data[:3] == b"\xef\xbb\xbf":
        data = data[3:]
    if data[:1] in (b"\r", b"\n"):
        rest = data.lstrip(b"\r\n")
        if _FIELD.match(rest):
            defects.note("leading-blank-lines")
            data = rest
    data = _bounded_header(data, limits, defects)
    composites = 0
    if b"/" in data:
        lowered = data.lower()
        if _unseparated(lowered):
            defects.note("boundary-without-semicolon")
            data = _NO_SEMICOLON.sub(rb"\1; \2", data)
            lowered = data.lower()
        if _FOLDED.search(lowered):
            defects.note("boundary-folded")  # RFC 5322 2.2.3: what is folded is one value
            data = _FOLDED_ANY.sub(rb"\1\2", data)
            lowered = data.lower()
        composites = lowered.count(b"multipart/") + lowered.count(b"message/")
        if composites > limits.composites:
            data = _bounded_composites(data, limits.composites, defects)
            composites = min(composites, limits.composites)
        if composites and data.count(b"\n--") > _SEPARATORS:
            defects.note("cut:parts")
            data = b"\n--".join(data.split(b"\n--", _SEPARATORS)[:_SEPARATORS])
    lines = min(limits.lines, _LINE_LEVELS // (composites + 1))
    if len(data) > lines:
        data = _bounded_lines(data, lines, defects)
    return data


def _unseparated(lowered: bytes) -> bool:
    """Whether a multipart type is followed by its boundary without the semicolon."""
    at = lowered.find(b"multipart/")
    for _ in range(_LOOKS):
        if at < 0:
            return False
        if _BARE_BOUNDARY.match(lowered, at):
            return True
        at = lowered.find(b"multipart/", at + 10)
    return False


def _bounded_header(data: bytes, limits: ParseLimits, defects: Defects) -> bytes:
    if len(data) <= limits.header_bytes:
        return data
    end = _HEADERS_END.search(data, 0, limits.header_bytes)
    if end:
        return data
    defects.note("cut:header-bytes")
    far = _HEADERS_END.search(data)
    kept = data[: limits.header_bytes]
    kept = kept[: max(kept.rfind(b"\n"), kept.rfind(b"\r")) + 1] or kept + b"\r\n"
    return kept + b"\r\n" + (data[far.end() :] if far else b"")


def _bounded_composites(data: bytes, most: int, defects: Defects) -> bytes:
    for count, found in enumerate(_COMPOSITE.finditer(data)):
        if count >= most:
            defects.note("cut:nesting")
            return data[: found.start()]
    return data


def _bounded_lines(data: bytes, most: int, defects: Defects) -> bytes:
    ends = data.count(b"\n") or data.count(b"\r")
    if ends <= most and data.count(b"\r") <= most:
        return data
    mark = b"\n" if data.count(b"\n") > most else b"\r"
    defects.note("cut:lines")
    return mark.join(data.split(mark, most)[:most])
