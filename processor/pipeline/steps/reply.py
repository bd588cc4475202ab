"""Events → mails in the outbox."""

from __future__ import annotations

from processor.domain.message import MessageKind
from processor.pipeline.posting import post
from processor.pipeline.state import Desk, Journey
from processor.store.unit_of_work import UnitOfWork


def reply(journey: Journey, desk: Desk, work: UnitOfWork) -> None:
    """Act: queue what the events ask for. A machine is never answered: what it set off is told
    to the team alone, since no event of its journey is addressed to it."""
    human = journey.alert is None and journey.message.kind is MessageKind.HUMAN
    post(
        journey.events,
        desk,
        work,
        journey.now,
        cause=journey.via,
        mailbox=journey.mailbox,
        answered=journey.message if human else None,
    )
