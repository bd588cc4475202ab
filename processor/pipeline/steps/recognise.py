"""The same mail through two doors."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from processor.domain.people import Proof
from processor.pipeline.proofs import by_transport
from processor.pipeline.state import Desk, Disposition, Journey
from processor.pipeline.steps.screen import CHANNEL_HEADER
from processor.store.unit_of_work import UnitOfWork


def recognise(journey: Journey, desk: Desk, work: UnitOfWork) -> None:
    """Judge: a mail to two service addresses arrives twice, with other Received lines each time;
    the same Message-ID with the same words is the same mail and is settled once. A copy that proves
    what the first one lacked proof for is taken in its place."""
    message = journey.message
    if not message.message_id:
        return
    twins = work.spool.same_message(message.message_id, digest(journey), journey.spool_id)
    if not twins:
        return
    if _proves_what_was_held(journey, work, twins):
        journey.trail.append(f"recognise:proves:{twins[0]}")
    else:
        journey.end(Disposition.IGNORED, f"duplicate_of:{twins[0]}")


def _proves_what_was_held(journey: Journey, work: UnitOfWork, twins: list[int]) -> bool:
    """Whether so far it only came by ways that prove nothing, and this one proves its author."""
    if by_transport(journey.message, journey.mailbox, journey.sealed_by) is Proof.NONE:
        return False
    entries = (work.spool.get(one) for one in twins)
    return all(entry is not None and entry.disposition == Disposition.HELD for entry in entries)


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
