"""Leading messages through the steps of the journey: read, then settled in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from processor.domain.message import Message
from processor.pipeline.journey import READING, SETTLING
from processor.pipeline.posting import rate_key
from processor.pipeline.quarantine import tell_administrators
from processor.pipeline.settling import settle
from processor.pipeline.state import Desk, Disposition, Journey
from processor.pipeline.steps.correlate import thread_of
from processor.store.unit_of_work import UnitOfWork


def travel(desk: Desk, journeys: Sequence[Journey]) -> None:
    """Lead each journey to its end, all in one transaction; whatever a step raises is raised, and
    then nothing of any has happened."""
    for journey in journeys:
        _read(desk, journey)
    with desk.store.begin() as work:
        if len(journeys) > 1:
            _look_ahead(work, [journey.message for journey in journeys])
        for journey in journeys:
            _act(desk, journey, work)
    for _ in journeys:
        desk.checkpoint("committed")


def _look_ahead(work: UnitOfWork, messages: Sequence[Message]) -> None:
    """Ask once for all what each message would ask for by itself."""
    work.spool.look_up([message.message_id for message in messages])
    threads = (one for message in messages for one in thread_of(message))
    work.mails.look_up(list(dict.fromkeys(threads)))
    authors = {message.author.address.lower() for message in messages if message.author}
    work.counters.look_up([rate_key(address) for address in authors])


def _read(desk: Desk, journey: Journey) -> None:
    for read in READING:
        read(journey, desk)
        desk.checkpoint(read.__name__)
        if journey.ended:
            break
    if journey.disposition is Disposition.QUARANTINED:
        # the administrator's notice goes out in the same transaction
        tell_administrators(desk, journey)


def _act(desk: Desk, journey: Journey, work: UnitOfWork) -> None:
    for step in SETTLING:
        if journey.ended and not _still_due(step.__name__, journey):
            continue
        step(journey, desk, work)
        if journey.disposition is Disposition.QUARANTINED and not journey.events:
            tell_administrators(desk, journey)
        desk.checkpoint(step.__name__)
    settle(journey, work)
    desk.checkpoint("settled")


def _still_due(name: str, journey: Journey) -> bool:
    """After its end only the answers of a journey are still to be posted."""
    return name == "reply" and bool(journey.events)
