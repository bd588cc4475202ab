"""The problem record (问题, seed 6.1.3; spec 1.8): an unknown cause behind incidents, its life and
who may move it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from processor.domain.duty import Reminders
from processor.domain.errors import Refusal
from processor.domain.people import Person, Role


class ProblemStatus(StrEnum):
    """问题状态: 新建, 调查诊断, 已知错误, 待变更, 已解决, 已关闭."""

    NEW = "new"
    INVESTIGATING = "investigating"
    KNOWN_ERROR = "known_error"
    PENDING_CHANGE = "pending_change"
    RESOLVED = "resolved"
    CLOSED = "closed"


class ProblemSource(StrEnum):
    """问题来源: a person, or the rule that opened it (seed 6.1.3)."""

    PERSON = "person"
    UNRESOLVED = "unresolved"  # closed without a solution
    WORKAROUND = "workaround"  # closed with a workaround only
    UNKNOWN_CAUSE = "unknown_cause"
    MAJOR = "major"
    TREND = "trend"


OPEN_PROBLEMS = frozenset(set(ProblemStatus) - {ProblemStatus.RESOLVED, ProblemStatus.CLOSED})


@dataclass(slots=True)
class Problem:
    """One record. Times are aware; ``priority`` 1 (highest) to 4. ``trend`` names what recurs:
    ``category:<path>`` or ``ci:<name>``, "" where it was opened otherwise. A problem with a known
    root cause and a workaround is a known error (已知错误), which helps to solve incidents."""

    kind: ClassVar[str] = "problem"

    number: str
    status: ProblemStatus
    opened_at: datetime
    title: str
    source: ProblemSource
    priority: int = 3
    opener: str = ""  # address, or "postdesk" for a rule
    assignee: str = ""
    category: str = ""
    ci: str = ""
    symptom: str = ""
    root_cause: str = ""
    workaround: str = ""
    solution: str = ""
    closure_code: str = ""
    trend: str = ""
    language: str = "zh"
    mailbox: str = ""  # letters about it leave from there
    target_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Still to be solved."""
        return self.status in OPEN_PROBLEMS

    def concerns(self, address: str) -> bool:
        """Whether somebody outside the team is a party: nobody is, problems are internal."""
        return bool(address) and address in (self.opener, self.assignee)


@dataclass(frozen=True, slots=True)
class ProblemMove:
    """One allowed change of status; ``keyword`` is the stable name of the command for it."""

    source: ProblemStatus
    target: ProblemStatus
    by: frozenset[Role]
    keyword: str


S, R = ProblemStatus, Role
_WORKING = frozenset({R.ASSIGNEE, R.MANAGER})
_CLOSING = frozenset({R.MANAGER, R.OWNER})
_TAKING = frozenset({R.ENGINEER, R.DESK, R.LEAD, R.MANAGER})

PROBLEM_MOVES: tuple[ProblemMove, ...] = tuple(
    ProblemMove(source, target, by, keyword)
    for source, target, by, keyword in (
        (S.NEW, S.INVESTIGATING, _TAKING, "accept"),
        (S.NEW, S.CLOSED, _CLOSING, "approve"),
        (S.INVESTIGATING, S.KNOWN_ERROR, _WORKING, "workaround"),
        (S.INVESTIGATING, S.PENDING_CHANGE, _WORKING, "change"),
        (S.INVESTIGATING, S.RESOLVED, _WORKING, "resolve"),
        (S.INVESTIGATING, S.CLOSED, _CLOSING, "approve"),
        (S.KNOWN_ERROR, S.INVESTIGATING, _WORKING, "resume"),
        (S.KNOWN_ERROR, S.PENDING_CHANGE, _WORKING, "change"),
        (S.KNOWN_ERROR, S.RESOLVED, _WORKING, "resolve"),
        (S.KNOWN_ERROR, S.CLOSED, _CLOSING, "approve"),
        (S.PENDING_CHANGE, S.INVESTIGATING, _WORKING | {R.SYSTEM}, "resume"),
        (S.PENDING_CHANGE, S.KNOWN_ERROR, frozenset({R.SYSTEM}), "resume"),
        (S.RESOLVED, S.CLOSED, _CLOSING, "approve"),
        (S.RESOLVED, S.INVESTIGATING, _CLOSING | {R.ASSIGNEE}, "send_back"),
        (S.CLOSED, S.INVESTIGATING, _CLOSING, "reopen"),
    )
)
"""The life of a problem: whoever has it works on it, the manager closes it. The change's outcome
(``SYSTEM``) ends the wait for it."""


def check_problem_move(problem: Problem, target: ProblemStatus, roles: frozenset[Role]) -> None:
    """Raises Refusal ``problem_move_not_allowed`` where the table has no such move, and
    ``problem_not_yours`` (``by`` whom) where it is for others."""
    moves = [move for move in PROBLEM_MOVES if move.source is problem.status]
    found = next((move for move in moves if move.target is target), None)
    if found is None:
        raise Refusal(
            "problem_move_not_allowed",
            problem_status=problem.status,
            problem_target=target,
            problem_moves=[move.target for move in moves],
        )
    if not found.by & roles:
        raise Refusal(
            "problem_not_yours",
            problem_status=problem.status,
            problem_target=target,
            by=sorted(found.by - {Role.SYSTEM}),
        )


def roles_on_problem(problem: Problem, person: Person) -> frozenset[Role]:
    """What a person is to the problem: his posts, and assignee where he has it."""
    roles = set(person.roles) - {Role.REPORTER, Role.ASSIGNEE, Role.VENDOR}
    if problem.assignee and problem.assignee in (person.address, *person.aliases):
        roles.add(Role.ASSIGNEE)
    return frozenset(roles)


@dataclass(frozen=True, slots=True)
class TrendPolicy:
    """``incidents`` of one category or configuration item within ``days`` are a trend; it is
    looked for every ``minutes``. ``of`` names what is counted: ``category``, ``ci``."""

    incidents: int = 5
    days: int = 30
    minutes: int = 15
    of: tuple[str, ...] = ("category", "ci")


@dataclass(frozen=True, slots=True)
class ProblemPolicy:
    """When a problem is opened by itself, and until when it should be solved.

    ``opens_on`` are the rules in force; ``unresolved_codes`` closure codes that say that nothing
    was solved; ``unknown_causes`` words that say that nobody knows (lower case); ``target_days``
    priority → working days; on the first working day from ``review_day`` of each month on the
    managers get the list of open problems; ``reminders`` are of the target time.
    """

    opens_on: frozenset[ProblemSource] = frozenset()
    unresolved_codes: tuple[str, ...] = ()
    unknown_causes: tuple[str, ...] = ()
    trend: TrendPolicy = TrendPolicy()
    target_days: Mapping[int, int] = field(default_factory=dict)
    review_day: int = 1
    reminders: Reminders = field(default_factory=Reminders)
