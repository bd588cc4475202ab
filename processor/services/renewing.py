"""What was agreed changed under incidents that are open: their clocks follow."""

from __future__ import annotations

from datetime import datetime

from processor.domain.people import Actor
from processor.services import clocks
from processor.services.moving import step
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork


def renew(work: UnitOfWork, policy: Policy, number: str, actor: Actor, at: datetime) -> bool:
    """Compute the due times of an open incident anew from the configuration in force, without
    losing a pause. Returns whether one of them moved; the journal then says from when to when."""
    incident = work.incidents.get(number, lock=True)
    if incident is None or not incident.open:
        return False
    before = {kind: clock.due_at for kind, clock in work.clocks.of(number).items()}
    after = clocks.retarget(work, policy, incident, at, anew=True)
    moved = [clock for clock in after if clock.due_at != before[clock.kind]]
    for clock in moved:
        said = policy.say(
            policy.language,
            "renewed",
            clock=policy.say(policy.language, f"clock.{clock.kind}"),
            old=f"{before[clock.kind].astimezone(policy.zone):%Y-%m-%d %H:%M}",
            new=f"{clock.due_at.astimezone(policy.zone):%Y-%m-%d %H:%M}",
        )
        step(work, incident, actor, at, "clock", said)
    return bool(moved)
