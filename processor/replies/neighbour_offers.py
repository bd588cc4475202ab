"""Which buttons letters about problems and changes have."""

from __future__ import annotations

from processor.domain.change import Change, ChangeStatus, is_approver
from processor.domain.people import Person
from processor.domain.problem import PROBLEM_MOVES, Problem, ProblemStatus, roles_on_problem
from processor.replies.letters import Letter

_ON_PROBLEM: dict[ProblemStatus, tuple[str, ...]] = {
    ProblemStatus.NEW: ("accept", "assign", "note"),
    ProblemStatus.INVESTIGATING: ("cause", "workaround", "resolve", "change"),
    ProblemStatus.KNOWN_ERROR: ("resolve", "change", "note"),
    ProblemStatus.PENDING_CHANGE: ("note",),
    ProblemStatus.RESOLVED: ("approve", "send_back"),
    ProblemStatus.CLOSED: (),
}
_ON_CHANGE: dict[ChangeStatus, tuple[str, ...]] = {
    ChangeStatus.REQUESTED: ("grant", "refuse"),
    ChangeStatus.APPROVED: ("change_result",),
}
_MOVING = frozenset(move.keyword for move in PROBLEM_MOVES)
_DUE = frozenset({"problem-near", "problem-overdue"})  # whose reader can name another time
# Only told: whoever reads them is not the one who goes on.
_TOLD = frozenset({"problem-known", "problem-closed", "change-ended", "change-raised"})


def likely_on(letter: Letter) -> tuple[str, ...]:
    """What its reader will probably do next on the problem or change, most likely first."""
    record, reader = letter.neighbour, letter.recipient
    if record is None or letter.kind in _TOLD:
        return ()
    if isinstance(record, Problem):
        wanted = _ON_PROBLEM[record.status]
        if letter.kind in _DUE:
            wanted = (*wanted[:2], "target", *wanted[2:])
        return tuple(name for name in wanted if _may(record, reader, name))
    wanted = _ON_CHANGE.get(record.status, ())
    return tuple(name for name in wanted if _decides(record, reader, name))


def _may(problem: Problem, reader: Person, command: str) -> bool:
    if command not in _MOVING:
        return True
    held = roles_on_problem(problem, reader)
    return any(
        move.keyword == command and move.source is problem.status and move.by & held
        for move in PROBLEM_MOVES
    )


def _decides(change: Change, reader: Person, command: str) -> bool:
    if command in ("grant", "refuse"):
        return is_approver(change, reader)
    return reader.staff
