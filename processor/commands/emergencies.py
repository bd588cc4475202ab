"""Keywords of urgent and major incidents (spec 1.7, 100.5 and 101)."""

from __future__ import annotations

from dataclasses import replace

from processor.commands.errand import Command, Errand, Outcome, done
from processor.domain.errors import Refusal
from processor.domain.incident import OPEN_STATUSES
from processor.domain.people import Role
from processor.services import drills, major, urgent


def _confirm(errand: Errand) -> Outcome:
    events = urgent.confirm(
        errand.work, errand.policy, errand.on, errand.actor, errand.at, errand.value
    )
    return done(errand, "confirm_major", events, number=errand.on.number)


def _deny(errand: Errand) -> Outcome:
    events = urgent.deny(
        errand.work, errand.policy, errand.on, errand.actor, errand.at, errand.value
    )
    grade = errand.on.priority
    return done(errand, "deny_major", events, number=errand.on.number, priority=grade)


def _major(errand: Errand) -> Outcome:
    events = urgent.declare(
        errand.work, errand.policy, errand.on, errand.actor, errand.at, errand.value
    )
    return done(errand, "major", events, number=errand.on.number)


def _drill(errand: Errand) -> Outcome:
    if errand.incident is None:
        opened, events = drills.open_drill(
            errand.work, errand.policy, errand.actor, errand.at, errand.value
        )
        said = done(errand, "drill", events, number=opened.number)
        return replace(said, opened=opened)
    events = drills.begin(
        errand.work, errand.policy, errand.incident, errand.actor, errand.at, errand.value
    )
    return done(errand, "drill", events, number=errand.incident.number)


def _commander(errand: Errand) -> Outcome:
    name = errand.order.value.strip().lstrip("@＠")
    person = errand.policy.directory.named(name)
    if person is None:
        raise Refusal("unknown_person", name=name)
    events = major.name_commander(
        errand.work, errand.policy, errand.on, errand.actor, errand.at, person
    )
    return done(errand, "commander", events, number=errand.on.number, person=person)


def _broadcast(errand: Errand) -> Outcome:
    count, events = major.broadcast(errand.work, errand.on, errand.actor, errand.at, errand.value)
    return done(errand, "broadcast", events, number=errand.on.number, count=count)


def _acknowledge(errand: Errand) -> Outcome:
    # the letter that shows him how it stands is his answer
    return Outcome(None, major.acknowledge(errand.work, errand.on, errand.actor, errand.at))


_MANAGER = frozenset({Role.MANAGER})
_LEADS = frozenset({Role.MANAGER, Role.COMMANDER})

COMMANDS = (
    Command("confirm_major", _confirm, _MANAGER, OPEN_STATUSES),
    Command("deny_major", _deny, _MANAGER, OPEN_STATUSES),
    Command("major", _major, _MANAGER, OPEN_STATUSES),
    Command("drill", _drill, _MANAGER, OPEN_STATUSES, alone=True),
    Command("commander", _commander, _LEADS, OPEN_STATUSES),
    Command("broadcast", _broadcast, _LEADS),
    Command("ack", _acknowledge, listed=False),
)
