"""Header fields as characters: unfolding, encoded words (RFC 2047), raw 8-bit bytes."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode

from processor.parsing import charset
from processor.parsing.defects import Defects

# Tolerant: clients leave spaces inside words, omit the gap between two, and quote them.
_WORD = re.compile(
    r"=\?([A-Za-z0-9_.:()+*-]{1,60})\?([bBqQ])\?([^?]*+(?:(?<!=)\?(?!=)[^?]*+)*)\?=", re.ASCII
)
_FOLD = re.compile(r"(?:\r\n|\r|\n)[ \t]*")
_Q_BYTE = re.compile(rb"=([0-9A-Fa-f]{2})")
_B64_ALIEN = re.compile(rb"[^A-Za-z0-9+/]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def octets(value: str) -> bytes:
    """The raw bytes of a field value that an opener has kept with surrogate escapes."""
    return value.encode("utf-8", "surrogateescape")


def unfolded(value: str) -> str:
    """One line: line ends and the indent behind them become one space (RFC 5322, 2.2.3)."""
    if "\n" in value or "\r" in value:
        value = _FOLD.sub(" ", value)
    return value.strip(" \t\r\n")


def characters(value: str, defects: Defects) -> str:
    """Raw 8-bit bytes of a field read by the ladder; encoded words stay as they are."""
    value = unfolded(value)
    if not value.isascii():
        defects.note("header-8bit")
        value = charset.decode(octets(value), None, defects)
    if _CONTROL.search(value) and "\x1b" not in value:
        value = _CONTROL.sub("", value)
    return value


def decoded(value: str, defects: Defects) -> str:
    """The field as a reader wants it: encoded words decoded, bytes joined before characters.

    Words of one charset that follow each other are joined as bytes first, for many clients
    split inside a character, which RFC 2047 (5) forbids.
    """
    value = characters(value, defects)
    if "=?" not in value:
        return _escaped(value, defects)
    out: list[str] = []
    pending = b""
    label = ""
    end = 0
    for match in _WORD.finditer(value):
        gap = value[end : match.start()]
        data = _word_bytes(match[2], match[3], defects)
        same = match[1].lower() == label.lower() and pending and not gap.strip()
        if same:
            pending += data
        else:
            if pending:
                out.append(charset.decode(pending, label, defects))
            if gap.strip() or not pending:
                out.append(gap)
            pending, label = data, match[1]
        end = match.end()
    if pending:
        out.append(charset.decode(pending, label, defects))
    out.append(value[end:])
    text = _FOLD.sub(" ", "".join(out))
    return _CONTROL.sub("", text).strip()


def _escaped(value: str, defects: Defects) -> str:
    """ISO-2022 in a bare field, as old Japanese and Korean clients send it."""
    if "\x1b" in value:
        value = _CONTROL.sub("", charset.decode(octets(value), None, defects))
    return value


def _word_bytes(kind: str, payload: str, defects: Defects) -> bytes:
    raw = payload.encode("utf-8", "surrogateescape")
    if kind in "qQ":
        raw = raw.replace(b"_", b" ")
        return _Q_BYTE.sub(lambda found: binascii.unhexlify(found[1]), raw)
    clean = _B64_ALIEN.sub(b"", raw)
    if len(clean) % 4 == 1:
        defects.note("encoded-word-cut")
        clean = clean[:-1]
    return b64decode(clean + b"=" * (-len(clean) % 4))
