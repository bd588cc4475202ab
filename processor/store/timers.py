"""Timers of incidents, problems and changes: each (record, kind, name) rings at most once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Executable, Select, Table, bindparam, delete, func, select, update

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


@dataclass(frozen=True, slots=True)
class _Statements:
    put: Executable
    due: Select[tuple[int, str, str, str, datetime]]
    fired: Executable
    cancel: Executable
    cancel_all: Executable


@cache
def _statements(table: Table, dialect: str) -> _Statements:
    insert = insert_into(table, dialect)
    c = table.c
    of_kind = (c.number == bindparam("of"), c.kind == bindparam("of_kind"), c.fired_at.is_(None))
    return _Statements(
        put=insert.on_conflict_do_update(
            index_elements=["number", "kind", "name"],
            set_={"due_at": insert.excluded.due_at},
            where=c.fired_at.is_(None),
        ),
        due=select(c.id, c.number, c.kind, c.name, c.due_at)
        .where(c.fired_at.is_(None), c.due_at <= bindparam("now"))
        .order_by(c.due_at, c.id),
        fired=update(table)
        .where(c.id == bindparam("wanted"), c.fired_at.is_(None))
        .values(fired_at=bindparam("when_fired")),
        cancel=delete(table).where(*of_kind, c.name == bindparam("of_name")),
        cancel_all=delete(table).where(*of_kind),
    )


class Timers:
    """Timers inside one unit of work; ``table`` holds those of one family of records."""

    def __init__(self, writing: Writing, table: Table = timers) -> None:
        self._writing = writing
        self._table = table
        self._say = _statements(table, writing.dialect.name)

    def put(self, number: str, kind: str, due: Mapping[str, datetime]) -> None:
        """Ring each timer (by name) at its time; one that is set already moves there, one that
        rang stays silent."""
        rows = [
            {"number": number, "kind": kind, "name": name, "due_at": due_at}
            for name, due_at in due.items()
        ]
        self._writing.later(self._say.put, rows)

    def cancel(self, number: str, kind: str, names: Iterable[str]) -> None:
        """Do not ring. One that rang keeps its mark, so that it never rings again."""
        rows = [{"of": number, "of_kind": kind, "of_name": name} for name in names]
        if rows:
            self._writing.execute(self._say.cancel, rows)

    def cancel_all(self, number: str, kind: str) -> None:
        """The same for every timer of that kind."""
        self._writing.execute(self._say.cancel_all, {"of": number, "of_kind": kind})

    def due(self, now: datetime, limit: int) -> list[Timer]:
        """What should have rung by ``now``, the longest overdue first."""
        rows = self._writing.execute(self._say.due.limit(limit), {"now": now})
        return [Timer(*row) for row in rows]

    def fired(self, timer_id: int, at: datetime) -> bool:
        """Mark it as rung; False when somebody else was faster."""
        done = self._writing.execute(self._say.fired, {"wanted": timer_id, "when_fired": at})
        return done.rowcount == 1

    def overdue(self, now: datetime) -> int:
        """How many should have rung by ``now``."""
        c = self._table.c
        count = self._writing.execute(
            select(func.count()).where(c.fired_at.is_(None), c.due_at <= now)
        ).scalar_one()
        return int(count)
