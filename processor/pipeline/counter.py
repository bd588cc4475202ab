"""The desk's own counter: a keyword given on the server's command line (spec 8, `do`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from processor.commands.grammar import read_orders
from processor.commands.registry import CommandRefused, carry_out
from processor.domain.errors import NotFound, Refusal
from processor.domain.events import CommandsDone, Done, Event
from processor.domain.people import Actor, Person, Proof
from processor.pipeline.posting import post
from processor.pipeline.state import Desk


@dataclass(frozen=True, slots=True)
class Served:
    """What was done: sentences' codes and parameters, and the events behind them."""

    done: tuple[Done, ...]
    events: tuple[Event, ...]


def serve(desk: Desk, number: str, words: Sequence[str], address: str, now: datetime) -> Served:
    """Carry out ``words`` (a keyword and its value) on ``number`` as the person ``address``.

    The same rules hold as by mail; who has the server's shell needs no other proof. Others are
    told by mail as usual, the one who asked reads the answer here. Raises Refusal.
    """
    line = " ".join(words)
    text = line if line[:1] in "#＃/" else f"#{line}"
    read = read_orders(text, desk.commands.synonyms, True)
    if not read.orders:
        suggestion = read.unknown[0][1] if read.unknown else ""
        raise Refusal("unknown_keyword", line=line, suggestion=suggestion)
    with desk.store.begin() as work:
        incident = work.incidents.get(number, lock=True)
        if incident is None:
            raise NotFound(number)
        person = desk.policy.directory.find(address) or Person(
            address=address.lower(), language=incident.language
        )
        actor = Actor(person, Proof.SHELL, "shell")
        try:
            carried = carry_out(work, desk.policy, actor, read.orders, incident, read.note, now)
        except CommandRefused as refused:
            raise refused.refusal from refused
        mailbox = desk.mailboxes.get(incident.mailbox) or next(iter(desk.mailboxes.values()))
        told = [event for event in carried.events if not isinstance(event, CommandsDone)]
        cause = f"shell:{number}:{now.isoformat()}:{line}"
        post(told, desk, work, now, cause=cause, mailbox=mailbox)
    return Served(carried.done, tuple(carried.events))
