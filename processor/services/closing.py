"""The end of an incident (seed 8.8): confirmation, satisfaction, review, archive — or not yet."""

from __future__ import annotations

from datetime import datetime

from processor.domain.errors import Refusal
from processor.domain.events import (
    Archived,
    Cancelled,
    Confirmed,
    Event,
    Rated,
    Reopened,
    SentBack,
)
from processor.domain.events_closing import ReviewObjected
from processor.domain.incident import Incident, Status
from processor.domain.lifecycle import roles_on
from processor.domain.people import Actor, Role
from processor.domain.profile import Stage
from processor.services import (
    checklist,
    discretion,
    knowledge,
    merging,
    obligations,
    own_fields,
    problems,
    scope,
)
from processor.services.chains import until
from processor.services.clocks import agreed
from processor.services.moving import keep, move, step
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork


def confirm(
    work: UnitOfWork, policy: Policy, incident: Incident, actor: Actor, at: datetime, comment: str
) -> list[Event]:
    """确认: the reporter says that it is solved; the manager's review is next."""
    if merging.is_merged(incident):
        return merging.confirm(work, incident, actor, at, comment)
    move(work, policy, incident, Status.PENDING_REVIEW, actor, at)
    incident.confirmed_at = at
    incident.confirmation = "confirmed"
    knowledge.on_confirming(work, incident)
    if comment:
        step(work, incident, actor, at, "comment", comment)
    frozen = keep(work, incident, actor, at)
    due = until(policy, Status.PENDING_REVIEW, at)
    return [Confirmed(at=at, actor=actor.person, incident=frozen, comment=comment, until=due)]


def reopen(
    work: UnitOfWork, policy: Policy, incident: Incident, actor: Actor, at: datetime, comment: str
) -> list[Event]:
    """未解决: back to whoever worked on it; the resolution clock goes on where it stopped. What
    was withdrawn or not taken on begins anew at the service desk (spec 1.3)."""
    if merging.is_merged(incident):
        return merging.object_to(work, incident, actor, at, comment)
    if incident.status is Status.REJECTED and _appeals(incident, actor):
        step(work, incident, actor, at, "appeal", comment)
        return scope.appeal(work, incident, actor, at, comment)
    if incident.status in (Status.CANCELLED, Status.REJECTED):
        return _begin_anew(work, policy, incident, actor, at, comment)
    if incident.status is Status.CLOSED and not reopenable(policy, incident, at):
        raise Refusal("reopen_window_over", number=incident.number)
    if incident.status is Status.PENDING_REVIEW and actor.address == incident.reporter_address:
        return _object(work, incident, actor, at, comment)
    if incident.status not in (Status.RESOLVED, Status.CLOSED):
        raise Refusal("not_resolved", number=incident.number, status=incident.status)
    move(work, policy, incident, Status.IN_PROGRESS, actor, at)
    if incident.confirmation == "confirmed":
        knowledge.on_confirming(work, incident, taken_back=True)
    incident.reopens += 1
    incident.resolved_at = incident.confirmed_at = incident.closed_at = None
    incident.confirmation = ""
    incident.owner = incident.assignee or policy.desk
    if comment:
        step(work, incident, actor, at, "comment", comment)
    frozen = keep(work, incident, actor, at)
    return [Reopened(at=at, actor=actor.person, incident=frozen, comment=comment)]


def _object(
    work: UnitOfWork, incident: Incident, actor: Actor, at: datetime, comment: str
) -> list[Event]:
    """While it is reviewed, only the manager can send it back: he is told what the reporter says
    who confirmed too soon, or whose silence counted as yes."""
    step(work, incident, actor, at, "review_objection", comment)
    frozen = keep(work, incident, actor, at)
    return [ReviewObjected(at=at, actor=actor.person, incident=frozen, comment=comment)]


def _appeals(incident: Incident, actor: Actor) -> bool:
    """Whether the reporter asks for what the service desk alone decides."""
    roles = roles_on(incident, actor.person)
    return Role.REPORTER in roles and Role.DESK not in roles


