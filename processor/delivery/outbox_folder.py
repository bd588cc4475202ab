"""A folder as the way out: every mail one .eml file, for one machine without an SMTP server."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from processor.delivery.sender import Outcome, Parcel, SenderDown, in_turn

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


class OutboxFolder:
    """Writes ``0000000012-opened-INC-20261122-0001.eml``: names sort in the order of the queue,
    and a mail sent twice is written over itself. A file appears whole or not at all."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def send(self, parcel: Parcel) -> Outcome:
        """See :meth:`Sender.send`: everyone is accepted for."""
        name = file_name(parcel)
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            unfinished = self.path / f".{name}.tmp"
            with unfinished.open("wb") as stream:
                stream.write(parcel.raw)
                stream.flush()
                os.fsync(stream.fileno())
            unfinished.replace(self.path / name)
            folder = os.open(self.path, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        except OSError as error:
            raise SenderDown(f"{self.path}: {error.strerror}") from error
        return Outcome(accepted=parcel.recipients)

    def send_all(self, parcels: Sequence[Parcel]) -> list[Outcome | Exception]:
        """See :meth:`Sender.send_all`."""
        return in_turn(self.send, parcels)

    def check(self) -> None:
        """Whether the folder can be written to. Raises SenderDown."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SenderDown(f"{self.path}: {error.strerror}") from error
        if not os.access(self.path, os.W_OK):
            raise SenderDown(f"{self.path}: not writable")

    def close(self) -> None:
        """Nothing is held open."""


def file_name(parcel: Parcel) -> str:
    """The file's name: outbox number (ten digits), event and incident, safe on every system."""
    parts = (f"{parcel.id:010d}", parcel.event, parcel.number)
    return "-".join(_UNSAFE.sub("_", part) for part in parts if part) + ".eml"
