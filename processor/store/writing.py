"""A connection on which rows that nobody asks for yet wait, to be written together.

A message writes some twenty rows into ten tables. One statement for each costs more than all
thinking about the message; one statement for the rows of all messages of a transaction does not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, CursorResult, Dialect, Executable, Table
from sqlalchemy.exc import StatementError
from sqlalchemy.sql import visitors
from sqlalchemy.sql.dml import UpdateBase

from processor.store.prepared import prepare

Row = Mapping[str, Any]


class Writing:
    """One transaction's connection.

    What waits is written before any statement that names its table is executed, and at the end;
    whoever reads finds everything. Rows of one statement keep their order; parents are written
    before rows that refer to them. A row that the database refuses is therefore refused at the
    end at the latest, inside the transaction all the same.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._waiting: dict[object, _Bundle] = {}

    @property
    def dialect(self) -> Dialect:
        """The engine's."""
        return self._connection.dialect

    @property
    def plain(self) -> Connection:
        """The connection itself, after all that waited was written."""
        self.write()
        return self._connection

    def execute(
        self, statement: Executable, parameters: Any = None
    ) -> CursorResult[*tuple[Any, ...]]:
        """Execute at once; what it may depend on is written before."""
        if self._waiting:
            self._write(lambda bundle: not bundle.tables.isdisjoint(_named_in(statement)))
        return self._connection.execute(statement, parameters)

    def execute_past(
        self, statement: Executable, parameters: Any = None
    ) -> CursorResult[*tuple[Any, ...]]:
        """Execute at once and before all that waits; for who knows what that is."""
        if isinstance(parameters, list) and parameters:
            return self._execute_for(statement, parameters)
        return self._connection.execute(statement, parameters)

    def execute_driver(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Execute the engine's own words for many rows at once, before all that waits."""
        self._connection.exec_driver_sql(statement, list(rows))

    def _execute_for(
        self, statement: Executable, rows: Sequence[Row]
    ) -> CursorResult[*tuple[Any, ...]]:
        ready = prepare(statement, tuple(rows[0]), self._connection.dialect)
        if ready is None:
            return self._connection.execute(statement, rows)
        try:
            filled = ready.filled(rows)
        except (ValueError, TypeError) as fault:  # as SQLAlchemy says it
            raise StatementError(str(fault), ready.words, None, fault) from fault
        return self._connection.exec_driver_sql(ready.words, filled)

    def later(
        self,
        statement: Executable,
        rows: Sequence[Row],
        *,
        check: Callable[[int, Sequence[Row]], None] | None = None,
    ) -> None:
        """Execute ``statement`` for ``rows`` with the others that wait for it. ``check`` is then
        told how many rows it changed, and all rows that it was executed for."""

        def write(waiting: list[Row]) -> None:
            done = self._execute_for(statement, waiting)
            if check is not None:
                check(done.rowcount, waiting)

        tables = _targets(statement)
        self.bundle(statement, tables, write, rows, needs=_named_in(statement) - tables)

    def bundle(
        self,
        key: object,
        tables: frozenset[str],
        write: Callable[[list[Any]], None],
        rows: Sequence[Any],
        *,
        needs: frozenset[str] = frozenset(),
        last: bool = False,
    ) -> None:
        """Have ``write`` called with all that waits under ``key``, before ``tables`` are read, and
        after what waits for the tables that it ``needs``. ``last``: at the end it comes after all
        others, for it may have to wait for its rows."""
        if not rows:
            return
        bundle = self._waiting.get(key)
        if bundle is None:
            bundle = self._waiting[key] = _Bundle(tables, needs, write, last)
        bundle.rows.extend(rows)

    def write(self) -> None:
        """Write all that waits."""
        while self._waiting:  # what is written may leave something to be written
            self._write(lambda bundle: not bundle.last)
            self._write(lambda _bundle: True)

    def forget(self) -> None:
        """After a rollback: what waited is not to be."""
        self._waiting.clear()

    def _write(self, due: Callable[[_Bundle], bool]) -> None:
        for key in [key for key, bundle in self._waiting.items() if due(bundle)]:
            self._write_bundle(key)

    def _write_bundle(self, key: object) -> None:
        bundle = self._waiting.pop(key, None)
        if bundle is None:  # another one needed it before
            return
        for other, before in list(self._waiting.items()):
            if not bundle.needs.isdisjoint(before.tables):
                self._write_bundle(other)
        bundle.write(bundle.rows)


class _Bundle:
    """Rows that wait, and how they are written. What waits for ``tables`` that it ``needs`` is
    written before."""

    __slots__ = ("last", "needs", "rows", "tables", "write")

    def __init__(
        self,
        tables: frozenset[str],
        needs: frozenset[str],
        write: Callable[[list[Any]], None],
        last: bool,
    ) -> None:
        self.last = last
        self.tables = tables
        self.needs = needs
        self.write = write
        self.rows: list[Any] = []


@lru_cache(maxsize=256)
def _named_in(statement: Executable) -> frozenset[str]:
    """The tables that it reads or writes, and those that what it writes refers to."""
    found = [one for one in visitors.iterate(statement) if isinstance(one, Table)]  # type: ignore[arg-type]  # every statement is visitable
    names = {table.name for table in found}
    if isinstance(statement, UpdateBase):
        names |= _targets(statement)
        names |= {key.column.table.name for key in _table(statement).foreign_keys}
    return frozenset(names)


def _targets(statement: Executable) -> frozenset[str]:
    return frozenset({_table(statement).name})


def _table(statement: Any) -> Table:
    table: Table = statement.table
    return table
