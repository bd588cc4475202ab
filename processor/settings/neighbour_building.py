"""From ``problems.yaml`` and ``changes.yaml`` to the domain's values."""

from __future__ import annotations

from collections.abc import Mapping

from processor.domain.change import Approval, ChangePolicy, Risk
from processor.domain.people import Role
from processor.domain.problem import ProblemPolicy, ProblemSource, TrendPolicy
from processor.settings.emergency_building import reminders_of
from processor.settings.schema.neighbours import Approval as ApprovalEntry
from processor.settings.schema.neighbours import ChangesFile, ProblemsFile

DECIDING_ROLES = (Role.APPROVER, Role.MANAGER, Role.OWNER)


def problems_of(entry: ProblemsFile) -> ProblemPolicy:
    """When problems are opened by themselves, and until when they should be solved."""
    days, trend = entry.target_days, entry.trend
    return ProblemPolicy(
        opens_on=frozenset(ProblemSource(name) for name in entry.open_on),
        unresolved_codes=entry.unresolved_codes,
        unknown_causes=tuple(word.casefold() for word in entry.unknown_causes),
        trend=TrendPolicy(trend.incidents, trend.days, trend.every, trend.of),
        target_days=dict(enumerate((days.p1, days.p2, days.p3, days.p4), start=1)),
        review_day=entry.review_day,
        reminders=reminders_of(entry.reminders),
    )


def changes_of(entry: ChangesFile, posts: Mapping[str, str]) -> ChangePolicy:
    """Who decides on what; posts are looked up here."""
    risks = {risk: getattr(entry.approvals, risk.value) for risk in Risk}
    return ChangePolicy(
        approvals={risk: _approval(approval, posts) for risk, approval in risks.items()},
        tell_affected=entry.tell_affected,
        decide_days=entry.decide_days,
        result_days=entry.result_days,
        reminders=reminders_of(entry.reminders),
    )


def _approval(entry: ApprovalEntry, posts: Mapping[str, str]) -> Approval:
    roles = {role.value for role in DECIDING_ROLES}
    return Approval(
        roles=tuple(Role(name) for name in entry.by if name in roles),
        addresses=tuple(posts.get(name, name).lower() for name in entry.by if name not in roles),
        needed=entry.needed,
    )
