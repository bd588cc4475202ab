"""Actions that a review of a major incident decided (措施): given, reminded of, done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from processor.domain.duty import Duty
from processor.domain.emergency import MEASURE
from processor.domain.errors import Refusal
from processor.domain.events import Event
from processor.domain.incident import Incident
from processor.domain.lifecycle import roles_on
from processor.domain.people import Actor, Person, Role
from processor.services import duties
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork

_LEADING = frozenset({Role.MANAGER, Role.COMMANDER})


def decide(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    actor: Actor,
    at: datetime,
    *,
    what: str,
    owner: Person,
    due_at: datetime,
) -> tuple[Duty, list[Event]]:
    """措施: ``owner`` is to do ``what`` until ``due_at`` (aware, not before ``at``)."""
    if not what:
        raise Refusal("measure_unreadable")
    if due_at <= at:
        raise Refusal("measure_past", due=due_at)
    return duties.give(
        work,
        incident,
        actor,
        at,
        kind=MEASURE,
        text=what,
        due_at=due_at,
        owner=owner.address,
        reminders=policy.emergency.measure_reminders,
    )


def done(
    work: UnitOfWork,
    incident: Incident,
    actor: Actor,
    at: datetime,
    words: str,
    kinds: frozenset[str],
    remark: Callable[[], str] = str,
) -> Duty:
    """完成措施, 已上报: the duty that ``words`` name is done; what stands behind is the remark, or
    what ``remark`` gives.

    Its owner may say so, or whoever leads; raises Refusal.
    """
    duty, said = duties.chosen(work, incident, words, kinds)
    own = duty.owner in (actor.address, *actor.person.aliases)
    if not own and not roles_on(incident, actor.person) & _LEADING:
        raise Refusal("duty_of_other", ordinal=duty.ordinal, person=duty.owner)
    duties.finish(work, incident, duty, actor, at, said or remark())
    return duty
