"""The process that writes mails, until its parent hangs up.

``python -m processor.daemon.scribe_child FD``. The first question is the composer; it opens
nothing but templates and keeps nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from processor.daemon.answering import answer
from processor.domain.outgoing import Outgoing
from processor.replies.dictation import Dictation, Writer


class Desk:
    """Writes with one composer."""

    def __init__(self) -> None:
        self.composer: Writer | None = None

    def write(self, question: Writer | Sequence[Dictation]) -> list[Outgoing] | None:
        """The mails; None where one of them can't be written, which the parent then tries."""
        if not isinstance(question, Sequence):
            self.composer = question
            return None
        if self.composer is None:
            raise AssertionError("the first question is the composer")
        try:
            return [written() for written in self.composer.take(question)]
        except Exception:  # noqa: BLE001 - the parent finds it out anew, where it can be told
            return None


if __name__ == "__main__":
    answer(int(sys.argv[1]), Desk().write)
