"""One way to change a status: the table of seed 6.9 decides, the clocks follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from processor.domain.errors import Refusal
from processor.domain.incident import Incident, JournalEntry, Status
from processor.domain.lifecycle import check_move, roles_on
from processor.domain.people import Actor, Role
from processor.services import chains, clocks, major_clock
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork


def move(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    target: Status,
    actor: Actor,
    at: datetime,
) -> None:
    """Move ``incident`` to ``target`` in memory, its clocks and timers of silence in the store.

    Raises Refusal when the table does not allow it to this actor; then nothing is changed.
    """
    before = incident.status
    if before is Status.MERGED and incident.parent:
        raise Refusal("merged_follows", number=incident.number, parent=incident.parent)
    check_move(before, target, roles_on(incident, actor.person))
    incident.status = target
    _follow(work, policy, incident, before, at)


def _follow(
    work: UnitOfWork, policy: Policy, incident: Incident, before: Status, at: datetime
) -> None:
    """All that keeps time for the incident follows its status."""
    clocks.follow(work, policy, incident, before, at)
    chains.follow(work, policy, incident, before, at)
    major_clock.follow(work, incident, before, at)


def move_by_desk(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    target: Status,
    actor: Actor,
    at: datetime,
    back: Mapping[Status, Status],
    roles: frozenset[Role] | None = None,
) -> None:
    """The same by way of the service desk: the table of moves lets nobody take an incident out of
    somebody's hands to ``target``, yet back to the desk and from there. ``back`` says which
    statuses lead to the desk, ``roles`` whose right it is where not the actor's own. Each move on
    the way is journalled; nothing is changed unless all are allowed.
    """
    status, way = incident.status, []
    held = roles or roles_on(incident, actor.person)
    if status is Status.MERGED and incident.parent:
        raise Refusal("merged_follows", number=incident.number, parent=incident.parent)
    while status is not Status.NEW and status in back:
        way.append(back[status])
        check_move(status, way[-1], held)
        status = way[-1]
    check_move(status, target, held)
    for step_to in (*way, target):
        before, incident.status = incident.status, step_to
        _follow(work, policy, incident, before, at)
        if step_to is not target:
            keep(work, incident, actor, at)


def keep(work: UnitOfWork, incident: Incident, actor: Actor, at: datetime) -> Incident:
    """Store what changed, journal it, and return a copy that later commands can't alter."""
    work.incidents.save(incident, actor.address, at, actor.via)
    return replace(incident)


def step(
    work: UnitOfWork, incident: Incident, actor: Actor, at: datetime, kind: str, text: str
) -> None:
    """Write a handling step (处理过程) that is no change of a field."""
    work.journal.add(
        incident.number,
        JournalEntry(at=at, actor=actor.address, kind=kind, via=actor.via, text=text),
    )
