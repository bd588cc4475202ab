"""Mail from an IMAP server (RFC 3501), taken by UID and never marked as read."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence

from imapclient import IMAPClient

from processor.intake import imap_reading as reading
from processor.intake import imap_session as session
from processor.intake.imap_idle import Watch
from processor.intake.imap_session import ImapAccount
from processor.intake.source import (
    Arrival,
    Flaw,
    IntakeLimits,
    Known,
    Receipt,
    Shelf,
    SourceDown,
    batches,
)

log = logging.getLogger(__name__)

IDLE_RENEW_SECONDS = 9 * 60.0
"""Servers may end IDLE after 29 minutes (RFC 2177); many firewalls forget a silent connection
after ten. A renewal also proves that the line still stands."""

SEARCH_WINDOW = 50_000  # UIDs in one SEARCH: imaplib refuses answers longer than 1 MB
REFUSALS = 3  # looks in which a message may not be handed over before it counts as unreadable


class ImapSource:
    """One folder of one IMAP account; see :class:`~processor.intake.source.MailSource`.

    A message counts as new while our ledger does not know its UID; flags are neither read nor
    set. Dealt with, it is moved to ``processed`` or ``quarantine`` (created when missing; "" =
    left where it is).
    """

    def __init__(
        self,
        origin: str,
        account: ImapAccount,
        *,
        folder: str = "INBOX",
        processed: str = "postdesk/processed",
        quarantine: str = "postdesk/quarantine",
        limits: IntakeLimits | None = None,
        idle: bool = True,
        noop_seconds: float = 15.0,
        idle_renew_seconds: float = IDLE_RENEW_SECONDS,
        tick: Callable[[], float] = time.monotonic,
    ) -> None:
        self.origin = origin
        self.account = account
        self.limits = limits or IntakeLimits()
        self._folder = folder
        self._shelves = {Shelf.PROCESSED: processed, Shelf.QUARANTINE: quarantine}
        self._server_names: dict[Shelf, str] = {}
        self._idle = idle
        self._noop_seconds = noop_seconds
        self._idle_renew_seconds = idle_renew_seconds
        self._tick = tick
        self._client: IMAPClient | None = None
        self._uidvalidity = 0
        self._exists = 0
        self._uidnext = 0
        self._floor = 0  # every UID up to this one is in the ledger
        self._highest = 0  # the highest UID that a search has shown
        self._refusals: dict[int, int] = {}

    def open(self) -> None:
        """Connect and select the folder, unless that is done.

        Raises:
            SourceDown: the server cannot be reached, turns us away or has no such folder.
        """
        if self._client is not None:
            return
        client = session.connect(self.account)
        try:
            with session.translated(self.account.host):
                for shelf, name in self._shelves.items():
                    if name:
                        self._server_names[shelf] = session.server_folder(client, name)
                        session.ensure_folder(client, self._server_names[shelf])
                selected = client.select_folder(session.server_folder(client, self._folder))
        except BaseException:
            session.hang_up(client)
            raise
        uidvalidity = int(selected.get(b"UIDVALIDITY", 0))
        if uidvalidity != self._uidvalidity:
            if self._uidvalidity:
                # The server has renumbered: what we hold under the old numbers is found again
                # by its content when it is spooled.
                log.warning("%s: UIDVALIDITY is now %d", self.origin, uidvalidity)
            self._uidvalidity = uidvalidity
            self._floor = self._highest = 0
            self._refusals.clear()
        self._exists = int(selected.get(b"EXISTS", 0))
        self._uidnext = int(selected.get(b"UIDNEXT", 0))
        self._client = client

    def close(self) -> None:
        """Drop the connection."""
        client, self._client = self._client, None
        if client is not None:
            session.hang_up(client)

    def fetch(self, known: Known, limit: int) -> Iterator[list[Arrival]]:
        """See :meth:`MailSource.fetch`. Sizes are asked first; an oversize message comes as its
        headers alone."""
        fresh = self._client is None
        client = self._opened()
        if not fresh:
            with self._guarded():
                client.noop()  # some servers let SEARCH see only what they have announced
        wanted = self._unknown(client, known, limit)
        with self._guarded():
            sizes = reading.sizes(client, wanted)
        loads = [(str(uid), self._load(sizes[uid][0])) for uid in wanted if uid in sizes]
        for batch in batches(loads, self.limits):
            with self._guarded():
                arrivals = self._bodies(client, [int(uid) for uid, _ in batch], sizes)
            if arrivals:
                yield arrivals

    def _load(self, size: int) -> int:
        """How much of a message of that size will really be fetched."""
        return size if size <= self.limits.message_bytes else self.limits.header_bytes

    def _unknown(self, client: IMAPClient, known: Known, limit: int) -> list[int]:
        """The lowest UIDs that the ledger lacks, at most ``limit``; raises the floor."""
        wanted: list[int] = []
        unbroken = True
        for span in self._spans():
            with self._guarded():
                uids = self._search(client, span)
            held = set(known(self._uidvalidity, [str(uid) for uid in uids])) if uids else set()
            for uid in uids:
                if str(uid) not in held:
                    unbroken = False
                    if len(wanted) < limit:
                        wanted.append(uid)
                elif unbroken:
                    self._floor = uid
            if len(wanted) >= limit:
                break
        return wanted

    def _spans(self) -> Iterator[tuple[int, int | None]]:
        """Ranges of UIDs above the floor to search one after the other; None = to the end."""
        start = self._floor + 1
        if self._exists > SEARCH_WINDOW:
            while start + SEARCH_WINDOW < self._uidnext:
                yield start, start + SEARCH_WINDOW - 1
                start += SEARCH_WINDOW
        yield start, None

    def _search(self, client: IMAPClient, span: tuple[int, int | None]) -> list[int]:
        start, end = span
        # "n:*" always names the last message, also when its UID is below n.
        found = client.search(["UID", f"{start}:{end or '*'}"])
        uids = sorted(uid for uid in found if uid >= start)
        if uids:
            self._highest = max(self._highest, uids[-1])
        return uids

    def _bodies(
        self,
        client: IMAPClient,
        uids: list[int],
        sizes: dict[int, reading.Size],
    ) -> list[Arrival]:
        most = self.limits.message_bytes
        raws = reading.whole(client, [uid for uid in uids if sizes[uid][0] <= most])
        oversize = [uid for uid in uids if sizes[uid][0] > most]
        raws |= reading.headers(client, oversize, self.limits.header_bytes)
        arrivals = []
        for uid in uids:
            flaw = Flaw.OVERSIZE if uid in oversize else None
            raw = raws.get(uid)
            if raw is None:
                # Gone since the search, or refused. The one is over by itself, the other is
                # tried again at the next looks before it is given up.
                if self._still_there(client, uid) and self._refused_for_good(uid):
                    raw, flaw = b"", Flaw.UNREADABLE
                else:
                    continue
            size, received = sizes[uid]
            arrivals.append(
                Arrival(self.origin, self._uidvalidity, str(uid), raw, received, size, flaw)
            )
        return arrivals

    def _still_there(self, client: IMAPClient, uid: int) -> bool:
        return uid in client.search(["UID", str(uid)])

    def _refused_for_good(self, uid: int) -> bool:
        self._refusals[uid] = self._refusals.get(uid, 0) + 1
        return self._refusals[uid] >= REFUSALS

    def acknowledge(self, receipts: Sequence[Receipt]) -> list[Receipt]:
        """See :meth:`MailSource.acknowledge`. Receipts from before a change of UIDVALIDITY are
        settled: their numbers mean nothing to the server any more."""
        client = self._opened()
        for shelf, folder in self._server_names.items():
            uids = sorted(
                int(receipt.uid)
                for receipt in receipts
                if receipt.shelf is shelf and receipt.uidvalidity == self._uidvalidity
            )
            if uids:
                with self._guarded():
                    session.move(client, uids, folder)
        return list(receipts)

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """See :meth:`MailSource.wait`: IDLE where offered, else NOOP every ``noop_seconds``."""
        client = self._client
        if client is None:
            stop.wait(seconds)
            return False
        try:
            with self._guarded():
                watch = Watch(
                    client=client,
                    grown=lambda: self._grown(client),
                    tick=self._tick,
                    stop=stop,
                    renew_seconds=self._idle_renew_seconds,
                    noop_seconds=self._noop_seconds,
                )
                until = self._tick() + seconds
                if self._idle and client.has_capability("IDLE"):
                    return watch.by_idle(until)
                return watch.by_asking(until)
        except SourceDown as error:
            log.warning("%s: lost while waiting: %s", self.origin, error.reason)
            # Whether that is an outage shows when the next fetch connects anew.
            return not stop.is_set()

    def _grown(self, client: IMAPClient) -> bool:
        """Whether a message has come that no search of ours has seen."""
        above = self._highest + 1
        client.noop()
        while True:
            session.exists_announced(client)
            if any(uid >= above for uid in client.search(["UID", f"{above}:*"])):
                return True
            # A server may search what it had announced before, and announce more with the
            # answer; nothing would ever tell of that again.
            if not session.exists_announced(client):
                return False

    def _opened(self) -> IMAPClient:
        self.open()
        if self._client is None:
            raise SourceDown(f"{self.account.host}: not connected")
        return self._client

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        """Inside it, whatever breaks the connection closes it and comes out as SourceDown."""
        try:
            with session.translated(self.account.host):
                yield
        except BaseException:
            self.close()
            raise
