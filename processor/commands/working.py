"""Keywords of those who work on an incident (spec 3; seed 8.2–8.7)."""

from __future__ import annotations

from processor.commands.errand import Command, Errand, Outcome, done
from processor.commands.values import read_solution, read_target
from processor.domain.errors import Refusal
from processor.domain.incident import OPEN_STATUSES, Status
from processor.domain.people import STAFF_ROLES, Role
from processor.services import handling

_TAKEN = frozenset({Status.IN_PROGRESS})
_WAITING = frozenset({Status.PENDING_USER, Status.PENDING_VENDOR, Status.PENDING_CHANGE})


def _accept(errand: Errand) -> Outcome:
    events = handling.accept(errand.work, errand.policy, errand.on, errand.actor, errand.at)
    return done(errand, "accept", events, number=errand.on.number)


def _note(errand: Errand) -> Outcome:
    events = handling.note(errand.work, errand.on, errand.actor, errand.at, errand.value)
    return done(errand, "note", events, number=errand.on.number)


def _reply(errand: Errand) -> Outcome:
    incident = errand.on
    events = handling.reply(errand.work, incident, errand.actor, errand.at, errand.value)
    return done(errand, "reply", events, number=incident.number, to=incident.reporter_address)


def _assign(errand: Errand) -> Outcome:
    person, group, text = read_target(errand.order.value, errand.policy.directory)
    if person is None and group is None:
        raise Refusal(
            "unknown_target",
            name=errand.order.value,
            groups=tuple(errand.policy.directory.groups),
        )
    events = handling.assign(
        errand.work,
        errand.policy,
        errand.on,
        errand.actor,
        errand.at,
        group=group,
        person=person,
        text=text or errand.note,
    )
    name = person.label if person else group.name if group else ""
    return done(errand, "assign", events, number=errand.on.number, to=name)


def _return(errand: Errand) -> Outcome:
    events = handling.return_to_desk(
        errand.work, errand.policy, errand.on, errand.actor, errand.at, errand.value
    )
    return done(errand, "return", events, number=errand.on.number)


def _wait_user(errand: Errand) -> Outcome:
    events = handling.ask(
        errand.work, errand.policy, errand.on, errand.actor, errand.at, errand.value
    )
    return done(errand, "wait_user", events, number=errand.on.number, to=errand.on.reporter_address)


def _resume(errand: Errand) -> Outcome:
    events = handling.resume(errand.work, errand.policy, errand.on, errand.actor, errand.at)
    return done(errand, "resume", events, number=errand.on.number)


def _resolve(errand: Errand) -> Outcome:
    own = errand.policy.profile(errand.on.profile).closure_codes
    codes = tuple(own) or tuple(errand.policy.closure_codes)
    read = read_solution(errand.order.value, codes, own)
    solution = handling.Solution(
        solution=read.solution or errand.note,
        cause=read.cause,
        action=read.action,
        kind=read.kind,
        code=read.code,
        knowledge=read.knowledge,
    )
    events = handling.resolve(
        errand.work, errand.policy, errand.on, errand.actor, errand.at, solution
    )
    return done(errand, "resolve", events, number=errand.on.number, to=errand.on.reporter_address)


COMMANDS = (
    Command(
        "accept",
        _accept,
        frozenset({Role.ENGINEER, Role.DESK}),
        frozenset({Status.ASSIGNED, Status.NEW}),
    ),
    Command("note", _note, STAFF_ROLES),
    Command("reply", _reply, STAFF_ROLES),
    Command(
        "assign",
        _assign,
        frozenset({Role.DESK, Role.LEAD, Role.ASSIGNEE}),
        frozenset({Status.NEW, Status.ASSIGNED, Status.IN_PROGRESS}),
    ),
    Command(
        "return",
        _return,
        frozenset({Role.ASSIGNEE, Role.LEAD}),
        frozenset({Status.ASSIGNED, Status.IN_PROGRESS}),
    ),
    Command("wait_user", _wait_user, frozenset({Role.ASSIGNEE, Role.DESK}), _TAKEN),
    Command("resume", _resume, frozenset({Role.ASSIGNEE}), _WAITING),
    Command(
        "resolve",
        _resolve,
        frozenset({Role.ASSIGNEE, Role.DESK}),
        OPEN_STATUSES - {Status.ASSIGNED},
    ),
)
