"""INSERT … ON CONFLICT for both engines, each statement built once.

Building a statement costs as much as running it, so a statement is a function of the engine's
name, remembered by :func:`functools.cache`.
"""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_into(table: Table, dialect: str) -> sqlite.Insert:
    """The engine's own insert; both have the same ``on_conflict_…`` methods."""
    make: Any = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return cast("sqlite.Insert", make(table))
