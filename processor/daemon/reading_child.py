"""The process that understands messages: bytes in, values out, until its parent hangs up.

``python -m processor.daemon.reading_child FD``. It knows the parser alone, opens nothing and
keeps nothing, so that whatever a message does to it is done to nobody else.
"""

from __future__ import annotations

import sys

from processor.daemon.answering import answer
from processor.domain.message import Message
from processor.parsing.parse import ParseLimits, parse


def read(question: tuple[bytes, ParseLimits]) -> Message:
    """The message of these bytes."""
    raw, limits = question
    return parse(raw, limits)


if __name__ == "__main__":
    answer(int(sys.argv[1]), read)
