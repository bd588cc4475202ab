"""What goes into the spool and what is read from it, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from processor.domain.errors import Fault

PENDING, SETTLED, QUARANTINED, DROPPED = "pending", "settled", "quarantined", "dropped"


class AlreadySettled(Fault):
    """Another process was faster; what this transaction did comes to nothing with it."""

    def __init__(self, spool_id: int) -> None:
        super().__init__(f"message {spool_id} of the spool is not pending any more")
        self.spool_id = spool_id


class Arriving(Protocol):
    """What intake hands over; ``(origin, uidvalidity, uid)`` names it for good. ``size`` is the
    whole message's, in bytes; with a ``flaw`` ``raw`` is only a part of it."""

    @property
    def origin(self) -> str: ...
    @property
    def uidvalidity(self) -> int: ...
    @property
    def uid(self) -> str: ...
    @property
    def raw(self) -> bytes: ...
    @property
    def received_at(self) -> datetime | None: ...
    @property
    def size(self) -> int: ...
    @property
    def flaw(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class SpoolEntry:
    """One message taken in. ``size`` in bytes; ``received_at`` aware; ``released``: somebody let
    it out of quarantine; ``new`` is False when the same bytes were here before, then the other
    fields tell of that time."""

    id: int
    origin: str
    sha256: str
    size: int
    received_at: datetime
    flaw: str
    state: str
    attempts: int
    released: bool
    disposition: str
    reason: str
    incident_number: str
    sender: str
    subject: str
    new: bool = False


@dataclass(frozen=True, slots=True)
class ServerUid:
    """A message at its source, and how it ended here."""

    uidvalidity: int
    uid: str
    spool_id: int
    disposition: str
