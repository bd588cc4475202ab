"""A report, made to fit the process that it belongs to (spec 1.9)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from processor.domain.incident import Source
from processor.domain.own_fields import grade_in, told_in
from processor.domain.profile import Profile
from processor.services.policy import Policy

if TYPE_CHECKING:
    from processor.services.recording import Report


def fitted(policy: Policy, report: Report) -> Report:
    """The same report with what only its process knows: fields and grade from its labelled lines,
    its own group. A category of another process is none here, and neither is the group that the
    same rule gave for it."""
    profile = policy.profile(report.profile)
    report = _owned(profile, _recategorised(profile, replace(report, profile=profile.name)))
    grade = None if report.priority else grade_in(report.symptom, profile)
    if grade is not None:
        report = replace(report, priority=grade.priority, impact=grade.priority)
    if report.assignee:
        return report
    matrix = policy.terms(profile.name).matrix
    priority = report.priority or matrix.priority(report.impact, report.urgency)
    reached = profile.grade_of(priority)
    # what falls to the desk because nobody is named falls to the process's own group
    named = report.group if report.group != policy.desk else ""
    wanted = (reached.group if reached else "") or named or profile.group or report.group
    return replace(report, group=wanted)


def _recategorised(profile: Profile, report: Report) -> Report:
    if not report.category or not profile.categories or report.category in profile.categories:
        return report
    decided = dict(report.decided_by)
    by = decided.pop("category", "")
    dropped: dict[str, Any] = {}
    if decided.get("group", "") == by:
        dropped = {"group": "", "assignee": ""}
        decided = {name: rule for name, rule in decided.items() if name not in dropped}
    return replace(report, category="", decided_by=decided, **dropped)


def _owned(profile: Profile, report: Report) -> Report:
    known = {one.name for one in profile.fields}
    said = {name: value for name, value in report.own.items() if name in known and value}
    by_machine = report.source is Source.MONITORING
    lines = {} if by_machine or not known else told_in(report.symptom, profile)
    return replace(report, own={**lines, **said})
