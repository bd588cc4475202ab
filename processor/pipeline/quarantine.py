"""Keeping a message apart that the desk cannot settle, and telling the administrators."""

from __future__ import annotations

import structlog
from sqlalchemy.exc import OperationalError

from processor.domain.events import MessageQuarantined
from processor.domain.message import Message
from processor.pipeline.posting import post
from processor.pipeline.settling import log_end, settle
from processor.pipeline.state import Desk, Disposition, Journey
from processor.services.policy import system
from processor.store.spooled import AlreadySettled

log = structlog.get_logger()


def quarantine(desk: Desk, journey: Journey, reason: str) -> Journey:
    """Keep the message apart, whole, and tell the administrators; where even the notice cannot
    be written, the log and the list have to do, for the message must not stop the others."""
    try:
        return _keep_apart(desk, journey, reason, tell=True)
    except (OperationalError, AlreadySettled):
        raise
    except Exception:
        log.exception("quarantine.notice", spool=journey.spool_id)
        return _keep_apart(desk, journey, reason, tell=False)


def _keep_apart(desk: Desk, journey: Journey, reason: str, *, tell: bool) -> Journey:
    fresh = Journey(
        spool_id=journey.spool_id,
        mailbox=journey.mailbox,
        raw=journey.raw,
        received_at=journey.received_at,
        now=journey.now,
        message=journey.message,
        trail=journey.trail,
    )
    fresh.end(Disposition.QUARANTINED, reason)
    if tell:
        tell_administrators(desk, fresh)
    with desk.store.begin() as work:
        post(fresh.events, desk, work, journey.now, cause=fresh.via, mailbox=fresh.mailbox)
        settle(fresh, work)
    log_end(fresh)
    return fresh


def tell_administrators(desk: Desk, journey: Journey) -> None:
    """Add the event whose letter says which message is kept apart, and why."""
    message: Message = journey.message
    journey.events.append(
        MessageQuarantined(
            at=journey.now,
            actor=system(desk.policy.language),
            spool_id=journey.spool_id,
            mailbox=journey.mailbox.name,
            sender=message.author.address if message.author else "",
            subject=message.subject,
            reason=journey.reason,
        )
    )
