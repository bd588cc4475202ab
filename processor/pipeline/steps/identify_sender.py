"""Whom the mail names as its author."""

from __future__ import annotations

from dataclasses import replace

from processor.domain.people import Person
from processor.pipeline.forming import reporter_of
from processor.pipeline.state import Desk, Journey
from processor.pipeline.steps.screen import CHANNEL_HEADER
from processor.store.unit_of_work import UnitOfWork


def identify_sender(journey: Journey, desk: Desk, work: UnitOfWork) -> None:
    """Judge: the configured person of that address, else whoever the header says.

    ``From`` proves nothing: this only says whose the mail would be if it is genuine. A form that
    came without a mail is from whom it names.
    """
    if journey.handed and journey.message.header(CHANNEL_HEADER):
        journey.sender = reporter_of(journey.handed[0], None, desk.policy.directory)
        return
    author = journey.message.author
    if author is None:
        return
    known = desk.policy.directory.find(author.address)
    if known is not None:
        language = known.language or journey.message.language
        journey.sender = replace(known, language=language)
        return
    journey.sender = Person(
        address=author.address.lower(), name=author.name, language=journey.message.language
    )
