"""Which mail a bounce or a receipt is about: the one that it gives back, or names."""

from __future__ import annotations

import re

from processor.parsing.mime import Layout
from processor.parsing.thread_headers import message_ids

_MOST = 20_000  # bytes of one part, and characters of the text, that are looked at
_BACK = ("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers")
_NAMING = ("message/disposition-notification", "message/delivery-status")
_FIELD = re.compile(
    r"^[ \t>]*(?:original-)?message-id[ \t]*:[ \t]*(<[^<>\s]{3,998}>)", re.IGNORECASE | re.MULTILINE
)


def ids(layout: Layout, text: str) -> tuple[str, ...]:
    """Message-IDs without angle brackets: of mails that are given back whole or by their headers
    (RFC 3462), that a receipt names (RFC 8098 3.2.5), or that the words quote."""
    parts = [
        leaf.content[:_MOST].decode("latin-1")
        for leaf in layout.all
        if leaf.type in (*_BACK, *_NAMING)
    ]
    found = [one for body in (*parts, text[:_MOST]) for one in _FIELD.findall(body)]
    return message_ids(*found)
