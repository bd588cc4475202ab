"""Alembic's entrance: runs revisions on the connection that the store hands over."""

from __future__ import annotations

from alembic import context

from processor.store import (  # noqa: F401 - they belong to the metadata
    association_tables,
    book_tables,
    duty_tables,
    fact_tables,
    mail_tables,
    neighbours,
    profile_tables,
)
from processor.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
