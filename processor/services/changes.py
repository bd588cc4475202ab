"""Requests for change (seed 4.3.3): raised from an incident, a problem or a form; decided by mail;
carried out. What waits for one goes on by its outcome."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from processor.domain.change import Change, ChangeStatus, Risk, is_approver
from processor.domain.errors import Refusal
from processor.domain.events import Event
from processor.domain.events_neighbours import (
    ChangeAnnounced,
    ChangeDecided,
    ChangeEnded,
    ChangeRaised,
)
from processor.domain.incident import Incident, Status
from processor.domain.numbering import RecordKind, number, series
from processor.domain.people import Actor, Proof, Role
from processor.domain.problem import Problem
from processor.services import change_clock, problem_work
from processor.services.moving import keep, move
from processor.services.moving import step as incident_step
from processor.services.neighbours import step
from processor.services.policy import Policy, system
from processor.store.unit_of_work import UnitOfWork

_TITLE = 120
S = ChangeStatus


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be changed, in its author's words."""

    what: str
    why: str
    risk: Risk
    window: str
    back_out: str
    title: str = ""


def raise_on(
    work: UnitOfWork,
    policy: Policy,
    about: Incident | Problem,
    actor: Actor,
    at: datetime,
    wish: Wish,
) -> tuple[Change, list[Event]]:
    """变更: ``about`` waits for it from now on. Raises Refusal ``change_waits`` where it does so
    already, and what the tables of moves refuse."""
    there = open_change(work, about.number)
    if there is not None:
        raise Refusal("change_waits", number=there.number, change_status=there.status)
    if isinstance(about, Problem):
        problem_work.await_change(work, about, actor, at)
        change = _recorded(work, policy, wish, actor.address, actor, at, about.mailbox)
        change.problem = about.number
    else:
        move(work, policy, about, Status.PENDING_CHANGE, actor, at)
        change = _recorded(work, policy, wish, actor.address, actor, at, about.mailbox)
        change.incident = about.number
        work.links.add(about.number, change.number, Change.kind)
        incident_step(work, about, actor, at, "change", f"{change.number} {change.title}")
        keep(work, about, actor, at)
    frozen = _keep(work, change, actor, at)
    due = change_clock.wind(work, policy, change, at)
    told = ChangeRaised(
        at=at, actor=actor.person, neighbour=frozen, about=replace(about), until=due
    )
    return change, [told]


def raise_by_form(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident | None,
    raised_by: str,
    actor: Actor,
    at: datetime,
    wish: Wish,
    *,
    language: str,
    mailbox: str,
) -> tuple[Change, list[Event]]:
    """变更申请单: for an incident or by itself. A form does not prove who filled it in: an incident
    waits for it only where the ``actor`` has that incident and has proved to be himself."""
    change = _recorded(work, policy, wish, raised_by, actor, at, mailbox)
    change.language = language
    if incident is not None:
        change.incident = incident.number
        work.links.add(incident.number, change.number, Change.kind)
        incident_step(work, incident, actor, at, "change", f"{change.number} {change.title}")
        his = incident.assignee == actor.address and actor.proof >= Proof.TOKEN
        if his and incident.status is Status.IN_PROGRESS:
            move(work, policy, incident, Status.PENDING_CHANGE, actor, at)
        keep(work, incident, actor, at)
    frozen = _keep(work, change, actor, at)
    due = change_clock.wind(work, policy, change, at)
    told = ChangeRaised(
        at=at,
        actor=actor.person,
        neighbour=frozen,
        about=replace(incident) if incident else None,
        by_form=True,
        until=due,
    )
    return change, [told]


def _recorded(
    work: UnitOfWork,
    policy: Policy,
    wish: Wish,
    raised_by: str,
    actor: Actor,
    at: datetime,
    mailbox: str,
) -> Change:
    """Store it under the next number, with those who are to decide on it. Nobody decides on a
    change of his own; raises Refusal ``no_approver`` where there are too few others."""
    line = series(RecordKind.CHANGE, at, policy.zone)
    rule = policy.changes.approval(wish.risk)
    people = [one.address for role in rule.roles for one in policy.directory.with_role(role)]
    asked = [one for one in dict.fromkeys((*people, *rule.addresses)) if one != raised_by]
    if len(asked) < rule.needed:
        raise Refusal("no_approver", risk=wish.risk, needed=rule.needed, count=len(asked))
    change = Change(
        number=number(line, work.numbers.next(line)),
        status=S.REQUESTED,
        raised_at=at,
        raised_by=raised_by,
        title=(wish.title or wish.what.strip().splitlines()[0])[:_TITLE],
        what=wish.what,
        why=wish.why,
        risk=wish.risk,
        window=wish.window,
        back_out=wish.back_out,
        needed=rule.needed,
        approvers=tuple(asked),
        language=actor.person.language or policy.language,
        mailbox=mailbox,
    )
    work.changes.add(change, actor.address, at, actor.via)
    return change


def open_change(work: UnitOfWork, of: str) -> Change | None:
    """The change that an incident or a problem waits for."""
    found = next((one for one in work.changes.of(of) if one.open), None)
    return work.changes.get(found.number) if found else None


