"""The commands of a mail are carried out, all or none, and its author is answered."""

from __future__ import annotations

from processor.commands.beside import allowed_beside
from processor.commands.registry import CommandRefused, allowed, carry_out
from processor.domain.errors import Refusal
from processor.domain.events import CommandsDone, CommandsRefused, Done, Event
from processor.domain.incident import Incident, JournalEntry
from processor.domain.neighbours import Neighbour
from processor.domain.people import Actor
from processor.pipeline.beside import keep_refused, keep_words, stored_beside
from processor.pipeline.leftover import keep_rest
from processor.pipeline.state import Desk, Disposition, Journey
from processor.pipeline.third_line import enclosed_files
from processor.store.unit_of_work import UnitOfWork


def actor_of(journey: Journey) -> Actor:
    """Who wrote the mail, with what it proves of him."""
    return Actor(journey.sender, journey.proof, journey.via)


def take_orders(journey: Journey, desk: Desk, work: UnitOfWork) -> None:
    """Act: every command of the mail, or none; what is refused changes nothing."""
    if journey.misspelt:
        line, suggestion = journey.misspelt[0]
        _refuse(journey, work, line, Refusal("unknown_keyword", line=line), suggestion)
        return
    actor = actor_of(journey)
    try:
        carried = carry_out(
            work,
            desk.policy,
            actor,
            journey.orders,
            journey.incident,
            journey.note,
            journey.now,
            journey.neighbour,
            enclosed_files(journey.message, desk.limits.attachment_bytes),
        )
    except CommandRefused as refused:
        # what the refused commands changed in memory is not what is stored
        journey.incident = _stored(journey.incident, work)
        journey.neighbour = stored_beside(journey.neighbour, work)
        meant = _stored(refused.incident, work)
        beside = stored_beside(refused.neighbour, work)
        _refuse(journey, work, refused.order.keyword, refused.refusal, "", meant, beside)
        return
    journey.events.extend(carried.events)
    if journey.neighbour is not None and carried.rest.strip():
        keep_words(journey, work, journey.neighbour, carried.rest)
    about = carried.incident or journey.incident
    if not journey.number:  # else the mail stays where it belongs
        journey.incident, journey.neighbour = carried.incident, carried.neighbour
    if journey.incident is not None:
        journey.events.extend(
            keep_rest(desk, work, journey.incident, actor, carried.rest, journey.now)
        )
    if carried.done:
        journey.events.append(done_by(journey, work, about, carried.done, carried.neighbour))
    journey.end(Disposition.COMMANDED, ",".join(order.name for order in journey.orders))


def _stored(incident: Incident | None, work: UnitOfWork) -> Incident | None:
    return work.incidents.get(incident.number, lock=True) if incident is not None else None


def _refuse(
    journey: Journey,
    work: UnitOfWork,
    keyword: str,
    refusal: Refusal,
    suggestion: str,
    meant: Incident | None = None,
    beside: Neighbour | None = None,
) -> None:
    """Nothing is done; the text is kept, and the sender learns what would be right."""
    incident = journey.incident
    if incident is not None:
        work.journal.add(
            incident.number,
            JournalEntry(
                at=journey.now,
                actor=journey.sender.address,
                kind="refused",
                via=journey.via,
                new=refusal.code,  # an audit asks what was refused
                text=journey.message.reply_text,
            ),
        )
    keep_refused(journey, work)
    about = meant or incident
    beside = beside or (journey.neighbour if about is None else None)
    journey.events.append(
        CommandsRefused(
            at=journey.now,
            actor=journey.sender,
            incident=about,
            keyword=keyword,
            code=refusal.code,
            params=dict(refusal.params),
            allowed=_allowed(journey, about, beside),
            suggestion=suggestion,
            neighbour=beside,
        )
    )
    journey.end(Disposition.REJECTED, f"{keyword}: {refusal.code}")


def done_by(
    journey: Journey,
    work: UnitOfWork,
    incident: Incident | None,
    done: tuple[Done, ...],
    neighbour: Neighbour | None = None,
) -> Event:
    """The answer to who wrote: what was done, and what he may do next."""
    clocks = tuple(work.clocks.of(incident.number).values()) if incident else ()
    return CommandsDone(
        at=journey.now,
        actor=journey.sender,
        incident=incident,
        done=done,
        clocks=clocks,
        allowed=_allowed(journey, incident, neighbour),
        neighbour=neighbour,
    )


def _allowed(
    journey: Journey, incident: Incident | None, neighbour: Neighbour | None
) -> tuple[str, ...]:
    """What the sender may do next, where his mail is about."""
    if neighbour is not None:
        return allowed_beside(actor_of(journey), neighbour)
    return allowed(actor_of(journey), incident)
