"""What the clocks say: each step of the timetable is told once (seed 8.9, step 100.9)."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from processor.domain.escalation import next_step, overtaken, steps_of, turns_of
from processor.domain.events import Event, TargetNear
from processor.domain.incident import ClockKind
from processor.domain.people import Actor
from processor.services.clocks import TIMER, agreed
from processor.services.moving import keep, step
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork

ESCALATION = "escalation"  # kind of the journal's entries; see :func:`told`
SKIPPED = "skipped"


def told(name: str, *more: str) -> str:
    """A step as the journal keeps it: ``clock:resolution:75:lead``, with ``:skipped`` behind it
    where a later one was told in its place, ``:manager`` where he stood in."""
    return ":".join((TIMER, name, *more))


def ring(
    work: UnitOfWork, policy: Policy, number: str, name: str, actor: Actor, at: datetime
) -> list[Event]:
    """The timer of the step ``name`` of an incident is due: tell those whose turn it is.

    Nothing is told when the clock was stopped or paused in the meantime, or the timetable knows
    that step no more. After downtime, when a later step is due as well, this one is only recorded:
    one mail tells the latest.
    """
    incident = work.incidents.get(number, lock=True)
    kind = ClockKind(name.partition(":")[0])
    clock = work.clocks.of(number).get(kind)
    if incident is None or clock is None or not clock.running or not incident.open:
        return []
    terms = agreed(policy, incident)
    steps = steps_of(terms, kind, incident.priority)
    this = next((one for one in steps if one.name == name), None)
    if this is None:
        return []
    if overtaken(terms, clock, this, steps, at):
        step(work, incident, actor, at, ESCALATION, told(name, SKIPPED))
        return []
    incident.hierarchical_escalations += 1
    turns = turns_of(this, incident, policy.directory, policy.posts)
    filled = tuple(dict.fromkeys(turn.post for turn in turns))
    stood_in = ("+".join(filled),) if filled != this.tell else ()
    step(work, incident, actor, at, ESCALATION, told(name, *stood_in))
    frozen = keep(work, incident, actor, at)
    following = next_step(terms, clock, [one for one in steps if one.share > this.share], ())
    return [
        TargetNear(
            at=at,
            actor=actor.person,
            incident=frozen,
            clock=clock,
            kind=kind,
            share=this.share,
            tell=tuple(turn.address for turn in group),
            post=post,
            meant=meant,
            following=following[0].tell if following else (),
            following_at=following[1] if following else None,
        )
        for (post, meant), group in groupby(turns, key=lambda turn: (turn.post, turn.meant))
    ]
