"""Problems and changes: loaded, saved with every changed field journalled, found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    Select,
    Table,
    bindparam,
    func,
    insert,
    or_,
    select,
    update,
)

from processor.domain.change import OPEN_CHANGES, Change, ChangeStatus, Risk
from processor.domain.errors import Fault
from processor.domain.incident import IncidentType, Status
from processor.domain.neighbours import Neighbour
from processor.domain.problem import OPEN_PROBLEMS, Problem, ProblemSource, ProblemStatus
from processor.store.editions import KNOWLEDGE, Editions
from processor.store.journal import Journal
from processor.store.neighbours import changes, problems
from processor.store.spans import Span, changes_of, problems_of, whose
from processor.store.tables import incidents, links
from processor.store.writing import Writing

T = TypeVar("T", bound=Neighbour)


class NeighbourRecords(Generic[T]):
    """Records of one kind inside one unit of work: the same number is the same object in it."""

    table: Table
    made: type[T]
    codes: Mapping[str, type[StrEnum]]
    life: tuple[str, str]  # the moments at which one begins and is over

    def __init__(self, writing: Writing, journal: Journal, *, reading: bool = False) -> None:
        self._writing = writing
        self._journal = journal
        self._reading = reading
        self._names = tuple(field.name for field in fields(self.made))
        self._columns = [self.table.c[name] for name in self._names]
        self._held: dict[str, tuple[T, dict[str, Any], int]] = {}
        self._locked: set[str] = set()

    def forget(self) -> None:
        """After a rollback: what is held is not what is stored."""
        self._held.clear()
        self._locked.clear()

    def add(self, record: T, actor: str, at: datetime, via: str) -> None:
        """Store a new record and journal that it was opened."""
        values = self._values(record)
        self._writing.execute(insert(self.table), [values])
        self._held[record.number] = (record, values, 1)
        self._locked.add(record.number)
        self._journal.opened(record.number, actor, at, via, record.status.value)

    def get(self, number: str, lock: bool = True) -> T | None:
        """The record, locked for writing in databases that lock rows; None when there is none."""
        lock = lock and not self._reading
        held = self._held.get(number)
        if held is not None and (not lock or number in self._locked):
            return held[0]
        query = select(self.table.c.version, *self._columns).where(
            self.table.c.number == bindparam("wanted")
        )
        row = self._writing.execute(
            query.with_for_update() if lock else query, {"wanted": number}
        ).first()
        if row is None:
            return None
        if lock:
            self._locked.add(number)
        if held is not None:
            if row[0] == held[2]:
                return held[0]
            if self._values(held[0]) != held[1]:
                raise Fault(f"{number} was changed by another process meanwhile")
        record = self._record(row)
        self._held[number] = (record, self._values(record), row[0])
        return record

    def save(self, record: T, actor: str, at: datetime, via: str) -> None:
        """Store what is different from what was loaded; every changed field is journalled.

        Raises Fault when somebody else changed the record in between, and for a copy.
        """
        held = self._held.get(record.number)
        if held is None or held[0] is not record:
            raise Fault(f"{record.number} was not loaded in this unit of work")
        _, before, version = held
        now = self._values(record)
        changed = {name: value for name, value in now.items() if value != before[name]}
        if not changed:
            return
        c = self.table.c
        done = self._writing.execute(
            update(self.table)
            .where(c.number == record.number, c.version == version)
            .values(**changed, version=version + 1)
        )
        if done.rowcount != 1:
            raise Fault(f"{record.number} was changed by another process meanwhile")
        self._held[record.number] = (record, now, version + 1)
        self._journal.changed(record.number, actor, at, via, before, changed)
        self._saved(before, now)

    def _saved(self, before: Mapping[str, Any], now: Mapping[str, Any]) -> None:
        """A record was stored with these values instead of those."""

    def search(
        self, *, status: str | None = None, open_only: bool = False, limit: int = 200
    ) -> list[T]:
        """Records that fit all that is given, newest first."""
        c = self.table.c
        query = select(c.version, *self._columns)
        if status is not None:
            query = query.where(c.status == status)
        if open_only:
            query = query.where(c.status.in_(self._open()))
        rows = self._writing.execute(query.order_by(c.number.desc()).limit(limit))
        return [self._record(row) for row in rows]

    def alive(self, span: Span) -> list[T]:
        """Records that began before the span's end and were not over before its start, in the
        order of their numbers; where the span chooses incidents, those that belong to any of
        them, whenever it was reported."""
        c = self.table.c
        begun, over = (c[name] for name in self.life)
        query = select(c.version, *self._columns).where(
            begun < span.end, or_(c.status.in_(self._open()), over.is_(None), over >= span.start)
        )
        if whose(span):
            query = query.where(c.number.in_(self._of(span)))
        rows = self._writing.execute(query.order_by(c.number))
        return [self._record(row) for row in rows]

    def _open(self) -> Sequence[str]:
        raise NotImplementedError

    def _of(self, span: Span) -> Select[Any]:
        """The numbers of those that belong to the span's incidents."""
        raise NotImplementedError

    def _values(self, record: T) -> dict[str, Any]:
        values = {name: getattr(record, name) for name in self._names}
        for name in self.codes:
            values[name] = str(values[name])
        return values

    def _record(self, row: Any) -> T:
        values = dict(zip(self._names, row[1:], strict=True))
        for name, kind in self.codes.items():
            values[name] = kind(values[name])
        return self.made(**values)


