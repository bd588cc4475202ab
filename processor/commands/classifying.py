"""Keywords that reclassify an incident (spec 3; seed 6.5–6.8)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from processor.commands.errand import Command, Errand, Outcome, done
from processor.commands.values import read_category, read_grade
from processor.domain.errors import Refusal
from processor.domain.events import Event
from processor.domain.incident import OPEN_STATUSES, Incident
from processor.domain.people import STAFF_ROLES, Actor
from processor.services import classifying
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork

Regrade = Callable[[UnitOfWork, Policy, Incident, Actor, datetime, int, str], list[Event]]


def _grading(field: str, regrade: Regrade) -> Callable[[Errand], Outcome]:
    def run(errand: Errand) -> Outcome:
        grade = read_grade(field, errand.order.value)
        if grade is None:
            raise Refusal("grade_unreadable", field=field, value=errand.order.value)
        value, reason = grade
        events = regrade(
            errand.work,
            errand.policy,
            errand.on,
            errand.actor,
            errand.at,
            value,
            reason or errand.note,
        )
        return done(
            errand,
            field,
            events,
            number=errand.on.number,
            value=value,
            priority=errand.on.priority,
        )

    return run


def _category(errand: Errand) -> Outcome:
    found, reason = read_category(errand.order.value, errand.policy.categories)
    if not found:
        raise Refusal("unknown_category", value=errand.order.value)
    events = classifying.set_category(
        errand.work,
        errand.policy,
        errand.on,
        errand.actor,
        errand.at,
        found,
        reason or errand.note,
    )
    return done(errand, "category", events, number=errand.on.number, value=found)


def _graded(name: str, regrade: Regrade) -> Command:
    return Command(name, _grading(name, regrade), STAFF_ROLES, OPEN_STATUSES, takes_text=True)


COMMANDS = (
    _graded("priority", classifying.set_priority),
    _graded("impact", classifying.set_impact),
    _graded("urgency", classifying.set_urgency),
    Command("category", _category, STAFF_ROLES, takes_text=True),
)
