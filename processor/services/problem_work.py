"""Working on a problem (spec 1.8): take it, find cause and workaround, solve it, close it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from processor.domain.errors import NotFound, Refusal
from processor.domain.events import Event
from processor.domain.events_neighbours import (
    ErrorKnown,
    ProblemAssigned,
    ProblemClosed,
    ProblemResolved,
    ProblemReturned,
)
from processor.domain.people import Actor, Person, Role
from processor.domain.problem import (
    Problem,
    ProblemStatus,
    check_problem_move,
    roles_on_problem,
)
from processor.services import problem_clock
from processor.services.neighbours import keep_problem, linked, step
from processor.services.policy import Policy
from processor.services.problems import join
from processor.store.unit_of_work import UnitOfWork

S = ProblemStatus


def _move(problem: Problem, target: ProblemStatus, actor: Actor) -> None:
    check_problem_move(problem, target, roles_on_problem(problem, actor.person))
    problem.status = target


def _worker(problem: Problem, actor: Actor) -> None:
    """Raises Refusal unless the actor has the problem, or is a manager."""
    if not roles_on_problem(problem, actor.person) & {Role.ASSIGNEE, Role.MANAGER}:
        raise Refusal("problem_of_other", number=problem.number, assignee=problem.assignee)


def take(work: UnitOfWork, problem: Problem, actor: Actor, at: datetime) -> list[Event]:
    """接单: the actor has the problem, the diagnosis begins. Raises Refusal when it is somebody
    else's."""
    if problem.assignee and problem.assignee != actor.address:
        raise Refusal("problem_of_other", number=problem.number, assignee=problem.assignee)
    _move(problem, S.INVESTIGATING, actor)
    problem.assignee = actor.address
    keep_problem(work, problem, actor, at)
    return []


def assign(
    work: UnitOfWork, problem: Problem, actor: Actor, at: datetime, person: Person, text: str
) -> list[Event]:
    """分派: by the desk, a lead, a manager, or who has it; to one of the team."""
    allowed = {Role.DESK, Role.LEAD, Role.MANAGER, Role.ASSIGNEE}
    if not roles_on_problem(problem, actor.person) & allowed:
        raise Refusal("problem_of_other", number=problem.number, assignee=problem.assignee)
    if not problem.open:
        raise Refusal("problem_closed", number=problem.number)
    if not person.staff:
        raise Refusal("not_an_engineer", name=person.label)
    problem.assignee = person.address
    if text:
        step(work, problem, actor, at, "note", text)
    frozen = keep_problem(work, problem, actor, at)
    told = ProblemAssigned(
        at=at, actor=actor.person, neighbour=frozen, incidents=linked(work, problem), text=text
    )
    return [told]


def note(work: UnitOfWork, problem: Problem, actor: Actor, at: datetime, text: str) -> list[Event]:
    """备注."""
    if not text:
        raise Refusal("text_missing")
    step(work, problem, actor, at, "note", text)
    return []


def set_cause(
    work: UnitOfWork, problem: Problem, actor: Actor, at: datetime, cause: str
) -> list[Event]:
    """根因. With a workaround beside it, the problem is a known error."""
    return _found(work, problem, actor, at, cause or problem.root_cause, problem.workaround)


def set_workaround(
    work: UnitOfWork, problem: Problem, actor: Actor, at: datetime, workaround: str
) -> list[Event]:
    """变通方案. With the cause known, the problem is a known error (已知错误); whoever works on
    its incidents is told. Without a text the one that was recorded stands."""
    return _found(work, problem, actor, at, problem.root_cause, workaround or problem.workaround)


def _found(
    work: UnitOfWork, problem: Problem, actor: Actor, at: datetime, cause: str, workaround: str
) -> list[Event]:
    _worker(problem, actor)
    if not problem.open:
        raise Refusal("problem_closed", number=problem.number)
    if (cause, workaround) == (problem.root_cause, problem.workaround) == ("", ""):
        raise Refusal("text_missing")
    if problem.status is S.NEW:
        raise Refusal("problem_not_taken", number=problem.number)
    problem.root_cause, problem.workaround = cause, workaround
    known = bool(cause and workaround) and problem.status is S.INVESTIGATING
    if known:
        _move(problem, S.KNOWN_ERROR, actor)
    frozen = keep_problem(work, problem, actor, at)
    if not known:
        return []
    incidents = linked(work, problem)
    return [ErrorKnown(at=at, actor=actor.person, neighbour=frozen, incidents=incidents)]


def resume(work: UnitOfWork, problem: Problem, actor: Actor, at: datetime) -> list[Event]:
    """恢复: back to the diagnosis."""
    _move(problem, S.INVESTIGATING, actor)
    keep_problem(work, problem, actor, at)
    return []


