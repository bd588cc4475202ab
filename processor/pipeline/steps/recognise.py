"""The same mail through two doors."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from processor.pipeline.state import Desk, Disposition, Journey
from processor.pipeline.steps.screen import CHANNEL_HEADER
from processor.store.unit_of_work import UnitOfWork


def recognise(journey: Journey, desk: Desk, work: UnitOfWork) -> None:
    """Judge: a mail to two service addresses arrives twice, with other Received lines each time;
    the same Message-ID with the same words is the same mail and is settled once."""
    message = journey.message
    if not message.message_id:
        return
    first = work.spool.same_message(message.message_id, digest(journey), journey.spool_id)
    if first is not None:
        journey.end(Disposition.IGNORED, f"duplicate_of:{first}")


def digest(journey: Journey) -> str:
    """A fingerprint of what the mail says, free of the headers that transport adds."""
    message = journey.message
    author = message.author
    if message.header(CHANNEL_HEADER):
        # a document is what stands in it, under whatever name it was dropped
        author, message = None, replace(message, subject="")
    told = "\n".join(
        (
            author.address if author else "",
            message.subject,
            message.text,
            *(attached.sha256 for attached in message.attachments),
        )
    )
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
