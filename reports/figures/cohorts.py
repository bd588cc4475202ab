"""Cohorts as SQL: which rows a figure counts, and which of them lie in a period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, FromClause, bindparam, func, select

from processor.store.fact_tables import facts, occurrences
from processor.store.facts import ALERT_REPEATED, COUNTERS, REDISPATCHED
from reports.figures.figure import Cohort

START, END, AS_OF, NOW, REPEAT = (
    bindparam(name, type_=facts.c.reported.type)
    for name in ("start", "end", "as_of", "now", "repeat")
)
"""What queries are asked with, in seconds since 1970, the last one in seconds. ``as_of`` is the
end of the period, or now where that comes first."""
_NOBODY = ("rejected", "cancelled")  # how what nobody took on has ended
_KINDS = (*COUNTERS, REDISPATCHED, ALERT_REPEATED)
f = facts.c
_COUNTED = f.counted == 1


@dataclass(frozen=True, slots=True)
class Rows:
    """``source`` to select from, in which the facts stand; ``conditions`` to hold; ``engineer``
    is the column of that dimension."""

    source: FromClause
    conditions: tuple[ColumnElement[bool], ...]
    engineer: ColumnElement[str] = f.assignee


def _within(column: ColumnElement[Any]) -> tuple[ColumnElement[bool], ...]:
    return (column >= START, column < END)


def rows_of(cohort: Cohort, contracts: frozenset[str] | None) -> Rows:
    """The rows of a cohort. Whether an incident is a repeat must not tell of those of others: for
    a reader of some ``contracts`` the one before it is one of these as well."""
    if cohort is Cohort.REPEATED and contracts is not None:
        return _repeated(f.contract.in_(sorted(contracts)))
    return COHORTS[cohort]


def _repeated(*seen: ColumnElement[bool]) -> Rows:
    """Of each received incident whose item and category are known, when the one before it of the
    same item and category was reported; of those that are ``seen``."""
    earlier = (
        select(
            f.id,
            f.reported,
            func.lag(f.reported)
            .over(partition_by=(f.ci, f.category), order_by=(f.reported, f.id))
            .label("before"),
        )
        .where(
            f.reported >= START - REPEAT,
            f.reported < END,
            f.ci != "",
            f.category != "",
            f.counted == 1,
            *seen,
        )
        .subquery("earlier")
    )
    e = earlier.c
    return Rows(
        facts.join(earlier, e.id == f.id),
        (e.reported >= START, e.before >= e.reported - REPEAT),
    )


def _open() -> Rows:
    """What had been reported and not ended: what is open now by one index, what has ended since by
    another. Asked by one condition, SQLite would read all that was ever reported."""
    still = select(f.id).where(f.reported < AS_OF, f.ended.is_(None))
    # + 0: the index of all reports is of no use here
    since = select(f.id).where(f.ended >= AS_OF, f.reported + 0 < AS_OF)
    left = still.union_all(since).subquery("remaining")
    return Rows(facts.join(left, left.c.id == f.id), (_COUNTED,))


COHORTS: Mapping[Cohort, Rows] = MappingProxyType(
    {
        Cohort.RECEIVED: Rows(facts, (*_within(f.reported), _COUNTED)),
        Cohort.ANSWERED: Rows(facts, (*_within(f.answered), _COUNTED, f.status.not_in(_NOBODY))),
        Cohort.RESOLVED: Rows(facts, (*_within(f.resolved), _COUNTED), f.resolver),
        Cohort.CLOSED: Rows(facts, (*_within(f.closed), _COUNTED), f.resolver),
        Cohort.OPEN: _open(),
        Cohort.OVERDUE: Rows(facts, (f.ended.is_(None), f.due < NOW, _COUNTED)),
        Cohort.OCCURRED: Rows(
            occurrences.join(facts, f.id == occurrences.c.incident_id),
            (occurrences.c.kind.in_(_KINDS), *_within(occurrences.c.at), _COUNTED),
        ),
        Cohort.REPEATED: _repeated(),
    }
)
