"""Working on an incident (seed 8.2–8.7): dispatch, accept, notes, questions, solution."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from processor.domain.errors import Refusal
from processor.domain.events import (
    Accepted,
    Asked,
    Dispatched,
    Event,
    NoteAdded,
    Replied,
    Resolved,
    Resumed,
    Returned,
)
from processor.domain.incident import Incident, Status
from processor.domain.lifecycle import moves_from
from processor.domain.people import Actor, Group, Person, Role
from processor.domain.profile import Stage
from processor.services import knowledge, obligations, own_fields
from processor.services.association import look_up
from processor.services.chains import until
from processor.services.dispatching import hand_over
from processor.services.moving import keep, move, step
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Solution:
    """What seed 8.7 (100.7) asks of a solution. ``kind`` is "permanent" or "workaround"."""

    solution: str = ""
    cause: str = ""
    action: str = ""
    kind: str = ""
    code: str = ""
    knowledge: str = ""  # numbers of articles that it is taken from


_UNTAKEN = frozenset({Status.NEW, Status.ASSIGNED})
_GIVEN = frozenset({Status.ASSIGNED, Status.IN_PROGRESS})


def _check_begun(incident: Incident, statuses: frozenset[Status]) -> None:
    """The table lets other keywords move to the same status from elsewhere, which mean something
    else: what is solved is not accepted but reopened."""
    if incident.status in statuses:
        return
    moves = moves_from(incident.status)
    raise Refusal(
        "move_not_allowed",
        status=incident.status,
        target=Status.IN_PROGRESS if statuses is _UNTAKEN else Status.NEW,
        moves=[move.target for move in moves],
        keywords=[move.keyword for move in moves],
    )


def accept(
    work: UnitOfWork, policy: Policy, incident: Incident, actor: Actor, at: datetime
) -> list[Event]:
    """接单: the actor takes the incident, the response clock is met.

    Raises Refusal when it is somebody else's, or not dispatched to a group of the actor.
    """
    _check_begun(incident, _UNTAKEN)
    if incident.assignee and incident.assignee != actor.address:
        raise Refusal("assigned_to_other", number=incident.number, assignee=incident.assignee)
    in_group = incident.group in actor.person.groups or incident.group in actor.person.leads
    if not incident.assignee and not in_group:
        raise Refusal("not_your_group", number=incident.number, group=incident.group)
    before, incident.assignee = incident.assignee, actor.address  # the table asks who works on it
    try:
        move(work, policy, incident, Status.IN_PROGRESS, actor, at)
    except Refusal:
        incident.assignee = before
        raise
    incident.owner = actor.address
    incident.accepted_at = incident.accepted_at or at
    accepted = Accepted(at=at, actor=actor.person, incident=keep(work, incident, actor, at))
    return [accepted, *obligations.owe(work, policy, incident, actor, at, incident.status)]


def assign(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    actor: Actor,
    at: datetime,
    *,
    group: Group | None,
    person: Person | None,
    text: str = "",
) -> list[Event]:
    """分派: to a group, or to one person and the group that he works in."""
    if person is not None and Role.ENGINEER not in person.roles and Role.DESK not in person.roles:
        raise Refusal("not_an_engineer", name=person.label)
    target = group.name if group else (person.groups[0] if person and person.groups else "")
    move(work, policy, incident, Status.ASSIGNED, actor, at)
    incident.group = target or incident.group
    found = policy.directory.groups.get(incident.group)
    incident.line = found.line if found else incident.line
    hand_over(work, policy, incident, person, at)
    if text:
        step(work, incident, actor, at, "note", text)
    frozen = keep(work, incident, actor, at)
    running = tuple(work.clocks.of(incident.number).values())
    return [
        Dispatched(
            at=at,
            actor=actor.person,
            incident=frozen,
            clocks=running,
            text=text,
            like=look_up(work, policy.association, incident),
        ),
    ]


def return_to_desk(
    work: UnitOfWork, policy: Policy, incident: Incident, actor: Actor, at: datetime, reason: str
) -> list[Event]:
    """退回: a wrong dispatch goes back to the service desk and is counted (seed 5.4)."""
    if not reason:
        raise Refusal("reason_missing")
    _check_begun(incident, _GIVEN)
    move(work, policy, incident, Status.NEW, actor, at)
    incident.assignee = ""
    incident.group = policy.desk
    incident.owner = policy.desk
    incident.line = 1
    incident.wrong_dispatches += 1
    step(work, incident, actor, at, "returned", reason)
    frozen = keep(work, incident, actor, at)
    return [Returned(at=at, actor=actor.person, incident=frozen, reason=reason)]


def note(
    work: UnitOfWork, incident: Incident, actor: Actor, at: datetime, text: str
) -> list[Event]:
    """备注: an internal note; it is never mailed to the reporter."""
    if not text:
        raise Refusal("text_missing")
    step(work, incident, actor, at, "note", text)
    return [NoteAdded(at=at, actor=actor.person, incident=replace(incident), text=text)]


def reply(
    work: UnitOfWork, incident: Incident, actor: Actor, at: datetime, text: str
) -> list[Event]:
    """回复: the text is mailed to the reporter and those who are kept informed."""
    if not text:
        raise Refusal("text_missing")
    step(work, incident, actor, at, "reply", text)
    return [Replied(at=at, actor=actor.person, incident=replace(incident), text=text)]


def ask(
    work: UnitOfWork, policy: Policy, incident: Incident, actor: Actor, at: datetime, question: str
) -> list[Event]:
    """待用户: the question is mailed, the resolution clock pauses."""
    if not question:
        raise Refusal("question_missing")
    move(work, policy, incident, Status.PENDING_USER, actor, at)
    incident.question = question
    step(work, incident, actor, at, "question", question)
    frozen = keep(work, incident, actor, at)
    due = until(policy, Status.PENDING_USER, at)
    return [Asked(at=at, actor=actor.person, incident=frozen, question=question, until=due)]


def resume(
    work: UnitOfWork, policy: Policy, incident: Incident, actor: Actor, at: datetime
) -> list[Event]:
    """恢复: back to work, the clock goes on."""
    if incident.status not in (
        Status.PENDING_USER,
        Status.PENDING_VENDOR,
        Status.PENDING_CHANGE,
    ):
        raise Refusal("not_waiting", number=incident.number)
    move(work, policy, incident, Status.IN_PROGRESS, actor, at)
    return [Resumed(at=at, actor=actor.person, incident=keep(work, incident, actor, at))]


def resolve(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    actor: Actor,
    at: datetime,
    solution: Solution,
) -> list[Event]:
    """解决: with cause, action, kind of solution and closure code, which seed 8.7 requires.

    The status is judged before the details, so that a wrong move is told as what it is.
    """
    move(work, policy, incident, Status.RESOLVED, actor, at)
    missing = [
        name
        for name, value in (
            ("solution", solution.solution),
            ("cause", solution.cause),
            ("action", solution.action),
            ("solution_kind", solution.kind),
            ("closure_code", solution.code),
        )
        if not value
    ]
    if missing:
        raise Refusal("solution_details_missing", missing=missing)
    own_fields.complete(work, policy, incident, Stage.RESOLVING)
    incident.solution = solution.solution
    incident.cause = solution.cause
    incident.action = solution.action
    incident.solution_kind = solution.kind
    incident.closure_code = solution.code
    told = (solution.solution, solution.cause, solution.action, solution.knowledge)
    knowledge.on_solving(work, policy, incident, "\n".join(told))
    incident.resolver = actor.address
    incident.resolver_role = _resolver_role(policy, incident, actor)
    incident.resolved_at = at
    frozen = keep(work, incident, actor, at)
    due = until(policy, Status.RESOLVED, at)
    resolved = Resolved(at=at, actor=actor.person, incident=frozen, until=due)
    return [resolved, *obligations.owe(work, policy, incident, actor, at, incident.status)]


def _resolver_role(policy: Policy, incident: Incident, actor: Actor) -> str:
    """事件解决人角色 (seed 6.11): the desk, or the line of support that solved it."""
    if incident.group == policy.desk and Role.DESK in actor.person.roles:
        return "desk"
    return {1: "first", 2: "second", 3: "third"}[incident.line]
