"""Mail from a watched folder: dropped .eml, .msg, .mbox and .docx files."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from processor.intake.drops import FORM_TYPES, KINDS, content_name, enveloped, mbox_messages
from processor.intake.files import modified, sync_folder, wait_for
from processor.intake.source import (
    Arrival,
    Flaw,
    IntakeLimits,
    Known,
    Receipt,
    Shelf,
    SourceDown,
    header_block,
)

log = logging.getLogger(__name__)

UNFINISHED = (".tmp", ".part", ".crdownload", ".filepart")
Look = tuple[int, int]  # size in bytes and time of writing in ns


@dataclass(frozen=True, slots=True)
class _Drop:
    path: Path
    size: int
    received_at: datetime


class FolderSource:
    """See :class:`~processor.intake.source.MailSource`.

    A UID is ``<content hash>:<file name>``, so that another file under a used name is another
    message. Settled files are moved to ``processed/`` or ``quarantine/`` inside the folder. An
    mbox is moved once the ledger holds every message of it, for then it has nothing more to give; a
    file of that name without a single message goes to quarantine.

    A file is taken when its size and time were the same at two looks (``looks=1`` takes it at
    once, for folders that nobody writes to any more). Names that begin with a dot or end like an
    unfinished copy are left alone. ``sender`` is the From address of dropped documents.
    """

    def __init__(
        self,
        origin: str,
        path: Path,
        *,
        sender: str = "drop@localhost",
        limits: IntakeLimits | None = None,
        looks: int = 2,
        look_seconds: float = 1.0,
    ) -> None:
        self.origin = origin
        self.path = path
        self.limits = limits or IntakeLimits()
        self._sender = sender
        self._patient = looks > 1
        self._look_seconds = look_seconds
        self._before: dict[str, Look] = {}
        self._taken: dict[str, Look] = {}

    def open(self) -> None:
        """Create the folder and its shelves where they are missing.

        Raises:
            SourceDown: the folder cannot be made or read.
        """
        try:
            for shelf in Shelf:
                (self.path / shelf.value).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SourceDown(f"{self.path}: {error.strerror}") from error

    def close(self) -> None:
        """Nothing is held open."""

    def fetch(self, known: Known, limit: int) -> Iterator[list[Arrival]]:
        """See :meth:`MailSource.fetch`."""
        self.open()
        left = limit
        batch: list[Arrival] = []
        load = 0
        for drop in self._ready():
            if left <= 0:
                break
            for arrival in self._arrivals(drop, known):
                if batch and (
                    len(batch) >= self.limits.batch_messages
                    or load + len(arrival.raw) > self.limits.batch_bytes
                ):
                    yield batch
                    batch, load = [], 0
                batch.append(arrival)
                load += len(arrival.raw)
                left -= 1
                if left <= 0:
                    break
        if batch:
            yield batch

    def _looks(self) -> dict[str, Look]:
        looks = {}
        try:
            for file in self.path.iterdir():
                name = file.name
                if name.startswith(".") or name.lower().endswith(UNFINISHED):
                    continue
                if file.suffix.lower() in KINDS and file.is_file():
                    stat = file.stat()
                    looks[name] = (stat.st_size, stat.st_mtime_ns)
        except FileNotFoundError:  # taken away between the listing and the look
            return {}
        except OSError as error:
            raise SourceDown(f"{self.path}: {error.strerror}") from error
        return looks

    def _ready(self) -> list[_Drop]:
        """Files that are whole, oldest first."""
        now = self._looks()
        ready = {
            name: look
            for name, look in now.items()
            if not self._patient or self._before.get(name) == look
        }
        self._before = now
        self._taken = ready
        drops = []
        for name in sorted(ready, key=lambda name: (ready[name][1], name)):
            path = self.path / name
            try:
                drops.append(_Drop(path, ready[name][0], modified(path.stat())))
            except FileNotFoundError:
                continue
        return drops

    def _arrivals(self, drop: _Drop, known: Known) -> Iterator[Arrival]:
        try:
            if drop.path.suffix.lower() == ".mbox":
                yield from self._from_mbox(drop, known)
                return
            yield from self._unknown([self._single(drop)], known)
        except FileNotFoundError:
            return
        except OSError as error:  # one bad file must not hide the others
            log.warning("%s: %s is left alone: %s", self.origin, drop.path, error.strerror)

    def _single(self, drop: _Drop) -> Arrival:
        content = b""
        oversize = drop.size > self.limits.message_bytes
        if oversize:
            with drop.path.open("rb") as stream:
                content = stream.read(self.limits.header_bytes)
        else:
            content = drop.path.read_bytes()
        uid = f"{content_name(content)}:{drop.path.name}"
        if drop.path.suffix.lower() in FORM_TYPES:
            raw = enveloped(drop.path, b"" if oversize else content, self._sender)
        else:
            raw = header_block(content, self.limits.header_bytes) if oversize else content
        flaw = Flaw.OVERSIZE if oversize else None
        return Arrival(self.origin, 1, uid, raw, drop.received_at, drop.size, flaw)

    def _from_mbox(self, drop: _Drop, known: Known) -> Iterator[Arrival]:
        new, messages = False, 0
        for raw in mbox_messages(drop.path):
            messages += 1
            flaw = Flaw.OVERSIZE if len(raw) > self.limits.message_bytes else None
            kept = header_block(raw, self.limits.header_bytes) if flaw else raw
            uid = f"{content_name(raw)}:{drop.path.name}"
            arrival = Arrival(self.origin, 1, uid, kept, drop.received_at, len(raw), flaw)
            for unknown in self._unknown([arrival], known):
                new = True
                yield unknown
        if not new:
            self._shelve(drop.path, Shelf.PROCESSED if messages else Shelf.QUARANTINE)
            sync_folder(self.path)

    def _unknown(self, arrivals: Sequence[Arrival], known: Known) -> Iterator[Arrival]:
        held = set(known(1, [arrival.uid for arrival in arrivals]))
        yield from (arrival for arrival in arrivals if arrival.uid not in held)

    def acknowledge(self, receipts: Sequence[Receipt]) -> list[Receipt]:
        """See :meth:`MailSource.acknowledge`. A file that has changed since it was taken is a
        new message and stays."""
        self.open()
        try:
            for receipt in receipts:
                content, _, name = receipt.uid.partition(":")
                path = self.path / name
                if path.suffix.lower() != ".mbox" and self._still(path, content):
                    self._shelve(path, receipt.shelf)
            sync_folder(self.path)
        except OSError as error:
            raise SourceDown(f"{self.path}: {error.strerror}") from error
        return list(receipts)

    def _still(self, path: Path, content: str) -> bool:
        try:
            if path.stat().st_size > self.limits.message_bytes:
                with path.open("rb") as stream:
                    return content_name(stream.read(self.limits.header_bytes)) == content
            return content_name(path.read_bytes()) == content
        except FileNotFoundError:
            return False

    def _shelve(self, path: Path, shelf: Shelf) -> None:
        folder = self.path / shelf.value
        target = folder / path.name
        count = 1
        while target.exists():
            target = folder / f"{path.stem}~{count}{path.suffix}"
            count += 1
        path.rename(target)
        sync_folder(folder)

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """See :meth:`MailSource.wait`: looks into the folder every ``look_seconds``."""
        return wait_for(seconds, stop, self._changed, look_seconds=self._look_seconds)

    def _changed(self) -> bool:
        try:
            return any(self._taken.get(name) != look for name, look in self._looks().items())
        except SourceDown:
            return False
