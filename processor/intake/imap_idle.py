"""Waiting for new mail on an IMAP connection: IDLE (RFC 2177), or asking every now and then."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from imapclient import IMAPClient

from processor.intake.source import SourceDown

SLICE_SECONDS = 0.5  # how soon a set ``stop`` is seen


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
        while not self.stop.is_set():
            # Asked outright, because an EXISTS that came amid the answer to another command
            # was swallowed there, and because a dead line shows itself so.
            if self.grown():
                return True
            started = self.tick()
            if started >= until:
                break
            self.client.idle()
            self.client.look_first = True
            news = self._listen(min(until, started + self.renew_seconds))
            if announces(self.client.idle_done()[1]) or news:
                return True
        return False

    def _listen(self, until: float) -> bool:
        first = True
        while not self.stop.is_set():
            started = self.tick()
            if started >= until:
                break
            pause = min(SLICE_SECONDS, until - started)
            answers = self.client.idle_check(timeout=pause)
            if announces(answers):
                return True
            if not first and not answers and self.tick() - started < pause / 2:
                # Readable, yet nothing to read: the line has ended, or TLS kept house. Leaving
                # IDLE tells which.
                break
            first = False
        return False


def announces(answers: Sequence[Any]) -> bool:
    """Whether untagged answers tell of more messages.

    Raises:
        SourceDown: the server said BYE.
    """
    if any(answer[0] == b"BYE" for answer in answers):
        raise SourceDown("the server said goodbye")
    return any(len(answer) > 1 and answer[1] == b"EXISTS" for answer in answers)
