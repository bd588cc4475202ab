"""Mail from a Maildir: what a local MTA delivers to ``new/`` is moved to ``cur/`` when settled.

Format: https://cr.yp.to/proto/maildir.html
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from processor.intake.files import modified, sync_folder, wait_for
from processor.intake.source import (
    Arrival,
    Flaw,
    IntakeLimits,
    Known,
    Receipt,
    Shelf,
    SourceDown,
    batches,
    header_block,
)

log = logging.getLogger(__name__)

QUARANTINE = ".quarantine"  # a Maildir++ folder beside the others


class MaildirSource:
    """See :class:`~processor.intake.source.MailSource`. A message's UID is its unique file name;
    its UIDVALIDITY is always 1. Settled messages go to ``cur/`` unread, quarantined ones to
    ``.quarantine/cur/``."""

    def __init__(
        self,
        origin: str,
        path: Path,
        *,
        limits: IntakeLimits | None = None,
        look_seconds: float = 1.0,
    ) -> None:
        self.origin = origin
        self.path = path
        self.limits = limits or IntakeLimits()
        self._look_seconds = look_seconds
        self._seen: set[str] = set()  # names that the last fetch has looked at

    def open(self) -> None:
        """Create what is missing of the Maildir.

        Raises:
            SourceDown: the folder cannot be made or read.
        """
        try:
            for root in (self.path, self.path / QUARANTINE):
                for part in ("tmp", "new", "cur"):
                    (root / part).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SourceDown(f"{self.path}: {error.strerror}") from error

    def close(self) -> None:
        """Nothing is held open."""

    def fetch(self, known: Known, limit: int) -> Iterator[list[Arrival]]:
        """See :meth:`MailSource.fetch`."""
        self.open()
        sizes = self._waiting()
        self._seen = set(sizes)
        names = list(sizes)
        held = set(known(1, names)) if names else set()
        wanted = [name for name in names if name not in held][:limit]
        loads = [(name, min(sizes[name], self.limits.message_bytes)) for name in wanted]
        for batch in batches(loads, self.limits):
            arrivals = [found for name, _ in batch if (found := self._read(name)) is not None]
            if arrivals:
                yield arrivals

    def _waiting(self) -> dict[str, int]:
        """Names and sizes of what lies in ``new/``, oldest first."""
        found = []
        try:
            for file in (self.path / "new").iterdir():
                if not file.name.startswith("."):
                    stat = file.stat()
                    found.append((stat.st_mtime_ns, file.name, stat.st_size))
        except FileNotFoundError:  # taken away by another program meanwhile
            return {}
        except OSError as error:
            raise SourceDown(f"{self.path}: {error.strerror}") from error
        return {name: size for _, name, size in sorted(found)}

    def _read(self, name: str) -> Arrival | None:
        file = self.path / "new" / name
        try:
            stat = file.stat()
            oversize = stat.st_size > self.limits.message_bytes
            with file.open("rb") as stream:
                raw = stream.read(self.limits.header_bytes if oversize else -1)
        except FileNotFoundError:
            return None
        except OSError as error:  # one bad file must not hide the others
            log.warning("%s: %s is left alone: %s", self.origin, file, error.strerror)
            return None
        if oversize:
            raw = header_block(raw, self.limits.header_bytes)
        flaw = Flaw.OVERSIZE if oversize else None
        return Arrival(self.origin, 1, name, raw, modified(stat), stat.st_size, flaw)

    def acknowledge(self, receipts: Sequence[Receipt]) -> list[Receipt]:
        """See :meth:`MailSource.acknowledge`."""
        self.open()
        try:
            for receipt in receipts:
                root = self.path
                if receipt.shelf is Shelf.QUARANTINE:
                    root = root / QUARANTINE
                try:
                    (self.path / "new" / receipt.uid).rename(root / "cur" / f"{receipt.uid}:2,")
                except FileNotFoundError:  # moved before
                    continue
            for folder in ("new", "cur", f"{QUARANTINE}/cur"):
                sync_folder(self.path / folder)
        except OSError as error:
            raise SourceDown(f"{self.path}: {error.strerror}") from error
        return list(receipts)

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """See :meth:`MailSource.wait`: looks into ``new/`` every ``look_seconds``."""
        return wait_for(seconds, stop, self._changed, look_seconds=self._look_seconds)

    def _changed(self) -> bool:
        try:
            return not self._seen.issuperset(self._waiting())
        except SourceDown:
            return False
