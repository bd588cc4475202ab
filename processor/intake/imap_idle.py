"""Waiting for new mail on an IMAP connection: IDLE (RFC 2177), or asking every now and then."""

from __future__ import annotations

import select
import ssl
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from imapclient import IMAPClient

from processor.intake.source import SourceDown

SLICE_SECONDS = 0.5  # how soon a set ``stop`` is seen

FIRST_IDLE_SECONDS = 2.0
"""Some servers (pymap) do not tell of a mail that comes while they are still entering IDLE. Mail
comes in bursts, hence most often just then, so the first IDLE is short and the server asked again.
"""


@dataclass(frozen=True, slots=True)
class Watch:
    """How to wait. ``grown`` asks the server outright whether a message has come that no search
    has shown; ``tick`` is a steady clock in seconds; ``renew_seconds`` is the longest IDLE;
    ``noop_seconds`` is the pause between two questions where there is no IDLE."""

    client: IMAPClient
    grown: Callable[[], bool]
    tick: Callable[[], float]
    stop: threading.Event
    renew_seconds: float
    noop_seconds: float

    def by_asking(self, until: float) -> bool:
        """Ask until something is there (True), ``until`` is reached or ``stop`` is set."""
        while not self.stop.is_set():
            if self.grown():
                return True
            left = until - self.tick()
            if left <= 0:
                break
            self.stop.wait(min(self.noop_seconds, left))
        return False

    def by_idle(self, until: float) -> bool:
        """The same, being told by the server."""
        longest = min(FIRST_IDLE_SECONDS, self.renew_seconds)
        while not self.stop.is_set():
            # Asked outright, because an EXISTS that came amid the answer to another command
            # was swallowed there, and because a dead line shows itself so.
            if self.grown():
                return True
            started = self.tick()
            if started >= until:
                break
            self.client.idle()
            self._listen(min(until, started + longest))
            longest = self.renew_seconds
            # Whatever woke us is read here, line by whole line; an ended connection shows here.
            if announces(self.client.idle_done()[1]):
                return True
        return False

    def _listen(self, until: float) -> None:
        """Return as soon as there is something to read."""
        if buffered(self.client):
            return
        poller = select.poll()
        poller.register(self.client.socket().fileno(), select.POLLIN)
        while not self.stop.is_set():
            left = until - self.tick()
            if left <= 0 or poller.poll(1000 * min(SLICE_SECONDS, left)):
                return


def buffered(client: IMAPClient) -> bool:
    """Whether lines wait in imaplib's own buffer, where polling the socket does not look: what
    came in one packet with the answer to IDLE."""
    sock = client.socket()
    timeout = sock.gettimeout()
    sock.setblocking(False)
    try:
        return bool(client._imap.file.peek(1))
    except (BlockingIOError, ssl.SSLWantReadError):
        return False
    finally:
        sock.settimeout(timeout)


def announces(answers: Sequence[Any]) -> bool:
    """Whether untagged answers tell of more messages.

    Raises:
        SourceDown: the server said BYE.
    """
    if any(answer[0] == b"BYE" for answer in answers):
        raise SourceDown("the server said goodbye")
    return any(len(answer) > 1 and answer[1] == b"EXISTS" for answer in answers)
