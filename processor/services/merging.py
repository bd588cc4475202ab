"""Duplicates (重复事件, seed 5.5; spec 1.4 (6)): linked under one parent, which they follow.

A merged incident moves no more: its clocks have stopped, it is in no queue, and what its parent
comes to is noted on it and told to its reporter, in his own thread, language and number
(:func:`follow`). There are no chains: the parent is always one that is not merged itself.

Who confirms: the reporter of the parent, or the silence rule, takes the parent on to the review.
What the others say is kept on their own records: a confirmation and a score as such; that it is
not solved is told to whoever works on the parent (and, once it is with the manager, to him), who
take it back to work where that is right. One of two hundred cannot reopen what serves all, and
cannot be overheard either.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TypeGuard

from processor.domain.errors import NotFound, Refusal
from processor.domain.events import (
    Accepted,
    Archived,
    Event,
    IncidentEvent,
    Reopened,
    Replied,
    ReporterWrote,
    Resolved,
    SentBack,
)
from processor.domain.events_emergency import ReportersInformed
from processor.domain.events_records import Merged, Objected, Rejected
from processor.domain.incident import OPEN_STATUSES, Incident, Status
from processor.domain.lifecycle import roles_on
from processor.domain.people import Actor, Proof, Role
from processor.services.moving import keep, move_by_desk, step
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork

SOLVED = frozenset({Status.RESOLVED, Status.PENDING_REVIEW, Status.CLOSED})
_PARENTS = OPEN_STATUSES | {Status.RESOLVED, Status.PENDING_REVIEW}
# how somebody's work ends by the table of moves, so that the desk has it again and may merge it
_BACK = {
    Status.PENDING_USER: Status.IN_PROGRESS,
    Status.PENDING_VENDOR: Status.IN_PROGRESS,
    Status.PENDING_CHANGE: Status.IN_PROGRESS,
    Status.IN_PROGRESS: Status.NEW,
    Status.ASSIGNED: Status.NEW,
}


def merge(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    parent: str,
    actor: Actor,
    at: datetime,
    text: str = "",
    *,
    roles: frozenset[Role] | None = None,
) -> list[Event]:
    """重复: ``incident`` is a duplicate of the incident with the number ``parent``.

    From somebody's hands it comes by way of the desk, as the table of moves has it. What was
    merged under ``incident`` moves along. ``roles`` are those by which it is done where they are
    not the actor's own. Raises NotFound and Refusal; nothing is changed then.
    """
    root = root_of(work, parent)
    if root is None:
        raise NotFound(parent)
    if root.number == incident.number:
        raise Refusal("merged_with_itself", number=incident.number, parent=parent)
    if root.status not in _PARENTS:
        raise Refusal("parent_not_open", number=root.number, status=root.status)
    if incident.status is Status.MERGED:
        raise Refusal("merged_already", number=incident.number, parent=incident.parent)
    before = replace(incident)
    move_by_desk(work, policy, incident, Status.MERGED, actor, at, _BACK, roles)
    _hang(work, policy, incident, root, actor, at)
    if text:
        step(work, incident, actor, at, "note", text)
    events: list[Event] = []
    moved = [(before, incident)]
    for child in work.incidents.merged_under(incident.number):
        moved.append((replace(child), child))
        work.links.remove(child.number, incident.number, "parent")
        work.links.remove(incident.number, child.number, "duplicate")
        _hang(work, policy, child, root, actor, at)
    for was, child in moved:
        step(work, root, actor, at, "merged", child.number)
        frozen = keep(work, child, actor, at)
        events.append(
            Merged(
                at=at,
                actor=actor.person,
                incident=frozen,
                parent=replace(root),
                before=was,
                text=text,
            )
        )
        if root.status in (Status.RESOLVED, Status.PENDING_REVIEW):
            solved = Resolved(at=at, actor=actor.person, incident=replace(root))
            _abreast(child, solved)
            keep(work, child, actor, at)
            events.append(replace(solved, incident=_as_told(child, root)))
    return events


def root_of(work: UnitOfWork, number: str) -> Incident | None:
    """The incident of that number, locked, or the one that it follows; None when there is none."""
    seen: set[str] = set()
    while number not in seen:
        seen.add(number)
        incident = work.incidents.get(number, lock=True)
        if incident is None or not is_merged(incident):
            return incident
        number = incident.parent
    return None


def is_merged(incident: Incident | None) -> TypeGuard[Incident]:
    """Whether it follows another one."""
    return incident is not None and incident.status is Status.MERGED and bool(incident.parent)


def follow(work: UnitOfWork, event: Event, via: str) -> list[Event]:
    """What ``event`` is to those that were merged under its incident: noted on each record, and
    the same event on each, as its reporter is to be told. Who hears of it already, as a party of
    the parent or of another duplicate, is not told twice."""
    if not isinstance(event, _FOLLOWED):
        return []
    parent = event.incident
    actor = Actor(event.actor, Proof.NONE, via)
    told = {parent.reporter_address, *parent.watchers}
    echoes: list[Event] = []
    for child in work.incidents.merged_under(parent.number):
        _abreast(child, event)
        keep(work, child, actor, event.at)
        if child.reporter_address in told:
            continue
        told.add(child.reporter_address)
        seen = _as_told(child, parent)
        if isinstance(event, Archived):
            echoes.append(replace(event, incident=seen, report=None))
        elif isinstance(event, Rejected):
            echoes.append(replace(event, incident=seen, sales=""))
        else:
            echoes.append(replace(event, incident=seen))
    return echoes


_FOLLOWED = (
    Accepted, Replied, Resolved, Reopened, SentBack, Archived, Rejected, ReportersInformed,
)  # fmt: skip


def wrote(
    work: UnitOfWork,
    incident: Incident,
    actor: Actor,
    at: datetime,
    text: str,
    *,
    only_thanks: bool,
) -> list[Event]:
    """A party of a merged incident wrote: told to whoever works on the parent, as a party's mail;
    its status is not moved by it. Thanks disturb nobody."""
    step(work, incident, actor, at, "mail", text)
    parent = _parent(work, incident)
    step(work, parent, actor, at, "mail", text)
    if only_thanks:
        return []
    return [ReporterWrote(at=at, actor=actor.person, incident=replace(parent), text=text)]


def confirm(
    work: UnitOfWork, incident: Incident, actor: Actor, at: datetime, comment: str
) -> list[Event]:
    """确认 by the reporter of a merged incident: kept on his record."""
    parent = _solved_parent(work, incident)
    incident.confirmed_at = at
    incident.confirmation = "confirmed"
    _say(work, incident, parent, actor, at, "confirmed", comment)
    keep(work, incident, actor, at)
    return []


def object_to(
    work: UnitOfWork, incident: Incident, actor: Actor, at: datetime, comment: str
) -> list[Event]:
    """未解决 by the reporter of a merged incident: those who have the parent are told."""
    if Role.REPORTER not in roles_on(incident, actor.person):
        raise Refusal("merged_follows", number=incident.number, parent=incident.parent)
    parent = _solved_parent(work, incident)
    incident.confirmed_at = None
    incident.confirmation = "refused"
    _say(work, incident, parent, actor, at, "objected", comment)
    keep(work, incident, actor, at)
    return [
        Objected(
            at=at,
            actor=actor.person,
            incident=replace(parent),
            merged=incident.number,
            text=comment,
        )
    ]


def status_of(work: UnitOfWork, incident: Incident) -> Status:
    """The status that counts: the parent's where there is one."""
    if not is_merged(incident):
        return incident.status
    parent = work.incidents.get(incident.parent, lock=False)
    return parent.status if parent else incident.status


