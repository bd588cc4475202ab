"""A queued mail as it stands in the outbox, and the states it may be in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from processor.store.mail_tables import outbox

QUEUED, SENDING, SENT, DEAD, DROPPED = "queued", "sending", "sent", "dead", "dropped"


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """A queued mail. ``attempts`` counts this one; times are aware. ``next_at`` is the next try of
    one that waits, the end of the lease of one that is being sent."""

    id: int
    message_id: str
    event: str
    number: str
    mailbox: str
    envelope_from: str
    recipients: tuple[str, ...]
    subject: str
    state: str
    queued_at: datetime
    next_at: datetime
    attempts: int
    error: str
    raw: bytes = field(repr=False, default=b"")


FIELDS = tuple(
    outbox.c[name]
    for name in (
        "id",
        "message_id",
        "event",
        "number",
        "mailbox",
        "envelope_from",
        "recipients",
        "subject",
        "state",
        "queued_at",
        "next_at",
        "attempts",
        "error",
    )
)
"""The columns of an entry, in its order; its bytes lie in a table of their own."""


def entry_of(row: Any, raw: bytes = b"") -> OutboxEntry:
    """The entry of a row of ``FIELDS``."""
    return OutboxEntry(*(*row, raw))
