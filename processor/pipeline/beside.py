"""A mail that belongs to a problem or a change, as far as it is no command."""

from __future__ import annotations

from processor.domain.events import CommandUnproven
from processor.domain.events_neighbours import NeighbourWrote
from processor.domain.message import MessageKind
from processor.domain.neighbours import Neighbour
from processor.domain.people import Actor
from processor.pipeline.state import Desk, Disposition, Journey
from processor.services import neighbours
from processor.services.gratitude import only_thanks
from processor.store.unit_of_work import UnitOfWork


def take_beside_words(journey: Journey, desk: Desk, work: UnitOfWork) -> None:
    """Act: words are kept with the record, those of a party outside the team are handed on; what
    was ordered without proof is held; what a machine wrote is noted."""
    record = _the(journey)
    message = journey.message
    if message.kind is MessageKind.BOUNCE:
        for failed in message.failed_recipients:
            _note(journey, work, record, "bounce", f"{failed.address} {failed.status}".strip())
        journey.end(Disposition.BOUNCED, ",".join(f.address for f in message.failed_recipients))
    elif message.kind is not MessageKind.HUMAN:
        _note(journey, work, record, str(message.kind), journey.note)
        journey.end(Disposition.IGNORED, f"{message.kind}:{','.join(message.kind_reasons)}")
    elif journey.unproven:
        _hold(journey, work, record)
    else:
        if journey.note.strip() and not only_thanks(journey.note, desk.commands.thanks):
            keep_words(journey, work, record, journey.note)
        journey.end(Disposition.UPDATED, record.number)


def _hold(journey: Journey, work: UnitOfWork, record: Neighbour) -> None:
    names = ",".join(order.name for order in journey.unproven)
    _note(journey, work, record, "unproven", journey.message.reply_text)
    journey.trail.append(f"held:{names}")
    journey.events.append(
        CommandUnproven(
            at=journey.now,
            actor=journey.sender,
            incident=None,
            commands=tuple(order.keyword for order in journey.unproven),
            neighbour=record,
        )
    )
    journey.end(Disposition.HELD, names)


def keep_words(journey: Journey, work: UnitOfWork, record: Neighbour, text: str) -> None:
    """Keep what somebody wrote: of the team a note, of others what they have to say."""
    if journey.sender.staff:
        _note(journey, work, record, "note", text)
        return
    _note(journey, work, record, "mail", text)
    journey.events.append(
        NeighbourWrote(at=journey.now, actor=journey.sender, neighbour=record, text=text)
    )


def keep_refused(journey: Journey, work: UnitOfWork) -> None:
    """Nothing was done, but the text is kept."""
    if journey.neighbour is not None:
        _note(journey, work, journey.neighbour, "refused", journey.message.reply_text)


def keep_beside(journey: Journey, work: UnitOfWork) -> None:
    """File the mail with the record."""
    neighbours.file_mail(
        work,
        _the(journey),
        journey.message,
        journey.note if journey.note.strip() else journey.message.reply_text,
        at=journey.received_at,
        spool_id=journey.spool_id,
        event=str(journey.disposition),
    )


def stored_beside(record: Neighbour | None, work: UnitOfWork) -> Neighbour | None:
    """The record as it is stored, after something was undone."""
    return neighbours.find(work, record.number, lock=True) if record is not None else None


def _note(journey: Journey, work: UnitOfWork, record: Neighbour, kind: str, text: str) -> None:
    actor = Actor(journey.sender, journey.proof, journey.via)
    neighbours.step(work, record, actor, journey.now, kind, text)


def _the(journey: Journey) -> Neighbour:
    if journey.neighbour is None:
        raise AssertionError("decide gives this intent only with a problem or a change")
    return journey.neighbour
