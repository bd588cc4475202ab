"""All rows of a database as lines of JSON, and back: for backups, whichever engine keeps them.

A line is one row, in the order of the table's primary key, so that two databases with the same
content give the same lines. A copy belongs to one revision of the schema.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, func, insert, inspect, select, text

from processor.domain.errors import Fault
from processor.store.tables import metadata

CHUNK = 500  # rows that are in memory at a time
_REVISION = "alembic_version"


def tables_of(connection: Connection) -> list[Table]:
    """Every table, parents before children.

    Raises Fault when the database holds one that this release does not know, for what is not
    known would silently be left out.
    """
    known = metadata.sorted_tables
    strangers = set(inspect(connection).get_table_names()) - {one.name for one in known}
    strangers.discard(_REVISION)
    if strangers:
        raise Fault(f"the database has tables of others: {', '.join(sorted(strangers))}")
    return known


def lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """The rows of ``table``, one JSON array a line."""
    question = select(table).order_by(*table.primary_key.columns)
    rows = connection.execution_options(yield_per=CHUNK).execute(question)
    for row in rows:
        said = json.dumps([_plain(value) for value in row], ensure_ascii=False)
        yield said.encode("utf-8", "surrogatepass") + b"\n"


def fill(connection: Connection, table: Table, copied: Iterable[bytes]) -> int:
    """Put rows from ``lines`` into the empty ``table``; returns how many."""
    names = [column.name for column in table.columns]
    waiting = iter(copied)
    count = 0
    while some := list(islice(waiting, CHUNK)):
        rows = [dict(zip(names, map(_valued, json.loads(line)), strict=True)) for line in some]
        connection.execute(insert(table), rows)
        count += len(rows)
    _go_on_counting(connection, table)
    return count


def is_empty(connection: Connection) -> bool:
    """Whether no table of ours holds a row yet."""
    there = set(inspect(connection).get_table_names())
    return not any(
        connection.execute(select(table).limit(1)).first() is not None
        for table in metadata.sorted_tables
        if table.name in there
    )


def _go_on_counting(connection: Connection, table: Table) -> None:
    """PostgreSQL numbers rows by sequences, which rows with numbers of their own do not move."""
    counted = table.autoincrement_column
    if connection.dialect.name != "postgresql" or counted is None:
        return
    highest = connection.execute(select(func.max(counted))).scalar()
    if highest is not None:
        name = connection.dialect.identifier_preparer.format_table(table)
        connection.execute(
            text("SELECT setval(pg_get_serial_sequence(:table, :column), :value)"),
            {"table": name, "column": counted.name, "value": highest},
        )


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return {"t": value.isoformat()}
        case bytes() | memoryview():
            return {"b": base64.b64encode(value).decode()}
        case tuple() | list():
            return {"l": [_plain(one) for one in value]}
        case None | bool() | int() | float() | str():
            return value
    raise Fault(f"a value of type {type(value).__name__} cannot be copied")


def _valued(said: Any) -> Any:
    if not isinstance(said, dict):
        return said
    ((kind, value),) = said.items()
    if kind == "t":
        return datetime.fromisoformat(value)
    if kind == "b":
        return base64.b64decode(value)
    return tuple(_valued(one) for one in value)
