"""The ledger of servers: every UID ever shown, and which message it stands for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Executable, bindparam, select, text, update

from processor.store.mail_tables import ledger, spool
from processor.store.spooled import PENDING, Arriving, ServerUid
from processor.store.types import key_of
from processor.store.upserts import insert_into
from processor.store.writing import Writing

CHUNK = 500  # values in one IN
_LOOK = 4 * CHUNK  # names that are looked through for what can be told to their source

_KNOWN = select(ledger.c.uid).where(
    ledger.c.origin == bindparam("source"),
    ledger.c.uidvalidity == bindparam("validity"),
    ledger.c.uid.in_(bindparam("uids", expanding=True)),
)
# Messages are settled nearly in the order of their ids, so that what can be told is found at the
# beginning: a look of bounded length does not read through the whole backlog behind it.
_LOOKED = (
    select(ledger.c.id, ledger.c.uidvalidity, ledger.c.uid, ledger.c.spool_id)
    .where(ledger.c.origin == bindparam("source"), text("acknowledged_at IS NULL"))
    .order_by(ledger.c.spool_id, ledger.c.id)
    .limit(_LOOK)
    .subquery("looked_open")
)
_OPEN = (
    select(_LOOKED.c.uidvalidity, _LOOKED.c.uid, _LOOKED.c.spool_id, spool.c.disposition)
    .join(spool, spool.c.id == _LOOKED.c.spool_id)
    .where(spool.c.state != PENDING)
    .order_by(_LOOKED.c.spool_id, _LOOKED.c.id)
    .limit(CHUNK)
)
_ACKNOWLEDGE = (
    update(ledger)
    .where(
        ledger.c.origin == bindparam("source"),
        ledger.c.uidvalidity == bindparam("validity"),
        ledger.c.uid == bindparam("name"),
    )
    .values(acknowledged_at=bindparam("when_done"))
)


@cache
def _note(dialect: str) -> Executable:
    return insert_into(ledger, dialect).on_conflict_do_nothing()


class Ledger:
    """The ledger inside one unit of work."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing

    def _note(self, arrivals: Sequence[Arriving], ids: Sequence[int]) -> None:
        rows = [
            {
                "origin": arrival.origin,
                "uidvalidity": arrival.uidvalidity,
                "uid": arrival.uid,
                "spool_id": spool_id,
            }
            for arrival, spool_id in zip(arrivals, ids, strict=True)
        ]
        if rows:
            self._writing.execute(_note(self._writing.dialect.name), rows)

    def known(self, origin: str, uidvalidity: int, uids: Sequence[str]) -> set[str]:
        """Those of ``uids`` that the ledger holds."""
        asked = {key_of(uid): uid for uid in uids}
        keys = list(asked)
        found: set[str] = set()
        for start in range(0, len(keys), CHUNK):
            row = {"source": origin, "validity": uidvalidity, "uids": keys[start : start + CHUNK]}
            found.update(asked[uid] for uid in self._writing.execute(_KNOWN, row).scalars())
        return found

    def unacknowledged(self, origin: str) -> list[ServerUid]:
        """What is settled here and not yet said so at its source, oldest first (at most 500)."""
        return [
            ServerUid(row.uidvalidity, row.uid, row.spool_id, row.disposition)
            for row in self._writing.execute(_OPEN, {"source": origin})
        ]

    def acknowledge(self, origin: str, names: Collection[tuple[int, str]], at: datetime) -> None:
        """The source has put these (UIDVALIDITY, UID) on their shelves."""
        rows = [
            {"source": origin, "validity": validity, "name": uid, "when_done": at}
            for validity, uid in names
        ]
        if rows:
            self._writing.execute(_ACKNOWLEDGE, rows)
