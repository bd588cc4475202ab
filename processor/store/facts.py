"""Keeping the facts that reports count: each is worked out by the database from what is stored.

Whoever changes what a fact rests on says so (:func:`touch`); at the end of the transaction the
facts of all incidents that were touched are written together.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    FromClause,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
)

from processor.domain.incident import OPEN_STATUSES, ClockKind
from processor.store.fact_tables import facts, occurrences
from processor.store.moments import seconds, seconds_of
from processor.store.neighbours import callbacks
from processor.store.tables import clocks, incidents, journal, links
from processor.store.types import Key
from processor.store.upserts import insert_into
from processor.store.writing import Writing

COUNTERS = (
    "dispatches",
    "wrong_dispatches",
    "reopens",
    "functional_escalations",
    "hierarchical_escalations",
)
"""Fields of an incident that count what happened to it: each time is an occurrence of that kind."""
REDISPATCHED = "redispatches"
"""Kind of the occurrence of every dispatch of an incident but its first."""
ALERT_REPEATED = "alert_repeated"
"""Kind of the occurrence of an alert that was told again, and opened nothing."""

LINK_COUNTED = "problem"
"""Kind of the links that are counted."""
_OPEN = tuple(sorted(status.value for status in OPEN_STATUSES))
_NEEDS = frozenset({"incidents", "clocks", "journal", "links", "callbacks"})
_SAME = (
    "type", "status", "source", "profile", "organisation", "contract", "category", "ci", "group",
    "assignee", "resolver", "resolver_role", "priority", *COUNTERS, "satisfaction",
)  # fmt: skip


def touch(writing: Writing, numbers: Iterable[str]) -> None:
    """What is known of these incidents has changed."""

    def write(waiting: list[str]) -> None:
        # in one order whoever writes, so that none waits for another who waits for him
        rows = [{"wanted": number} for number in sorted(set(waiting))]
        writing.execute_past(_put(writing.dialect.name), rows)

    writing.bundle(touch, frozenset({"facts"}), write, list(numbers), needs=_NEEDS, last=True)


def occurred(writing: Writing, number: str, kind: str, at: datetime, amount: int = 1) -> None:
    """``kind`` happened ``amount`` times to an incident at ``at`` (aware)."""

    def write(waiting: list[dict[str, Any]]) -> None:
        writing.execute_past(_OCCURRED, waiting)

    row = {"kind": kind, "at": seconds_of(at), "wanted": number, "amount": amount}
    tables = frozenset({"occurrences"})
    writing.bundle(occurred, tables, write, [row], needs=frozenset({"incidents"}), last=True)


def rebuild(writing: Writing) -> None:
    """Work out the facts of all incidents anew."""
    writing.execute(_put_all(writing.dialect.name))


_OCCURRED = occurrences.insert().from_select(
    ["kind", "at", "amount", "incident_id"],
    select(
        bindparam("kind", type_=Key),
        bindparam("at", type_=occurrences.c.at.type),
        bindparam("amount", type_=Integer),
        incidents.c.id,
    ).where(incidents.c.number == bindparam("wanted")),
)


@cache
def _put(dialect: str) -> Executable:
    return _upsert(_worked_out().where(incidents.c.number == bindparam("wanted")), dialect)


@cache
def _put_all(dialect: str) -> Executable:
    # WHERE TRUE: SQLite would take ON CONFLICT for the condition of a join
    return _upsert(_worked_out().where(literal(1) == 1), dialect)


def _upsert(found: Select[Any], dialect: str) -> Executable:
    names = [column.name for column in facts.c]
    statement = insert_into(facts, dialect)
    return statement.from_select(names, found).on_conflict_do_update(
        index_elements=["id"],
        set_={name: statement.excluded[name] for name in names if name != "id"},
    )


def _worked_out() -> Select[Any]:
    """The facts of incidents, in the order of their columns."""
    i = incidents.c
    response, resolution = clocks.alias("response"), clocks.alias("resolution")
    found: dict[str, ColumnElement[Any]] = {name: i[name] for name in _SAME}
    found |= {
        "id": i.id,
        "reported": seconds(i.reported_at),
        "ended": _ended(),
        "answered": seconds(response.c.stopped_at),
        "resolved": seconds(i.resolved_at),
        "closed": seconds(i.closed_at),
        "due": _due(response, resolution),
        "counted": case((and_(i.drill.is_(False), i.parent == ""), 1), else_=0),
        "active": _flag(i.active_service.is_(True)),
        "major": _flag(i.major.is_(True)),
        "confidential": _flag(i.confidential.is_(True)),
        "knowledge": _flag(i.knowledge_used != ""),
        "problem": _flag(exists().where(links.c.number == i.number, links.c.kind == LINK_COUNTED)),
        "called": _called(),
    }
    for name, clock in (("response", response), ("resolution", resolution)):
        c = clock.c
        found[f"{name}_seconds"] = case(
            (c.stopped_at.is_not(None), func.round(c.elapsed_minutes * 60).cast(Integer))
        )
        found[f"{name}_met"] = case((c.stopped_at <= c.due_at, 1), (c.stopped_at.is_not(None), 0))
    joined: FromClause = incidents
    for kind, clock in ((ClockKind.RESPONSE, response), (ClockKind.RESOLUTION, resolution)):
        on = and_(clock.c.number == i.number, clock.c.kind == kind.value)
        joined = joined.outerjoin(clock, on)
    return select(*(found[column.name].label(column.name) for column in facts.c)).select_from(
        joined
    )


def _flag(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _open(status: ColumnElement[Any]) -> ColumnElement[bool]:
    # no IN: its words would depend on how many there are, and could not be made ready
    return or_(*(status == one for one in _OPEN))


def _ended() -> ColumnElement[Any]:
    """When it was open last, as its journal says; of a record that was never open here, what is
    known of its end."""
    j, i = journal.c, incidents.c
    last = (
        select(seconds(func.max(j.at)))
        .where(
            j.number == incidents.c.number,
            j.field == "status",
            _open(j.old),
            not_(_open(j.new)),
        )
        .scalar_subquery()
    )
    known = func.coalesce(i.resolved_at, i.closed_at, i.reported_at)
    return case((not_(_open(i.status)), func.coalesce(last, seconds(known))))


def _due(*both: Any) -> ColumnElement[Any]:
    first, second = (
        case((and_(c.stopped_at.is_(None), c.paused_since.is_(None)), seconds(c.due_at)))
        for c in (clock.c for clock in both)
    )
    return case((first <= second, first), else_=func.coalesce(second, first))


def _called() -> ColumnElement[int]:
    c = callbacks.c
    done = exists().where(c.number == incidents.c.number, c.done_at.is_not(None))
    return case((done.where(c.result.startswith("reached")), 2), (done, 1), else_=0)
