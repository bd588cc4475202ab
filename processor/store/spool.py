"""Messages as they came: durable before anything is read from them, and what became of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, text, update

from processor.store.ledger import CHUNK, Ledger
from processor.store.mail_tables import spool, spool_raw
from processor.store.spooled import (
    DROPPED,
    PENDING,
    QUARANTINED,
    SETTLED,
    AlreadySettled,
    Arriving,
    SpoolEntry,
)
from processor.store.types import key_of
from processor.store.writing import Writing

_TAKING_IN = 20_261_123  # PostgreSQL's advisory lock of those who add to the spool


_FIELDS = (
    spool.c.id,
    spool.c.origin,
    spool.c.sha256,
    spool.c.size,
    spool.c.received_at,
    spool.c.flaw,
    spool.c.state,
    spool.c.attempts,
    spool.c.released,
    spool.c.disposition,
    spool.c.reason,
    spool.c.incident_number,
    spool.c.sender,
    spool.c.subject,
)
_IS_PENDING = text("state = 'pending'")  # word for word the partial index's
_PENDING = select(*_FIELDS).where(_IS_PENDING).order_by(spool.c.id)
_ONE = select(*_FIELDS).where(spool.c.id == bindparam("wanted"))
_RAW = select(spool_raw.c.raw).where(spool_raw.c.spool_id == bindparam("wanted"))
_RAWS = select(spool_raw.c.spool_id, spool_raw.c.raw).where(
    spool_raw.c.spool_id.in_(bindparam("wanted", expanding=True))
)
_ATTEMPT = (
    update(spool).where(spool.c.id == bindparam("wanted")).values(attempts=spool.c.attempts + 1)
)
_SAME = select(spool.c.id, spool.c.message_id, spool.c.digest).where(
    spool.c.message_id.in_(bindparam("mids", expanding=True)),
    spool.c.message_id != "",
    spool.c.state == SETTLED,
)
_SETTLE = (
    update(spool)
    .where(spool.c.id == bindparam("wanted"), _IS_PENDING)
    .values(
        state=bindparam("to_state"),
        disposition=bindparam("to_disposition"),
        reason=bindparam("to_reason"),
        incident_number=bindparam("to_number"),
        message_id=bindparam("to_message_id"),
        digest=bindparam("to_digest"),
        sender=bindparam("to_sender"),
        subject=bindparam("to_subject"),
        steps=bindparam("to_steps"),
        settled_at=bindparam("to_at"),
    )
)


class Spool(Ledger):
    """The spool, and its ledger, inside one unit of work."""

    def __init__(self, writing: Writing) -> None:
        super().__init__(writing)
        # (Message-ID, digest) → settled messages: of the ids looked up, and in this unit of work
        self._settled: dict[tuple[str, str], list[int]] = {}
        self._looked_up: set[str] = set()

    def forget(self) -> None:
        """After a rollback: nothing was settled."""
        self._settled.clear()
        self._looked_up.clear()

    def add_many(self, arrivals: Sequence[Arriving], now: datetime) -> list[SpoolEntry]:
        """Take in a batch, in order. Idempotent: by origin, UIDVALIDITY and UID, and by content;
        a message that is here already is only noted in the ledger under its further name. One
        with a flaw is what its name says: of such ones the bytes do not tell which they are."""
        if self._writing.dialect.name == "postgresql":
            # two mailboxes often get one mail at the same time; SQLite has one writer anyway
            self._writing.execute(select(func.pg_advisory_xact_lock(_TAKING_IN)))
        prints = [_print(arrival) for arrival in arrivals]
        known = self._by_print(prints)
        fresh: dict[str, Arriving] = {}
        for mark, arrival in zip(prints, arrivals, strict=True):
            if mark not in known:
                fresh.setdefault(mark, arrival)
        if fresh:
            self._writing.execute(
                insert(spool),
                [
                    {
                        "origin": arrival.origin,
                        "sha256": mark,
                        "size": arrival.size,
                        "received_at": arrival.received_at or now,
                        "flaw": str(arrival.flaw or ""),
                    }
                    for mark, arrival in fresh.items()
                ],
            )
            added = self._by_print(list(fresh))
            self._writing.execute(
                insert(spool_raw),
                [
                    {"spool_id": added[mark].id, "raw": arrival.raw}
                    for mark, arrival in fresh.items()
                ],
            )
            known |= added
        self._note(arrivals, [known[mark].id for mark in prints])
        return [_entry(known[mark], mark in fresh) for mark in prints]

    def _by_print(self, prints: Sequence[str]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for start in range(0, len(prints), CHUNK):
            some = prints[start : start + CHUNK]
            rows = self._writing.execute(select(*_FIELDS).where(spool.c.sha256.in_(some)))
            found.update((row.sha256, row) for row in rows)
        return found

    def pending(self, limit: int) -> list[SpoolEntry]:
        """What is still to be settled, oldest first."""
        return [_entry(row) for row in self._writing.execute(_PENDING.limit(limit))]

    def get(self, spool_id: int) -> SpoolEntry | None:
        """One message's row."""
        row = self._writing.execute(_ONE, {"wanted": spool_id}).one_or_none()
        return _entry(row) if row is not None else None

    def raw(self, spool_id: int) -> bytes:
        """The bytes as they came. Raises LookupError when retention took them."""
        row = self._writing.execute(_RAW, {"wanted": spool_id}).one_or_none()
        if row is None:
            raise LookupError(f"spool {spool_id} has no bytes any more")
        return bytes(row.raw)

    def raws(self, ids: Sequence[int]) -> dict[int, bytes]:
        """The bytes of several messages; what retention took is missing."""
        rows = self._writing.execute(_RAWS, {"wanted": list(ids)})
        return {row.spool_id: bytes(row.raw) for row in rows}

    def begin_attempts(self, ids: Iterable[int]) -> None:
        """Count an attempt before it is made: what kills the process is known afterwards."""
        rows = [{"wanted": one} for one in ids]
        if rows:
            self._writing.execute(_ATTEMPT, rows)

    def same_message(self, message_id: str, digest: str, besides: int) -> list[int]:
        """The settled messages, other than ``besides``, with this Message-ID and fingerprint;
        the first one first."""
        if not message_id:
            return []
        if message_id not in self._looked_up:
            self.look_up([message_id])
        twins = self._settled.get((message_id, digest), ())
        return sorted(one for one in twins if one != besides)

    def look_up(self, message_ids: Sequence[str]) -> None:
        """Find at once what :meth:`same_message` is going to be asked for."""
        asked = {key_of(one): one for one in message_ids if one} if message_ids else {}
        for row_id, found, digest in self._writing.execute(_SAME, {"mids": list(asked)}):
            self._settled.setdefault((asked[found], digest), []).append(row_id)
        self._looked_up.update(message_ids)

    def settle(
        self,
        spool_id: int,
        *,
        disposition: str,
        reason: str,
        incident_number: str,
        at: datetime,
        steps: Sequence[str],
        message_id: str = "",
        digest: str = "",
        sender: str = "",
        subject: str = "",
    ) -> None:
        """Write down how a pending message ended; "quarantined" keeps it apart.

        When it is not pending, AlreadySettled is raised at the end of the unit of work at the
        latest: nothing comes of a message twice.
        """
        state = QUARANTINED if disposition == QUARANTINED else SETTLED
        row = {
            "wanted": spool_id,
            "to_state": state,
            "to_disposition": disposition,
            "to_reason": reason,
            "to_number": incident_number,
            "to_message_id": message_id,
            "to_digest": digest,
            "to_sender": sender,
            "to_subject": subject,
            "to_steps": tuple(steps),
            "to_at": at,
        }
        self._writing.later(_SETTLE, [row], check=_all_pending)
        if state == SETTLED:
            self._settled.setdefault((message_id, digest), []).append(spool_id)

    def quarantined(self, limit: int = 1000) -> list[SpoolEntry]:
        """What was kept apart, oldest first."""
        query = (
            select(*_FIELDS).where(spool.c.state == QUARANTINED).order_by(spool.c.id).limit(limit)
        )
        return [_entry(row) for row in self._writing.execute(query)]

    def release(self, spool_id: int) -> SpoolEntry | None:
        """Back from quarantine to be settled anew, marked as released and its attempts
        forgotten; None when it is not in quarantine."""
        done = self._writing.execute(
            update(spool)
            .where(spool.c.id == spool_id, spool.c.state == QUARANTINED)
            .values(state=PENDING, attempts=0, released=True, disposition="", reason="")
        )
        return self.get(spool_id) if done.rowcount else None

    def drop(self, spool_id: int, at: datetime) -> bool:
        """Off the quarantine list for good; False when it was not on it."""
        done = self._writing.execute(
            update(spool)
            .where(spool.c.id == spool_id, spool.c.state == QUARANTINED)
            .values(state=DROPPED, settled_at=at)
        )
        return bool(done.rowcount)

    def waiting(self) -> Mapping[str, list[datetime]]:
        """Since when each message that is pending or in quarantine is here."""
        return {
            state: list(
                self._writing.execute(
                    select(spool.c.received_at).where(spool.c.state == state)
                ).scalars()
            )
            for state in (PENDING, QUARANTINED)
        }

    def last_from(self, origins: Iterable[str]) -> dict[str, datetime]:
        """When the newest message of each origin came; those that never had one are left out."""
        found = {}
        for origin in origins:
            newest = (
                select(spool.c.received_at)
                .where(spool.c.origin == origin)
                .order_by(spool.c.id.desc())
                .limit(1)
            )
            at = self._writing.execute(newest).scalar()
            if at is not None:
                found[origin] = at
        return found


def _all_pending(settled: int, rows: Sequence[Mapping[str, Any]]) -> None:
    if settled != len(rows):
        raise AlreadySettled(rows[0]["wanted"])  # one of these; alone, it says which


def _print(arrival: Arriving) -> str:
    found = hashlib.sha256(arrival.raw)
    if arrival.flaw:
        name = f"\0{arrival.origin}\0{arrival.uidvalidity}\0{arrival.uid}"
        found.update(name.encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def _entry(row: Any, new: bool = False) -> SpoolEntry:
    entry = SpoolEntry(*row)
    return replace(entry, new=True) if new else entry
