"""Commands on a problem or a change: what each needs, and who may give it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from processor.commands.errand import Errand, Outcome, done
from processor.domain.events import Event, HelpAsked
from processor.domain.events_neighbours import NeighbourAsked
from processor.domain.neighbours import Neighbour
from processor.domain.people import Person
from processor.services import neighbours

T = TypeVar("T", bound=Neighbour)


@dataclass(frozen=True, slots=True)
class NeighbourCommand(Generic[T]):
    """A keyword's meaning on a record of one kind. ``may`` says whether somebody could give it
    now, which the help lists and buttons offer; the services decide."""

    name: str
    run: Callable[[Errand, T], Outcome]
    may: Callable[[T, Person], bool]


def show_status(errand: Errand, record: Neighbour) -> Outcome:
    """Everything that the asker may see of the record."""
    portfolio = neighbours.portfolio(errand.work, record.number, errand.actor.person)
    event = NeighbourAsked(
        at=errand.at, actor=errand.actor.person, neighbour=record, portfolio=portfolio
    )
    return Outcome(None, [event])


def show_help(errand: Errand, record: T, commands: Sequence[NeighbourCommand[T]]) -> Outcome:
    """Which of the ``commands`` the asker could give on the record now."""
    names = tuple(one.name for one in commands if one.may(record, errand.actor.person))
    event = HelpAsked(
        at=errand.at, actor=errand.actor.person, incident=None, commands=names, neighbour=record
    )
    return Outcome(None, [event])


def told(
    errand: Errand, code: str, record: Neighbour, events: list[Event], **params: object
) -> Outcome:
    """The usual outcome: the sentence ``done.<code>`` about the record."""
    return done(errand, code, events, number=record.number, **params)
