"""The process that talks to an SMTP server, until its parent hangs up.

``python -m processor.daemon.courier_child FD``. The first question says which server; it keeps
the connection and nothing else: what was sent is noted by the parent.
"""

from __future__ import annotations

import sys

from processor.daemon.answering import answer
from processor.delivery.sender import Outcome, Parcel, SenderDown
from processor.delivery.smtp import SmtpAccount, SmtpSender

Answer = Outcome | SenderDown | Exception


class Post:
    """One way out at a time."""

    def __init__(self) -> None:
        self.way: SmtpSender | None = None

    def respond(self, question: tuple[SmtpAccount, int] | Parcel) -> Answer | None:
        """A way out to use from now on, or a mail to hand over. Faults are answers, too."""
        if not isinstance(question, Parcel):
            account, pool = question
            self.way = SmtpSender(account, pool=pool)
            return None
        if self.way is None:
            raise AssertionError("the first question names the server")
        try:
            return self.way.send(question)
        except Exception as error:  # noqa: BLE001 - the parent's to judge
            error.__traceback__ = error.__cause__ = error.__context__ = None
            return error

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
