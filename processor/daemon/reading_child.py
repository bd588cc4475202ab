"""The process that understands messages: bytes in, values out, until its parent hangs up.

``python -m processor.daemon.reading_child FD``. It knows the parser alone, opens nothing and
keeps nothing, so that whatever a message does to it is done to nobody else.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from processor.daemon.answering import answer
from processor.domain.message import Message
from processor.parsing.parse import ParseLimits, parse


def read(question: tuple[Sequence[bytes], ParseLimits]) -> list[Message]:
    """The messages of these bytes."""
    raws, limits = question
    return [parse(raw, limits) for raw in raws]


if __name__ == "__main__":
    answer(int(sys.argv[1]), read)
