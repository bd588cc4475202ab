"""The tables that reports count: what figures need of each incident, narrow and without a text.

A figure over a year reads every incident of it, and the record itself is wide. Times are whole
seconds since 1970 (UTC): they are short, alike in both engines, and can be subtracted.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, SmallInteger, Table

from processor.store.tables import Id, metadata, partial
from processor.store.types import Key, Prose


def _whole(*names: str) -> list[Column[int]]:
    return [Column(name, Integer, nullable=False) for name in names]


facts = Table(
    "facts",
    metadata,
    Column(
        "id", Id, ForeignKey("incidents.id", ondelete="CASCADE"), primary_key=True,
        autoincrement=False,
    ),
    Column("reported", BigInteger, nullable=False),
    # since when it is open no more (solved, merged, not taken on, withdrawn); NULL while it is
    Column("ended", BigInteger),
    Column("answered", BigInteger),  # the response clock was stopped
    Column("resolved", BigInteger),
    Column("closed", BigInteger),
    Column("due", BigInteger),  # of the clocks that run, the earlier one; NULL where none does
    # working seconds of the clocks until they were stopped, and whether that was in time
    Column("response_seconds", BigInteger),
    Column("response_met", SmallInteger),
    Column("resolution_seconds", BigInteger),
    Column("resolution_met", SmallInteger),
    # 0: a drill, or merged under another one
    Column("counted", SmallInteger, nullable=False),
    *(
        Column(name, Prose, nullable=False)
        for name in (
            "type", "status", "source", "profile", "organisation", "contract", "category", "ci",
            "group", "assignee", "resolver", "resolver_role",
        )
    ),
    *_whole("priority", "active", "major", "confidential"),
    *_whole("dispatches", "wrong_dispatches", "reopens"),
    *_whole("functional_escalations", "hierarchical_escalations"),
    Column("satisfaction", SmallInteger),
    *_whole("knowledge", "problem", "called"),
    Index("ix_facts_reported", "reported"),
    partial("ix_facts_answered", "answered", where="answered IS NOT NULL"),
    partial("ix_facts_resolved", "resolved", where="resolved IS NOT NULL"),
    partial("ix_facts_closed", "closed", where="closed IS NOT NULL"),
    partial("ix_facts_ended", "ended", "reported", where="ended IS NOT NULL"),
    partial("ix_facts_open", "reported", where="ended IS NULL"),
)  # fmt: skip

occurrences = Table(
    "occurrences",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", Key, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("incident_id", Id, ForeignKey("incidents.id", ondelete="CASCADE"), nullable=False),
    Column("amount", Integer, nullable=False),
    Index("ix_occurrences_kind_at", "kind", "at", "incident_id", "amount"),
)
"""What happens to incidents more than once and is counted when it does: dispatches, escalations,
…; ``amount`` is how many."""
