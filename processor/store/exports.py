"""A period's records for an auditor, page by page: however many there are, a page is in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, or_, select

from processor.domain.incident import Incident, JournalEntry, Status
from processor.store.incidents import COLUMNS, incident_of
from processor.store.neighbours import neighbour_journal
from processor.store.spans import Span, changes_of, problems_of, whose
from processor.store.tables import incidents, journal
from processor.store.writing import Writing

PAGE = 500
_OVER = sorted(
    str(one) for one in (Status.CLOSED, Status.REJECTED, Status.CANCELLED, Status.MERGED)
)


class Exports:
    """Reads inside one unit of work; pages go by the rows' keys, so that none is read twice."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing

    def incidents(self, span: Span, size: int = PAGE) -> Iterator[list[Incident]]:
        """What was reported or closed in the span, and what was reported before its end and is
        not over; in the order of recording. ``size`` of them are in memory at a time."""
        c = incidents.c
        within = or_(
            and_(c.reported_at >= span.start, c.reported_at < span.end),
            and_(c.closed_at >= span.start, c.closed_at < span.end),
            c.status.not_in(_OVER) & (c.reported_at < span.end),
        )
        query = select(c.id, *COLUMNS).where(within, *whose(span))
        for rows in self._pages(query, c.id, size):
            yield [incident_of(row) for row in rows]

    def journal(self, span: Span, size: int = PAGE) -> Iterator[list[tuple[str, JournalEntry]]]:
        """What was done on incidents in the span: number, entry; in the order of writing."""
        query = _entries(journal, span)
        if whose(span):
            query = query.join(incidents, incidents.c.number == journal.c.number).where(
                *whose(span)
            )
        for rows in self._pages(query, journal.c.id, size):
            yield [(row[1], JournalEntry(*row[2:])) for row in rows]

    def neighbour_journal(self, span: Span) -> Iterator[list[tuple[str, JournalEntry]]]:
        """The same of problems and changes."""
        query = _entries(neighbour_journal, span)
        if whose(span):
            number = neighbour_journal.c.number
            chosen = number.in_(problems_of(span)), number.in_(changes_of(span))
            query = query.where(or_(*chosen))
        for rows in self._pages(query, neighbour_journal.c.id, PAGE):
            yield [(row[1], JournalEntry(*row[2:])) for row in rows]

    def confidential(self, numbers: Collection[str]) -> list[Incident]:
        """Those of ``numbers`` that are confidential."""
        query = select(incidents.c.id, *COLUMNS).where(
            incidents.c.number.in_(sorted(numbers)), incidents.c.confidential.is_(True)
        )
        return [incident_of(row) for row in self._writing.execute(query)]

    def grave(self, span: Span, profiles: Collection[str]) -> list[tuple[str, bool]]:
        """Numbers of the span's major incidents (True) and of all of ``profiles`` (False)."""
        c = incidents.c
        query = select(c.number, c.major, c.profile).where(
            c.reported_at >= span.start,
            c.reported_at < span.end,
            or_(c.major.is_(True), c.profile.in_(sorted(profiles))),
            *whose(span),
        )
        rows = self._writing.execute(query.order_by(c.id)).all()
        return [(row[0], True) for row in rows if row[1]] + [
            (row[0], False) for row in rows if row[2] in profiles
        ]

    def _pages(self, query: Select[Any], key: ColumnElement[Any], size: int) -> Iterator[list[Any]]:
        """Rows whose first column is ``key``."""
        last = 0
        while True:
            page = query.where(key > last).order_by(key).limit(size)
            rows = self._writing.execute(page).all()
            if rows:
                yield list(rows)
                last = rows[-1][0]
            if len(rows) < size:
                return


def _entries(table: Table, span: Span) -> Select[Any]:
    c = table.c
    return select(
        c.id, c.number, c.at, c.actor, c.kind, c.via, c.field, c.old, c.new, c.text
    ).where(c.at >= span.start, c.at < span.end)
