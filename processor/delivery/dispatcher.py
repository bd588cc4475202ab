"""Carries mails from the outbox to their senders: at least once, and nearly always exactly once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from processor.delivery.noting import Mark, Noting
from processor.delivery.sender import Outcome, Parcel, Sender, SenderDown
from processor.domain.backoff import Backoff
from processor.store.database import Store
from processor.store.outbox_entries import OutboxEntry

log = logging.getLogger(__name__)

RETRY_SECONDS = (60, 300, 900, 3600, 4 * 3600)
"""Pause after the first, second … passing refusal; the last one is repeated."""

GIVE_UP = timedelta(days=3)
"""How long a mail that is refused for the time being is tried, and never fewer than five times.
While its sender is down, no mail grows old."""

DEFAULT_LEASE_SECONDS = 300
DEFAULT_BATCH = 50

TOGETHER = 10
"""How many mails are handed to a sender at a time, where results may be noted later at all."""


def _pass(_point: str) -> None:
    """The checkpoint of every day: nothing happens."""


class Dispatcher:
    """Claims mails by lease, sends them and notes each result in a commit of its own.

    The only gap in which a crash sends a mail twice lies between the server's 250 and that
    commit; the second copy has the same Message-ID. A mail is given up when all its recipients
    refused it for good, or three days after it was queued.

    ``senders`` maps a service mailbox's name to its way out; "" is the way for all others.
    ``aside`` mails at most may be sent and not yet noted while others hold the database (0: each
    is noted before the next is sent); a crash then sends as many twice, no more.
    ``clock`` tells the time between two mails of one run (None: the run's own ``now``).
    ``checkpoint`` is called with the name of each point that was just passed:
    ``outbox.claimed``, ``smtp.accepted``, ``outbox.sent``.
    """

    def __init__(
        self,
        store: Store,
        senders: Mapping[str, Sender],
        *,
        owner: str,
        lease_seconds: int = DEFAULT_LEASE_SECONDS,
        batch: int = DEFAULT_BATCH,
        aside: int = 0,
        clock: Callable[[], datetime] | None = None,
        checkpoint: Callable[[str], None] = _pass,
    ) -> None:
        self._store = store
        self._senders = senders
        self._owner = owner
        self._lease_seconds = lease_seconds
        self._batch = batch
        self._clock = clock
        self._checkpoint = checkpoint
        self._together = max(1, min(aside, TOGETHER))
        self._noting = (
            Noting(store, most=aside, noted=lambda: checkpoint("outbox.sent")) if aside else None
        )
        # Mailboxes that share a sender share its fate.
        of_sender = {id(sender): Backoff() for sender in senders.values()}
        self.backoffs = {name: of_sender[id(sender)] for name, sender in senders.items()}
        self._recovered: dict[Backoff, datetime] = {}
        self._held: set[tuple[str, str]] = set()

    def run_once(self, now: datetime) -> int:
        """Send one claimed batch; returns how many mails left. As many as ``batch`` means that
        more may be waiting. Failing senders are noted in ``backoffs`` and logged, not raised."""
        if self._noting is None:
            return self._send_batch(now)
        self._noting.resume()
        try:
            return self._send_batch(now)
        finally:
            self._noting.finish()

    def _send_batch(self, now: datetime) -> int:
        with self._store.begin() as work:
            entries = work.outbox.claim(now, self._batch, self._lease_seconds, self._owner)
        if not entries:
            return 0
        self._checkpoint("outbox.claimed")
        # A lease that may have run out is not ours any more: others then send the rest.
        until = now + timedelta(seconds=self._lease_seconds / 2)
        sent = 0
        resting: list[tuple[OutboxEntry, Backoff]] = []
        self._held.clear()
        for name, entries_together in self._handfuls(entries):
            at = self._time(now)
            if at >= until:
                break
            # what waits in the outbox with an earlier mail, which it must not pass, is left out
            free = [one for one in entries_together if self._held.isdisjoint(_readers(one))]
            if name not in self._senders:
                for entry in free:
                    self._later(entry, f"no sender is configured for {entry.mailbox!r}", at, None)
            elif not self.backoffs[name].may_try(at):
                for entry in free:
                    resting.append((entry, self.backoffs[name]))
                    self._held.update(_readers(entry))
            elif free:
                sent += self._deliver(free, name, at)
        self._put_off(resting)
        return sent

    def _handfuls(
        self, entries: Sequence[OutboxEntry]
    ) -> Iterator[tuple[str, Sequence[OutboxEntry]]]:
        """Neighbours that go the same way, named by the sender, and to other readers: whether one
        of them leaves decides nothing about the next."""
        handful: list[OutboxEntry] = []
        way = ""
        readers: set[tuple[str, str]] = set()
        for entry in entries:
            name = entry.mailbox if entry.mailbox in self._senders else ""
            apart = name != way or not readers.isdisjoint(_readers(entry))
            if handful and (apart or len(handful) == self._together):
                yield way, handful
                handful, readers = [], set()
            handful.append(entry)
            readers |= _readers(entry)
            way = name
        if handful:
            yield way, handful

    def _time(self, now: datetime) -> datetime:
        return self._clock() if self._clock is not None else now

    def _deliver(self, entries: Sequence[OutboxEntry], name: str, at: datetime) -> int:
        """Send a handful; returns how many left."""
        backoff = self.backoffs[name]
        ends = self._senders[name].send_all([_parcel(entry) for entry in entries])
        sent = 0
        down: list[tuple[OutboxEntry, Backoff]] = []
        for entry, end in zip(entries, ends, strict=True):
            if isinstance(end, SenderDown):
                if not down:
                    delay = backoff.failed(at, end.reason, refused=end.refused)
                    log.warning("sender %r: %s; trying again in %.0f s", name, end.reason, delay)
                down.append((entry, backoff))
            elif isinstance(end, Exception):
                # one mail that cannot be sent must not stop the others
                log.error("outbox %d (%s)", entry.id, entry.event, exc_info=end)
                self._later(entry, f"{type(end).__name__}: {end}", at, backoff)
            else:
                if backoff.failures:
                    self._recovered[backoff] = at
                    backoff.succeeded()
                if end.accepted:
                    self._checkpoint("smtp.accepted")
                sent += self._note(entry, end, self._time(at), backoff)
        self._put_off(down)
        return sent

    def _note(self, entry: OutboxEntry, outcome: Outcome, at: datetime, backoff: Backoff) -> bool:
        faults = "; ".join(f"{name}: {why}" for name, why in outcome.refused.items())
        if faults:
            log.warning("outbox %d (%s): %s", entry.id, entry.event, faults)
        if outcome.waiting:
            self._later(entry, faults, at, backoff, recipients=outcome.waiting)
            return False
        if outcome.accepted and self._noting is not None:
            self._noting.add(Mark(entry.id, at, faults))
            return True
        with self._store.begin() as work:
            if outcome.accepted:
                work.outbox.sent(entry.id, at, note=faults)
            else:
                work.outbox.dead(entry.id, faults, at)
        if outcome.accepted:
            self._checkpoint("outbox.sent")
        return bool(outcome.accepted)

    def _later(
        self,
        entry: OutboxEntry,
        error: str,
        at: datetime,
        backoff: Backoff | None,
        recipients: tuple[str, ...] | None = None,
    ) -> None:
        # An outage counts attempts that were none, and takes time that the mail did not have.
        start = entry.queued_at
        if backoff in self._recovered:
            start = max(start, self._recovered[backoff])
        tries = min(max(entry.attempts, 1), tries_within(at - start))
        with self._store.begin() as work:
            if at - start >= GIVE_UP and tries >= len(RETRY_SECONDS):
                work.outbox.dead(entry.id, error, at)
            else:
                next_at = at + timedelta(seconds=retry_pause(tries))
                work.outbox.retry(entry.id, error, next_at, recipients=recipients)
                self._held.update(_readers(entry))

    def _put_off(self, resting: Sequence[tuple[OutboxEntry, Backoff]]) -> None:
        """Not these mails' fault: they go as soon as their sender is tried again."""
        if resting:
            with self._store.begin() as work:
                for entry, backoff in resting:
                    work.outbox.retry(entry.id, backoff.last_error, backoff.next_try)
                    self._held.update(_readers(entry))

    def close(self) -> None:
        """Let go of the senders' connections."""
        if self._noting is not None:
            self._noting.close()
        for sender in self._senders.values():
            sender.close()


def _parcel(entry: OutboxEntry) -> Parcel:
    return Parcel(
        entry.id, entry.event, entry.number, entry.envelope_from, entry.recipients, entry.raw
    )


def _readers(entry: OutboxEntry) -> set[tuple[str, str]]:
    """Who reads of which incident: to each of them its mails must come in their order."""
    return {(entry.number, one) for one in entry.recipients} if entry.number else set()


def retry_pause(tries: int) -> int:
    """Seconds to wait after that many tries (from 1) were refused for the time being."""
    return RETRY_SECONDS[min(tries, len(RETRY_SECONDS)) - 1]


def tries_within(age: timedelta) -> int:
    """How many tries the schedule can have made of a mail of that age, the present one too."""
    tries, spent = 1, 0
    for pause in RETRY_SECONDS:
        spent += pause
        if age.total_seconds() < spent:
            break
        tries += 1
    return tries
