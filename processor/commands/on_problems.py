"""Keywords on a problem (spec 1.8)."""

from __future__ import annotations

from collections.abc import Callable

from processor.commands.change_parts import read_parts
from processor.commands.due_dates import read_due
from processor.commands.errand import Errand, Outcome
from processor.commands.neighbour_errand import NeighbourCommand, show_help, show_status, told
from processor.commands.raising import wish_of
from processor.commands.reporting import of_problem
from processor.commands.values import read_category, read_grade, read_solution, read_target
from processor.domain.errors import Refusal
from processor.domain.numbering import find_numbers
from processor.domain.people import Person, Role
from processor.domain.problem import (
    PROBLEM_MOVES,
    Problem,
    ProblemStatus,
    roles_on_problem,
)
from processor.services import changes
from processor.services import problem_work as work_on


def _accept(errand: Errand, problem: Problem) -> Outcome:
    events = work_on.take(errand.work, problem, errand.actor, errand.at)
    return told(errand, "problem_accept", problem, events)


def _assign(errand: Errand, problem: Problem) -> Outcome:
    person, _, text = read_target(errand.order.value, errand.policy.directory)
    if person is None:
        raise Refusal("unknown_person", name=errand.order.value)
    events = work_on.assign(
        errand.work, problem, errand.actor, errand.at, person, text or errand.note
    )
    return told(errand, "assign", problem, events, to=person.label)


def _note(errand: Errand, problem: Problem) -> Outcome:
    events = work_on.note(errand.work, problem, errand.actor, errand.at, errand.value)
    return told(errand, "problem_note", problem, events)


def _cause(errand: Errand, problem: Problem) -> Outcome:
    events = work_on.set_cause(errand.work, problem, errand.actor, errand.at, errand.value)
    return told(errand, _known(problem, "cause"), problem, events)


def _workaround(errand: Errand, problem: Problem) -> Outcome:
    events = work_on.set_workaround(errand.work, problem, errand.actor, errand.at, errand.value)
    return told(errand, _known(problem, "workaround"), problem, events)


def _known(problem: Problem, otherwise: str) -> str:
    return "problem_known" if problem.status is ProblemStatus.KNOWN_ERROR else otherwise


def _resolve(errand: Errand, problem: Problem) -> Outcome:
    read = read_solution(errand.order.value, errand.policy.closure_codes)
    events = work_on.resolve(
        errand.work,
        problem,
        errand.actor,
        errand.at,
        read.solution or errand.note,
        read.cause,
        read.code,
    )
    return told(errand, "problem_resolve", problem, events)


def _approve(errand: Errand, problem: Problem) -> Outcome:
    codes = errand.policy.closure_codes
    word, _, rest = errand.order.value.partition(" ")
    code = read_solution(f"代码：{word}", codes).code
    comment = rest.strip() if code else errand.order.value
    events = work_on.close(
        errand.work,
        errand.policy,
        problem,
        errand.actor,
        errand.at,
        code,
        comment or errand.note,
    )
    return told(errand, "problem_close", problem, events)


def _send_back(errand: Errand, problem: Problem) -> Outcome:
    events = work_on.send_back(errand.work, problem, errand.actor, errand.at, errand.value)
    return told(errand, "problem_back", problem, events)


def _resume(errand: Errand, problem: Problem) -> Outcome:
    events = work_on.resume(errand.work, problem, errand.actor, errand.at)
    return told(errand, "problem_back", problem, events)


def _priority(errand: Errand, problem: Problem) -> Outcome:
    grade = read_grade("priority", errand.order.value)
    if grade is None:
        raise Refusal("grade_unreadable", field="priority", value=errand.order.value)
    value, reason = grade
    events = work_on.regrade(
        errand.work, problem, errand.actor, errand.at, value, reason or errand.note
    )
    return told(errand, "problem_priority", problem, events, priority=value)


