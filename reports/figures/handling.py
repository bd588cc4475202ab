"""How well it was handled: at once, by the right hands, for good."""

from __future__ import annotations

from sqlalchemy import ColumnElement

from reports.figures.cohorts import f
from reports.figures.figure import (
    EACH,
    Amount,
    Cohort,
    Figure,
    Good,
    Unit,
    one_if,
    share,
)

FIRST_LINE = ("desk", "first")
"""Roles of those who resolve without handing on to the second line."""
_LASTING = f.reopens == 0
_AT_FIRST: tuple[ColumnElement[bool], ...] = (
    _LASTING,
    f.functional_escalations == 0,
    f.wrong_dispatches == 0,
)

FIGURES = (
    Figure(
        "first_line_rate", Unit.SHARE, Good.UP, Cohort.RESOLVED,
        share(f.resolver_role.in_(FIRST_LINE)),
    ),
    Figure(
        "first_contact", Unit.COUNT, Good.UP, Cohort.RESOLVED,
        Amount(one_if(f.resolver_role == "desk", f.dispatches == 0, _LASTING)),
    ),
    Figure(
        "first_contact_rate", Unit.SHARE, Good.UP, Cohort.RESOLVED,
        share(f.resolver_role == "desk", f.dispatches == 0, _LASTING),
    ),
    Figure("handled", Unit.COUNT, Good.NEUTRAL, Cohort.RESOLVED, Amount(EACH)),
    Figure("handled_success", Unit.COUNT, Good.UP, Cohort.RESOLVED, Amount(one_if(_LASTING))),
    Figure(
        "handled_within", Unit.COUNT, Good.UP, Cohort.RESOLVED,
        Amount(one_if(f.resolution_met == 1)),
    ),
    Figure(
        "handled_first_time", Unit.COUNT, Good.UP, Cohort.RESOLVED, Amount(one_if(*_AT_FIRST))
    ),
    Figure("reopen_rate", Unit.SHARE, Good.DOWN, Cohort.RESOLVED, share(f.reopens > 0)),
    Figure("knowledge_share", Unit.SHARE, Good.UP, Cohort.RESOLVED, share(f.knowledge == 1)),
)  # fmt: skip
