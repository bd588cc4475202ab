"""Keywords that open or link a problem, and raise a change, from an incident (spec 1.8, 3)."""

from __future__ import annotations

from processor.commands.change_parts import PartsRead, read_parts
from processor.commands.errand import Command, Errand, Outcome, done
from processor.domain.errors import NotFound, Refusal
from processor.domain.numbering import RecordKind, find_numbers
from processor.domain.people import STAFF_ROLES, Role
from processor.domain.problem import Problem, ProblemSource
from processor.services import changes, problems
from processor.services.changes import Wish


def _problem(errand: Errand) -> Outcome:
    """``问题 title`` opens one, ``问题 PRB-…`` links the incident to one that is there."""
    incident, value = errand.on, errand.value
    numbers = [one for one in find_numbers(value) if one.startswith(RecordKind.PROBLEM)]
    if numbers:
        found = errand.work.problems.get(numbers[0])
        if found is None:
            raise NotFound(numbers[0])
        problems.join(errand.work, found, incident, errand.actor, errand.at)
        return done(
            errand, "problem_linked", [], number=incident.number, problem=found.number,
            title=found.title,
        )  # fmt: skip
    events = problems.open_for(
        errand.work,
        errand.policy,
        incident,
        errand.actor,
        errand.at,
        ProblemSource.PERSON,
        " ".join(value.split()),
    )
    opened = [one for event in events if isinstance(one := getattr(event, "neighbour", 0), Problem)]
    return done(
        errand, "problem", events, number=incident.number, problem=opened[0].number,
        title=opened[0].title,
    )  # fmt: skip


def _change(errand: Errand) -> Outcome:
    wish = wish_of(read_parts(errand.value))
    change, events = changes.raise_on(
        errand.work, errand.policy, errand.on, errand.actor, errand.at, wish
    )
    return done(
        errand, "change", events, number=change.number, about=errand.on.number,
        people=change.approvers,
    )  # fmt: skip


def wish_of(read: PartsRead) -> Wish:
    """The request, whole. Raises Refusal with every part that is missing or cannot be read."""
    if read.missing:
        raise Refusal("change_incomplete", parts=read.missing)
    if read.level is None:
        raise Refusal("risk_unreadable", value=read.risk)
    return Wish(read.what, read.why, read.level, read.window, read.back_out)


COMMANDS = (
    Command("problem", _problem, STAFF_ROLES),
    Command("change", _change, frozenset({Role.ASSIGNEE, Role.ENGINEER, Role.DESK})),
)
