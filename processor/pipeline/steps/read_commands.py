"""Keywords in the newly written words."""

from __future__ import annotations

from processor.commands.bare_words import asked_alone
from processor.commands.describing import OF_THE_TEAM
from processor.commands.grammar import Order, read_orders
from processor.commands.profiling import spelled_out
from processor.commands.stars import read_stars
from processor.domain.incident import Status
from processor.domain.message import MessageKind
from processor.parsing.thread_headers import bare_subject
from processor.pipeline.state import Desk, Journey
from processor.store.unit_of_work import UnitOfWork

_SOLVED = frozenset({Status.RESOLVED, Status.PENDING_REVIEW, Status.CLOSED})


def read_commands(journey: Journey, desk: Desk, work: UnitOfWork) -> None:
    """Judge: orders, near misses and the note. Quotes are not read: a quoted keyword commands
    nothing; nor is what a machine wrote."""
    text = journey.message.reply_text
    if journey.alert is not None or journey.message.kind is not MessageKind.HUMAN:
        journey.note = text
        return
    if journey.incident is not None and journey.staff:
        profile = desk.policy.profile(journey.incident.profile)
        text = spelled_out(text, profile, desk.commands.synonyms)
    read = read_orders(text, desk.commands.synonyms, journey.staff, desk.policy.numbers)
    if not journey.staff and any(
        order.name in OF_THE_TEAM and not order.value for order in read.orders
    ):
        known = desk.commands.synonyms.items()
        theirs = {name: said for name, said in known if name not in OF_THE_TEAM}
        read = read_orders(text, theirs, journey.staff, desk.policy.numbers)
    if not (read.orders or read.unknown or journey.handed):
        wanted = asked_alone(
            bare_subject(journey.message.subject),
            text,
            [word for said in desk.commands.synonyms.get("forms", {}).values() for word in said],
            desk.forms.settings.around,
        )
        if wanted is not None:
            journey.orders = (Order("forms", wanted),)
            return
        starred = read_stars(text, _first_word(desk, "rate")) if _may_rate(journey) else None
        if starred is not None:
            order, journey.note = starred
            journey.orders = (order,)
            return
    journey.orders = read.orders
    journey.misspelt = read.unknown
    journey.note = read.note


def _may_rate(journey: Journey) -> bool:
    """Whether stars of this person are a score: his own incident is solved."""
    incident = journey.incident
    return (
        incident is not None
        and incident.status in _SOLVED
        and incident.reporter_address == journey.sender.address
    )


def _first_word(desk: Desk, command: str) -> str:
    """The keyword as the desk's language writes it."""
    said = desk.commands.synonyms.get(command, {})
    words = said.get(desk.policy.language) or next(iter(said.values()), (command,))
    return words[0]
