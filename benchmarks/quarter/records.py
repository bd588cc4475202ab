"""What a run leaves, as fingerprints: every row of every table, every byte of every mail."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sqlalchemy import Engine, inspect, text

LEASES = frozenset({"lease_owner"})  # the name of the process, which is no part of the record


def every_record(database: Engine) -> str:
    """SHA-256 over all tables, row by row, in the order of their keys."""
    digest = hashlib.sha256()
    with database.connect() as connection:
        shape = inspect(connection)
        for table in sorted(shape.get_table_names()):
            columns = [
                column["name"]
                for column in shape.get_columns(table)
                if column["name"] not in LEASES
            ]
            named = ", ".join(f'"{name}"' for name in columns)
            keys = shape.get_pk_constraint(table)["constrained_columns"]
            order = ", ".join(f'"{name}"' for name in keys) or named
            for row in connection.execute(text(f'SELECT {named} FROM "{table}" ORDER BY {order}')):
                digest.update(f"{table} {tuple(row)!r}\n".encode())
    return digest.hexdigest()


def fingerprint(home: Path) -> str:
    """Of every mail in the outbox, in order, byte for byte."""
    digest = hashlib.sha256()
    for path in sorted((home / "outbox").glob("*.eml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