def _begin_anew(
    work: UnitOfWork, policy: Policy, incident: Incident, actor: Actor, at: datetime, comment: str
) -> list[Event]:
    move(work, policy, incident, Status.NEW, actor, at)
    incident.reopens += 1
    incident.assignee = ""
    incident.group = incident.owner = policy.desk
    incident.line = 1
    if comment:
        step(work, incident, actor, at, "comment", comment)
    frozen = keep(work, incident, actor, at)
    return [Reopened(at=at, actor=actor.person, incident=frozen, comment=comment)]


def reopenable(policy: Policy, incident: Incident, at: datetime) -> bool:
    """Whether ``at`` lies in the reopen window: so many working days after closing. They are the
    desk's, as those of reminders are: what is promised day and night can be reopened after the
    same holidays."""
    if incident.closed_at is None:
        return False
    name = agreed(policy, incident).targets[incident.priority].calendar
    calendars = policy.sla.calendars
    calendar = calendars.get(policy.follow_up.calendar, calendars[name])
    day = incident.closed_at.astimezone(policy.zone).date()
    last = calendar.working_day_after(day, policy.reopen_days)
    return at.astimezone(policy.zone).date() <= last


def rate(
    work: UnitOfWork, incident: Incident, actor: Actor, at: datetime, score: int, comment: str
) -> list[Event]:
    """评分: satisfaction 1–5 with a comment, once it was solved."""
    status = merging.status_of(work, incident)
    if status not in merging.SOLVED:
        raise Refusal("not_resolved", number=incident.number, status=status)
    incident.satisfaction = score
    incident.satisfaction_comment = comment
    frozen = keep(work, incident, actor, at)
    return [Rated(at=at, actor=actor.person, incident=frozen)]


def approve(
    work: UnitOfWork, policy: Policy, incident: Incident, actor: Actor, at: datetime, comment: str
) -> list[Event]:
    """审核: the manager closes it; the Word report goes with the archive. What the process asks
    for (fields, checklist) must be there."""
    move(work, policy, incident, Status.CLOSED, actor, at)
    own_fields.complete(work, policy, incident, Stage.CLOSING)
    checklist.complete(work, policy, incident)
    incident.closed_at = at
    incident.owner = policy.desk
    if comment:
        step(work, incident, actor, at, "comment", comment)
    frozen = keep(work, incident, actor, at)
    knowledge.on_archiving(work, policy, incident, at)
    dossier = work.incidents.dossier(incident.number)
    language = actor.person.language or policy.language
    report = policy.press(dossier, language, "team", at)
    veiled = discretion.veiled(work, policy, dossier)
    masked = policy.press(veiled, language, "team", at) if veiled else None
    events: list[Event] = [
        Archived(at=at, actor=actor.person, incident=frozen, report=report, masked=masked)
    ]
    events += obligations.owe(work, policy, incident, actor, at, incident.status)
    return events + problems.at_closing(work, policy, incident, actor, at)


def send_back(
    work: UnitOfWork, policy: Policy, incident: Incident, actor: Actor, at: datetime, reason: str
) -> list[Event]:
    """驳回: the manager is not content; the assignee goes on."""
    if not reason:
        raise Refusal("reason_missing")
    if incident.status is not Status.PENDING_REVIEW:
        raise Refusal("not_in_review", number=incident.number, status=incident.status)
    move(work, policy, incident, Status.IN_PROGRESS, actor, at)
    if incident.confirmation == "confirmed":
        knowledge.on_confirming(work, incident, taken_back=True)
    incident.resolved_at = incident.confirmed_at = None
    incident.confirmation = ""
    incident.owner = incident.assignee or policy.desk
    step(work, incident, actor, at, "sent_back", reason)
    frozen = keep(work, incident, actor, at)
    return [SentBack(at=at, actor=actor.person, incident=frozen, reason=reason)]


def cancel(
    work: UnitOfWork, policy: Policy, incident: Incident, actor: Actor, at: datetime, reason: str
) -> list[Event]:
    """撤销: the reporter withdraws it; not where others reported the same."""
    merging.check_alone(work, incident)
    move(work, policy, incident, Status.CANCELLED, actor, at)
    incident.owner = policy.desk
    if reason:
        step(work, incident, actor, at, "comment", reason)
    frozen = keep(work, incident, actor, at)
    return [Cancelled(at=at, actor=actor.person, incident=frozen, reason=reason)]
