"""Which problem or change a command means, and carrying it out there."""

from __future__ import annotations

from processor.commands.errand import Errand, Outcome
from processor.commands.grammar import Order
from processor.commands.neighbour_errand import NeighbourCommand
from processor.commands.on_changes import ON_CHANGES
from processor.commands.on_problems import ON_PROBLEMS
from processor.domain.change import Change
from processor.domain.errors import NotFound, Refusal
from processor.domain.incident import Incident, Status
from processor.domain.neighbours import Neighbour, is_neighbour
from processor.domain.people import Actor
from processor.domain.problem import Problem
from processor.services import changes, neighbours
from processor.store.unit_of_work import UnitOfWork

_PROBLEM: dict[str, NeighbourCommand[Problem]] = {one.name: one for one in ON_PROBLEMS}
_CHANGE: dict[str, NeighbourCommand[Change]] = {one.name: one for one in ON_CHANGES}

_OF_CHANGES = frozenset({"grant", "refuse", "change_result"})
_OF_PROBLEMS = frozenset({"cause", "workaround", "target"})
BESIDE = _OF_CHANGES | _OF_PROBLEMS
"""Commands that incidents do not know themselves."""
_DECIDING = frozenset({"approve", "reject", "send_back"})
"""What means the change where an incident waits for one: in that state it cannot be reviewed."""


def beside(
    work: UnitOfWork,
    actor: Actor,
    order: Order,
    incident: Incident | None,
    neighbour: Neighbour | None,
) -> Neighbour | None:
    """The problem or change that the order is for: the one it names, the one that the mail
    belongs to, or the one behind the incident. None: it is for the incident, or for nothing.

    Raises NotFound also to who has no part in it, and Refusal where there is none.
    """
    if order.number is not None and is_neighbour(order.number):
        found = neighbours.find(work, order.number, lock=True)
        if found is None or not neighbours.visible(found, actor.person):
            raise NotFound(order.number)
        return found
    if order.number is None and neighbour is not None:
        return neighbour
    if incident is None:
        return None
    waits = incident.status is Status.PENDING_CHANGE
    if order.name in _OF_CHANGES or (waits and order.name in _DECIDING):
        change = changes.open_change(work, incident.number)
        if change is None:
            raise Refusal("no_change", number=incident.number)
        return change
    if order.name in _OF_PROBLEMS:
        return _problem_of(work, incident)
    return None


def _problem_of(work: UnitOfWork, incident: Incident) -> Problem:
    there = [one for one in neighbours.problems_of(work, incident) if one.open]
    if not there:
        raise Refusal("no_problem", number=incident.number)
    if len(there) > 1:
        numbers = tuple(one.number for one in there)
        raise Refusal("which_problem", number=incident.number, numbers=numbers)
    found = work.problems.get(there[0].number)
    if found is None:
        raise NotFound(there[0].number)
    return found


def run_beside(errand: Errand, record: Neighbour) -> Outcome | None:
    """Carry the command out on the problem or change; None where it is none of theirs."""
    name = errand.order.name
    if isinstance(record, Problem):
        on_problem = _PROBLEM.get(name)
        return on_problem.run(errand, record) if on_problem else None
    on_change = _CHANGE.get(name)
    return on_change.run(errand, record) if on_change else None


def allowed_beside(actor: Actor, record: Neighbour) -> tuple[str, ...]:
    """Names of what the actor may do on it now, in listed order."""
    if isinstance(record, Problem):
        return tuple(one.name for one in ON_PROBLEMS if one.may(record, actor.person))
    return tuple(one.name for one in ON_CHANGES if one.may(record, actor.person))
