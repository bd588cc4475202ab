"""Timers of incidents: each (incident, kind, name) rings at most once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from processor.store.tables import timers


@dataclass(frozen=True, slots=True)
class Timer:
    """Due at ``due_at`` (aware)."""

    id: int
    number: str
    kind: str
    name: str
    due_at: datetime


_DUE = (
    select(timers.c.id, timers.c.number, timers.c.kind, timers.c.name, timers.c.due_at)
    .where(timers.c.fired_at.is_(None), timers.c.due_at <= bindparam("now"))
    .order_by(timers.c.due_at, timers.c.id)
)
_FIRED = (
    update(timers)
    .where(timers.c.id == bindparam("wanted"), timers.c.fired_at.is_(None))
    .values(fired_at=bindparam("when_fired"))
)
_CANCEL = delete(timers).where(
    timers.c.number == bindparam("of"),
    timers.c.kind == bindparam("of_kind"),
    timers.c.name == bindparam("of_name"),
    timers.c.fired_at.is_(None),
)


class Timers:
    """Timers inside one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        into = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        statement = into(timers)
        self._put = statement.on_conflict_do_update(
            index_elements=["number", "kind", "name"],
            set_={"due_at": statement.excluded.due_at},
            where=timers.c.fired_at.is_(None),
        )

    def put(self, number: str, kind: str, name: str, due_at: datetime) -> None:
        """Ring at ``due_at``; one that is set already moves there, one that rang stays silent."""
        self._connection.execute(
            self._put, {"number": number, "kind": kind, "name": name, "due_at": due_at}
        )

    def cancel(self, number: str, kind: str, name: str) -> None:
        """Do not ring. One that rang keeps its mark, so that it never rings again."""
        self._connection.execute(_CANCEL, {"of": number, "of_kind": kind, "of_name": name})

    def due(self, now: datetime, limit: int) -> list[Timer]:
        """What should have rung by ``now``, the longest overdue first."""
        rows = self._connection.execute(_DUE.limit(limit), {"now": now})
        return [Timer(*row) for row in rows]

    def fired(self, timer_id: int, at: datetime) -> bool:
        """Mark it as rung; False when somebody else was faster."""
        done = self._connection.execute(_FIRED, {"wanted": timer_id, "when_fired": at})
        return done.rowcount == 1

    def overdue(self, now: datetime) -> int:
        """How many should have rung by ``now``."""
        count = self._connection.execute(
            select(func.count()).where(timers.c.fired_at.is_(None), timers.c.due_at <= now)
        ).scalar_one()
        return int(count)
