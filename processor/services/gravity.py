"""What follows from a grade (spec 1.9): posts are told at once, it becomes a major incident,
duties begin."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from processor.domain.emergency import Emergency, EmergencyState
from processor.domain.events import Event
from processor.domain.events_profiles import GradeReached
from processor.domain.incident import Incident
from processor.domain.people import Actor
from processor.services import major, obligations
from processor.services.moving import step
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork


def follow(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    actor: Actor,
    at: datetime,
    before: int = 0,
) -> list[Event]:
    """The consequences of the grade that an incident has now; ``before`` is the priority that it
    had (0: it was just recorded). A grade that it had before follows nothing anew."""
    profile = policy.profile(incident.profile)
    grade = profile.grade_of(incident.priority)
    if before and (incident.priority > before or profile.grade_of(before) is grade):
        return []  # a lower one brings nothing with it
    events = obligations.owe(work, policy, incident, actor, at)
    if grade is None:
        return events
    if grade.major and not incident.major:
        reason = grade.titles.get(incident.language) or grade.name
        known = work.emergencies.of(incident.number)
        emergency = known or Emergency(incident.number, EmergencyState.ASKED)
        events += major.begin(work, policy, incident, emergency, actor, at, reason)
    tell = tuple(policy.offices[post] for post in grade.tell if post in policy.offices)
    if tell:
        step(work, incident, actor, at, "grade_told", f"{grade.name}: {', '.join(grade.tell)}")
        frozen = replace(incident)
        told = GradeReached(at=at, actor=actor.person, incident=frozen, tell=tell)
        events.insert(0, told)
    return events
