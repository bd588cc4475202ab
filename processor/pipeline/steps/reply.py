"""Events → mails in the outbox."""

from __future__ import annotations

from dataclasses import replace

from processor.domain.message import Address, MessageKind
from processor.pipeline.posting import post
from processor.pipeline.state import Desk, Journey
from processor.pipeline.steps.screen import CHANNEL_HEADER
from processor.store.unit_of_work import UnitOfWork


def reply(journey: Journey, desk: Desk, work: UnitOfWork) -> None:
    """Act: queue what the events ask for. A machine is never answered: what it set off is told
    to the team alone, since no event of its journey is addressed to it."""
    message = journey.message
    if message.header(CHANNEL_HEADER):
        # whoever the form is from did not write the envelope, yet counts for the caps as if
        message = replace(message, sender=(_written_by(journey),), message_id="", references=())
    human = journey.alert is None and message.kind is MessageKind.HUMAN
    post(
        journey.events,
        desk,
        work,
        journey.now,
        cause=journey.via,
        mailbox=journey.mailbox,
        answered=message if human else None,
    )


def _written_by(journey: Journey) -> Address:
    return Address(journey.sender.name, journey.sender.address)
