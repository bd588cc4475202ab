"""Every command there is, and the way to carry out a mail's: all or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from processor.commands import (
    asking,
    classifying,
    closing,
    describing,
    desk_work,
    emergencies,
    escalating,
    items,
    keeping,
    knowledge,
    linking,
    listing,
    owing,
    profiling,
    raising,
    reporting,
    third_line,
    working,
)
from processor.commands.beside import BESIDE, beside, run_beside
from processor.commands.errand import Command, Errand, Outcome, Rest
from processor.commands.grammar import Order
from processor.domain.errors import NotFound, Refusal
from processor.domain.events import Done, Event
from processor.domain.incident import Incident, Status
from processor.domain.lifecycle import moves_from, roles_on
from processor.domain.message import Attachment
from processor.domain.neighbours import Neighbour, is_neighbour
from processor.domain.people import Actor, Role
from processor.services import enquiring, merging
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork

COMMANDS: dict[str, Command] = {
    command.name: command
    for family in (
        working,
        escalating,
        closing,
        classifying,
        items,
        emergencies,
        raising,
        profiling,
        knowledge,
        third_line,
        owing,
        linking,
        listing,
        listing,
        keeping,
        desk_work,
        describing,
        asking,
        reporting,
    )
    for command in family.COMMANDS
}


@dataclass(frozen=True, slots=True)
class Carried:
    """What all commands of one mail did; ``incident`` is the one that was meant last, or where none
    was, ``neighbour`` the problem or change; ``rest`` the free text that none of them took."""

    done: tuple[Done, ...] = ()
    events: list[Event] = field(default_factory=list)
    incident: Incident | None = None
    rest: str = ""
    neighbour: Neighbour | None = None


class CommandRefused(Exception):
    """A command of the mail was refused: nothing of the mail is done."""

    def __init__(
        self,
        order: Order,
        incident: Incident | None,
        refusal: Refusal,
        neighbour: Neighbour | None = None,
    ) -> None:
        super().__init__(refusal.code)
        self.order = order
        self.incident = incident
        self.neighbour = neighbour
        self.refusal = refusal


def allowed(actor: Actor, incident: Incident | None) -> tuple[str, ...]:
    """Names of what the actor may do now, on the incident or without one, in listed order."""
    return tuple(
        command.name
        for command in COMMANDS.values()
        if command.listed
        and command.fits(incident)
        and command.open_to(actor, incident)
        and _movable(command.name, actor, incident)
    )


_MOVES = {
    (status, move.keyword): move.by
    for status in Status
    for move in moves_from(status)
    if move.keyword in COMMANDS
}
_MOVING = frozenset(keyword for _, keyword in _MOVES)
_OF_MERGED = frozenset({"confirm", "reopen", "duplicate"})  # these know what a merged one is


def _movable(name: str, actor: Actor, incident: Incident | None) -> bool:
    """Whether the table of moves lets the actor: what would be refused is not offered."""
    if incident is None or name not in _MOVING:
        return True
    by = _MOVES.get((incident.status, name))
    if by is None:
        return False
    held = roles_on(incident, actor.person)
    if name == "accept":
        if incident.assignee:
            return Role.ASSIGNEE in held
        return incident.group in (*actor.person.groups, *actor.person.leads)
    return bool(by & held)


def carry_out(
    work: UnitOfWork,
    policy: Policy,
    actor: Actor,
    orders: Sequence[Order],
    incident: Incident | None,
    note: str,
    at: datetime,
    neighbour: Neighbour | None = None,
    enclosed: tuple[Attachment, ...] = (),
) -> Carried:
    """Carry out every order in turn inside a savepoint. ``enclosed`` are the files of the mail.

    Raises CommandRefused at the first that is not allowed; the store is then as before.
    """
    done: list[Done] = []
    events: list[Event] = []
    order, meant, record = orders[0], incident, neighbour
    rest = Rest(note)
    try:
        with work.savepoint():
            for order in orders:
                meant, record = _meant(work, actor, order, incident), None
                record = beside(work, actor, order, meant, neighbour)
                errand = Errand(work, policy, actor, order, at, meant, rest, allowed, enclosed)
                outcome = _run(errand, record)
                meant = outcome.opened or meant
                events.extend(outcome.events)
                if outcome.done is not None:
                    done.append(outcome.done)
    except Refusal as refusal:
        about = record if meant is None else None
        raise CommandRefused(order, meant, _practicable(refusal), about) from refusal
    left = "" if rest.taken else note
    return Carried(tuple(done), events, meant, left, record if meant is None else None)


def _practicable(refusal: Refusal) -> Refusal:
    """Of the moves that a refusal names, those that there is a command for."""
    moves, keywords = refusal.params.get("moves"), refusal.params.get("keywords")
    if isinstance(moves, list) and isinstance(keywords, list):
        known = [pair for pair in zip(moves, keywords, strict=True) if pair[1] in COMMANDS]
        refusal.params["moves"] = [move for move, _ in known]
        refusal.params["keywords"] = [keyword for _, keyword in known]
    return refusal


def _meant(
    work: UnitOfWork, actor: Actor, order: Order, incident: Incident | None
) -> Incident | None:
    """The incident that the order names, else the one that the mail belongs to.

    Raises NotFound also to who has no part in it: that a number exists is not his business.
    """
    if order.number is None or (incident and order.number == incident.number):
        return incident
    if is_neighbour(order.number):
        return None
    found = work.incidents.get(order.number, lock=True)
    if found is None or not enquiring.visible(found, actor.person):
        raise NotFound(order.number)
    return found


def _run(errand: Errand, record: Neighbour | None) -> Outcome:
    order, incident, actor = errand.order, errand.incident, errand.actor
    if record is not None:
        outcome = run_beside(errand, record)
        if outcome is not None:
            return outcome
    command = COMMANDS.get(order.name)
    if command is None and order.name in BESIDE:
        raise Refusal("which_neighbour", keyword=order.keyword)
    if command is None:
        raise Refusal("not_available", keyword=order.keyword)
    if record is not None and not command.alone:
        raise Refusal(f"not_for_{record.kind}", keyword=order.keyword, number=record.number)
    if incident is None and not command.alone:
        raise Refusal("which_incident", keyword=order.keyword)
    if not command.open_to(actor, incident):
        raise Refusal("not_yours", keyword=order.keyword)
    if merging.is_merged(incident) and order.name in _MOVING - _OF_MERGED:
        raise Refusal("merged_follows", number=incident.number, parent=incident.parent)
    return command.run(errand)
