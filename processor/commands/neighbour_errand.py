"""Commands on a problem or a change: what each needs, and who may give it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from processor.commands.errand import Errand, Outcome, done
from processor.domain.events import Event
from processor.domain.neighbours import Neighbour
from processor.domain.people import Person

T = TypeVar("T", bound=Neighbour)


@dataclass(frozen=True, slots=True)
class NeighbourCommand(Generic[T]):
    """A keyword's meaning on a record of one kind. ``may`` says whether somebody could give it
    now, which the help lists and buttons offer; the services decide."""

    name: str
    run: Callable[[Errand, T], Outcome]
    may: Callable[[T, Person], bool]


def told(
    errand: Errand, code: str, record: Neighbour, events: list[Event], **params: object
) -> Outcome:
    """The usual outcome: the sentence ``done.<code>`` about the record."""
    return done(errand, code, events, number=record.number, **params)
