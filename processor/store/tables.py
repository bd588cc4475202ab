"""The tables of the main road: messages in, incidents, mails out, and what keeps them in step.

Numbers of incidents stand in child rows instead of row ids: they never change, and a person who
looks into the database can read them. Indexes that watch for work are partial, so that they hold
what waits and not the whole past.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from processor.store.types import Moment, Spans, Words

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
    return [Column(name, Text, nullable=False, server_default="") for name in names]


def _partial(name: str, *columns: str, where: str) -> Index:
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


spool = Table(
    "spool",
    metadata,
    Column("id", Id, primary_key=True),
    Column("origin", String(200), nullable=False),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("size", BigInteger, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("flaw", String(20), nullable=False, server_default=""),
    Column("state", String(12), nullable=False, server_default="pending"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("disposition", String(20), nullable=False, server_default=""),
    Column("reason", Text, nullable=False, server_default=""),
    Column("incident_number", String(40), nullable=False, server_default=""),
    Column("message_id", Text, nullable=False, server_default=""),
    Column("digest", String(64), nullable=False, server_default=""),
    Column("sender", Text, nullable=False, server_default=""),
    Column("subject", Text, nullable=False, server_default=""),
    Column("steps", Words, nullable=False, server_default="[]"),
    Column("settled_at", Moment),
    _partial("ix_spool_waiting", "id", where="state = 'pending'"),
    _partial("ix_spool_quarantined", "id", where="state = 'quarantined'"),
    _partial("ix_spool_message_id", "message_id", where="message_id <> ''"),
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
    Column("origin", String(200), nullable=False),
    Column("uidvalidity", BigInteger, nullable=False),
    Column("uid", String(300), nullable=False),
    Column("spool_id", Id, ForeignKey("spool.id", ondelete="CASCADE"), nullable=False),
    Column("acknowledged_at", Moment),
    UniqueConstraint("origin", "uidvalidity", "uid"),
    _partial("ix_ledger_open", "origin", "id", where="acknowledged_at IS NULL"),
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", Id, primary_key=True),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("number", String(40), nullable=False, unique=True),
    Column("type", String(20), nullable=False),
    Column("status", String(20), nullable=False),
    Column("reported_at", Moment, nullable=False),
    Column("subject", Text, nullable=False),
    Column("symptom", Text, nullable=False),
    Column("reporter_address", String(320), nullable=False),
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
    Column("recorder", Text, nullable=False, server_default=""),
    Column("mailbox", Text, nullable=False, server_default=""),
    Column("occurred_at", Moment),
    *texts("ci", "system", "error_code", "likely_impact", "category"),
    Column("impact", Integer, nullable=False),
    Column("urgency", Integer, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("initial_priority", Integer, nullable=False),
    Column("owner", Text, nullable=False, server_default=""),
    Column("line", Integer, nullable=False),
    Column("group", String(100), nullable=False, server_default=""),
    Column("assignee", String(320), nullable=False, server_default=""),
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
    Column("effort_minutes", Integer, nullable=False),
    Column("confirmation", Text, nullable=False, server_default=""),
    Column("satisfaction", Integer),
    Column("satisfaction_comment", Text, nullable=False, server_default=""),
    Column("callback_result", Text, nullable=False, server_default=""),
    Column("parent", String(40), nullable=False, server_default=""),
    Column("major", Boolean, nullable=False),
    Column("drill", Boolean, nullable=False),
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
)


def _of_incident() -> Column[str]:
    return Column(
        "number", String(40), ForeignKey("incidents.number", ondelete="CASCADE"), nullable=False
    )


journal = Table(
    "journal",
    metadata,
    Column("id", Id, primary_key=True),
    _of_incident(),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("via", Text, nullable=False),
    Column("field", String(40), nullable=False, server_default=""),
    Column("old", Text),
    Column("new", Text),
    Column("text", Text, nullable=False, server_default=""),
    Index("ix_journal_number", "number", "id"),
)

clocks = Table(
    "clocks",
    metadata,
    Column(
        "number", String(40), ForeignKey("incidents.number", ondelete="CASCADE"), primary_key=True
    ),
    Column("kind", String(12), primary_key=True),
    Column("target_minutes", Integer, nullable=False),
    Column("calendar", String(100), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("paused_minutes", Float, nullable=False),
    Column("paused_since", Moment),
    Column("stopped_at", Moment),
    Column("pauses", Spans, nullable=False, server_default="[]"),
)

timers = Table(
    "timers",
    metadata,
    Column("id", Id, primary_key=True),
    _of_incident(),
    Column("kind", String(40), nullable=False),
    Column("name", String(100), nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("fired_at", Moment),
    UniqueConstraint("number", "kind", "name"),
    _partial("ix_timers_due", "due_at", "id", where="fired_at IS NULL"),
)

mails = Table(
    "mails",
    metadata,
    Column("id", Id, primary_key=True),
    _of_incident(),
    Column("at", Moment, nullable=False),
    Column("direction", String(3), nullable=False),
    Column("message_id", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("recipients", Words, nullable=False),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("event", String(40), nullable=False, server_default=""),
    Column("internal", Boolean, nullable=False),
    Column("spool_id", Id),
    Index("ix_mails_number", "number", "id"),
    _partial("ix_mails_message_id", "message_id", where="message_id <> ''"),
)

attachments = Table(
    "attachments",
    metadata,
    Column("id", Id, primary_key=True),
    _of_incident(),
    Column("name", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("inline", Boolean, nullable=False),
    Column("message_id", Text, nullable=False, server_default=""),
    Index("ix_attachments_number", "number", "id"),
)

links = Table(
    "links",
    metadata,
    Column("id", Id, primary_key=True),
    _of_incident(),
    Column("other", String(40), nullable=False),
    Column("kind", String(20), nullable=False),
    UniqueConstraint("number", "other", "kind"),
    Index("ix_links_other", "other"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("message_id", Text, nullable=False, unique=True),
    Column("event", String(40), nullable=False),
    Column("number", String(40), nullable=False, server_default=""),
    Column("mailbox", String(200), nullable=False),
    Column("envelope_from", Text, nullable=False),
    Column("recipients", Words, nullable=False),
    Column("subject", Text, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Column("state", String(12), nullable=False, server_default="queued"),
    Column("queued_at", Moment, nullable=False),
    Column("next_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("lease_owner", Text, nullable=False, server_default=""),
    Column("lease_until", Moment),
    Column("sent_at", Moment),
    Column("error", Text, nullable=False, server_default=""),
    _partial("ix_outbox_waiting", "id", where="state IN ('queued', 'sending')"),
    _partial("ix_outbox_dead", "id", where="state = 'dead'"),
)
