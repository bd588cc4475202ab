"""Tables of the neighbouring processes (spec 1.8) and of the configuration's history.

They are part of the first schema, so that links to them have somewhere to point; each process
fills its own.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    UniqueConstraint,
)

from processor.store.tables import (
    Id,
    journal_columns,
    mail_columns,
    metadata,
    partial,
    texts,
    timer_columns,
)
from processor.store.types import Key, Moment, Prose, Words

problems = Table(
    "problems",
    metadata,
    Column("number", Key, primary_key=True),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("status", Key, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("target_at", Moment),
    Column("resolved_at", Moment),
    Column("closed_at", Moment),
    Column("priority", Integer, nullable=False),
    *texts("title", "source", "category", "root_cause", "workaround", "solution", "closure_code"),
    *texts("opener", "assignee", "ci", "symptom", "language", "mailbox"),
    Column("trend", Key, nullable=False, server_default=""),
    Index("ix_problems_status", "status"),
    partial("ix_problems_trend", "trend", where="trend <> ''"),
)

changes = Table(
    "changes",
    metadata,
    Column("number", Key, primary_key=True),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("status", Key, nullable=False),
    Column("raised_at", Moment, nullable=False),
    Column("raised_by", Prose, nullable=False),
    *texts("what", "why", "risk", "window", "back_out", "decision", "decided_by", "outcome"),
    *texts("title", "language", "mailbox"),
    Column("decided_at", Moment),
    Column("ended_at", Moment),
    Column("needed", Integer, nullable=False),
    Column("approvers", Words, nullable=False),
    Column("approvals", Words, nullable=False),
    Column("incident", Key, nullable=False, server_default=""),
    Column("problem", Key, nullable=False, server_default=""),
    Index("ix_changes_status", "status"),
    partial("ix_changes_incident", "incident", where="incident <> ''"),
    partial("ix_changes_problem", "problem", where="problem <> ''"),
)

neighbour_journal = Table(
    "neighbour_journal",
    metadata,
    Column("id", Id, primary_key=True),
    Column("number", Key, nullable=False),
    *journal_columns(),
    Index("ix_neighbour_journal_number", "number", "id"),
)
"""The same of problems and changes as ``journal`` of incidents, on which they do not hang."""

neighbour_mails = Table(
    "neighbour_mails",
    metadata,
    Column("id", Id, primary_key=True),
    Column("number", Key, nullable=False),
    *mail_columns(),
    Index("ix_neighbour_mails_number", "number", "id"),
    partial("ix_neighbour_mails_message_id", "message_id", where="message_id <> ''"),
)
"""The same of problems and changes as ``mails`` of incidents."""

neighbour_timers = Table(
    "neighbour_timers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("number", Key, nullable=False),
    *timer_columns(),
    partial("ix_neighbour_timers_due", "due_at", "id", where="fired_at IS NULL"),
)
"""The same of problems and changes as ``timers`` of incidents."""

configuration_items = Table(
    "configuration_items",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Key, nullable=False, unique=True),
    Column("aliases", Words, nullable=False),
    *texts("kind", "address", "tag", "owner", "site", "organisation", "facts"),
)

incident_items = Table(
    "incident_items",
    metadata,
    Column("number", Key, ForeignKey("incidents.number", ondelete="CASCADE"), primary_key=True),
    Column(
        "item_id", Id, ForeignKey("configuration_items.id", ondelete="CASCADE"), primary_key=True
    ),
    Index("ix_incident_items_item_id", "item_id", "number"),
)

knowledge = Table(
    "knowledge",
    metadata,
    Column("number", Key, primary_key=True),
    Column("status", Key, nullable=False),
    Column("written_at", Moment, nullable=False),
    Column("used", Integer, nullable=False, server_default="0"),
    Column("helped", Integer, nullable=False, server_default="0"),
    *texts(
        "language",
        "category",
        "audience",
        "title",
        "symptom",
        "cause",
        "solution",
    ),
    Column("source_number", Key, nullable=False, server_default=""),
    Index("ix_knowledge_status", "status"),
    Index("ix_knowledge_source_number", "source_number"),
)

callbacks = Table(
    "callbacks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("number", Key, ForeignKey("incidents.number", ondelete="CASCADE"), nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("done_at", Moment),
    *texts("caller", "result"),
    UniqueConstraint("number", "due_at"),
)
