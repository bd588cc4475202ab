"""Carries messages from a source into the spool, and the word that they are settled back."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime

from processor.domain.backoff import Backoff
from processor.intake.source import Arrival, MailSource, Receipt, Shelf, SourceDown
from processor.store.database import Store

log = logging.getLogger(__name__)

DEFAULT_LIMIT = 500


def _pass(_point: str) -> None:
    """The checkpoint of every day: nothing happens."""


class Collector:
    """Brings one source's mail into the ledger.

    Killed at any point, it loses and doubles nothing: a message is offered by the source until
    the ledger holds it, and is moved at the source until the ledger says that it was. A failing
    source is left alone for a while (see :class:`~processor.domain.backoff.Backoff`).

    ``checkpoint`` is called with the name of each point that was just passed: ``fetched``,
    ``spooled``, ``moved``, ``acknowledged``.
    """

    def __init__(
        self,
        source: MailSource,
        store: Store,
        *,
        limit: int = DEFAULT_LIMIT,
        checkpoint: Callable[[str], None] = _pass,
    ) -> None:
        self.source = source
        self.backoff = Backoff()
        self._store = store
        self._limit = limit
        self._checkpoint = checkpoint

    def collect(self, now: datetime) -> int:
        """Spool what is new, one commit for each batch; returns how many messages were spooled.

        As many as ``limit`` means that more may be waiting. An outage of the source is noted in
        ``backoff`` and logged, not raised; faults of the store are raised.
        """
        if not self.backoff.may_try(now):
            return 0
        count = 0
        try:
            for batch in self.source.fetch(self._known, self._limit):
                self._checkpoint("fetched")
                self._spool(batch, now)
                count += len(batch)
                self._checkpoint("spooled")
        except SourceDown as error:
            self._failed(error, now)
        else:
            self.backoff.succeeded()
        return count

    def acknowledge(self, now: datetime) -> int:
        """Have the source put settled messages on their shelves, then note that in the ledger;
        returns how many. Safe to repeat after a crash between the two."""
        if not self.backoff.may_try(now):
            return 0
        with self._store.read() as work:
            receipts = [
                Receipt(uid.uidvalidity, uid.uid, _shelf(uid.disposition))
                for uid in work.spool.unacknowledged(self.source.origin)
            ]
        if not receipts:
            return 0
        try:
            done = self.source.acknowledge(receipts)
        except SourceDown as error:
            self._failed(error, now)
            return 0
        self._checkpoint("moved")
        with self._store.begin() as work:
            work.spool.acknowledge(
                self.source.origin, [(receipt.uidvalidity, receipt.uid) for receipt in done], now
            )
        self._checkpoint("acknowledged")
        return len(done)

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """Wait for new mail at the source (see :meth:`MailSource.wait`), or until a failing
        source may be tried again."""
        if self.backoff.failures:
            stop.wait(min(seconds, self.backoff.pause))
            return False
        return self.source.wait(seconds, stop)

    def close(self) -> None:
        """Let go of the source."""
        self.source.close()

    def _known(self, uidvalidity: int, uids: Sequence[str]) -> Collection[str]:
        with self._store.read() as work:
            return work.spool.known(self.source.origin, uidvalidity, uids)

    def _spool(self, batch: Sequence[Arrival], now: datetime) -> None:
        with self._store.begin() as work:
            work.spool.add_many([_told_apart(arrival) for arrival in batch], now)

    def _failed(self, error: SourceDown, now: datetime) -> None:
        self.source.close()
        delay = self.backoff.failed(
            now, error.reason, retry_after=error.retry_after, refused=error.refused
        )
        log.warning(
            "%s: %s; trying again in %.0f s (failure %d in a row)",
            self.source.origin,
            error.reason,
            delay,
            self.backoff.failures,
        )


def _told_apart(arrival: Arrival) -> Arrival:
    """An unreadable message with its place for a content: the spool takes equal bytes for one
    message, and of such messages we have no bytes at all."""
    if arrival.raw:
        return arrival
    place = f"{arrival.origin}/{arrival.uidvalidity}/{arrival.uid}"
    return replace(arrival, raw=f"X-Postdesk-Unreadable: {place}\r\n\r\n".encode())


def _shelf(disposition: str | None) -> Shelf:
    return Shelf.QUARANTINE if disposition == "quarantined" else Shelf.PROCESSED
