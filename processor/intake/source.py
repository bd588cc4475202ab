"""What every place that mail comes from looks like to the rest of the desk."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from processor.domain.errors import Fault

Known = Callable[[int, Sequence[str]], Collection[str]]
"""``known(uidvalidity, uids)``: those of ``uids`` that the ledger already holds."""

DEFAULT_MESSAGE_BYTES = 50 * 1024 * 1024
DEFAULT_HEADER_BYTES = 1024 * 1024
DEFAULT_BATCH_MESSAGES = 50
DEFAULT_BATCH_BYTES = 8 * 1024 * 1024


class Flaw(StrEnum):
    """Why a message could not be taken in whole; it then stays where it lies, for a person."""

    OVERSIZE = "oversize"  # larger than the limit: only its headers were fetched
    UNREADABLE = "unreadable"  # its place refuses, again and again, to hand it over


@dataclass(frozen=True, slots=True)
class Arrival:
    """One message as its source handed it over.

    ``(origin, uidvalidity, uid)`` names it for good. ``received_at`` is when the source got it
    (aware, UTC), or None when the source does not know. ``size`` is the whole message's size in
    bytes as the source states it. With a ``flaw``, ``raw`` holds at most the headers.
    """

    origin: str
    uidvalidity: int
    uid: str
    raw: bytes = field(repr=False)
    received_at: datetime | None
    size: int
    flaw: Flaw | None = None


class Shelf(StrEnum):
    """Where an acknowledged message is put at its source."""

    PROCESSED = "processed"
    QUARANTINE = "quarantine"


@dataclass(frozen=True, slots=True)
class Receipt:
    """A message that the desk has dealt with, and the shelf that it now belongs on."""

    uidvalidity: int
    uid: str
    shelf: Shelf = Shelf.PROCESSED


@dataclass(frozen=True, slots=True)
class IntakeLimits:
    """Bounds of one fetch. ``message_bytes``: larger messages are not fetched whole;
    ``header_bytes``: how much of such a message's headers is; a batch ends at
    ``batch_messages`` or before it passes ``batch_bytes``, whichever comes first."""

    message_bytes: int = DEFAULT_MESSAGE_BYTES
    header_bytes: int = DEFAULT_HEADER_BYTES
    batch_messages: int = DEFAULT_BATCH_MESSAGES
    batch_bytes: int = DEFAULT_BATCH_BYTES


class SourceDown(Fault):
    """The source cannot be used now; trying again later may help.

    ``retry_after`` is the number of seconds that the source itself asked for, or None.
    ``refused`` is true when it turned our name and password away: trying often may lock the
    account.
    """

    def __init__(
        self, reason: str, *, retry_after: float | None = None, refused: bool = False
    ) -> None:
        super().__init__(reason)
        self.retry_after = retry_after
        self.refused = refused


class MailSource(Protocol):
    """A mailbox, folder or file that messages are taken from.

    All methods are called from one thread. Every one but ``wait`` and ``close`` may raise
    :class:`SourceDown`; the source is then closed and the next call opens it again.
    """

    @property
    def origin(self) -> str:
        """The name of this source in the ledger; never changes once messages were taken."""
        ...

    def open(self) -> None:
        """Connect, or check that the folder is there. Does nothing when already open."""
        ...

    def fetch(self, known: Known, limit: int) -> Iterator[list[Arrival]]:
        """At most ``limit`` messages that ``known`` does not hold, oldest first, in batches.
        Nothing is marked at the source: an arrival is offered until the ledger knows it."""
        ...

    def acknowledge(self, receipts: Sequence[Receipt]) -> list[Receipt]:
        """Put messages on their shelves; returns those for which nothing is left to do, also
        because they had been moved before or are gone. Safe to repeat."""
        ...

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """Sleep until something may have arrived (True), ``seconds`` have passed (False) or
        ``stop`` is set (False). Never raises."""
        ...

    def close(self) -> None:
        """Let go of connections; never raises. May be opened again."""
        ...


def batches(
    sized: Sequence[tuple[str, int]], limits: IntakeLimits
) -> Iterator[list[tuple[str, int]]]:
    """Cut ``(uid, bytes)`` pairs into runs within the limits; one larger than a whole batch
    travels alone."""
    batch: list[tuple[str, int]] = []
    total = 0
    for uid, size in sized:
        if batch and (len(batch) >= limits.batch_messages or total + size > limits.batch_bytes):
            yield batch
            batch, total = [], 0
        batch.append((uid, size))
        total += size
    if batch:
        yield batch


def header_block(raw: bytes, most: int) -> bytes:
    """The headers of a message up to and with the empty line, at most ``most`` bytes."""
    head = raw[:most]
    ends = [(head.find(gap), len(gap)) for gap in (b"\r\n\r\n", b"\n\n", b"\r\r")]
    found = [at + width for at, width in ends if at >= 0]
    return head[: min(found)] if found else head
