"""A look at the counts in a TNEF stream (MS-OXTNEF 2.1.3) before a library believes them.

A property may claim four thousand million values; whoever makes room for each needs gigabytes for
a mail of a few kilobytes. Counts that the stream is too short for are no stream's.
"""

from __future__ import annotations

import struct

SIGNATURE = b"\x78\x9f\x3e\x22"
_MAPI, _ATTACHED, _RECIPIENTS = 0x9003, 0x9005, 0x9004
_FIXED = {2: 2, 11: 2, 3: 4, 4: 4, 10: 4, 5: 8, 6: 8, 7: 8, 20: 8, 0x40: 8, 0x48: 16}
_PADDED = {2, 11}  # values of two bytes stand on four
_VARIABLE = {0x1E, 0x1F, 0x0D, 0x102, 0}
_MULTI, _NAMED = 0x1000, 0x8000
_MOST_STREAMS = 20


class _TooManyError(ValueError):
    """A count that cannot be true."""


def believable(content: bytes) -> bool:
    """Whether every count in the stream, and in those inside it, fits into its bytes."""
    at = content.find(SIGNATURE)
    for _ in range(_MOST_STREAMS):
        if at < 0:
            return True
        try:
            _stream(content, at + 6)
        except struct.error:
            pass  # it breaks off: so does every reader
        except _TooManyError:
            return False
        at = content.find(SIGNATURE, at + 1)
    return at < 0


def _stream(data: bytes, at: int) -> None:
    while at + 9 <= len(data):
        _, number, _, length = struct.unpack_from("<BHHI", data, at)
        block = data[at + 9 : at + 9 + length]
        if number in (_MAPI, _ATTACHED):
            _quietly(block)
        elif number == _RECIPIENTS and len(block) >= 4:
            _rows(block)
        at += 9 + length + 2


def _quietly(block: bytes) -> None:
    try:
        _properties(block, 0)
    except struct.error:
        return


def _rows(block: bytes) -> None:
    (rows,) = struct.unpack_from("<I", block)
    _checked(rows, len(block))
    at = 4
    try:
        for _ in range(rows):
            at = _properties(block, at)
    except struct.error:
        return


def _checked(count: int, room: int) -> int:
    if count > room:
        raise _TooManyError(count)
    return count


def _number(data: bytes, at: int) -> int:
    (value,) = struct.unpack_from("<I", data, at)
    return int(value)


def _properties(data: bytes, at: int) -> int:
    count = _checked(_number(data, at), len(data))
    at += 4
    for _ in range(count):
        if at >= len(data):
            break
        kind, name = struct.unpack_from("<HH", data, at)
        at += 4
        if name >= _NAMED:
            at = _name_end(data, at)
        values = 0
        if kind & _MULTI:
            kind ^= _MULTI
            values = _checked(_number(data, at), len(data))
            at += 4
        at = _values_end(data, at, kind, values or 1, multi=values > 0)
    return at


def _name_end(data: bytes, at: int) -> int:
    at += 16
    if _number(data, at) == 0:
        return at + 8
    return at + 8 + -(-_number(data, at + 4) // 4) * 4


def _values_end(data: bytes, at: int, kind: int, values: int, *, multi: bool) -> int:
    if kind in _FIXED:
        at += _FIXED[kind] * values
        return at + (2 if kind in _PADDED and values % 2 else 0)
    if kind not in _VARIABLE:
        raise struct.error("unknown type")  # where every reader stops
    for _ in range(values):
        inner = 1
        if not multi:
            inner = _checked(_number(data, at), len(data))
            at += 4
        for _ in range(inner):
            at += 4 + -(-_number(data, at) // 4) * 4
    return at