def check_alone(work: UnitOfWork, incident: Incident) -> None:
    """Raises Refusal where others hang on it: they can't be withdrawn with it."""
    merged = work.incidents.merged_under(incident.number)
    if merged:
        raise Refusal("others_merged", number=incident.number, count=len(merged))


def _hang(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    root: Incident,
    actor: Actor,
    at: datetime,
) -> None:
    incident.parent = root.number
    incident.assignee = ""
    incident.owner = policy.desk
    work.links.add(incident.number, root.number, "parent")
    work.links.add(root.number, incident.number, "duplicate")
    keep(work, incident, actor, at)


def _abreast(child: Incident, event: IncidentEvent) -> None:
    """The child's record after ``event`` on its parent."""
    parent = event.incident
    if isinstance(event, Resolved):
        child.solution, child.cause, child.action = parent.solution, parent.cause, parent.action
        child.solution_kind, child.closure_code = parent.solution_kind, parent.closure_code
        child.resolver, child.resolver_role = parent.resolver, parent.resolver_role
        child.resolved_at = parent.resolved_at
    elif isinstance(event, Archived):
        child.closed_at = parent.closed_at
    elif isinstance(event, Reopened | SentBack):
        child.resolved_at = child.confirmed_at = child.closed_at = None
        child.confirmation = ""


def _as_told(child: Incident, parent: Incident) -> Incident:
    """The child as its reporter sees it: his number and words, the parent's progress."""
    return replace(
        child,
        status=parent.status,
        solution=parent.solution,
        group=parent.group,
        assignee=parent.assignee,
    )


def _parent(work: UnitOfWork, incident: Incident) -> Incident:
    parent = root_of(work, incident.parent)
    if parent is None:
        raise NotFound(incident.parent)
    return parent


def _solved_parent(work: UnitOfWork, incident: Incident) -> Incident:
    parent = _parent(work, incident)
    if parent.status not in SOLVED:
        raise Refusal("not_resolved", number=incident.number, status=parent.status)
    return parent


def _say(
    work: UnitOfWork,
    incident: Incident,
    parent: Incident,
    actor: Actor,
    at: datetime,
    kind: str,
    comment: str,
) -> None:
    if comment:
        step(work, incident, actor, at, "comment", comment)
    said = f"{incident.number}: {comment}" if comment else incident.number
    step(work, parent, actor, at, kind, said)
