"""One way to change a status: the table of seed 6.9 decides, the clocks follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from processor.domain.errors import Refusal
from processor.domain.incident import Incident, JournalEntry, Status
from processor.domain.lifecycle import check_move, roles_on
from processor.domain.people import Actor
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
    clocks.follow(work, policy, incident, before, at)
    chains.follow(work, policy, incident, before, at)
    major_clock.follow(work, incident, before, at)


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
