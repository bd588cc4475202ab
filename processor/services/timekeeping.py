"""What the clocks say: each share of a target is told once (seed 8.9, step 100.9)."""

from __future__ import annotations

from datetime import datetime

from processor.domain.events import Event, TargetNear
from processor.domain.incident import Clock, ClockKind
from processor.domain.people import Actor
from processor.services.clocks import TIMER
from processor.services.moving import keep, step
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork


def ring(
    work: UnitOfWork, policy: Policy, number: str, name: str, actor: Actor, at: datetime
) -> list[Event]:
    """The timer ``name`` (``<clock>:<share>``) of an incident is due: tell assignee and lead.

    Nothing is told when the clock was stopped or paused in the meantime. After downtime, when a
    later share is due as well, this one is only recorded: one mail tells the latest.
    """
    incident = work.incidents.get(number, lock=True)
    kind_name, _, share_text = name.partition(":")
    kind, share = ClockKind(kind_name), int(share_text)
    clock = work.clocks.of(number).get(kind)
    if incident is None or clock is None or not clock.running or not incident.open:
        return []
    if _overtaken(policy, clock, share, at):
        step(work, incident, actor, at, "escalation", f"{TIMER}:{name}")
        return []
    group = policy.directory.groups.get(incident.group)
    lead = group.lead if group else ""
    tell = tuple(dict.fromkeys(address for address in (incident.assignee, lead) if address))
    if not tell:
        tell = tuple(person.address for person in policy.directory.members(policy.desk))
    incident.hierarchical_escalations += 1
    step(work, incident, actor, at, "escalation", f"{TIMER}:{name}")
    frozen = keep(work, incident, actor, at)
    return [
        TargetNear(
            at=at,
            actor=actor.person,
            incident=frozen,
            clock=clock,
            kind=kind,
            share=share,
            tell=tell,
        )
    ]


def _overtaken(policy: Policy, clock: Clock, share: int, at: datetime) -> bool:
    moments = (policy.sla.due_for(clock, one) for one in policy.clock_shares if one > share)
    return any(moment is not None and moment <= at for moment in moments)