class Problems(NeighbourRecords[Problem]):
    """问题."""

    table = problems
    made = Problem
    life = ("opened_at", "closed_at")
    codes: Mapping[str, type[StrEnum]] = {"status": ProblemStatus, "source": ProblemSource}

    def __init__(
        self, writing: Writing, journal: Journal, editions: Editions, *, reading: bool = False
    ) -> None:
        super().__init__(writing, journal, reading=reading)
        self._editions = editions

    def _saved(self, before: Mapping[str, Any], now: Mapping[str, Any]) -> None:
        if ProblemStatus.KNOWN_ERROR in (before["status"], now["status"]):
            self._editions.new(KNOWLEDGE)  # new incidents are compared with known errors

    def _open(self) -> Sequence[str]:
        return sorted(OPEN_PROBLEMS)

    def _of(self, span: Span) -> Select[Any]:
        return problems_of(span)

    def latest_of_trend(self, trend: str) -> Problem | None:
        """The problem that was opened last for this trend."""
        c = problems.c
        number = self._writing.execute(
            select(c.number)
            .where(c.trend == trend, c.trend != "")
            .order_by(c.number.desc())
            .limit(1)
        ).scalar()
        return self.get(number) if number else None

    def trends(self, field: str, since: datetime, least: int) -> list[tuple[str, int]]:
        """(value, count) of every value of an incident's ``field`` (``category`` or ``ci``) with
        at least so many incidents reported since then. Drills, requests and what was no incident
        are not counted."""
        column = incidents.c[field]
        query = (
            select(column, func.count())
            .where(column != "", incidents.c.reported_at >= since, *_COUNTED)
            .group_by(column)
            .having(func.count() >= least)
            .order_by(column)
        )
        return [(value, count) for value, count in self._writing.execute(query)]

    def unlinked(self, field: str, value: str, since: datetime, number: str) -> list[str]:
        """Numbers of the incidents of that value reported since then, oldest first, without those
        that are linked to the problem ``number``."""
        linked = (
            select(links.c.id)
            .where(
                links.c.number == incidents.c.number,
                links.c.other == number,
                links.c.kind == Problem.kind,
            )
            .exists()
        )
        query = (
            select(incidents.c.number)
            .where(
                incidents.c[field] == value,
                incidents.c.reported_at >= since,
                *_COUNTED,
                ~linked,
            )
            .order_by(incidents.c.reported_at)
        )
        return [one for (one,) in self._writing.execute(query)]


_COUNTED = (
    incidents.c.drill.is_(False),
    incidents.c.type != IncidentType.SERVICE_REQUEST.value,
    incidents.c.status.not_in(
        [status.value for status in (Status.REJECTED, Status.MERGED, Status.CANCELLED)]
    ),
)


class Changes(NeighbourRecords[Change]):
    """变更."""

    table = changes
    made = Change
    life = ("raised_at", "ended_at")
    codes: Mapping[str, type[StrEnum]] = {"status": ChangeStatus, "risk": Risk}

    def _open(self) -> Sequence[str]:
        return sorted(OPEN_CHANGES)

    def _of(self, span: Span) -> Select[Any]:
        return changes_of(span)

    def of(self, number: str) -> list[Change]:
        """The changes of an incident or a problem, oldest first."""
        c = changes.c
        column = c.problem if number.startswith("PRB-") else c.incident
        rows = self._writing.execute(
            select(c.number).where(column == number, column != "").order_by(c.number)
        )
        found = (self.get(one, lock=False) for (one,) in rows.all())
        return [one for one in found if one is not None]
