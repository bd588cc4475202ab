"""Keywords of the service desk: reject, log (spec 3; seed 8.1)."""

from __future__ import annotations

from processor.commands.errand import Command, Errand, Outcome, done
from processor.commands.logged import read_logged, report_of
from processor.domain.incident import Status
from processor.domain.people import Role
from processor.services import recording, scope

_DESK = frozenset({Role.DESK})


def _reject(errand: Errand) -> Outcome:
    events = scope.reject(
        errand.work, errand.policy, errand.on, errand.actor, errand.at, errand.value
    )
    return done(errand, "reject", events, number=errand.on.number)


def _log(errand: Errand) -> Outcome:
    logged = read_logged(errand.order.value, errand.policy, errand.at, errand.actor.person)
    known = errand.policy.directory.find(logged.address) or (
        errand.work.people.get(logged.address) if logged.address else None
    )
    report = report_of(logged, known, errand.policy, errand.actor, errand.at)
    incident, events = recording.open_incident(
        errand.work, errand.policy, report, errand.actor, errand.at
    )
    if report.reporter.address:
        errand.work.people.seen(report.reporter, errand.at)
    outcome = done(errand, "log", events, number=incident.number)
    return Outcome(outcome.done, outcome.events, opened=incident)


COMMANDS = (
    Command("reject", _reject, _DESK, frozenset({Status.NEW, Status.ASSIGNED})),
    Command("log", _log, _DESK, alone=True),
)
