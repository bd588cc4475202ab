"""Tables of the small books: people, numbers, rates, jobs."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, String, Table, Text

from processor.store.tables import metadata
from processor.store.types import Moment

people = Table(
    "people",
    metadata,
    Column("address", String(320), primary_key=True),
    Column("name", Text, nullable=False, server_default=""),
    Column("language", String(8), nullable=False, server_default=""),
    Column("organisation", Text, nullable=False, server_default=""),
    Column("first_seen", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
)

numbers = Table(
    "numbers",
    metadata,
    Column("series", String(40), primary_key=True),
    Column("last", BigInteger, nullable=False),
)

counters = Table(
    "counters",
    metadata,
    Column("key", String(400), primary_key=True),
    Column("since", Moment, nullable=False),
    Column("count", Integer, nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    Column("name", String(100), primary_key=True),
    Column("last_at", Moment, nullable=False),
)
