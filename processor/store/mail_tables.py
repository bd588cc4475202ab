"""The tables of the post: messages in, the ledger of their servers, mails out."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
    text,
)

from processor.store.tables import Id, metadata, partial
from processor.store.types import Key, Moment, Prose, Words

spool = Table(
    "spool",
    metadata,
    Column("id", Id, primary_key=True),
    Column("origin", Prose, nullable=False),
    Column("sha256", Key, nullable=False, unique=True),
    Column("size", BigInteger, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("flaw", Prose, nullable=False, server_default=""),
    Column("state", Prose, nullable=False, server_default="pending"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("released", Boolean, nullable=False, server_default=text("false")),
    Column("disposition", Prose, nullable=False, server_default=""),
    Column("reason", Prose, nullable=False, server_default=""),
    Column("incident_number", Prose, nullable=False, server_default=""),
    Column("message_id", Key, nullable=False, server_default=""),
    Column("digest", Prose, nullable=False, server_default=""),
    Column("sender", Prose, nullable=False, server_default=""),
    Column("subject", Prose, nullable=False, server_default=""),
    Column("steps", Words, nullable=False, server_default="[]"),
    Column("settled_at", Moment),
    partial("ix_spool_waiting", "id", where="state = 'pending'"),
    partial("ix_spool_quarantined", "id", where="state = 'quarantined'"),
    partial("ix_spool_message_id", "message_id", where="message_id <> ''"),
)

spool_raw = Table(
    "spool_raw",
    metadata,
    Column("spool_id", Id, ForeignKey("spool.id", ondelete="CASCADE"), primary_key=True),
    Column("raw", LargeBinary, nullable=False),
)

ledger = Table(
    "ledger",
    metadata,
    Column("id", Id, primary_key=True),
    Column("origin", Key, nullable=False),
    Column("uidvalidity", BigInteger, nullable=False),
    Column("uid", Key, nullable=False),
    Column("spool_id", Id, ForeignKey("spool.id", ondelete="CASCADE"), nullable=False),
    Column("acknowledged_at", Moment),
    UniqueConstraint("origin", "uidvalidity", "uid"),
    partial("ix_ledger_open", "origin", "spool_id", "id", where="acknowledged_at IS NULL"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Key, nullable=False, unique=True),
    Column("message_id", Key, nullable=False, unique=True),
    Column("event", Prose, nullable=False),
    Column("number", Prose, nullable=False, server_default=""),
    Column("mailbox", Prose, nullable=False),
    Column("envelope_from", Prose, nullable=False),
    Column("recipients", Words, nullable=False),
    Column("subject", Prose, nullable=False),
    Column("state", Prose, nullable=False, server_default="queued"),
    Column("queued_at", Moment, nullable=False),
    Column("next_at", Moment, nullable=False),  # of one that is being sent: the end of its lease
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("lane", Key),  # mails of one lane leave in the order of their ids
    Column("lease_owner", Prose, nullable=False, server_default=""),
    Column("sent_at", Moment),
    Column("error", Prose, nullable=False, server_default=""),
    partial("ix_outbox_waiting", "next_at", "id", where="state IN ('queued', 'sending')"),
    partial("ix_outbox_lane", "lane", "id", where="state IN ('queued', 'sending')"),
    partial("ix_outbox_dead", "id", where="state = 'dead'"),
)

outbox_raw = Table(
    "outbox_raw",
    metadata,
    Column("outbox_id", Id, ForeignKey("outbox.id", ondelete="CASCADE"), primary_key=True),
    Column("raw", LargeBinary, nullable=False),
)
