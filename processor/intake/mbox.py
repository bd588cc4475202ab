"""Importing an mbox file, which is left exactly as it is."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from processor.intake.drops import content_name, mbox_messages
from processor.intake.files import modified
from processor.intake.source import (
    Arrival,
    Flaw,
    IntakeLimits,
    Known,
    Receipt,
    SourceDown,
    header_block,
)


class MboxSource:
    """See :class:`~processor.intake.source.MailSource`. A UID is the content's hash, so that the
    same file may be imported again after it has grown. Acknowledging does nothing."""

    def __init__(self, origin: str, path: Path, *, limits: IntakeLimits | None = None) -> None:
        self.origin = origin
        self.path = path
        self.limits = limits or IntakeLimits()

    def open(self) -> None:
        """Check that the file is there.

        Raises:
            SourceDown: it is not.
        """
        if not self.path.is_file():
            raise SourceDown(f"{self.path}: no such file")

    def close(self) -> None:
        """Nothing is held open."""

    def fetch(self, known: Known, limit: int) -> Iterator[list[Arrival]]:
        """See :meth:`MailSource.fetch`."""
        self.open()
        received_at = modified(self.path.stat())
        batch: dict[str, Arrival] = {}
        load = taken = 0
        for raw in mbox_messages(self.path):
            uid = content_name(raw)
            if uid in batch or uid in known(1, [uid]):
                continue
            flaw = Flaw.OVERSIZE if len(raw) > self.limits.message_bytes else None
            kept = header_block(raw, self.limits.header_bytes) if flaw else raw
            full = len(batch) >= self.limits.batch_messages
            if batch and (full or load + len(kept) > self.limits.batch_bytes):
                yield list(batch.values())
                batch, load = {}, 0
            batch[uid] = Arrival(self.origin, 1, uid, kept, received_at, len(raw), flaw)
            load += len(kept)
            taken += 1
            if taken >= limit:
                break
        if batch:
            yield list(batch.values())

    def acknowledge(self, receipts: Sequence[Receipt]) -> list[Receipt]:
        """Nothing to do: the ledger alone remembers what was imported."""
        return list(receipts)

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """A file that is imported does not change."""
        stop.wait(seconds)
        return False
