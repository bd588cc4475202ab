"""The desk's own counter: a keyword given on the server's command line (spec 8, `do`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from processor.commands.grammar import read_orders
from processor.commands.profiling import spelled_out
from processor.commands.registry import CommandRefused, carry_out
from processor.domain.errors import NotFound, Refusal
from processor.domain.events import Done, Event, HelpAsked, QueueAsked, StatusAsked
from processor.domain.events_neighbours import NeighbourAsked
from processor.domain.incident import Incident
from processor.domain.neighbours import Neighbour
from processor.domain.people import Actor, Person, Proof
from processor.pipeline.leftover import keep_rest
from processor.pipeline.posting import post
from processor.pipeline.state import Desk
from processor.services import neighbours

_ANSWERS = (StatusAsked, QueueAsked, HelpAsked, NeighbourAsked)  # read here, not mailed


@dataclass(frozen=True, slots=True)
class Served:
    """What was done: sentences' codes and parameters, the events behind them, and the record as
    it is now."""

    done: tuple[Done, ...]
    events: tuple[Event, ...]
    incident: Incident | None
    neighbour: Neighbour | None = None


def serve(desk: Desk, number: str, words: Sequence[str], address: str, now: datetime) -> Served:
    """Carry out ``words`` (a keyword and its value; a word that begins with ``#`` starts another
    command) on ``number`` as the person ``address``, all or none.

    The same rules hold as by mail; who has the server's shell needs no other proof. Others are
    told by mail as usual, the one who asked reads the answer here. Raises Refusal.
    """
    text = _written(words)
    with desk.store.read() as work:
        known = work.incidents.get(number, lock=False)
    if known is not None:
        text = spelled_out(text, desk.policy.profile(known.profile), desk.commands.synonyms)
    read = read_orders(text, desk.commands.synonyms, True, desk.policy.numbers)
    if read.unknown:
        line, suggestion = read.unknown[0]
        raise Refusal("unknown_keyword_near", line=line, suggestion=suggestion)
    if not read.orders:
        raise Refusal("unknown_keyword", line=text)
    with desk.store.begin() as work:
        record = neighbours.find(work, number, lock=True)
        incident = work.incidents.get(number, lock=True) if record is None else None
        about = record or incident
        if about is None:
            raise NotFound(number)
        person = desk.policy.directory.find(address) or Person(
            address=address.lower(), language=about.language
        )
        actor = Actor(person, Proof.SHELL, "shell")
        try:
            carried = carry_out(
                work, desk.policy, actor, read.orders, incident, read.note, now, record
            )
        except CommandRefused as refused:
            raise refused.refusal from refused
        events = [*carried.events]
        if incident is not None:
            events += keep_rest(desk, work, incident, actor, carried.rest, now)
        elif record is not None and carried.rest.strip():
            neighbours.step(work, record, actor, now, "note", carried.rest)
        mailbox = desk.mailboxes.get(about.mailbox) or next(iter(desk.mailboxes.values()))
        told = [event for event in events if not isinstance(event, _ANSWERS)]
        # the journal grows with every errand: the same words a second time are another cause
        journal = work.neighbour_journal if record is not None else work.journal
        steps = len(journal.of(number))
        cause = f"shell:{number}:{now.isoformat()}:{steps}:{text}"
        post(told, desk, work, now, cause=cause, mailbox=mailbox)
    return Served(carried.done, tuple(events), incident, record)


def _written(words: Sequence[str]) -> str:
    """The words of a shell as the lines of a mail."""
    lines: list[list[str]] = []
    for word in words:
        if not lines or word[:1] in ("#", "＃"):
            lines.append([])
        lines[-1].append(word)
    text = "\n".join(" ".join(line) for line in lines).strip()
    return text if text[:1] in ("#", "＃", "/") else f"#{text}"
