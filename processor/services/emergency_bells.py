"""What the timers of urgent and major incidents ring for."""

from __future__ import annotations

from datetime import datetime

from processor.domain.events import Event
from processor.domain.people import Actor
from processor.services import major, urgent
from processor.services.major_clock import AGAIN, CONFIRM, OVER, RECEIPTS, ROUND
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork


def ring(
    work: UnitOfWork, policy: Policy, number: str, name: str, actor: Actor, at: datetime
) -> list[Event]:
    """The timer ``name`` (``<what>:<which>``) of an incident is due."""
    incident = work.incidents.get(number, lock=True)
    what, _, which = name.partition(":")
    if incident is None:
        return []
    events: list[Event] = []
    if what == CONFIRM:
        events = urgent.unanswered(work, policy, incident, actor, at, which)
    elif what == ROUND:
        events = major.round_due(work, policy, incident, actor, at, which)
    elif what == RECEIPTS:
        events = major.receipts_due(work, incident, actor, at)
    elif what == OVER:
        events = major.over(work, incident, actor, at)
    elif what == AGAIN:
        events = major.again(work, policy, incident, actor, at)
    return events
