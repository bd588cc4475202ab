"""What an audit of the process looks for (seed 9, spec 4): many incidents at once, each finding
counted in the database and listed up to a limit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, or_, select, text

from processor.domain.duty import DutyState
from processor.domain.incident import ClockKind, Status
from processor.store.duty_tables import duties
from processor.store.profile_tables import own_fields
from processor.store.spans import Span, whose
from processor.store.tables import AUDITED, clocks, incidents, journal
from processor.store.writing import Writing

_I = incidents.c
_REAL = _I.drill.is_(False)
_WITHDRAWN = tuple(str(one) for one in (Status.REJECTED, Status.CANCELLED, Status.MERGED))


@dataclass(frozen=True, slots=True)
class Listed:
    """One finding on an incident: ``at`` and ``actor`` where somebody did it, ``fields`` what is
    missing, ``text`` what was said. Of a confidential one subject and text may name people."""

    number: str
    subject: str
    at: datetime | None = None
    actor: str = ""
    text: str = ""
    fields: tuple[str, ...] = ()
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class Findings:
    """``count`` of all, and the first of them."""

    count: int
    listed: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class StepCount:
    """A step whose time was due in the span: how often, and how often it was not kept.

    ``step`` is ``response``, ``resolution`` or a kind of duty; ``line`` the support line of a
    resolution, 0 elsewhere."""

    step: str
    line: int
    due: int
    breached: int


class Audits:
    """Questions inside one unit of work; nothing is changed."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing

    def missing(
        self,
        span: Span,
        fields: Sequence[str],
        own: Mapping[str, Collection[str]],
        limit: int,
        *,
        closed: bool = False,
    ) -> Findings:
        """Incidents of the span (reported in it or, with ``closed``, closed) of which a field of
        the record is empty, or one that their profile asks for: ``own`` maps profiles to those."""
        moment = _I.closed_at if closed else _I.reported_at
        lacking: dict[str, ColumnElement[bool]] = {
            name: or_(_I[name].is_(None), _I[name] == "") for name in fields
        }
        for profile, names in own.items():
            for name in names:
                filled = exists().where(
                    own_fields.c.number == _I.number,
                    own_fields.c.field == name,
                    own_fields.c.value != "",
                )
                lacking[f"{profile}/{name}"] = and_(_I.profile == profile, ~filled)
        if not lacking:
            return Findings(0, ())
        where = and_(_within(span, moment), or_(*lacking.values()))
        marks = [condition.label(f"lacks_{at}") for at, condition in enumerate(lacking.values())]
        query = select(_I.number, _I.subject, _I.confidential, moment, *marks).where(where)
        rows = self._writing.execute(query.order_by(moment, _I.number).limit(limit)).all()
        names = tuple(lacking)
        return Findings(
            self._count(query),
            tuple(
                _listed(
                    row[:4],
                    tuple(n for n, lacks in zip(names, row[4:], strict=True) if lacks),
                )
                for row in rows
            ),
        )

    def steps(self, span: Span, kind: str, limit: int, codes: Collection[str] = ()) -> Findings:
        """Journal entries of the kind ``refused`` or ``returned``; with ``codes`` only refusals of
        these."""
        j = journal.c
        query = (
            select(_I.number, _I.subject, _I.confidential, j.at, j.actor, j.text)
            .join(incidents, _I.number == j.number)
            .where(
                text(AUDITED),
                j.kind == kind,
                j.at >= span.start,
                j.at < span.end,
                _REAL,
                *whose(span),
            )
        )
        if codes:
            query = query.where(j.new.in_(sorted(codes)))
        rows = self._writing.execute(query.order_by(j.at, j.id).limit(limit))
        return Findings(self._count(query), tuple(_listed(row) for row in rows))

    def unreviewed(self, span: Span, limit: int) -> Findings:
        """What was confirmed before the span's end and still waits for the manager's review."""
        query = select(_I.number, _I.subject, _I.confidential, _I.confirmed_at, _I.assignee).where(
            _I.status == str(Status.PENDING_REVIEW),
            or_(_I.confirmed_at.is_(None), _I.confirmed_at < span.end),
            _REAL,
            *whose(span),
        )
        rows = self._writing.execute(query.order_by(_I.confirmed_at, _I.number).limit(limit))
        return Findings(self._count(query), tuple(_listed(row) for row in rows))

    def silent(self, span: Span, limit: int) -> Findings:
        """What was closed in the span though its reporter never confirmed it."""
        query = select(
            _I.number, _I.subject, _I.confidential, _I.closed_at, _I.reporter_address
        ).where(_I.confirmation == "silent", _within(span, _I.closed_at))
        rows = self._writing.execute(query.order_by(_I.closed_at, _I.number).limit(limit))
        return Findings(self._count(query), tuple(_listed(row) for row in rows))

    def closed(self, span: Span) -> int:
        """How many were closed in the span."""
        return self._count(select(_I.number).where(_within(span, _I.closed_at)))

    def kept(self, span: Span, now: datetime) -> tuple[StepCount, ...]:
        """The agreed times that were due in the span, by step: the response, the resolution by
        support line, duties by kind."""
        c, d = clocks.c, duties.c
        late = or_(c.stopped_at > c.due_at, and_(c.stopped_at.is_(None), c.due_at < now))
        line = case((c.kind == str(ClockKind.RESOLUTION), _I.line), else_=0)
        by_clock = (
            select(c.kind, line, func.count(), func.sum(case((late, 1), else_=0)))
            .join(incidents, _I.number == c.number)
            .where(
                c.due_at >= span.start,
                c.due_at < span.end,
                c.paused_since.is_(None),
                _REAL,
                _I.status.not_in(_WITHDRAWN),
                *whose(span),
            )
            .group_by(c.kind, line)
        )
        overdue = or_(d.done_at > d.due_at, and_(d.state == DutyState.OPEN.value, d.due_at < now))
        by_duty = (
            select(d.kind, literal(0), func.count(), func.sum(case((overdue, 1), else_=0)))
            .join(incidents, _I.number == d.number)
            .where(
                d.due_at >= span.start,
                d.due_at < span.end,
                d.state != DutyState.DROPPED.value,
                _REAL,
                *whose(span),
            )
            .group_by(d.kind)
        )
        found = [
            StepCount(str(row[0]), int(row[1]), int(row[2]), int(row[3] or 0))
            for query in (by_clock, by_duty)
            for row in self._writing.execute(query)
        ]
        order = [str(ClockKind.RESPONSE), str(ClockKind.RESOLUTION)]
        return tuple(
            sorted(
                found,
                key=lambda one: (
                    order.index(one.step) if one.step in order else len(order),
                    one.step,
                    one.line,
                ),
            )
        )

    def breaches(self, span: Span, now: datetime, limit: int) -> Findings:
        """The incidents whose target was missed in the span; ``text`` is the clock's kind, ``at``
        when it was due."""
        c = clocks.c
        late = or_(c.stopped_at > c.due_at, and_(c.stopped_at.is_(None), c.due_at < now))
        query = (
            select(_I.number, _I.subject, _I.confidential, c.due_at, _I.assignee, c.kind)
            .join(incidents, _I.number == c.number)
            .where(
                late,
                c.due_at >= span.start,
                c.due_at < span.end,
                c.paused_since.is_(None),
                _REAL,
                _I.status.not_in(_WITHDRAWN),
                *whose(span),
            )
        )
        rows = self._writing.execute(query.order_by(c.due_at, _I.number, c.kind).limit(limit))
        return Findings(self._count(query), tuple(_listed(row) for row in rows))

    def _count(self, query: Select[Any]) -> int:
        counted = select(func.count()).select_from(query.order_by(None).subquery())
        return int(self._writing.execute(counted).scalar_one())


def _listed(row: Sequence[Any], fields: tuple[str, ...] = ()) -> Listed:
    number, subject, confidential, at, *said = row
    actor, text = (*said, "", "")[:2]
    return Listed(number, subject, at, actor, text, fields, bool(confidential))


def _within(span: Span, moment: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(
        moment >= span.start,
        moment < span.end,
        _REAL,
        _I.status.not_in(_WITHDRAWN),
        *whose(span),
    )
