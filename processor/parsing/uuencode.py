"""Files that old clients put into the text itself: ``begin 644 name`` … ``end``."""

from __future__ import annotations

import binascii
import re

_BLOCK = re.compile(
    rb"^begin [0-7]{3,4} ([^\r\n]{1,255})\r?\n((?:[ -`]{0,90}\r?\n){1,900000}?)end[ \t]*\r?$",
    re.MULTILINE,
)
_BEGIN = re.compile(rb"^begin [0-7]{3,4} [^\r\n]{1,255}\r?\n", re.MULTILINE)


def take_files(data: bytes) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """The text without its uuencoded blocks, and each block as (raw name, content).

    A block that does not decode stays in the text: it is somebody's words about uuencode.
    """
    if b"begin " not in data or b"\nend" not in data:
        return data, []
    files: list[tuple[bytes, bytes]] = []

    def taken(found: re.Match[bytes]) -> bytes:
        content = _decoded(found[2])
        if content is None or len(files) >= 50:
            return found[0]
        files.append((found[1].strip(), content))
        return b""

    return _BLOCK.sub(taken, data), files


def content_of(data: bytes) -> bytes | None:
    """The content of a part that is one such block; None when it is none, or does not decode.

    Whoever cuts a mail short cuts off its ``end``.
    """
    begin = _BEGIN.search(data)
    if not begin:
        return None
    block, end, _ = data[begin.end() :].partition(b"\nend")
    return _decoded(block + b"\n" if end else block)


def _decoded(block: bytes) -> bytes | None:
    out = bytearray()
    for line in block.splitlines():
        if not line or line in (b"`", b" "):
            continue
        try:
            out += binascii.a2b_uu(line)
        except binascii.Error:
            # Some encoders miscount: the length byte says how many characters matter.
            count = (((line[0] - 32) & 63) * 4 + 5) // 3
            try:
                out += binascii.a2b_uu(line[:count])
            except binascii.Error:
                return None
    return bytes(out) if out else None
