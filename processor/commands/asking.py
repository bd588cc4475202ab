"""Keywords that only ask: state, queue, help, forms (spec 3)."""

from __future__ import annotations

from processor.commands.errand import Command, Errand, Outcome
from processor.domain.errors import Refusal
from processor.domain.events import HelpAsked, QueueAsked, StatusAsked
from processor.domain.events_forms import FormsAsked
from processor.domain.numbering import find_numbers
from processor.domain.people import STAFF_ROLES
from processor.services import enquiring


def _status(errand: Errand) -> Outcome:
    asker = errand.actor.person
    named = find_numbers(errand.order.value, errand.policy.numbers) or (
        (errand.incident.number,) if errand.incident else ()
    )
    if named:
        dossier = enquiring.one(errand.work, named[0], asker)
        return Outcome(None, [StatusAsked(at=errand.at, actor=asker, dossier=dossier)])
    own = enquiring.own(errand.work, asker)
    return Outcome(None, [StatusAsked(at=errand.at, actor=asker, incidents=own)])


def _queue(errand: Errand) -> Outcome:
    asker = errand.actor.person
    directory = errand.policy.directory
    if errand.order.value:
        group = directory.group_named(errand.order.value)
        if group is None:
            raise Refusal("unknown_group", name=errand.order.value, groups=tuple(directory.groups))
        name = group.name
    else:
        name = (*asker.leads, *asker.groups, errand.policy.desk)[0]
    listed = enquiring.queue(errand.work, errand.policy, name, errand.at)
    return Outcome(None, [QueueAsked(at=errand.at, actor=asker, group=name, incidents=listed)])


def _help(errand: Errand) -> Outcome:
    names = errand.allowed(errand.actor, errand.incident)
    if errand.incident is not None:  # what its process has nothing for would only be refused
        profile = errand.policy.profile(errand.incident.profile)
        there = {"field": profile.fields, "check": profile.checklist}
        names = tuple(name for name in names if there.get(name, True))
    event = HelpAsked(
        at=errand.at, actor=errand.actor.person, incident=errand.incident, commands=names
    )
    return Outcome(None, [event])


def _forms(errand: Errand) -> Outcome:
    asker = errand.actor.person
    language = asker.language or errand.policy.language
    blanks = errand.policy.blanks(language, errand.order.value)
    if not blanks:
        raise Refusal("no_forms")
    return Outcome(None, [FormsAsked(at=errand.at, actor=asker, forms=blanks)])


COMMANDS = (
    Command("status", _status, alone=True),
    Command("queue", _queue, STAFF_ROLES, alone=True),
    Command("forms", _forms, alone=True),
    Command("help", _help, alone=True),
)
