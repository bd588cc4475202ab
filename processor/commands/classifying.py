"""Keywords that reclassify an incident (spec 3; seed 6.5–6.8)."""

from __future__ import annotations

from collections.abc import Callable

from processor.commands.errand import Command, Errand, Outcome, done
from processor.commands.values import read_category, read_grade
from processor.domain.errors import Refusal
from processor.domain.incident import OPEN_STATUSES
from processor.domain.people import STAFF_ROLES
from processor.services import classifying


def _grading(field: str) -> Callable[[Errand], Outcome]:
    def run(errand: Errand) -> Outcome:
        grade = _own_grade(errand, field) or read_grade(field, errand.order.value)
        if grade is None:
            raise Refusal("grade_unreadable", field=field, value=errand.order.value)
        value, reason = grade
        events = classifying.regrade(
            errand.work,
            errand.policy,
            errand.on,
            errand.actor,
            errand.at,
            field,
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


def _own_grade(errand: Errand, field: str) -> tuple[int, str] | None:
    """The process's own name for a priority: ``一级``."""
    profile = errand.policy.profile(errand.on.profile)
    named = profile.grade_named(errand.order.value) if field == "priority" else None
    return (named[0].priority, named[1]) if named else None


def _category(errand: Errand) -> Outcome:
    found, reason = read_category(
        errand.order.value,
        errand.policy.profile(errand.on.profile).categories or errand.policy.categories,
    )
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


def _graded(field: str) -> Command:
    return Command(field, _grading(field), STAFF_ROLES, OPEN_STATUSES)


COMMANDS = (
    _graded("priority"),
    _graded("impact"),
    _graded("urgency"),
    Command("category", _category, STAFF_ROLES),
)
