"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from processor.store import types

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "changes",
        sa.Column("number", types.Key(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("status", types.Key(), nullable=False),
        sa.Column("raised_at", types.Moment(timezone=True), nullable=False),
        sa.Column("raised_by", types.Prose(), nullable=False),
        sa.Column("what", types.Prose(), server_default="", nullable=False),
        sa.Column("why", types.Prose(), server_default="", nullable=False),
        sa.Column("risk", types.Prose(), server_default="", nullable=False),
        sa.Column("window", types.Prose(), server_default="", nullable=False),
        sa.Column("back_out", types.Prose(), server_default="", nullable=False),
        sa.Column("decision", types.Prose(), server_default="", nullable=False),
        sa.Column("decided_by", types.Prose(), server_default="", nullable=False),
        sa.Column("outcome", types.Prose(), server_default="", nullable=False),
        sa.Column("title", types.Prose(), server_default="", nullable=False),
        sa.Column("language", types.Prose(), server_default="", nullable=False),
        sa.Column("mailbox", types.Prose(), server_default="", nullable=False),
        sa.Column("decided_at", types.Moment(timezone=True), nullable=True),
        sa.Column("ended_at", types.Moment(timezone=True), nullable=True),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("approvers", types.Words(), nullable=False),
        sa.Column("approvals", types.Words(), nullable=False),
        sa.Column("incident", types.Key(), server_default="", nullable=False),
        sa.Column("problem", types.Key(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_changes")),
    )
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.create_index("ix_changes_status", ["status"], unique=False)
        batch_op.create_index(
            "ix_changes_incident",
            ["incident"],
            unique=False,
            sqlite_where=sa.text("incident <> ''"),
            postgresql_where=sa.text("incident <> ''"),
        )
        batch_op.create_index(
            "ix_changes_problem",
            ["problem"],
            unique=False,
            sqlite_where=sa.text("problem <> ''"),
            postgresql_where=sa.text("problem <> ''"),
        )

    op.create_table(
        "neighbour_journal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", types.Key(), nullable=False),
        sa.Column("at", types.Moment(timezone=True), nullable=False),
        sa.Column("actor", types.Prose(), nullable=False),
        sa.Column("kind", types.Prose(), nullable=False),
        sa.Column("via", types.Prose(), nullable=False),
        sa.Column("field", types.Prose(), server_default="", nullable=False),
        sa.Column("old", types.Prose(), nullable=True),
        sa.Column("new", types.Prose(), nullable=True),
        sa.Column("text", types.Prose(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_neighbour_journal")),
    )
    with op.batch_alter_table("neighbour_journal", schema=None) as batch_op:
        batch_op.create_index("ix_neighbour_journal_number", ["number", "id"], unique=False)

    op.create_table(
        "neighbour_mails",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", types.Key(), nullable=False),
        sa.Column("at", types.Moment(timezone=True), nullable=False),
        sa.Column("direction", types.Prose(), nullable=False),
        sa.Column("message_id", types.Key(), nullable=False),
        sa.Column("sender", types.Prose(), nullable=False),
        sa.Column("recipients", types.Words(), nullable=False),
        sa.Column("subject", types.Prose(), nullable=False),
        sa.Column("text", types.Prose(), nullable=False),
        sa.Column("event", types.Prose(), server_default="", nullable=False),
        sa.Column("internal", sa.Boolean(), nullable=False),
        sa.Column("spool_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_neighbour_mails")),
    )
    with op.batch_alter_table("neighbour_mails", schema=None) as batch_op:
        batch_op.create_index("ix_neighbour_mails_number", ["number", "id"], unique=False)
        batch_op.create_index(
            "ix_neighbour_mails_message_id",
            ["message_id"],
            unique=False,
            sqlite_where=sa.text("message_id <> ''"),
            postgresql_where=sa.text("message_id <> ''"),
        )

    op.create_table(
        "neighbour_timers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", types.Key(), nullable=False),
        sa.Column("kind", types.Key(), nullable=False),
        sa.Column("name", types.Key(), nullable=False),
        sa.Column("due_at", types.Moment(timezone=True), nullable=False),
        sa.Column("fired_at", types.Moment(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_neighbour_timers")),
        sa.UniqueConstraint(
            "number", "kind", "name", name=op.f("uq_neighbour_timers_number_kind_name")
        ),
    )
    with op.batch_alter_table("neighbour_timers", schema=None) as batch_op:
        batch_op.create_index(
            "ix_neighbour_timers_due",
            ["due_at", "id"],
            unique=False,
            sqlite_where=sa.text("fired_at IS NULL"),
            postgresql_where=sa.text("fired_at IS NULL"),
        )

    op.create_table(
        "configuration_items",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", types.Key(), nullable=False),
        sa.Column("aliases", types.Words(), nullable=False),
        sa.Column("kind", types.Prose(), server_default="", nullable=False),
        sa.Column("address", types.Prose(), server_default="", nullable=False),
        sa.Column("tag", types.Prose(), server_default="", nullable=False),
        sa.Column("owner", types.Prose(), server_default="", nullable=False),
        sa.Column("site", types.Prose(), server_default="", nullable=False),
        sa.Column("organisation", types.Prose(), server_default="", nullable=False),
        sa.Column("facts", types.Prose(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_configuration_items")),
        sa.UniqueConstraint("name", name=op.f("uq_configuration_items_name")),
    )
    op.create_table(
        "configurations",
        sa.Column("version", types.Key(), nullable=False),
        sa.Column("files", sa.LargeBinary(), nullable=False),
        sa.Column("first_at", types.Moment(timezone=True), nullable=False),
        sa.Column("last_at", types.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_configurations")),
    )
    op.create_table(
        "counters",
        sa.Column("key", types.Key(), nullable=False),
        sa.Column("since", types.Moment(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_counters")),
    )
    op.create_table(
        "incidents",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("number", types.Key(), nullable=False),
        sa.Column("type", types.Prose(), nullable=False),
        sa.Column("status", types.Key(), nullable=False),
        sa.Column("reported_at", types.Moment(timezone=True), nullable=False),
        sa.Column("subject", types.Prose(), nullable=False),
        sa.Column("symptom", types.Prose(), nullable=False),
        sa.Column("reporter_address", types.Key(), nullable=False),
        sa.Column("reporter_name", types.Prose(), server_default="", nullable=False),
        sa.Column("reporter_phone", types.Prose(), server_default="", nullable=False),
        sa.Column("department", types.Prose(), server_default="", nullable=False),
        sa.Column("organisation", types.Prose(), server_default="", nullable=False),
        sa.Column("contract", types.Prose(), server_default="", nullable=False),
        sa.Column("site", types.Prose(), server_default="", nullable=False),
        sa.Column("language", types.Prose(), server_default="", nullable=False),
        sa.Column("profile", types.Prose(), server_default="", nullable=False),
        sa.Column("source", types.Prose(), server_default="", nullable=False),
        sa.Column("active_service", sa.Boolean(), nullable=False),
        sa.Column("recorder", types.Prose(), server_default="", nullable=False),
        sa.Column("mailbox", types.Prose(), server_default="", nullable=False),
        sa.Column("reply_template", types.Prose(), server_default="", nullable=False),
        sa.Column("occurred_at", types.Moment(timezone=True), nullable=True),
        sa.Column("ci", types.Key(), server_default="", nullable=False),
        sa.Column("system", types.Prose(), server_default="", nullable=False),
        sa.Column("error_code", types.Prose(), server_default="", nullable=False),
        sa.Column("likely_impact", types.Prose(), server_default="", nullable=False),
        sa.Column("category", types.Prose(), server_default="", nullable=False),
        sa.Column("impact", sa.Integer(), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("initial_priority", sa.Integer(), nullable=False),
        sa.Column("owner", types.Prose(), server_default="", nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("group", types.Key(), server_default="", nullable=False),
        sa.Column("assignee", types.Key(), server_default="", nullable=False),
        sa.Column("assigned_at", types.Moment(timezone=True), nullable=True),
        sa.Column("accepted_at", types.Moment(timezone=True), nullable=True),
        sa.Column("resolved_at", types.Moment(timezone=True), nullable=True),
        sa.Column("confirmed_at", types.Moment(timezone=True), nullable=True),
        sa.Column("closed_at", types.Moment(timezone=True), nullable=True),
        sa.Column("question", types.Prose(), server_default="", nullable=False),
        sa.Column("cause", types.Prose(), server_default="", nullable=False),
        sa.Column("action", types.Prose(), server_default="", nullable=False),
        sa.Column("solution", types.Prose(), server_default="", nullable=False),
        sa.Column("solution_kind", types.Prose(), server_default="", nullable=False),
        sa.Column("closure_code", types.Prose(), server_default="", nullable=False),
        sa.Column("resolver", types.Prose(), server_default="", nullable=False),
        sa.Column("resolver_role", types.Prose(), server_default="", nullable=False),
        sa.Column("fault_vendor", types.Prose(), server_default="", nullable=False),
        sa.Column("knowledge_used", types.Prose(), server_default="", nullable=False),
        sa.Column("effort_minutes", sa.BigInteger(), nullable=False),
        sa.Column("confirmation", types.Prose(), server_default="", nullable=False),
        sa.Column("satisfaction", sa.Integer(), nullable=True),
        sa.Column("satisfaction_comment", types.Prose(), server_default="", nullable=False),
        sa.Column("callback_result", types.Prose(), server_default="", nullable=False),
        sa.Column("parent", types.Key(), server_default="", nullable=False),
        sa.Column("major", sa.Boolean(), nullable=False),
        sa.Column("drill", sa.Boolean(), nullable=False),
        sa.Column("commander", types.Prose(), server_default="", nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("dispatches", sa.Integer(), nullable=False),
        sa.Column("wrong_dispatches", sa.Integer(), nullable=False),
        sa.Column("reopens", sa.Integer(), nullable=False),
        sa.Column("functional_escalations", sa.Integer(), nullable=False),
        sa.Column("hierarchical_escalations", sa.Integer(), nullable=False),
        sa.Column("watchers", types.Words(), nullable=False),
        sa.Column("tags", types.Words(), nullable=False),
        sa.Column("unreachable", types.Words(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
        sa.UniqueConstraint("number", name=op.f("uq_incidents_number")),
    )
    with op.batch_alter_table("incidents", schema=None) as batch_op:
        batch_op.create_index("ix_incidents_assignee_status", ["assignee", "status"], unique=False)
        batch_op.create_index(
            "ix_incidents_category_reported", ["category", "reported_at"], unique=False
        )
        batch_op.create_index(
            "ix_incidents_ci_reported",
            ["ci", "reported_at"],
            unique=False,
            sqlite_where=sa.text("ci <> ''"),
            postgresql_where=sa.text("ci <> ''"),
        )
        batch_op.create_index("ix_incidents_group_status", ["group", "status"], unique=False)
        batch_op.create_index(
            "ix_incidents_parent",
            ["parent", "id"],
            unique=False,
            sqlite_where=sa.text("parent <> ''"),
            postgresql_where=sa.text("parent <> ''"),
        )
        batch_op.create_index("ix_incidents_reported_at", ["reported_at"], unique=False)
        batch_op.create_index(
            "ix_incidents_reporter_status", ["reporter_address", "status"], unique=False
        )
        batch_op.create_index(
            "ix_incidents_status_reported", ["status", "reported_at"], unique=False
        )

    op.create_table(
        "jobs",
        sa.Column("name", types.Key(), nullable=False),
        sa.Column("last_at", types.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_jobs")),
    )
    op.create_table(
        "knowledge",
        sa.Column("number", types.Key(), nullable=False),
        sa.Column("status", types.Key(), nullable=False),
        sa.Column("written_at", types.Moment(timezone=True), nullable=False),
        sa.Column("used", sa.Integer(), server_default="0", nullable=False),
        sa.Column("helped", sa.Integer(), server_default="0", nullable=False),
        sa.Column("language", types.Prose(), server_default="", nullable=False),
        sa.Column("category", types.Prose(), server_default="", nullable=False),
        sa.Column("audience", types.Prose(), server_default="", nullable=False),
        sa.Column("title", types.Prose(), server_default="", nullable=False),
        sa.Column("symptom", types.Prose(), server_default="", nullable=False),
        sa.Column("cause", types.Prose(), server_default="", nullable=False),
        sa.Column("solution", types.Prose(), server_default="", nullable=False),
        sa.Column("source_number", types.Key(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_knowledge")),
    )
    with op.batch_alter_table("knowledge", schema=None) as batch_op:
        batch_op.create_index("ix_knowledge_source_number", ["source_number"], unique=False)
        batch_op.create_index("ix_knowledge_status", ["status"], unique=False)

    op.create_table(
        "postings",
        sa.Column("term", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("incident_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("term", "incident_id", name=op.f("pk_postings")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "incident_terms",
        sa.Column(
            "incident_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("terms", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("incident_id", name=op.f("pk_incident_terms")),
    )
    op.create_table(
        "editions",
        sa.Column("name", types.Key(), nullable=False),
        sa.Column("edition", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_editions")),
    )
    op.create_table(
        "item_changes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", types.Moment(timezone=True), nullable=False),
        sa.Column("actor", types.Prose(), server_default="", nullable=False),
        sa.Column("via", types.Prose(), server_default="", nullable=False),
        sa.Column("field", types.Prose(), server_default="", nullable=False),
        sa.Column("old", types.Prose(), server_default="", nullable=False),
        sa.Column("new", types.Prose(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["configuration_items.id"],
            name=op.f("fk_item_changes_item_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_changes")),
    )
    with op.batch_alter_table("item_changes", schema=None) as batch_op:
        batch_op.create_index("ix_item_changes_item_id", ["item_id", "id"], unique=False)

    op.create_table(
        "numbers",
        sa.Column("series", types.Key(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("series", name=op.f("pk_numbers")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", types.Key(), nullable=False),
        sa.Column("message_id", types.Key(), nullable=False),
        sa.Column("event", types.Prose(), nullable=False),
        sa.Column("number", types.Prose(), server_default="", nullable=False),
        sa.Column("mailbox", types.Prose(), nullable=False),
        sa.Column("envelope_from", types.Prose(), nullable=False),
        sa.Column("recipients", types.Words(), nullable=False),
        sa.Column("subject", types.Prose(), nullable=False),
        sa.Column("state", types.Prose(), server_default="queued", nullable=False),
        sa.Column("queued_at", types.Moment(timezone=True), nullable=False),
        sa.Column("next_at", types.Moment(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lane", types.Key(), nullable=True),
        sa.Column("lease_owner", types.Prose(), server_default="", nullable=False),
        sa.Column("sent_at", types.Moment(timezone=True), nullable=True),
        sa.Column("error", types.Prose(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_message_id")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_dead",
            ["id"],
            unique=False,
            sqlite_where=sa.text("state = 'dead'"),
            postgresql_where=sa.text("state = 'dead'"),
        )
        batch_op.create_index(
            "ix_outbox_lane",
            ["lane", "id"],
            unique=False,
            sqlite_where=sa.text("state IN ('queued', 'sending')"),
            postgresql_where=sa.text("state IN ('queued', 'sending')"),
        )
        batch_op.create_index(
            "ix_outbox_waiting",
            ["next_at", "id"],
            unique=False,
            sqlite_where=sa.text("state IN ('queued', 'sending')"),
            postgresql_where=sa.text("state IN ('queued', 'sending')"),
        )

    op.create_table(
        "people",
        sa.Column("address", types.Key(), nullable=False),
        sa.Column("name", types.Prose(), server_default="", nullable=False),
        sa.Column("language", types.Prose(), server_default="", nullable=False),
        sa.Column("organisation", types.Prose(), server_default="", nullable=False),
        sa.Column("first_seen", types.Moment(timezone=True), nullable=False),
        sa.Column("last_seen", types.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_people")),
    )
    op.create_table(
        "problems",
        sa.Column("number", types.Key(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("status", types.Key(), nullable=False),
        sa.Column("opened_at", types.Moment(timezone=True), nullable=False),
        sa.Column("target_at", types.Moment(timezone=True), nullable=True),
        sa.Column("resolved_at", types.Moment(timezone=True), nullable=True),
        sa.Column("closed_at", types.Moment(timezone=True), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("title", types.Prose(), server_default="", nullable=False),
        sa.Column("source", types.Prose(), server_default="", nullable=False),
        sa.Column("category", types.Prose(), server_default="", nullable=False),
        sa.Column("root_cause", types.Prose(), server_default="", nullable=False),
        sa.Column("workaround", types.Prose(), server_default="", nullable=False),
        sa.Column("solution", types.Prose(), server_default="", nullable=False),
        sa.Column("closure_code", types.Prose(), server_default="", nullable=False),
        sa.Column("opener", types.Prose(), server_default="", nullable=False),
        sa.Column("assignee", types.Prose(), server_default="", nullable=False),
        sa.Column("ci", types.Prose(), server_default="", nullable=False),
        sa.Column("symptom", types.Prose(), server_default="", nullable=False),
        sa.Column("language", types.Prose(), server_default="", nullable=False),
        sa.Column("mailbox", types.Prose(), server_default="", nullable=False),
        sa.Column("trend", types.Key(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_problems")),
    )
    with op.batch_alter_table("problems", schema=None) as batch_op:
        batch_op.create_index("ix_problems_status", ["status"], unique=False)
        batch_op.create_index(
            "ix_problems_trend",
            ["trend"],
            unique=False,
            sqlite_where=sa.text("trend <> ''"),
            postgresql_where=sa.text("trend <> ''"),
        )

    op.create_table(
        "spool",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("origin", types.Prose(), nullable=False),
        sa.Column("sha256", types.Key(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("received_at", types.Moment(timezone=True), nullable=False),
        sa.Column("flaw", types.Prose(), server_default="", nullable=False),
        sa.Column("state", types.Prose(), server_default="pending", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("released", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("disposition", types.Prose(), server_default="", nullable=False),
        sa.Column("reason", types.Prose(), server_default="", nullable=False),
        sa.Column("incident_number", types.Prose(), server_default="", nullable=False),
        sa.Column("message_id", types.Key(), server_default="", nullable=False),
        sa.Column("digest", types.Prose(), server_default="", nullable=False),
        sa.Column("sender", types.Prose(), server_default="", nullable=False),
        sa.Column("subject", types.Prose(), server_default="", nullable=False),
        sa.Column("steps", types.Words(), server_default="[]", nullable=False),
        sa.Column("settled_at", types.Moment(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spool")),
        sa.UniqueConstraint("sha256", name=op.f("uq_spool_sha256")),
    )
    with op.batch_alter_table("spool", schema=None) as batch_op:
        batch_op.create_index(
            "ix_spool_message_id",
            ["message_id"],
            unique=False,
            sqlite_where=sa.text("message_id <> ''"),
            postgresql_where=sa.text("message_id <> ''"),
        )
        batch_op.create_index(
            "ix_spool_quarantined",
            ["id"],
            unique=False,
            sqlite_where=sa.text("state = 'quarantined'"),
            postgresql_where=sa.text("state = 'quarantined'"),
        )
        batch_op.create_index(
            "ix_spool_waiting",
            ["id"],
            unique=False,
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )

    op.create_table(
        "attachments",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", types.Key(), nullable=False),
        sa.Column("name", types.Prose(), nullable=False),
        sa.Column("type", types.Prose(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", types.Prose(), nullable=False),
        sa.Column("inline", sa.Boolean(), nullable=False),
        sa.Column("logo", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("message_id", types.Prose(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["incidents.number"], name=op.f("fk_attachments_number"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.create_index("ix_attachments_number", ["number", "id"], unique=False)
        batch_op.create_index("ix_attachments_sha256", ["sha256", "id"], unique=False)

    op.create_table(
        "callbacks",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", types.Key(), nullable=False),
        sa.Column("due_at", types.Moment(timezone=True), nullable=False),
        sa.Column("done_at", types.Moment(timezone=True), nullable=True),
        sa.Column("caller", types.Prose(), server_default="", nullable=False),
        sa.Column("result", types.Prose(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["incidents.number"], name=op.f("fk_callbacks_number"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callbacks")),
        sa.UniqueConstraint("number", "due_at", name=op.f("uq_callbacks_number_due_at")),
    )
    op.create_table(
        "named_people",
        sa.Column("number", types.Key(), nullable=False),
        sa.Column("name", types.Key(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"],
            ["incidents.number"],
            name=op.f("fk_named_people_number"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("number", "name", name=op.f("pk_named_people")),
    )
    op.create_table(
        "own_fields",
        sa.Column("number", types.Key(), nullable=False),
        sa.Column("field", types.Key(), nullable=False),
        sa.Column("value", types.Prose(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["incidents.number"], name=op.f("fk_own_fields_number"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", "field", name=op.f("pk_own_fields")),
    )
    op.create_table(
        "ticks",
        sa.Column("number", types.Key(), nullable=False),
        sa.Column("item", types.Key(), nullable=False),
        sa.Column("at", types.Moment(timezone=True), nullable=False),
        sa.Column("actor", types.Prose(), nullable=False),
        sa.Column("text", types.Prose(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["incidents.number"], name=op.f("fk_ticks_number"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", "item", name=op.f("pk_ticks")),
    )
    op.create_table(
        "clocks",
        sa.Column("number", types.Key(), nullable=False),
        sa.Column("kind", types.Key(), nullable=False),
        sa.Column("target_minutes", sa.Integer(), nullable=False),
        sa.Column("calendar", types.Prose(), nullable=False),
        sa.Column("started_at", types.Moment(timezone=True), nullable=False),
        sa.Column("due_at", types.Moment(timezone=True), nullable=False),
        sa.Column("paused_minutes", sa.Float(), nullable=False),
        sa.Column("paused_since", types.Moment(timezone=True), nullable=True),
        sa.Column("stopped_at", types.Moment(timezone=True), nullable=True),
        sa.Column("pauses", types.Spans(), server_default="[]", nullable=False),
        sa.Column("elapsed_minutes", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["number"], ["incidents.number"], name=op.f("fk_clocks_number"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", "kind", name=op.f("pk_clocks")),
    )
    op.create_table(
        "incident_items",
        sa.Column("number", types.Key(), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["configuration_items.id"],
            name=op.f("fk_incident_items_item_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["number"],
            ["incidents.number"],
            name=op.f("fk_incident_items_number"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("number", "item_id", name=op.f("pk_incident_items")),
    )
    with op.batch_alter_table("incident_items", schema=None) as batch_op:
        batch_op.create_index("ix_incident_items_item_id", ["item_id", "number"], unique=False)

    op.create_table(
        "journal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", types.Key(), nullable=False),
        sa.Column("at", types.Moment(timezone=True), nullable=False),
        sa.Column("actor", types.Prose(), nullable=False),
        sa.Column("kind", types.Prose(), nullable=False),
        sa.Column("via", types.Prose(), nullable=False),
        sa.Column("field", types.Prose(), server_default="", nullable=False),
        sa.Column("old", types.Prose(), nullable=True),
        sa.Column("new", types.Prose(), nullable=True),
        sa.Column("text", types.Prose(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["incidents.number"], name=op.f("fk_journal_number"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index(
            "ix_journal_audited",
            ["kind", "at"],
            unique=False,
            sqlite_where=sa.text("kind IN ('refused', 'returned')"),
            postgresql_where=sa.text("kind IN ('refused', 'returned')"),
        )
        batch_op.create_index("ix_journal_number", ["number", "id"], unique=False)

    op.create_table(
        "ledger",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("origin", types.Key(), nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("uid", types.Key(), nullable=False),
        sa.Column("spool_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("acknowledged_at", types.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["spool_id"], ["spool.id"], name=op.f("fk_ledger_spool_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger")),
        sa.UniqueConstraint(
            "origin", "uidvalidity", "uid", name=op.f("uq_ledger_origin_uidvalidity_uid")
        ),
    )
    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.create_index(
            "ix_ledger_open",
            ["origin", "spool_id", "id"],
            unique=False,
            sqlite_where=sa.text("acknowledged_at IS NULL"),
            postgresql_where=sa.text("acknowledged_at IS NULL"),
        )

    op.create_table(
        "links",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", types.Key(), nullable=False),
        sa.Column("other", types.Key(), nullable=False),
        sa.Column("kind", types.Key(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["incidents.number"], name=op.f("fk_links_number"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
        sa.UniqueConstraint("number", "other", "kind", name=op.f("uq_links_number_other_kind")),
    )
    with op.batch_alter_table("links", schema=None) as batch_op:
        batch_op.create_index("ix_links_other", ["other"], unique=False)

    op.create_table(
        "mails",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", types.Key(), nullable=False),
        sa.Column("at", types.Moment(timezone=True), nullable=False),
        sa.Column("direction", types.Prose(), nullable=False),
        sa.Column("message_id", types.Key(), nullable=False),
        sa.Column("sender", types.Prose(), nullable=False),
        sa.Column("recipients", types.Words(), nullable=False),
        sa.Column("subject", types.Prose(), nullable=False),
        sa.Column("text", types.Prose(), nullable=False),
        sa.Column("event", types.Prose(), server_default="", nullable=False),
        sa.Column("internal", sa.Boolean(), nullable=False),
        sa.Column("spool_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["number"], ["incidents.number"], name=op.f("fk_mails_number"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
    )
    with op.batch_alter_table("mails", schema=None) as batch_op:
        batch_op.create_index(
            "ix_mails_message_id",
            ["message_id"],
            unique=False,
            sqlite_where=sa.text("message_id <> ''"),
            postgresql_where=sa.text("message_id <> ''"),
        )
        batch_op.create_index("ix_mails_number", ["number", "id"], unique=False)

    op.create_table(
        "outbox_raw",
        sa.Column(
            "outbox_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["outbox_id"], ["outbox.id"], name=op.f("fk_outbox_raw_outbox_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("outbox_id", name=op.f("pk_outbox_raw")),
    )
    op.create_table(
        "spool_raw",
        sa.Column("spool_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["spool_id"], ["spool.id"], name=op.f("fk_spool_raw_spool_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("spool_id", name=op.f("pk_spool_raw")),
    )
    op.create_table(
        "timers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", types.Key(), nullable=False),
        sa.Column("kind", types.Key(), nullable=False),
        sa.Column("name", types.Key(), nullable=False),
        sa.Column("due_at", types.Moment(timezone=True), nullable=False),
        sa.Column("fired_at", types.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["number"], ["incidents.number"], name=op.f("fk_timers_number"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timers")),
        sa.UniqueConstraint("number", "kind", "name", name=op.f("uq_timers_number_kind_name")),
    )
    with op.batch_alter_table("timers", schema=None) as batch_op:
        batch_op.create_index(
            "ix_timers_due",
            ["due_at", "id"],
            unique=False,
            sqlite_where=sa.text("fired_at IS NULL"),
            postgresql_where=sa.text("fired_at IS NULL"),
        )

    op.create_table(
        "troubles",
        sa.Column("key", types.Key(), nullable=False),
        sa.Column("source", types.Prose(), nullable=False),
        sa.Column("number", types.Key(), nullable=True),
        sa.Column("first_at", types.Moment(timezone=True), nullable=False),
        sa.Column("last_at", types.Moment(timezone=True), nullable=False),
        sa.Column("firing", sa.Boolean(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("recovered_at", types.Moment(timezone=True), nullable=True),
        sa.Column("flapping_since", types.Moment(timezone=True), nullable=True),
        sa.Column("doubted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"],
            ["incidents.number"],
            name=op.f("fk_troubles_number"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_troubles")),
    )
    with op.batch_alter_table("troubles", schema=None) as batch_op:
        batch_op.create_index("ix_troubles_number", ["number"], unique=False)

    op.create_table(
        "facts",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("reported", sa.BigInteger(), nullable=False),
        sa.Column("ended", sa.BigInteger(), nullable=True),
        sa.Column("answered", sa.BigInteger(), nullable=True),
        sa.Column("resolved", sa.BigInteger(), nullable=True),
        sa.Column("closed", sa.BigInteger(), nullable=True),
        sa.Column("due", sa.BigInteger(), nullable=True),
        sa.Column("response_seconds", sa.BigInteger(), nullable=True),
        sa.Column("response_met", sa.SmallInteger(), nullable=True),
        sa.Column("resolution_seconds", sa.BigInteger(), nullable=True),
        sa.Column("resolution_met", sa.SmallInteger(), nullable=True),
        sa.Column("counted", sa.SmallInteger(), nullable=False),
        sa.Column("type", types.Prose(), nullable=False),
        sa.Column("status", types.Prose(), nullable=False),
        sa.Column("source", types.Prose(), nullable=False),
        sa.Column("profile", types.Prose(), nullable=False),
        sa.Column("organisation", types.Prose(), nullable=False),
        sa.Column("contract", types.Prose(), nullable=False),
        sa.Column("category", types.Prose(), nullable=False),
        sa.Column("ci", types.Prose(), nullable=False),
        sa.Column("group", types.Prose(), nullable=False),
        sa.Column("assignee", types.Prose(), nullable=False),
        sa.Column("resolver", types.Prose(), nullable=False),
        sa.Column("resolver_role", types.Prose(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("active", sa.Integer(), nullable=False),
        sa.Column("major", sa.Integer(), nullable=False),
        sa.Column("confidential", sa.Integer(), nullable=False),
        sa.Column("dispatches", sa.Integer(), nullable=False),
        sa.Column("wrong_dispatches", sa.Integer(), nullable=False),
        sa.Column("reopens", sa.Integer(), nullable=False),
        sa.Column("functional_escalations", sa.Integer(), nullable=False),
        sa.Column("hierarchical_escalations", sa.Integer(), nullable=False),
        sa.Column("satisfaction", sa.SmallInteger(), nullable=True),
        sa.Column("knowledge", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Integer(), nullable=False),
        sa.Column("called", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["incidents.id"], name=op.f("fk_facts_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facts")),
    )
    with op.batch_alter_table("facts", schema=None) as batch_op:
        batch_op.create_index("ix_facts_reported", ["reported"], unique=False)
        batch_op.create_index(
            "ix_facts_answered",
            ["answered"],
            unique=False,
            sqlite_where=sa.text("answered IS NOT NULL"),
            postgresql_where=sa.text("answered IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_facts_resolved",
            ["resolved"],
            unique=False,
            sqlite_where=sa.text("resolved IS NOT NULL"),
            postgresql_where=sa.text("resolved IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_facts_closed",
            ["closed"],
            unique=False,
            sqlite_where=sa.text("closed IS NOT NULL"),
            postgresql_where=sa.text("closed IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_facts_ended",
            ["ended", "reported"],
            unique=False,
            sqlite_where=sa.text("ended IS NOT NULL"),
            postgresql_where=sa.text("ended IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_facts_open",
            ["reported"],
            unique=False,
            sqlite_where=sa.text("ended IS NULL"),
            postgresql_where=sa.text("ended IS NULL"),
        )

    op.create_table(
        "occurrences",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", types.Key(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column(
            "incident_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"],
            ["incidents.id"],
            name=op.f("fk_occurrences_incident_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occurrences")),
    )
    with op.batch_alter_table("occurrences", schema=None) as batch_op:
        batch_op.create_index(
            "ix_occurrences_kind_at", ["kind", "at", "incident_id", "amount"], unique=False
        )

    op.create_table(
        "duties",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", types.Key(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", types.Key(), nullable=False),
        sa.Column("text", types.Prose(), nullable=False),
        sa.Column("owner", types.Key(), server_default="", nullable=False),
        sa.Column("due_at", types.Moment(timezone=True), nullable=False),
        sa.Column("opened_at", types.Moment(timezone=True), nullable=False),
        sa.Column("opened_by", types.Prose(), server_default="", nullable=False),
        sa.Column("done_by", types.Prose(), server_default="", nullable=False),
        sa.Column("remark", types.Prose(), server_default="", nullable=False),
        sa.Column("state", types.Key(), nullable=False),
        sa.Column("done_at", types.Moment(timezone=True), nullable=True),
        sa.Column("reminded_at", types.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["number"], ["incidents.number"], name=op.f("fk_duties_number"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duties")),
        sa.UniqueConstraint("number", "ordinal", name=op.f("uq_duties_number_ordinal")),
    )
    with op.batch_alter_table("duties", schema=None) as batch_op:
        batch_op.create_index(
            "ix_duties_open",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "emergencies",
        sa.Column("number", types.Key(), nullable=False),
        sa.Column("state", types.Key(), nullable=False),
        sa.Column("asked_at", types.Moment(timezone=True), nullable=True),
        sa.Column("declared_at", types.Moment(timezone=True), nullable=True),
        sa.Column("declared_by", types.Prose(), server_default="", nullable=False),
        sa.Column("reason", types.Prose(), server_default="", nullable=False),
        sa.Column("said", types.Prose(), server_default="", nullable=False),
        sa.Column("silent", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("told", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_at", types.Moment(timezone=True), nullable=True),
        sa.Column("over_at", types.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["number"],
            ["incidents.number"],
            name=op.f("fk_emergencies_number"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_emergencies")),
    )
    op.create_table(
        "receipts",
        sa.Column("number", types.Key(), nullable=False),
        sa.Column("address", types.Key(), nullable=False),
        sa.Column("name", types.Prose(), server_default="", nullable=False),
        sa.Column("language", types.Prose(), server_default="", nullable=False),
        sa.Column("told_at", types.Moment(timezone=True), nullable=False),
        sa.Column("acked_at", types.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["number"], ["incidents.number"], name=op.f("fk_receipts_number"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", "address", name=op.f("pk_receipts")),
    )


def downgrade() -> None:
    with op.batch_alter_table("occurrences", schema=None) as batch_op:
        batch_op.drop_index("ix_occurrences_kind_at")

    op.drop_table("occurrences")
    with op.batch_alter_table("facts", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_facts_open",
            sqlite_where=sa.text("ended IS NULL"),
            postgresql_where=sa.text("ended IS NULL"),
        )
        batch_op.drop_index(
            "ix_facts_ended",
            sqlite_where=sa.text("ended IS NOT NULL"),
            postgresql_where=sa.text("ended IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_facts_closed",
            sqlite_where=sa.text("closed IS NOT NULL"),
            postgresql_where=sa.text("closed IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_facts_resolved",
            sqlite_where=sa.text("resolved IS NOT NULL"),
            postgresql_where=sa.text("resolved IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_facts_answered",
            sqlite_where=sa.text("answered IS NOT NULL"),
            postgresql_where=sa.text("answered IS NOT NULL"),
        )
        batch_op.drop_index("ix_facts_reported")

    op.drop_table("facts")
    op.drop_table("receipts")
    op.drop_table("emergencies")
    with op.batch_alter_table("duties", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_duties_open",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.drop_table("duties")
    with op.batch_alter_table("troubles", schema=None) as batch_op:
        batch_op.drop_index("ix_troubles_number")

    op.drop_table("troubles")
    with op.batch_alter_table("timers", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_timers_due",
            sqlite_where=sa.text("fired_at IS NULL"),
            postgresql_where=sa.text("fired_at IS NULL"),
        )

    op.drop_table("timers")
    op.drop_table("spool_raw")
    op.drop_table("outbox_raw")
    with op.batch_alter_table("mails", schema=None) as batch_op:
        batch_op.drop_index("ix_mails_number")
        batch_op.drop_index(
            "ix_mails_message_id",
            sqlite_where=sa.text("message_id <> ''"),
            postgresql_where=sa.text("message_id <> ''"),
        )

    op.drop_table("mails")
    with op.batch_alter_table("links", schema=None) as batch_op:
        batch_op.drop_index("ix_links_other")

    op.drop_table("links")
    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_ledger_open",
            sqlite_where=sa.text("acknowledged_at IS NULL"),
            postgresql_where=sa.text("acknowledged_at IS NULL"),
        )

    op.drop_table("ledger")
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.drop_index("ix_journal_number")
        batch_op.drop_index(
            "ix_journal_audited",
            sqlite_where=sa.text("kind IN ('refused', 'returned')"),
            postgresql_where=sa.text("kind IN ('refused', 'returned')"),
        )

    op.drop_table("journal")
    with op.batch_alter_table("incident_items", schema=None) as batch_op:
        batch_op.drop_index("ix_incident_items_item_id")

    op.drop_table("incident_items")
    op.drop_table("clocks")
    op.drop_table("ticks")
    op.drop_table("own_fields")
    op.drop_table("named_people")
    op.drop_table("callbacks")
    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.drop_index("ix_attachments_sha256")
        batch_op.drop_index("ix_attachments_number")

    op.drop_table("attachments")
    with op.batch_alter_table("spool", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_spool_waiting",
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )
        batch_op.drop_index(
            "ix_spool_quarantined",
            sqlite_where=sa.text("state = 'quarantined'"),
            postgresql_where=sa.text("state = 'quarantined'"),
        )
        batch_op.drop_index(
            "ix_spool_message_id",
            sqlite_where=sa.text("message_id <> ''"),
            postgresql_where=sa.text("message_id <> ''"),
        )

    op.drop_table("spool")
    with op.batch_alter_table("problems", schema=None) as batch_op:
        batch_op.drop_index("ix_problems_status")
        batch_op.drop_index(
            "ix_problems_trend",
            sqlite_where=sa.text("trend <> ''"),
            postgresql_where=sa.text("trend <> ''"),
        )

    op.drop_table("problems")
    op.drop_table("people")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_waiting",
            sqlite_where=sa.text("state IN ('queued', 'sending')"),
            postgresql_where=sa.text("state IN ('queued', 'sending')"),
        )
        batch_op.drop_index(
            "ix_outbox_lane",
            sqlite_where=sa.text("state IN ('queued', 'sending')"),
            postgresql_where=sa.text("state IN ('queued', 'sending')"),
        )
        batch_op.drop_index(
            "ix_outbox_dead",
            sqlite_where=sa.text("state = 'dead'"),
            postgresql_where=sa.text("state = 'dead'"),
        )

    op.drop_table("outbox")
    op.drop_table("numbers")
    with op.batch_alter_table("item_changes", schema=None) as batch_op:
        batch_op.drop_index("ix_item_changes_item_id")

    op.drop_table("item_changes")
    op.drop_table("editions")
    op.drop_table("incident_terms")
    op.drop_table("postings")
    with op.batch_alter_table("knowledge", schema=None) as batch_op:
        batch_op.drop_index("ix_knowledge_status")
        batch_op.drop_index("ix_knowledge_source_number")

    op.drop_table("knowledge")
    op.drop_table("jobs")
    with op.batch_alter_table("incidents", schema=None) as batch_op:
        batch_op.drop_index("ix_incidents_status_reported")
        batch_op.drop_index("ix_incidents_reporter_status")
        batch_op.drop_index("ix_incidents_reported_at")
        batch_op.drop_index(
            "ix_incidents_parent",
            sqlite_where=sa.text("parent <> ''"),
            postgresql_where=sa.text("parent <> ''"),
        )
        batch_op.drop_index("ix_incidents_group_status")
        batch_op.drop_index("ix_incidents_category_reported")
        batch_op.drop_index(
            "ix_incidents_ci_reported",
            sqlite_where=sa.text("ci <> ''"),
            postgresql_where=sa.text("ci <> ''"),
        )
        batch_op.drop_index("ix_incidents_assignee_status")

    op.drop_table("incidents")
    op.drop_table("counters")
    op.drop_table("configurations")
    op.drop_table("configuration_items")
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.drop_index("ix_changes_status")
        batch_op.drop_index(
            "ix_changes_incident",
            sqlite_where=sa.text("incident <> ''"),
            postgresql_where=sa.text("incident <> ''"),
        )
        batch_op.drop_index(
            "ix_changes_problem",
            sqlite_where=sa.text("problem <> ''"),
            postgresql_where=sa.text("problem <> ''"),
        )

    op.drop_table("changes")
    op.drop_table("neighbour_timers")
    op.drop_table("neighbour_mails")
    op.drop_table("neighbour_journal")
