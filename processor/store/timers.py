"""Timers of incidents: each (incident, kind, name) rings at most once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Executable, bindparam, delete, func, select, update

from processor.store.tables import timers
from processor.store.upserts import insert_into
from processor.store.writing import Writing


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

_CANCEL_ALL = delete(timers).where(
    timers.c.number == bindparam("of"),
    timers.c.kind == bindparam("of_kind"),
    timers.c.fired_at.is_(None),
)


@cache
def _put(dialect: str) -> Executable:
    statement = insert_into(timers, dialect)
    return statement.on_conflict_do_update(
        index_elements=["number", "kind", "name"],
        set_={"due_at": statement.excluded.due_at},
        where=timers.c.fired_at.is_(None),
    )


class Timers:
    """Timers inside one unit of work."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._put = _put(writing.dialect.name)

    def put(self, number: str, kind: str, due: Mapping[str, datetime]) -> None:
        """Ring each timer (by name) at its time; one that is set already moves there, one that
        rang stays silent."""
        rows = [
            {"number": number, "kind": kind, "name": name, "due_at": due_at}
            for name, due_at in due.items()
        ]
        self._writing.later(self._put, rows)

    def cancel(self, number: str, kind: str, names: Iterable[str]) -> None:
        """Do not ring. One that rang keeps its mark, so that it never rings again."""
        rows = [{"of": number, "of_kind": kind, "of_name": name} for name in names]
        if rows:
            self._writing.execute(_CANCEL, rows)

    def cancel_all(self, number: str, kind: str) -> None:
        """The same for every timer of that kind."""
        self._writing.execute(_CANCEL_ALL, {"of": number, "of_kind": kind})

    def due(self, now: datetime, limit: int) -> list[Timer]:
        """What should have rung by ``now``, the longest overdue first."""
        rows = self._writing.execute(_DUE.limit(limit), {"now": now})
        return [Timer(*row) for row in rows]

    def fired(self, timer_id: int, at: datetime) -> bool:
        """Mark it as rung; False when somebody else was faster."""
        done = self._writing.execute(_FIRED, {"wanted": timer_id, "when_fired": at})
        return done.rowcount == 1

    def overdue(self, now: datetime) -> int:
        """How many should have rung by ``now``."""
        count = self._writing.execute(
            select(func.count()).where(timers.c.fired_at.is_(None), timers.c.due_at <= now)
        ).scalar_one()
        return int(count)
