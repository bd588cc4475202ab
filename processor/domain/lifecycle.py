"""The life of an incident (事件状态, seed 6.9): which moves there are, and who may make them."""

from __future__ import annotations

from dataclasses import dataclass

from processor.domain.errors import Refusal
from processor.domain.incident import Incident, Status
from processor.domain.people import Person, Role

S, R = Status, Role


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed change of status. ``keyword`` is the stable name of the command for it."""

    source: Status
    target: Status
    by: frozenset[Role]
    keyword: str


def _moves(source: Status, *rows: tuple[Status, str, tuple[Role, ...]]) -> tuple[Move, ...]:
    return tuple(Move(source, target, frozenset(by), keyword) for target, keyword, by in rows)


_DISPATCH = (R.SYSTEM, R.DESK)
_WORKER = (R.ASSIGNEE,)

MOVES: tuple[Move, ...] = (
    *_moves(
        S.NEW,
        (S.ASSIGNED, "assign", _DISPATCH),
        (S.IN_PROGRESS, "accept", _DISPATCH),
        (S.PENDING_USER, "wait_user", _DISPATCH),
        (S.REJECTED, "reject", _DISPATCH),
        (S.MERGED, "duplicate", _DISPATCH),
        (S.CANCELLED, "cancel", (R.DESK, R.REPORTER)),
        (S.RESOLVED, "resolve", _DISPATCH),
    ),
    *_moves(
        S.ASSIGNED,
        (S.IN_PROGRESS, "accept", (R.ASSIGNEE,)),
        (S.NEW, "return", (R.ASSIGNEE, R.LEAD, R.DESK)),
        (S.ASSIGNED, "assign", (R.DESK, R.LEAD, R.ASSIGNEE)),
    ),
    *_moves(
        S.IN_PROGRESS,
        (S.PENDING_USER, "wait_user", _WORKER),
        (S.PENDING_VENDOR, "vendor", _WORKER),
        (S.PENDING_CHANGE, "change", _WORKER),
        (S.ASSIGNED, "escalate", _WORKER),
        (S.RESOLVED, "resolve", _WORKER),
        (S.NEW, "recall", (R.DESK, R.MANAGER)),
    ),
    *_moves(
        S.PENDING_USER,
        (S.IN_PROGRESS, "resume", (R.ASSIGNEE, R.REPORTER, R.SYSTEM)),
        (S.RESOLVED, "resolve", (R.ASSIGNEE, R.SYSTEM)),
    ),
    *_moves(
        S.PENDING_VENDOR,
        (S.IN_PROGRESS, "resume", (R.ASSIGNEE, R.VENDOR)),
        (S.RESOLVED, "resolve", (R.ASSIGNEE, R.VENDOR)),
    ),
    *_moves(
        S.PENDING_CHANGE,
        (S.IN_PROGRESS, "resume", (R.ASSIGNEE, R.SYSTEM)),
        (S.RESOLVED, "resolve", (R.ASSIGNEE, R.SYSTEM)),
    ),
    *_moves(
        S.RESOLVED,
        (S.PENDING_REVIEW, "confirm", (R.REPORTER, R.SYSTEM)),
        (S.IN_PROGRESS, "reopen", (R.REPORTER,)),
    ),
    *_moves(
        S.PENDING_REVIEW,
        (S.CLOSED, "approve", (R.MANAGER,)),
        (S.IN_PROGRESS, "send_back", (R.MANAGER,)),
    ),
    *_moves(S.CLOSED, (S.IN_PROGRESS, "reopen", (R.MANAGER, R.REPORTER))),
    *_moves(S.REJECTED, (S.NEW, "appeal", (R.DESK, R.REPORTER))),
    *_moves(S.CANCELLED, (S.NEW, "reopen", (R.REPORTER,))),
)

_BY_SOURCE: dict[Status, tuple[Move, ...]] = {
    status: tuple(move for move in MOVES if move.source is status) for status in Status
}


def moves_from(status: Status) -> tuple[Move, ...]:
    """Every move that leads away from ``status``, in the order of the table."""
    return _BY_SOURCE[status]


def check_move(status: Status, target: Status, roles: frozenset[Role]) -> Move:
    """The move from ``status`` to ``target`` for somebody with ``roles``.

    Raises Refusal ``move_not_allowed`` when the table has no such move, ``not_yours`` when it is
    for others; both name the status and the moves that there are.
    """
    for move in _BY_SOURCE[status]:
        if move.target is target:
            if move.by & roles:
                return move
            raise Refusal("not_yours_to_move", status=status, target=target, by=sorted(move.by))
    raise Refusal(
        "move_not_allowed",
        status=status,
        target=target,
        moves=[move.target for move in _BY_SOURCE[status]],
        keywords=[move.keyword for move in _BY_SOURCE[status]],
    )


def roles_on(incident: Incident, person: Person) -> frozenset[Role]:
    """What a person is to this incident: his posts, reporter or assignee where he is, and lead
    only of the group that has it."""
    roles = set(person.roles)
    if Role.LEAD in roles and incident.group not in person.leads:
        roles.discard(Role.LEAD)
    addresses = {person.address, *person.aliases}
    if incident.reporter_address in addresses:
        roles.add(Role.REPORTER)
    if incident.assignee and incident.assignee in addresses:
        roles.add(Role.ASSIGNEE)
    return frozenset(roles)
