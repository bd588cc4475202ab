"""Tables of the small books: people, numbers, rates, jobs, configurations."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, Table

from processor.store.tables import metadata
from processor.store.types import Key, Moment, Prose

people = Table(
    "people",
    metadata,
    Column("address", Key, primary_key=True),
    Column("name", Prose, nullable=False, server_default=""),
    Column("language", Prose, nullable=False, server_default=""),
    Column("organisation", Prose, nullable=False, server_default=""),
    Column("first_seen", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
)

numbers = Table(
    "numbers",
    metadata,
    Column("series", Key, primary_key=True),
    Column("last", BigInteger, nullable=False),
)

counters = Table(
    "counters",
    metadata,
    Column("key", Key, primary_key=True),
    Column("since", Moment, nullable=False),
    Column("count", Integer, nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    Column("name", Key, primary_key=True),
    Column("last_at", Moment, nullable=False),
)

configurations = Table(
    "configurations",
    metadata,
    Column("version", Key, primary_key=True),
    Column("files", LargeBinary, nullable=False),  # name → text, as compressed JSON
    Column("first_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
)
