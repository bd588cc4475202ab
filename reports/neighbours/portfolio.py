"""What a report on one problem needs, read from the store."""

from __future__ import annotations

from dataclasses import dataclass

from processor.domain.change import Change
from processor.domain.incident import Incident, JournalEntry
from processor.domain.problem import Problem
from processor.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ProblemFile:
    """A problem with all that hangs on it. All texts in it can be put under a veil at once."""

    problem: Problem
    incidents: tuple[Incident, ...] = ()
    changes: tuple[Change, ...] = ()
    journal: tuple[JournalEntry, ...] = ()


def read_problem(work: UnitOfWork, number: str) -> ProblemFile:
    """The file of a problem. Raises LookupError when there is none of that number."""
    problem = work.problems.get(number, lock=False)
    if problem is None:
        raise LookupError(number)
    linked = (work.incidents.get(one, lock=False) for one in work.links.to(number, Problem.kind))
    return ProblemFile(
        problem=problem,
        incidents=tuple(one for one in linked if one is not None),
        changes=tuple(work.changes.of(number)),
        journal=work.neighbour_journal.of(number),
    )
