"""What follows from a grade (spec 1.9): posts are told at once, it becomes a major incident."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from processor.domain.events import Event
from processor.domain.events_profiles import GradeReached
from processor.domain.incident import Incident
from processor.domain.people import Actor
from processor.services.moving import keep, step
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
    if grade is None or (before and profile.grade_of(before) is grade):
        return []
    if before and incident.priority > before:
        return []  # a lower one brings nothing with it
    if grade.major and not incident.major:
        incident.major = True
        keep(work, incident, actor, at)
    tell = tuple(policy.offices[post] for post in grade.tell if post in policy.offices)
    if not tell:
        return []
    step(work, incident, actor, at, "grade_told", f"{grade.name}: {', '.join(grade.tell)}")
    return [GradeReached(at=at, actor=actor.person, incident=replace(incident), tell=tell)]
