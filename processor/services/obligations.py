"""What a process makes people owe by a time (spec 1.9): notices, reports, follow-up on days."""

from __future__ import annotations

from datetime import datetime, timedelta

from processor.domain.duty import Reminders
from processor.domain.escalation import Step, told_of
from processor.domain.events import Event
from processor.domain.incident import ClockKind, Incident, Status
from processor.domain.people import Actor
from processor.domain.profile import DutyRule
from processor.services import duties
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork


def owe(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    actor: Actor,
    at: datetime,
    status: Status | None = None,
) -> list[Event]:
    """Give the duties that begin when an incident comes into ``status`` (None: when it is
    recorded, or gets the grade that it has now). None is given twice; one that was dropped or done
    stays so. Whoever fills the post has it, else the next above."""
    profile = policy.profile(incident.profile)
    grade = profile.grade_of(incident.priority)
    due = [
        rule
        for rule in profile.duties
        if rule.status is status and (not rule.grades or (grade and grade.name in rule.grades))
    ]
    if not due:
        return []
    known = {duty.kind for duty in work.duties.of(incident.number)}
    events: list[Event] = []
    for rule in due:
        if rule.name in known:
            continue
        since = incident.reported_at if status is None else at
        owner = _owner(policy, incident, rule)
        _, given = duties.give(
            work,
            incident,
            actor,
            at,
            kind=rule.name,
            text=rule.titles.get(incident.language) or next(iter(rule.titles.values())),
            due_at=_due(policy, rule, since),
            owner=owner,
            reminders=Reminders(tuple(timedelta(minutes=span) for span in rule.remind)),
            by_rule=True,
        )
        events += given
    return events


def _due(policy: Policy, rule: DutyRule, since: datetime) -> datetime:
    if not rule.calendar:
        return since + timedelta(minutes=rule.minutes)
    return policy.sla.calendars[rule.calendar].add(since, rule.minutes)


def _owner(policy: Policy, incident: Incident, rule: DutyRule) -> str:
    step = Step(ClockKind.RESPONSE, 0, (rule.owner,))
    return next(iter(told_of(step, incident, policy.directory, policy.offices)), "")
