"""Escalation on request (seed 5.2, principles 3, 5 and 9): to more skill, or to management.

A dispatch that is one too many goes to the incident manager by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from processor.domain.errors import Refusal
from processor.domain.escalation import MANAGER, ladder_of, turn_above
from processor.domain.events import Event
from processor.domain.events_escalation import DispatchedTooOften, Escalated, Raised, Recalled
from processor.domain.incident import Incident, JournalEntry, Status
from processor.domain.people import Actor, Group, Person, Role
from processor.domain.sla import DESK
from processor.services.dispatching import hand_over
from processor.services.moving import keep, move, step
from processor.services.policy import Policy
from processor.services.timekeeping import ESCALATION, SKIPPED
from processor.store.unit_of_work import UnitOfWork

RAISED, DISPATCHES = "raised", "dispatches"


def escalate(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    actor: Actor,
    at: datetime,
    *,
    group: Group | None,
    person: Person | None,
    tried: str,
) -> list[Event]:
    """升级: to a group of a higher support line, or to somebody in one, with what was ``tried``.

    Raises Refusal when there is no such group, nothing was tried, or it is not being worked on.
    """
    _check_worked_on(incident)
    above = higher_groups(policy, incident)
    if not above:
        raise Refusal("nowhere_higher")
    if person is not None:
        mine = [one for one in above if person.address in _members(one)]
        group = group if group in mine else next(iter(mine), group)
    if group is None:
        raise Refusal("escalate_where", groups=[one.name for one in above])
    if group not in above or (person is not None and person.address not in _members(group)):
        raise Refusal("escalate_down", group=group.name, groups=[one.name for one in above])
    if not tried:
        raise Refusal("tried_missing")
    move(work, policy, incident, Status.ASSIGNED, actor, at)
    incident.group, incident.line = group.name, group.line
    incident.functional_escalations += 1
    hand_over(work, policy, incident, person, at)
    step(work, incident, actor, at, "escalated", tried)
    frozen = keep(work, incident, actor, at)
    running = tuple(work.clocks.of(incident.number).values())
    return [Escalated(at=at, actor=actor.person, incident=frozen, clocks=running, text=tried)]


def higher_groups(policy: Policy, incident: Incident) -> list[Group]:
    """The groups of support lines above the incident's, the nearest line first."""
    above = (one for one in policy.directory.groups.values() if one.line > incident.line)
    return sorted(above, key=lambda one: one.line)


def _members(group: Group) -> tuple[str, ...]:
    return (group.lead, *group.members)


def raise_up(
    work: UnitOfWork, policy: Policy, incident: Incident, actor: Actor, at: datetime, reason: str
) -> list[Event]:
    """上报: now, to the next place above the highest that was told of it so far.

    Raises Refusal without a reason, for what is not open, and to engineers of other groups.
    """
    if not incident.open:
        raise Refusal("not_open", number=incident.number, status=incident.status)
    if not _on_it(incident, actor.person):
        raise Refusal("not_your_group", number=incident.number, group=incident.group)
    if not reason:
        raise Refusal("reason_missing")
    ladder = ladder_of(incident, policy.directory, policy.posts)
    last = highest_told(work.journal.of(incident.number), list(ladder))
    turns = turn_above(last, actor.address.lower(), incident, policy.directory, policy.posts)
    post = turns[0].post if turns else DESK
    incident.hierarchical_escalations += 1
    step(work, incident, actor, at, ESCALATION, f"{RAISED}:{post}:{reason}")
    frozen = keep(work, incident, actor, at)
    return [
        Raised(
            at=at,
            actor=actor.person,
            incident=frozen,
            reason=reason,
            post=post,
            tell=tuple(turn.address for turn in turns),
            clocks=tuple(work.clocks.of(incident.number).values()),
        )
    ]


def _on_it(incident: Incident, person: Person) -> bool:
    """An engineer raises what is his or his group's; everybody else has a part by his role."""
    roles = person.roles - {Role.ENGINEER, Role.LEAD}
    own = person.address in (incident.assignee, incident.reporter_address)
    return bool(roles) or own or incident.group in (*person.groups, *person.leads)


def highest_told(journal: Iterable[JournalEntry], ladder: Sequence[str]) -> str:
    """The highest place of the ``ladder`` that the journal says was told; "" for none."""
    told = [place for entry in journal for place in _told_by(entry) if place in ladder]
    return max(told, key=ladder.index, default="")


def _told_by(entry: JournalEntry) -> Sequence[str]:
    if entry.kind != ESCALATION:
        return ()
    match entry.text.split(":"):
        case ["clock", _, _, _, places] if places == SKIPPED:
            return ()
        case ["clock", _, _, *named]:
            return named[-1].split("+") if named else ()
        case [word, place, *_] if word == RAISED:
            return (place,)
        case [word, *_] if word == DISPATCHES:
            return (MANAGER,)
    return ()


def recall(
    work: UnitOfWork, policy: Policy, incident: Incident, actor: Actor, at: datetime, reason: str
) -> list[Event]:
    """召回: the engineer is freed for work of a higher priority; the incident is back in the
    service desk's queue, its clocks as they were."""
    _check_worked_on(incident)
    engineer, group = incident.assignee, incident.group
    move(work, policy, incident, Status.NEW, actor, at)
    incident.assignee = ""
    incident.group = incident.owner = policy.desk
    incident.line = 1
    step(work, incident, actor, at, "recalled", reason)
    frozen = keep(work, incident, actor, at)
    return [
        Recalled(
            at=at,
            actor=actor.person,
            incident=frozen,
            engineer=engineer,
            group=group,
            reason=reason,
            clocks=tuple(work.clocks.of(incident.number).values()),
        )
    ]


def _check_worked_on(incident: Incident) -> None:
    if incident.status is not Status.IN_PROGRESS:
        raise Refusal("not_in_progress", number=incident.number, status=incident.status)


def ring_dispatches(
    work: UnitOfWork, _policy: Policy, number: str, _name: str, actor: Actor, at: datetime
) -> list[Event]:
    """An incident was dispatched once too often: the incident manager is told, one time."""
    incident = work.incidents.get(number, lock=True)
    if incident is None or not incident.open:
        return []
    incident.hierarchical_escalations += 1
    step(work, incident, actor, at, ESCALATION, f"{DISPATCHES}:{incident.dispatches}")
    frozen = keep(work, incident, actor, at)
    running = tuple(work.clocks.of(number).values())
    return [DispatchedTooOften(at=at, actor=actor.person, incident=frozen, clocks=running)]
