"""What the administrator's rules say of a mail."""

from __future__ import annotations

from processor.domain.message import MessageKind
from processor.domain.ruling import Facts
from processor.pipeline.state import Desk, Journey
from processor.store.unit_of_work import UnitOfWork


def classify(journey: Journey, desk: Desk, work: UnitOfWork) -> None:
    """Judge: only mails that may open something new are asked about."""
    if journey.incident is not None or journey.orders:
        return
    if journey.alert is None and journey.message.kind is MessageKind.BOUNCE:
        return
    journey.verdict = desk.engine.judge(facts(journey))
    journey.trail.extend(f"rule:{name}" for name in journey.verdict.matched)


def facts(journey: Journey) -> Facts:
    """What rules may see of the message."""
    message = journey.message
    return Facts(
        sender=journey.sender.address,
        sender_name=journey.sender.name,
        to=tuple(address.address for address in (*message.to, *message.cc)),
        subject=message.subject,
        body=journey.note or message.reply_text,
        headers=message.headers,
        attachments=tuple((a.name, a.type) for a in message.attachments),
        language=message.language,
        organisation=journey.sender.organisation,
        profile=journey.mailbox.profile,
        mailbox=journey.mailbox.name,
        at=journey.now,
    )
