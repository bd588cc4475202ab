"""The end of a journey: noted in the spool, within its transaction, and told in the log."""

from __future__ import annotations

import structlog

from processor.pipeline.state import Journey
from processor.pipeline.steps.recognise import digest
from processor.store.unit_of_work import UnitOfWork

log = structlog.get_logger()


def settle(journey: Journey, work: UnitOfWork) -> None:
    """Mark the message as processed, in the transaction of all that came of it. That transaction
    raises AlreadySettled, at its end at the latest, when another process was first."""
    work.spool.settle(
        journey.spool_id,
        disposition=str(journey.disposition),
        reason=journey.reason,
        incident_number=journey.number,
        at=journey.now,
        steps=journey.trail,
        message_id=journey.message.message_id,
        digest=digest(journey) if journey.message.message_id else "",
        subject=journey.message.subject,
        sender=journey.message.author.address if journey.message.author else "",
    )


def log_end(journey: Journey) -> None:
    """One line for each message that reached its end; after the commit, for only then it did."""
    log.info(
        "message.settled",
        spool=journey.spool_id,
        message=journey.message.message_id,
        disposition=str(journey.disposition),
        incident=journey.number or None,
        reason=journey.reason,
    )
