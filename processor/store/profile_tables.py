"""The tables of what a profile adds to the record."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Table

from processor.store.tables import metadata
from processor.store.types import Key, Moment, Prose


def _of_incident() -> Column[str]:
    return Column(
        "number", Key, ForeignKey("incidents.number", ondelete="CASCADE"), primary_key=True
    )


own_fields = Table(
    "own_fields",
    metadata,
    _of_incident(),
    Column("field", Key, primary_key=True),
    Column("value", Prose, nullable=False),
)

ticks = Table(
    "ticks",
    metadata,
    _of_incident(),
    Column("item", Key, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor", Prose, nullable=False),
    Column("text", Prose, nullable=False, server_default=""),
)

named_people = Table(
    "named_people",
    metadata,
    _of_incident(),
    Column("name", Key, primary_key=True),
)
