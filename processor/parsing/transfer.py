"""Content transfer encodings taken off (RFC 2045, 6), as forgiving as people's mail programs.

The standard library does the same, but with several copies of the content in memory at a time.
"""

from __future__ import annotations

import binascii
import re
from email.message import Message as Part

from processor.parsing import uuencode

_ALIEN = re.compile(rb"[^A-Za-z0-9+/]")
_FIELD = "content-transfer-encoding"
_KNOWN = frozenset(["base64", "quoted-printable", "x-uuencode", "uuencode", "x-uue", "uue"])


def content(part: Part, encoding: str) -> bytes:
    """The bytes of a part that holds no others. ``encoding`` is its field's bare value,
    lower-cased: blanks and comments in the field keep the library from knowing it.

    What does not decode stays as it is.
    """
    if encoding not in _KNOWN:
        data = part.get_payload(decode=True)
        return data if isinstance(data, bytes) else b""
    # Without the field the library hands out the bytes as they came.
    del part[_FIELD]
    data = part.get_payload(decode=True)
    part[_FIELD] = encoding
    if not isinstance(data, bytes):
        return b""
    if encoding == "base64":
        return _base64(data)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(data)
    return uuencode.content_of(data) or data


def _base64(data: bytes) -> bytes:
    """All that four letters each give; a rest that is cut off is dropped."""
    try:
        return binascii.a2b_base64(data + b"===")
    except binascii.Error:
        clean = _ALIEN.sub(b"", data)
        return binascii.a2b_base64(clean[: len(clean) // 4 * 4])