def resolve(
    work: UnitOfWork,
    problem: Problem,
    actor: Actor,
    at: datetime,
    solution: str,
    cause: str,
    code: str,
) -> list[Event]:
    """解决: the permanent solution; the root cause must be known by then. Raises Refusal."""
    check_problem_move(problem, S.RESOLVED, roles_on_problem(problem, actor.person))
    given = {"solution": solution, "root_cause": cause or problem.root_cause}
    missing = [name for name, text in given.items() if not text]
    if missing:
        raise Refusal("problem_details_missing", missing=missing)
    problem.status = S.RESOLVED
    problem.solution, problem.root_cause = solution, given["root_cause"]
    problem.closure_code = code or problem.closure_code
    problem.resolved_at = at
    frozen = keep_problem(work, problem, actor, at)
    incidents = linked(work, problem)
    return [ProblemResolved(at=at, actor=actor.person, neighbour=frozen, incidents=incidents)]


def close(
    work: UnitOfWork,
    policy: Policy,
    problem: Problem,
    actor: Actor,
    at: datetime,
    code: str,
    comment: str,
) -> list[Event]:
    """关闭: by the manager, with a closure code (问题关闭代码). The linked incidents' engineers are
    told. What was never solved needs a comment that says why it is closed."""
    solved = problem.status is S.RESOLVED
    _move(problem, S.CLOSED, actor)
    code = code or problem.closure_code
    if code not in policy.closure_codes:
        raise Refusal("closure_code_missing", codes=tuple(policy.closure_codes))
    if not solved and not comment:
        raise Refusal("reason_missing")
    problem.closure_code, problem.closed_at = code, at
    if comment:
        step(work, problem, actor, at, "comment", comment)
    frozen = keep_problem(work, problem, actor, at)
    incidents = linked(work, problem)
    return [ProblemClosed(at=at, actor=actor.person, neighbour=frozen, incidents=incidents)]


def send_back(
    work: UnitOfWork, problem: Problem, actor: Actor, at: datetime, reason: str
) -> list[Event]:
    """驳回 or 重新打开: the diagnosis goes on, for a reason."""
    _move(problem, S.INVESTIGATING, actor)
    if not reason:
        raise Refusal("reason_missing")
    problem.resolved_at = problem.closed_at = None
    step(work, problem, actor, at, "sent_back", reason)
    frozen = keep_problem(work, problem, actor, at)
    return [ProblemReturned(at=at, actor=actor.person, neighbour=frozen, reason=reason)]


def regrade(
    work: UnitOfWork, problem: Problem, actor: Actor, at: datetime, priority: int, reason: str
) -> list[Event]:
    """优先级."""
    _worker(problem, actor)
    problem.priority = priority
    if reason:
        step(work, problem, actor, at, "note", reason)
    keep_problem(work, problem, actor, at)
    return []


def categorise(
    work: UnitOfWork, problem: Problem, actor: Actor, at: datetime, category: str
) -> list[Event]:
    """分类."""
    _worker(problem, actor)
    problem.category = category
    keep_problem(work, problem, actor, at)
    return []


def aim(
    work: UnitOfWork,
    policy: Policy,
    problem: Problem,
    actor: Actor,
    at: datetime,
    target: datetime,
) -> list[Event]:
    """目标时间: by when it shall be solved. Raises Refusal ``target_past``."""
    _worker(problem, actor)
    if target <= at:
        raise Refusal("target_past", due=target)
    problem.target_at = target
    keep_problem(work, problem, actor, at)
    problem_clock.wind(work, policy, problem, at)
    return []


def relate(
    work: UnitOfWork, problem: Problem, actor: Actor, at: datetime, numbers: Sequence[str]
) -> list[Event]:
    """关联: further incidents, all or none. Raises NotFound, Refusal."""
    for number in numbers:
        incident = work.incidents.get(number, lock=True)
        if incident is None:
            raise NotFound(number)
        join(work, problem, incident, actor, at)
    return []


def await_change(work: UnitOfWork, problem: Problem, actor: Actor, at: datetime) -> Problem:
    """待变更: its solution needs a change."""
    _move(problem, S.PENDING_CHANGE, actor)
    return keep_problem(work, problem, actor, at)


def change_over(work: UnitOfWork, problem: Problem, actor: Actor, at: datetime) -> Problem:
    """The change came to its end: back to where the work stands."""
    if problem.status is not S.PENDING_CHANGE:
        return replace(problem)
    known = bool(problem.root_cause and problem.workaround)
    _move(problem, S.KNOWN_ERROR if known else S.INVESTIGATING, actor)
    return keep_problem(work, problem, actor, at)
