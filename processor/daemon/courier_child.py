"""The process that talks to an SMTP server, until its parent hangs up.

``python -m processor.daemon.courier_child FD``. The first question says which server; it keeps
the connection and nothing else: what was sent is noted by the parent.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from processor.daemon.answering import answer
from processor.delivery.sender import Outcome, Parcel
from processor.delivery.smtp import SmtpAccount, SmtpSender

Answer = list[Outcome | Exception]


class Post:
    """One way out at a time."""

    def __init__(self) -> None:
        self.way: SmtpSender | None = None

    def respond(self, question: tuple[SmtpAccount, int] | Sequence[Parcel]) -> Answer | None:
        """A way out to use from now on, or mails to hand over. Faults are answers, too."""
        if isinstance(question, tuple):
            account, pool = question
            self.way = SmtpSender(account, pool=pool)
            return None
        if self.way is None:
            raise AssertionError("the first question names the server")
        ends = self.way.send_all(question)
        for end in ends:
            if isinstance(end, Exception):
                end.__traceback__ = end.__cause__ = end.__context__ = None
        return ends

    def close(self) -> None:
        """Say goodbye to the server."""
        if self.way is not None:
            self.way.close()


if __name__ == "__main__":
    post = Post()
    try:
        answer(int(sys.argv[1]), post.respond)
    finally:
        post.close()
