"""Tables of association: which terms stand in which incident, and what changed since when.

A list of postings is one stretch of the primary key: the incidents of a term, oldest first. Its
entries are two integers, for it is the one table that grows by dozens of rows an incident.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, Table

from processor.store.tables import Id, metadata, texts
from processor.store.types import Key, Moment

postings = Table(
    "postings",
    metadata,
    Column("term", Integer, primary_key=True, autoincrement=False),
    Column("incident_id", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

incident_terms = Table(
    "incident_terms",
    metadata,
    Column("incident_id", Id, primary_key=True, autoincrement=False),
    # how many of them are the subject's, then the terms: signed 32 bits each, little end first
    Column("terms", LargeBinary, nullable=False),
)

editions = Table(
    "editions",
    metadata,
    Column("name", Key, primary_key=True),
    Column("edition", BigInteger, nullable=False),
)

item_changes = Table(
    "item_changes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("item_id", Id, ForeignKey("configuration_items.id", ondelete="CASCADE"), nullable=False),
    Column("at", Moment, nullable=False),
    *texts("actor", "via", "field", "old", "new"),
    Index("ix_item_changes_item_id", "item_id", "id"),
)
