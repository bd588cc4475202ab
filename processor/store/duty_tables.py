"""Tables of what is owed on incidents, and of major incidents."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, UniqueConstraint, text

from processor.store.tables import Id, metadata, partial, texts
from processor.store.types import Key, Moment, Prose

duties = Table(
    "duties",
    metadata,
    Column("id", Id, primary_key=True),
    Column("number", Key, ForeignKey("incidents.number", ondelete="CASCADE"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("kind", Key, nullable=False),
    Column("text", Prose, nullable=False),
    Column("owner", Key, nullable=False, server_default=""),
    Column("due_at", Moment, nullable=False),
    Column("opened_at", Moment, nullable=False),
    *texts("opened_by", "done_by", "remark"),
    Column("state", Key, nullable=False),
    Column("done_at", Moment),
    Column("reminded_at", Moment),
    UniqueConstraint("number", "ordinal"),
    partial("ix_duties_open", "due_at", where="state = 'open'"),
)

emergencies = Table(
    "emergencies",
    metadata,
    Column("number", Key, ForeignKey("incidents.number", ondelete="CASCADE"), primary_key=True),
    Column("state", Key, nullable=False),
    Column("asked_at", Moment),
    Column("declared_at", Moment),
    *texts("declared_by", "reason", "said"),
    Column("silent", Boolean, nullable=False, server_default=text("false")),
    Column("told", Integer, nullable=False, server_default="0"),
    Column("next_at", Moment),
    Column("over_at", Moment),
)

receipts = Table(
    "receipts",
    metadata,
    Column("number", Key, ForeignKey("incidents.number", ondelete="CASCADE"), primary_key=True),
    Column("address", Key, primary_key=True),
    Column("name", Prose, nullable=False, server_default=""),
    Column("language", Prose, nullable=False, server_default=""),
    Column("told_at", Moment, nullable=False),
    Column("acked_at", Moment),
)