def _category(errand: Errand, problem: Problem) -> Outcome:
    found, _ = read_category(errand.order.value, errand.policy.categories)
    if not found:
        raise Refusal("unknown_category", value=errand.order.value)
    events = work_on.categorise(errand.work, problem, errand.actor, errand.at, found)
    return told(errand, "category", problem, events, value=found)


def _target(errand: Errand, problem: Problem) -> Outcome:
    due = read_due(errand.value, errand.at, errand.policy.zone)
    if due is None:
        raise Refusal("target_unreadable", value=errand.value)
    events = work_on.aim(errand.work, errand.policy, problem, errand.actor, errand.at, due)
    return told(errand, "target", problem, events, due=due)


def _relate(errand: Errand, problem: Problem) -> Outcome:
    numbers = find_numbers(errand.value, errand.policy.numbers)
    if not numbers:
        raise Refusal("incidents_missing")
    events = work_on.relate(errand.work, problem, errand.actor, errand.at, numbers)
    return told(errand, "problem_relate", problem, events, numbers=numbers)


def _change(errand: Errand, problem: Problem) -> Outcome:
    wish = wish_of(read_parts(errand.value))
    change, events = changes.raise_on(
        errand.work, errand.policy, problem, errand.actor, errand.at, wish
    )
    return told(errand, "change", change, events, about=problem.number, people=change.approvers)


def _help(errand: Errand, problem: Problem) -> Outcome:
    return show_help(errand, problem, ON_PROBLEMS)


def _team(_: Problem, person: Person) -> bool:
    return person.staff


def _worker(problem: Problem, person: Person) -> bool:
    held = roles_on_problem(problem, person)
    return problem.open and bool(held & {Role.ASSIGNEE, Role.MANAGER})


def _finder(problem: Problem, person: Person) -> bool:
    return problem.status is not ProblemStatus.NEW and _worker(problem, person)


def _giver(problem: Problem, person: Person) -> bool:
    allowed = {Role.DESK, Role.LEAD, Role.MANAGER, Role.ASSIGNEE}
    return problem.open and bool(roles_on_problem(problem, person) & allowed)


def _reader(problem: Problem, person: Person) -> bool:
    return bool(roles_on_problem(problem, person) & {Role.ASSIGNEE, Role.MANAGER})


def _linking(problem: Problem, person: Person) -> bool:
    return person.staff and problem.open


def _moving(*keywords: str) -> Callable[[Problem, Person], bool]:
    """Whether the table of moves lets him by one of these keywords."""

    def may(problem: Problem, person: Person) -> bool:
        held = roles_on_problem(problem, person)
        if "accept" in keywords and problem.assignee and Role.ASSIGNEE not in held:
            return False
        return any(
            move.source is problem.status and move.keyword in keywords and move.by & held
            for move in PROBLEM_MOVES
        )

    return may


ON_PROBLEMS: tuple[NeighbourCommand[Problem], ...] = (
    NeighbourCommand("accept", _accept, _moving("accept")),
    NeighbourCommand("assign", _assign, _giver),
    NeighbourCommand("cause", _cause, _finder),
    NeighbourCommand("workaround", _workaround, _finder),
    NeighbourCommand("resolve", _resolve, _moving("resolve")),
    NeighbourCommand("change", _change, _moving("change")),
    NeighbourCommand("resume", _resume, _moving("resume")),
    NeighbourCommand("approve", _approve, _moving("approve")),
    NeighbourCommand("send_back", _send_back, _moving("send_back", "reopen")),
    NeighbourCommand("reopen", _send_back, _moving("send_back", "reopen")),
    NeighbourCommand("note", _note, _team),
    NeighbourCommand("relate", _relate, _linking),
    NeighbourCommand("priority", _priority, _worker),
    NeighbourCommand("category", _category, _worker),
    NeighbourCommand("target", _target, _worker),
    NeighbourCommand("status", show_status, _team),
    NeighbourCommand("report", of_problem, _reader),
    NeighbourCommand("help", _help, _team),
)
