"""Mails are handed to an SMTP server by a process of its own.

The dialogue of one mail is ten turns of waiting and a millisecond of work, for which this process
would stop settling messages each time. What is sent, what is claimed and what is noted stays with
the dispatcher, here: a courier that dies takes nothing with it but a connection.
"""

from __future__ import annotations

from collections.abc import Sequence

from processor.daemon.line import LOST, Line, module
from processor.delivery.sender import Outcome, Parcel, Rejection, all_refused
from processor.delivery.smtp import SmtpAccount, SmtpSender

CHILD = module("processor.daemon.courier_child")
DIALOGUE = 8  # turns with the server that may each take its whole timeout


class Courier:
    """See :class:`~processor.delivery.sender.Sender`; takes what
    :class:`~processor.delivery.smtp.SmtpSender` takes. The process starts with the first mail.

    One that dies while it holds mails may have delivered them: that is a passing refusal, so that
    they go again by the schedule, with their Message-IDs; twice perhaps, but never not at all.
    """

    def __init__(
        self, account: SmtpAccount, *, pool: int = 1, child: Sequence[str] = CHILD
    ) -> None:
        self._account = account
        self._pool = pool
        self._line = Line(child, DIALOGUE * account.timeout_seconds)

    @property
    def pid(self) -> int | None:
        """The child's process id; None while there is none."""
        return self._line.pid

    def send(self, parcel: Parcel) -> Outcome:
        """See :meth:`Sender.send`."""
        (end,) = self.send_all([parcel])
        if isinstance(end, Exception):
            raise end
        return end

    def send_all(self, parcels: Sequence[Parcel]) -> list[Outcome | Exception]:
        """See :meth:`Sender.send_all`."""
        try:
            if not self._line.alive:
                self._line.ask((self._account, self._pool))
            ends: list[Outcome | Exception] = self._line.ask(parcels)
        except LOST as error:
            text = f"courier lost: {str(error) or type(error).__name__}"
            why = Rejection(0, text, permanent=False)
            return [all_refused(parcel.recipients, why) for parcel in parcels]
        return ends

    def check(self) -> None:
        """See :meth:`Sender.check`."""
        SmtpSender(self._account).check()

    def close(self) -> None:
        """Let the process say goodbye to its server, and end."""
        self._line.hang_up()
