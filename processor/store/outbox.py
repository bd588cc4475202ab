"""Mails on their way out: queued with their cause, claimed by lease, sent or given up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Executable, and_, bindparam, func, or_, select, text, update

from processor.domain.outgoing import Outgoing
from processor.store.mail_tables import outbox
from processor.store.types import key_of
from processor.store.upserts import insert_into

QUEUED, SENDING, SENT, DEAD, DROPPED = "queued", "sending", "sent", "dead", "dropped"


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """A queued mail. ``attempts`` counts this one; times are aware."""

    id: int
    message_id: str
    event: str
    number: str
    mailbox: str
    envelope_from: str
    recipients: tuple[str, ...]
    subject: str
    state: str
    queued_at: datetime
    next_at: datetime
    attempts: int
    error: str
    raw: bytes = field(repr=False, default=b"")


_FIELDS = tuple(
    outbox.c[name]
    for name in (
        "id",
        "message_id",
        "event",
        "number",
        "mailbox",
        "envelope_from",
        "recipients",
        "subject",
        "state",
        "queued_at",
        "next_at",
        "attempts",
        "error",
    )
)
_CLAIMABLE = or_(
    and_(outbox.c.state == QUEUED, outbox.c.next_at <= bindparam("now")),
    and_(outbox.c.state == SENDING, outbox.c.lease_until <= bindparam("now")),
)
_WAITING = text("state IN ('queued', 'sending')")  # word for word the partial index's
_NEXT = select(outbox.c.id).where(_WAITING, _CLAIMABLE).order_by(outbox.c.id)
_DEAD = text("state = 'dead'")
_CLAIM = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)))
    .values(
        state=SENDING,
        lease_owner=bindparam("lender"),
        lease_until=bindparam("until"),
        attempts=outbox.c.attempts + 1,
    )
    .returning(*_FIELDS, outbox.c.raw)
)
_SENT = (
    update(outbox)
    .where(outbox.c.id == bindparam("wanted"))
    .values(state=SENT, sent_at=bindparam("when_sent"), error=bindparam("remark"), lease_until=None)
)


@cache
def _queue(dialect: str) -> Executable:
    return insert_into(outbox, dialect).on_conflict_do_nothing().returning(outbox.c.key)


class Outbox:
    """The outbox inside one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows_lock = connection.dialect.name == "postgresql"
        self._queue = _queue(connection.dialect.name)

    def queue(self, mail: Outgoing, now: datetime) -> bool:
        """Queue a mail to leave from ``now`` on; False when its cause had queued it before."""
        return bool(self.queue_many([mail], now))

    def queue_many(self, letters: Sequence[Outgoing], now: datetime) -> list[Outgoing]:
        """Queue mails to leave from ``now`` on, in order; returns those whose cause had not
        queued them before."""
        if not letters:
            return []
        rows = [
            {
                "key": mail.key,
                "message_id": mail.message_id,
                "event": mail.event,
                "number": mail.number,
                "mailbox": mail.mailbox,
                "envelope_from": mail.envelope_from,
                "recipients": mail.recipients,
                "subject": mail.subject,
                "raw": mail.raw,
                "queued_at": now,
                "next_at": now,
            }
            for mail in letters
        ]
        added = set(self._connection.execute(self._queue, rows).scalars())
        first: dict[str, Outgoing] = {}
        for mail in letters:
            first.setdefault(key_of(mail.key), mail)
        return [mail for key, mail in first.items() if key in added]

    def claim(self, now: datetime, limit: int, lease_seconds: int, owner: str) -> list[OutboxEntry]:
        """At most ``limit`` mails that are due, in the order of the queue, leased to ``owner``
        for ``lease_seconds``; one whose lease ran out is due again."""
        query = _NEXT.limit(limit)
        if self._rows_lock:
            query = query.with_for_update(skip_locked=True)
        ids = list(self._connection.execute(query, {"now": now}).scalars())
        if not ids:
            return []
        rows = self._connection.execute(
            _CLAIM,
            {"ids": ids, "lender": owner, "until": now + timedelta(seconds=lease_seconds)},
        )
        return sorted((_entry(row) for row in rows), key=lambda entry: entry.id)

    def sent(self, entry_id: int, at: datetime, note: str = "") -> None:
        """It was accepted at ``at``; ``note`` names recipients who refused it."""
        self._connection.execute(_SENT, {"wanted": entry_id, "when_sent": at, "remark": note})

    def retry(
        self,
        entry_id: int,
        error: str,
        next_at: datetime | None,
        recipients: tuple[str, ...] | None = None,
    ) -> None:
        """Try again at ``next_at``, for ``recipients`` only where the others are done with."""
        values: dict[str, Any] = {"state": QUEUED, "error": error, "lease_until": None}
        if next_at is not None:
            values["next_at"] = next_at
        if recipients is not None:
            values["recipients"] = recipients
        self._connection.execute(update(outbox).where(outbox.c.id == entry_id).values(**values))

    def dead(self, entry_id: int, error: str, at: datetime) -> None:
        """Given up at ``at``."""
        self._connection.execute(
            update(outbox)
            .where(outbox.c.id == entry_id)
            .values(state=DEAD, error=error, next_at=at, lease_until=None)
        )

    def requeue(self, entry_id: int, now: datetime) -> bool:
        """Send it at once, also when it was given up; False when it is not waiting or dead."""
        done = self._connection.execute(
            update(outbox)
            .where(outbox.c.id == entry_id, outbox.c.state.in_((QUEUED, SENDING, DEAD)))
            .values(state=QUEUED, next_at=now, queued_at=now, attempts=0, lease_until=None)
        )
        return bool(done.rowcount)

    def drop(self, entry_id: int) -> bool:
        """Never send it; False when it is not waiting or dead."""
        done = self._connection.execute(
            update(outbox)
            .where(outbox.c.id == entry_id, outbox.c.state.in_((QUEUED, SENDING, DEAD)))
            .values(state=DROPPED)
        )
        return bool(done.rowcount)

    def get(self, entry_id: int) -> OutboxEntry | None:
        """One mail with its bytes."""
        row = self._connection.execute(
            select(*_FIELDS, outbox.c.raw).where(outbox.c.id == entry_id)
        ).one_or_none()
        return _entry(row) if row is not None else None

    def list(self, state: str, limit: int = 1000) -> list[OutboxEntry]:
        """Mails in a state, in the order of the queue, without their bytes."""
        query = select(*_FIELDS).where(outbox.c.state == state).order_by(outbox.c.id).limit(limit)
        return [_entry(row) for row in self._connection.execute(query)]

    def ages(self) -> Mapping[str, tuple[int, datetime | None]]:
        """How many wait, are being sent and are dead, and since when the oldest of each is."""
        found: dict[str, tuple[int, datetime | None]] = {}
        for state, among in ((QUEUED, _WAITING), (SENDING, _WAITING), (DEAD, _DEAD)):
            row = self._connection.execute(
                select(func.count(), func.min(outbox.c.queued_at)).where(
                    among, outbox.c.state == state
                )
            ).one()
            found[state] = (row[0], row[1])
        return found


def _entry(row: Any) -> OutboxEntry:
    return OutboxEntry(*row)
