"""The outbox as the dispatcher sees it, in memory: each ``with`` is one transaction."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Self


@dataclass(frozen=True)
class Entry:
    id: int
    queued_at: datetime
    mailbox: str = "desk"
    event: str = "opened"
    number: str = "INC-20261122-0001"
    envelope_from: str = "desk@desk.test"
    recipients: tuple[str, ...] = ("a@b.test",)
    raw: bytes = b"Message-ID: <%d@desk.test>\r\n\r\nx\r\n"
    attempts: int = 0
    state: str = "queued"
    next_at: datetime | None = None
    error: str = ""
    sent_at: datetime | None = None


@dataclass
class Outbox:
    rows: dict[int, Entry] = field(default_factory=dict)

    def claim(self, now: datetime, limit: int, lease_seconds: int, owner: str) -> list[Entry]:
        due = [
            row
            for row in self.rows.values()
            if row.state in ("queued", "sending") and (row.next_at or row.queued_at) <= now
        ][:limit]
        for row in due:
            until = now + timedelta(seconds=lease_seconds)
            self.rows[row.id] = replace(
                row, state="sending", next_at=until, attempts=row.attempts + 1
            )
        return [self.rows[row.id] for row in due]

    def _set(self, number: int, **changes: Any) -> None:
        self.rows[number] = replace(self.rows[number], **changes)

    def sent(self, number: int, at: datetime, *, note: str = "") -> None:
        self._set(number, state="sent", sent_at=at, error=note)

    def retry(
        self,
        number: int,
        error: str,
        next_at: datetime,
        *,
        recipients: tuple[str, ...] | None = None,
    ) -> None:
        left = recipients or self.rows[number].recipients
        self._set(number, state="queued", error=error, next_at=next_at, recipients=left)

    def dead(self, number: int, error: str, at: datetime) -> None:
        self._set(number, state="dead", error=error)


class StoreInMemory:
    def __init__(self) -> None:
        self.outbox = Outbox()
        self.commits = 0

    def queue(self, at: datetime, count: int = 1, **fields: Any) -> None:
        for _ in range(count):
            number = len(self.outbox.rows) + 1
            raw = b"Message-ID: <%d@desk.test>\r\n\r\nx\r\n" % number
            given = {"raw": raw, "number": f"INC-20261122-{number:04}"} | fields
            self.outbox.rows[number] = Entry(number, at, **given)

    @contextmanager
    def begin(self) -> Iterator[Self]:
        before = copy.copy(self.outbox.rows)
        try:
            yield self
        except BaseException:
            self.outbox.rows = before
            raise
        self.commits += 1