def grant(
    work: UnitOfWork, policy: Policy, change: Change, actor: Actor, at: datetime, comment: str
) -> list[Event]:
    """批准: with as many approvals as its risk needs, it is approved; who raised it and (where that
    is configured) the affected are told."""
    _decides(change, actor)
    if actor.address in change.approvals:
        raise Refusal("approved_before", number=change.number)
    change.approvals = (*change.approvals, actor.address)
    if comment:
        step(work, change, actor, at, "comment", comment)
    if len(change.approvals) < change.needed:
        _keep(work, change, actor, at)
        return []
    change.status, change.decided_at, change.decided_by = S.APPROVED, at, actor.address
    change.decision = comment
    frozen = _keep(work, change, actor, at)
    about = _about(work, change)
    due = change_clock.wind(work, policy, change, at)
    events: list[Event] = [
        ChangeDecided(at=at, actor=actor.person, neighbour=frozen, about=_copy(about), until=due)
    ]
    if isinstance(about, Incident) and policy.changes.tell_affected:
        events.append(
            ChangeAnnounced(
                at=at,
                actor=actor.person,
                incident=replace(about),
                what=change.title,
                window=change.window,
            )
        )
    return events


def refuse(
    work: UnitOfWork, policy: Policy, change: Change, actor: Actor, at: datetime, reason: str
) -> list[Event]:
    """拒绝: one refusal with its reason suffices; what waited goes on without the change."""
    _decides(change, actor)
    if not reason:
        raise Refusal("reason_missing")
    change.status, change.decided_at, change.decided_by = S.REFUSED, at, actor.address
    change.decision = reason
    frozen = _keep(work, change, actor, at)
    about = _goes_on(work, policy, change, actor, at, reason)
    return [ChangeDecided(at=at, actor=actor.person, neighbour=frozen, about=about)]


def _decides(change: Change, actor: Actor) -> None:
    if change.status is not S.REQUESTED:
        raise Refusal("change_decided", number=change.number, change_status=change.status)
    if not is_approver(change, actor.person):
        raise Refusal("not_an_approver", number=change.number, people=change.approvers)


def end(
    work: UnitOfWork,
    policy: Policy,
    change: Change,
    actor: Actor,
    at: datetime,
    outcome: ChangeStatus,
    text: str,
) -> list[Event]:
    """变更结果: carried out, failed or backed out, by who raised it or works on what waits for it;
    that goes on. A failure needs words."""
    if change.status is not S.APPROVED:
        raise Refusal("change_not_approved", number=change.number, change_status=change.status)
    _carries_out(work, change, actor)
    if outcome is not S.DONE and not text:
        raise Refusal("reason_missing")
    change.status, change.ended_at, change.outcome = outcome, at, text
    frozen = _keep(work, change, actor, at)
    about = _goes_on(work, policy, change, actor, at, text)
    return [ChangeEnded(at=at, actor=actor.person, neighbour=frozen, about=about)]


def withdraw(
    work: UnitOfWork, policy: Policy, change: Change, actor: Actor, at: datetime, reason: str
) -> list[Event]:
    """撤销: who raised it does not want it any more."""
    if not change.open:
        raise Refusal("change_decided", number=change.number, change_status=change.status)
    _carries_out(work, change, actor)
    change.status, change.ended_at, change.outcome = S.WITHDRAWN, at, reason
    frozen = _keep(work, change, actor, at)
    about = _goes_on(work, policy, change, actor, at, reason)
    return [ChangeEnded(at=at, actor=actor.person, neighbour=frozen, about=about)]


def note(work: UnitOfWork, change: Change, actor: Actor, at: datetime, text: str) -> list[Event]:
    """备注."""
    if not text:
        raise Refusal("text_missing")
    step(work, change, actor, at, "note", text)
    return []


def _carries_out(work: UnitOfWork, change: Change, actor: Actor) -> None:
    about = _about(work, change)
    own = (actor.address, *actor.person.aliases)
    if change.raised_by in own or Role.MANAGER in actor.person.roles:
        return
    if about is None or about.assignee not in own:
        raise Refusal("change_of_other", number=change.number, person=change.raised_by)


def _about(work: UnitOfWork, change: Change) -> Incident | Problem | None:
    if change.incident:
        return work.incidents.get(change.incident)
    return work.problems.get(change.problem) if change.problem else None


def _copy(about: Incident | Problem | None) -> Incident | Problem | None:
    return replace(about) if about is not None else None


def _goes_on(
    work: UnitOfWork, policy: Policy, change: Change, actor: Actor, at: datetime, text: str
) -> Incident | Problem | None:
    """What waited for the change is worked on again; it keeps what was said."""
    about = _about(work, change)
    # the table of moves lets the change's outcome do it, whoever told it
    outcome = Actor(system(policy.language), actor.proof, actor.via)
    if isinstance(about, Problem):
        problem_work.change_over(work, about, outcome, at)
    elif about is not None:
        said = f"{change.number} {change.status} {text}".strip()
        incident_step(work, about, actor, at, "change", said)
        if about.status is Status.PENDING_CHANGE:
            move(work, policy, about, Status.IN_PROGRESS, outcome, at)
            keep(work, about, actor, at)
    return _copy(about)


def _keep(work: UnitOfWork, change: Change, actor: Actor, at: datetime) -> Change:
    work.changes.save(change, actor.address, at, actor.via)
    return replace(change)
