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


def _row(source: Status, *moves: tuple[Status, str, set[Role]]) -> tuple[Move, ...]:
    return tuple(Move(source, target, frozenset(by), keyword) for target, keyword, by in moves)


_INTAKE = {R.SYSTEM, R.DESK}
_DISPATCH = {R.DESK, R.LEAD, R.ASSIGNEE}

MOVES: tuple[Move, ...] = (
    *_row(
        S.NEW,
        (S.ASSIGNED, "assign", _INTAKE),
        (S.IN_PROGRESS, "accept", _INTAKE),
        (S.PENDING_USER, "wait_user", _INTAKE),
        (S.REJECTED, "reject", _INTAKE),
        (S.MERGED, "duplicate", {*_INTAKE, R.ASSIGNEE}),
        (S.CANCELLED, "cancel", {*_INTAKE, R.REPORTER}),
        (S.RESOLVED, "resolve", _INTAKE),
    ),
    *_row(
        S.ASSIGNED,
        (S.IN_PROGRESS, "accept", _DISPATCH),
        (S.NEW, "return", _DISPATCH),
        (S.ASSIGNED, "assign", _DISPATCH),
    ),
    *_row(
        S.IN_PROGRESS,
        (S.PENDING_USER, "wait_user", {R.ASSIGNEE}),
        (S.PENDING_VENDOR, "vendor", {R.ASSIGNEE}),
        (S.PENDING_CHANGE, "change", {R.ASSIGNEE}),
        (S.ASSIGNED, "escalate", {R.ASSIGNEE}),
        (S.RESOLVED, "resolve", {R.ASSIGNEE}),
        (S.NEW, "recall", {R.ASSIGNEE, R.DESK, R.MANAGER}),
    ),
    *_row(
        S.PENDING_USER,
        (S.IN_PROGRESS, "resume", {R.ASSIGNEE, R.REPORTER, R.SYSTEM}),
        (S.RESOLVED, "resolve", {R.ASSIGNEE, R.SYSTEM}),
    ),
    *_row(
        S.PENDING_VENDOR,
        (S.IN_PROGRESS, "resume", {R.ASSIGNEE, R.VENDOR}),
        (S.RESOLVED, "resolve", {R.ASSIGNEE, R.VENDOR}),
    ),
    *_row(
        S.PENDING_CHANGE,
        (S.IN_PROGRESS, "resume", {R.ASSIGNEE, R.SYSTEM}),
        (S.RESOLVED, "resolve", {R.SYSTEM}),
    ),
    *_row(
        S.RESOLVED,
        (S.PENDING_REVIEW, "confirm", {R.REPORTER, R.SYSTEM}),  # the engineer alone never closes
        (S.IN_PROGRESS, "reopen", {R.REPORTER, R.ASSIGNEE}),
    ),
    *_row(
        S.PENDING_REVIEW,
        (S.CLOSED, "approve", {R.MANAGER}),
        (S.IN_PROGRESS, "send_back", {R.MANAGER}),
    ),
    *_row(S.CLOSED, (S.IN_PROGRESS, "reopen", {R.MANAGER, R.REPORTER})),
    *_row(S.REJECTED, (S.NEW, "reopen", {R.DESK})),
    *_row(S.MERGED),  # follows its parent
    *_row(S.CANCELLED, (S.NEW, "reopen", {R.REPORTER})),
)
"""Spec 1.3, row by row. Beside whom a row names stands whom the keyword's row (spec 3) names, and
``SYSTEM`` where rules, clocks or a change's outcome act. The reopen window is the services' to
keep, for it needs a calendar."""

_BY_SOURCE: dict[Status, tuple[Move, ...]] = {
    status: tuple(move for move in MOVES if move.source is status) for status in Status
}


def moves_from(status: Status) -> tuple[Move, ...]:
    """Every move that leads away from ``status``, in the order of the table."""
    return _BY_SOURCE[status]


def check_move(status: Status, target: Status, roles: frozenset[Role]) -> Move:
    """The move from ``status`` to ``target`` for somebody with ``roles`` (see :func:`roles_on`).

    Raises Refusal ``move_not_allowed`` (with the ``moves`` that there are and the ``keywords``
    for them) when the table has no such move, ``not_yours_to_move`` (``by`` whom) when it is for
    others.
    """
    moves = _BY_SOURCE[status]
    move = next((move for move in moves if move.target is target), None)
    if move is None:
        raise Refusal(
            "move_not_allowed",
            status=status,
            target=target,
            moves=[move.target for move in moves],
            keywords=[move.keyword for move in moves],
        )
    if not move.by & roles:
        raise Refusal("not_yours_to_move", status=status, target=target, by=sorted(move.by))
    return move


def roles_on(incident: Incident, person: Person) -> frozenset[Role]:
    """What a person is to this incident: his posts, and reporter or assignee where he is.

    A lead is one only for the group that has it, a vendor only where he was called in. An
    incident that nobody has is in the hands of the service desk (seed 5: one owner).
    """
    roles = set(person.roles) - {Role.REPORTER, Role.ASSIGNEE, Role.COMMANDER}
    addresses = {address.lower() for address in (person.address, *person.aliases) if address}
    if incident.group not in person.leads:
        roles.discard(Role.LEAD)
    if not _called_in(incident, person, addresses):
        roles.discard(Role.VENDOR)
    if incident.reporter_address.lower() in addresses:
        roles.add(Role.REPORTER)
    if incident.assignee.lower() in addresses:
        roles.add(Role.ASSIGNEE)
    if incident.major and incident.commander.lower() in addresses:
        roles.add(Role.COMMANDER)
    if not incident.assignee and Role.DESK in roles:
        roles.add(Role.ASSIGNEE)
    return frozenset(roles)


def _called_in(incident: Incident, person: Person, addresses: set[str]) -> bool:
    """Whether a vendor's contact was told of the incident, or his house is named as at fault."""
    told = {address.lower() for address in (*incident.watchers, incident.fault_vendor)}
    named = {person.name, person.organisation} - {""}
    return bool(told & addresses) or incident.fault_vendor in named
