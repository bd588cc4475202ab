"""The tables of incidents and of all that hangs on their numbers.

Numbers of incidents stand in child rows instead of row ids: they never change, and a person who
looks into the database can read them. Indexes that watch for work are partial, so that they hold
what waits and not the whole past.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy.schema import SchemaItem

from processor.store.types import Key, Moment, Prose, Spans, Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by INTEGER only


def texts(*names: str) -> list[Column[str]]:
    """Columns of text that is empty where nothing was said."""
    return [Column(name, Prose, nullable=False, server_default="") for name in names]


def partial(name: str, *columns: str, where: str) -> Index:
    """An index of the rows for which ``where`` holds; queries must say it word for word."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


AUDITED = "kind IN ('refused', 'returned')"
"""Journal entries that an audit asks for by time."""

incidents = Table(
    "incidents",
    metadata,
    Column("id", Id, primary_key=True),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("number", Key, nullable=False, unique=True),
    Column("type", Prose, nullable=False),
    Column("status", Key, nullable=False),
    Column("reported_at", Moment, nullable=False),
    Column("subject", Prose, nullable=False),
    Column("symptom", Prose, nullable=False),
    Column("reporter_address", Key, nullable=False),
    *texts(
        "reporter_name",
        "reporter_phone",
        "department",
        "organisation",
        "contract",
        "site",
        "language",
        "profile",
        "source",
    ),
    Column("active_service", Boolean, nullable=False),
    Column("recorder", Prose, nullable=False, server_default=""),
    Column("mailbox", Prose, nullable=False, server_default=""),
    Column("reply_template", Prose, nullable=False, server_default=""),
    Column("occurred_at", Moment),
    Column("ci", Key, nullable=False, server_default=""),
    *texts("system", "error_code", "likely_impact", "category"),
    Column("impact", Integer, nullable=False),
    Column("urgency", Integer, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("initial_priority", Integer, nullable=False),
    Column("owner", Prose, nullable=False, server_default=""),
    Column("line", Integer, nullable=False),
    Column("group", Key, nullable=False, server_default=""),
    Column("assignee", Key, nullable=False, server_default=""),
    *(
        Column(name, Moment)
        for name in ("assigned_at", "accepted_at", "resolved_at", "confirmed_at", "closed_at")
    ),
    *texts(
        "question",
        "cause",
        "action",
        "solution",
        "solution_kind",
        "closure_code",
        "resolver",
        "resolver_role",
        "fault_vendor",
        "knowledge_used",
    ),
    Column("effort_minutes", BigInteger, nullable=False),
    Column("confirmation", Prose, nullable=False, server_default=""),
    Column("satisfaction", Integer),
    Column("satisfaction_comment", Prose, nullable=False, server_default=""),
    Column("callback_result", Prose, nullable=False, server_default=""),
    Column("parent", Key, nullable=False, server_default=""),
    Column("major", Boolean, nullable=False),
    Column("drill", Boolean, nullable=False),
    Column("commander", Prose, nullable=False, server_default=""),
    Column("confidential", Boolean, nullable=False),
    *(
        Column(name, Integer, nullable=False)
        for name in (
            "dispatches",
            "wrong_dispatches",
            "reopens",
            "functional_escalations",
            "hierarchical_escalations",
        )
    ),
    Column("watchers", Words, nullable=False),
    Column("tags", Words, nullable=False),
    Column("unreachable", Words, nullable=False),
    Index("ix_incidents_status_reported", "status", "reported_at"),
    Index("ix_incidents_group_status", "group", "status"),
    Index("ix_incidents_assignee_status", "assignee", "status"),
    Index("ix_incidents_reporter_status", "reporter_address", "status"),
    Index("ix_incidents_reported_at", "reported_at"),
    Index("ix_incidents_category_reported", "category", "reported_at"),
    partial("ix_incidents_parent", "parent", "id", where="parent <> ''"),
    partial("ix_incidents_ci_reported", "ci", "reported_at", where="ci <> ''"),
)


def _of_incident() -> Column[str]:
    return Column("number", Key, ForeignKey("incidents.number", ondelete="CASCADE"), nullable=False)


def journal_columns() -> list[Column[Any]]:
    """Of a journal: who changed what of the record of that number, when, by what."""
    return [
        Column("at", Moment, nullable=False),
        Column("actor", Prose, nullable=False),
        Column("kind", Prose, nullable=False),
        Column("via", Prose, nullable=False),
        Column("field", Prose, nullable=False, server_default=""),
        Column("old", Prose),
        Column("new", Prose),
        Column("text", Prose, nullable=False, server_default=""),
    ]


def mail_columns() -> list[Column[Any]]:
    """Of the mails that are filed with the record of that number."""
    return [
        Column("at", Moment, nullable=False),
        Column("direction", Prose, nullable=False),
        Column("message_id", Key, nullable=False),
        Column("sender", Prose, nullable=False),
        Column("recipients", Words, nullable=False),
        Column("subject", Prose, nullable=False),
        Column("text", Prose, nullable=False),
        Column("event", Prose, nullable=False, server_default=""),
        Column("internal", Boolean, nullable=False),
        Column("spool_id", Id),
    ]


def timer_columns() -> list[SchemaItem]:
    """Of the timers of the record of that number; each is there once."""
    return [
        Column("kind", Key, nullable=False),
        Column("name", Key, nullable=False),
        Column("due_at", Moment, nullable=False),
        Column("fired_at", Moment),
        UniqueConstraint("number", "kind", "name"),
    ]


journal = Table(
    "journal",
    metadata,
    Column("id", Id, primary_key=True),
    _of_incident(),
    *journal_columns(),
    Index("ix_journal_number", "number", "id"),
    partial("ix_journal_audited", "kind", "at", where=AUDITED),
)

clocks = Table(
    "clocks",
    metadata,
    Column("number", Key, ForeignKey("incidents.number", ondelete="CASCADE"), primary_key=True),
    Column("kind", Key, primary_key=True),
    Column("target_minutes", Integer, nullable=False),
    Column("calendar", Prose, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("paused_minutes", Float, nullable=False),
    Column("paused_since", Moment),
    Column("stopped_at", Moment),
    Column("pauses", Spans, nullable=False, server_default="[]"),
    Column("elapsed_minutes", Float),
)

timers = Table(
    "timers",
    metadata,
    Column("id", Id, primary_key=True),
    _of_incident(),
    *timer_columns(),
    partial("ix_timers_due", "due_at", "id", where="fired_at IS NULL"),
)

mails = Table(
    "mails",
    metadata,
    Column("id", Id, primary_key=True),
    _of_incident(),
    *mail_columns(),
    Index("ix_mails_number", "number", "id"),
    partial("ix_mails_message_id", "message_id", where="message_id <> ''"),
)

attachments = Table(
    "attachments",
    metadata,
    Column("id", Id, primary_key=True),
    _of_incident(),
    Column("name", Prose, nullable=False),
    Column("type", Prose, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", Prose, nullable=False),
    Column("inline", Boolean, nullable=False),
    Column("logo", Boolean, nullable=False, server_default=text("false")),
    Column("message_id", Prose, nullable=False, server_default=""),
    Index("ix_attachments_number", "number", "id"),
    Index("ix_attachments_sha256", "sha256", "id"),
)

links = Table(
    "links",
    metadata,
    Column("id", Id, primary_key=True),
    _of_incident(),
    Column("other", Key, nullable=False),
    Column("kind", Key, nullable=False),
    UniqueConstraint("number", "other", "kind"),
    Index("ix_links_other", "other"),
)

troubles = Table(
    "troubles",
    metadata,
    Column("key", Key, primary_key=True),
    Column("source", Prose, nullable=False),
    Column("number", Key, ForeignKey("incidents.number", ondelete="CASCADE")),
    Column("first_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("firing", Boolean, nullable=False),
    Column("count", Integer, nullable=False),
    Column("returns", Integer, nullable=False),
    Column("recovered_at", Moment),
    Column("flapping_since", Moment),
    Column("doubted", Boolean, nullable=False),
    Index("ix_troubles_number", "number"),
)
