"""Mails on their way out: queued with their cause, claimed by lease, sent or given up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from typing import Any

from sqlalchemy import Executable, bindparam, insert, select, text, update

from processor.domain.outgoing import Outgoing
from processor.store.lanes import BEHIND, NEXT, WAITING, lane_of
from processor.store.mail_tables import outbox, outbox_raw
from processor.store.outbox_entries import (
    DEAD,
    DROPPED,
    FIELDS,
    QUEUED,
    SENDING,
    SENT,
    OutboxEntry,
    entry_of,
)
from processor.store.types import key_of
from processor.store.upserts import insert_into
from processor.store.writing import Writing

_CLAIM = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)), WAITING)
    .values(
        state=SENDING,
        lease_owner=bindparam("lender"),
        next_at=bindparam("until"),
        attempts=outbox.c.attempts + 1,
    )
    .returning(*FIELDS)
)
_RAW = select(outbox_raw.c.outbox_id, outbox_raw.c.raw).where(
    outbox_raw.c.outbox_id.in_(bindparam("ids", expanding=True))
)
# mails are filed by what the outbox found new, so it is written before they are read
_TABLES = frozenset({outbox.name, outbox_raw.name, "mails"})
_DEAD = text("state = 'dead'")  # word for word as in the partial index
_LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)
_ADD_RAW = insert(outbox_raw)
_SENT = (
    update(outbox)
    .where(outbox.c.id == bindparam("wanted"), WAITING)
    .values(state=SENT, sent_at=bindparam("when_sent"), error=bindparam("remark"))
)


@cache
def _queue(dialect: str) -> Executable:
    statement = insert_into(outbox, dialect).on_conflict_do_nothing()
    return statement.returning(outbox.c.id, outbox.c.key)


class Queued:
    """A mail that is queued with its transaction."""

    __slots__ = ("_mail", "_written", "at", "new")

    def __init__(self, written: Callable[[], Outgoing], at: datetime) -> None:
        self._written = written
        self._mail: Outgoing | None = None
        self.at = at
        self.new = False

    @property
    def mail(self) -> Outgoing:
        """The mail; waits until it is written."""
        if self._mail is None:
            self._mail = self._written()
        return self._mail


def _given(mail: Outgoing) -> Outgoing:
    return mail


class Outbox:
    """The outbox inside one unit of work."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._queue = _queue(writing.dialect.name)

    def queue(self, mail: Outgoing, now: datetime) -> bool:
        """Queue a mail to leave from ``now`` on; False when its cause had queued it before."""
        (queued,) = self.queue_many([mail], now)
        self._writing.write()
        return queued.new

    def queue_many(self, letters: Sequence[Outgoing], now: datetime) -> list[Queued]:
        """Queue mails to leave from ``now`` on, in order. Each is ``new`` once it is written, if
        its cause had not queued it before."""
        return self.queue_written([partial(_given, mail) for mail in letters], now)

    def queue_written(
        self, written: Sequence[Callable[[], Outgoing]], now: datetime
    ) -> list[Queued]:
        """As :meth:`queue_many`, of mails that may still be being written: each is asked for when
        the transaction's mails are."""
        queued = [Queued(one, now) for one in written]
        self._writing.bundle(_ADD_RAW, _TABLES, self._insert, queued, last=True)
        return queued

    def _insert(self, waiting: Sequence[Queued]) -> None:
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
                "queued_at": at,
                "next_at": at,
                "lane": lane_of(mail),
            }
            for mail, at in ((one.mail, one.at) for one in waiting)
        ]
        added = {key: row_id for row_id, key in self._writing.execute_past(self._queue, rows)}
        raws = []
        for one in waiting:
            row_id = added.pop(key_of(one.mail.key), None)
            if row_id is not None:
                one.new = True
                raws.append({"outbox_id": row_id, "raw": one.mail.raw})
        if raws:
            self._writing.execute_past(_ADD_RAW, raws)

    def claim(self, now: datetime, limit: int, lease_seconds: int, owner: str) -> list[OutboxEntry]:
        """At most ``limit`` mails that are due, in the order of the queue, leased to ``owner``
        for ``lease_seconds``; one whose lease ran out is due again.

        Mails of one incident to the same recipients keep their order: none is taken while an
        earlier one waits for its time or is being sent by somebody else.
        """
        found = self._writing.execute(NEXT, {"now": now, "most": limit})
        ids: set[int] = set()
        for entry_id, behind in sorted(found):
            if behind is None or behind in ids:
                ids.add(entry_id)
        if not ids:
            return []
        rows = self._writing.execute(
            _CLAIM,
            {"ids": sorted(ids), "lender": owner, "until": now + timedelta(seconds=lease_seconds)},
        ).all()
        raws = self._raws(ids)
        return [entry_of(row, raws[row.id]) for row in sorted(rows, key=lambda row: row.id)]

    def _raws(self, ids: Iterable[int]) -> dict[int, bytes]:
        rows = self._writing.execute(_RAW, {"ids": list(ids)})
        return {row.outbox_id: bytes(row.raw) for row in rows}

    def sent(self, entry_id: int, at: datetime, note: str = "") -> None:
        """It was accepted at ``at``; ``note`` names recipients who refused it. Nothing happens
        to what is not waiting any more; so with ``retry`` and ``dead``."""
        self._writing.execute(_SENT, {"wanted": entry_id, "when_sent": at, "remark": note})

    def retry(
        self,
        entry_id: int,
        error: str,
        next_at: datetime | None,
        recipients: tuple[str, ...] | None = None,
    ) -> None:
        """Try again at ``next_at`` (None: at once), for ``recipients`` only where the others are
        done with. Later mails of the same incident to the same recipients wait with it, also
        those that were claimed together with it: these must not be sent."""
        values: dict[str, Any] = {"state": QUEUED, "error": error, "next_at": outbox.c.queued_at}
        if next_at is not None:
            values["next_at"] = next_at
        if recipients is not None:
            values["recipients"] = recipients
        lane = self._writing.execute(
            update(outbox)
            .where(outbox.c.id == entry_id, WAITING)
            .values(**values)
            .returning(outbox.c.lane)
        ).scalar()
        if lane is not None:
            self._writing.execute(
                BEHIND, {"of": lane, "before": entry_id, "to_time": next_at or _LONG_AGO}
            )

    def dead(self, entry_id: int, error: str, at: datetime) -> None:
        """Given up at ``at``."""
        self._writing.execute(
            update(outbox)
            .where(outbox.c.id == entry_id, WAITING)
            .values(state=DEAD, error=error, next_at=at)
        )

    def requeue(self, entry_id: int, now: datetime) -> bool:
        """Send it at once, also when it was given up; False when it is not waiting or dead."""
        done = self._writing.execute(
            update(outbox)
            .where(outbox.c.id == entry_id, outbox.c.state.in_((QUEUED, SENDING, DEAD)))
            .values(state=QUEUED, next_at=now, queued_at=now, attempts=0)
        )
        return bool(done.rowcount)

    def drop(self, entry_id: int) -> bool:
        """Never send it; False when it is not waiting or dead."""
        done = self._writing.execute(
            update(outbox)
            .where(outbox.c.id == entry_id, outbox.c.state.in_((QUEUED, SENDING, DEAD)))
            .values(state=DROPPED)
        )
        return bool(done.rowcount)

    def get(self, entry_id: int) -> OutboxEntry | None:
        """One mail with its bytes."""
        row = self._writing.execute(select(*FIELDS).where(outbox.c.id == entry_id)).one_or_none()
        return entry_of(row, self._raws([entry_id])[entry_id]) if row is not None else None

    def list(self, state: str, limit: int = 1000) -> list[OutboxEntry]:
        """Mails in a state, in the order of the queue, without their bytes."""
        query = select(*FIELDS).where(outbox.c.state == state).order_by(outbox.c.id).limit(limit)
        return [entry_of(row) for row in self._writing.execute(query)]

    def waiting(self) -> Mapping[str, Sequence[datetime]]:
        """Since when each mail that waits, is being sent or is dead is here."""
        return {
            state: self._writing.execute(
                select(outbox.c.queued_at).where(among, outbox.c.state == state)
            )
            .scalars()
            .all()
            for state, among in ((QUEUED, WAITING), (SENDING, WAITING), (DEAD, _DEAD))
        }
