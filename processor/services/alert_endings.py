"""How an alert's incident ends by itself, and who does that in the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from processor.domain.alerts import Trouble
from processor.domain.events import Event
from processor.domain.events_alerts import AlertRecovered
from processor.domain.incident import Incident, Status
from processor.domain.people import Actor, Person, Role
from processor.services import handling
from processor.services.handling import Solution
from processor.services.moving import keep, move
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork


def recovered(
    work: UnitOfWork,
    policy: Policy,
    trouble: Trouble,
    incident: Incident,
    actor: Actor,
    at: datetime,
) -> list[Event]:
    """It is over: an incident that nobody works on is resolved; whoever does is told and ends it
    himself; what is solved already stays as it is."""
    if not incident.open:
        return []
    resolved = not at_work(incident)
    if resolved:
        _resolve(work, policy, incident, desk_of(policy, actor), at)
    return [
        AlertRecovered(
            at=at,
            actor=actor.person,
            incident=replace(incident),
            source=trouble.source,
            outcome="resolved" if resolved else "noted",
        )
    ]


def at_work(incident: Incident) -> bool:
    """Whether an engineer has taken it, or somebody is waited for."""
    if incident.status in (Status.NEW, Status.ASSIGNED):
        return False
    return incident.status is not Status.IN_PROGRESS or bool(incident.assignee)


def desk_of(policy: Policy, actor: Actor) -> Actor:
    """The desk's own machinery, which acts for the service desk: it owns what nobody has."""
    desk = Person(
        address="postdesk",
        roles=frozenset({Role.SYSTEM, Role.DESK}),
        language=policy.language,
    )
    return replace(actor, person=desk)


def machine_of(incident: Incident, actor: Actor) -> Actor:
    """The monitoring system as the incident's reporter, whichever address it wrote from."""
    machine = replace(actor.person, aliases=(*actor.person.aliases, incident.reporter_address))
    return replace(actor, person=machine)


def _resolve(
    work: UnitOfWork, policy: Policy, incident: Incident, desk: Actor, at: datetime
) -> None:
    """By the table of moves: what was dispatched and not taken goes back to the desk first."""
    if incident.status is Status.ASSIGNED:
        move(work, policy, incident, Status.NEW, desk, at)
        keep(work, incident, desk, at)
    say = policy.say
    handling.resolve(
        work,
        policy,
        incident,
        desk,
        at,
        Solution(
            solution=say(incident.language, "alert.solution"),
            cause=say(incident.language, "alert.cause"),
            action=say(incident.language, "alert.action"),
            kind="workaround",
            code=policy.alerts.closure_code,
        ),
    )
