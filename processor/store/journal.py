"""The journal of an incident, its clocks, its links: small rows that hang on its number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Executable, Insert, Table, bindparam, delete, func, insert, select

from processor.domain.incident import Clock, ClockKind, JournalEntry, Link
from processor.store.facts import LINK_COUNTED, touch
from processor.store.tables import clocks, journal, links
from processor.store.upserts import insert_into
from processor.store.writing import Writing


@dataclass(frozen=True, slots=True)
class _Asked:
    """The statements of one journal."""

    add: Insert
    entries: Executable


@cache
def _asked(table: Table) -> _Asked:
    c = table.c
    entries = select(c.at, c.actor, c.kind, c.via, c.field, c.old, c.new, c.text)
    wanted = entries.where(c.number == bindparam("wanted")).order_by(c.id)
    return _Asked(insert(table), wanted)


CLOCK_FIELDS = (
    clocks.c.kind,
    clocks.c.target_minutes,
    clocks.c.calendar,
    clocks.c.started_at,
    clocks.c.due_at,
    clocks.c.paused_minutes,
    clocks.c.paused_since,
    clocks.c.stopped_at,
    clocks.c.pauses,
    clocks.c.elapsed_minutes,
)
"""The columns of a clock, in its order."""
_CLOCKS = (
    select(*CLOCK_FIELDS)
    .where(clocks.c.number == bindparam("wanted"))
    .order_by(clocks.c.kind.desc())
)
_LINKS = (
    select(links.c.kind, links.c.other)
    .where(links.c.number == bindparam("wanted"))
    .order_by(links.c.id)
)
_LINKED = (
    select(links.c.number)
    .where(links.c.other == bindparam("wanted"), links.c.kind == bindparam("of_kind"))
    .order_by(links.c.id)
)


class Journal:
    """Who changed what, when, by what."""

    def __init__(self, writing: Writing, table: Table = journal) -> None:
        self._writing = writing
        self._asked = _asked(table)

    def add(self, number: str, entry: JournalEntry) -> None:
        """Write one entry."""
        row = {
            "number": number,
            "at": entry.at,
            "actor": entry.actor,
            "kind": entry.kind,
            "via": entry.via,
            "field": entry.field,
            "old": entry.old,
            "new": entry.new,
            "text": entry.text,
        }
        self._writing.later(self._asked.add, [row])

    def opened(self, number: str, actor: str, at: datetime, via: str, status: str) -> None:
        """The first entry of every incident."""
        self.add(number, JournalEntry(at, actor, "opened", via, "status", None, status))

    def changed(
        self,
        number: str,
        actor: str,
        at: datetime,
        via: str,
        before: Mapping[str, Any],
        changed: Mapping[str, Any],
    ) -> None:
        """One entry for each field that has another value now."""
        rows = [
            {
                "number": number,
                "at": at,
                "actor": actor,
                "kind": "field",
                "via": via,
                "field": name,
                "old": _said(before[name]),
                "new": _said(value),
                "text": "",
            }
            for name, value in changed.items()
        ]
        self._writing.later(self._asked.add, rows)

    def of(self, number: str) -> tuple[JournalEntry, ...]:
        """All entries, oldest first."""
        rows = self._writing.execute(self._asked.entries, {"wanted": number})
        return tuple(JournalEntry(*row) for row in rows)


def _said(value: Any) -> str | None:
    """A value as the journal keeps it: times in ISO 8601, lists with commas, None as None."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value)


@cache
def _put_clock(dialect: str) -> Executable:
    statement = insert_into(clocks, dialect)
    keys = ("number", "kind")
    return statement.on_conflict_do_update(
        index_elements=list(keys),
        set_={c.name: statement.excluded[c.name] for c in clocks.c if c.name not in keys},
    )


def clock_of(row: Sequence[Any]) -> Clock:
    """The clock of a row of ``CLOCK_FIELDS``."""
    return Clock(ClockKind(row[0]), *row[1:])


class Clocks:
    """The SLA clocks of incidents."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._put = _put_clock(writing.dialect.name)

    def put(self, number: str, *kept: Clock) -> None:
        """Keep the clocks as they are now."""
        rows = [
            {
                "number": number,
                "kind": str(clock.kind),
                "target_minutes": clock.target_minutes,
                "calendar": clock.calendar,
                "started_at": clock.started_at,
                "due_at": clock.due_at,
                "paused_minutes": clock.paused_minutes,
                "paused_since": clock.paused_since,
                "stopped_at": clock.stopped_at,
                "pauses": clock.pauses,
                "elapsed_minutes": clock.elapsed_minutes,
            }
            for clock in kept
        ]
        self._writing.later(self._put, rows)
        touch(self._writing, [number])

    def of(self, number: str) -> dict[ClockKind, Clock]:
        """The incident's clocks, response first."""
        rows = self._writing.execute(_CLOCKS, {"wanted": number})
        found = {clock.kind: clock for clock in map(clock_of, rows)}
        return {kind: found[kind] for kind in ClockKind if kind in found}


@cache
def _add_link(dialect: str) -> Executable:
    return insert_into(links, dialect).on_conflict_do_nothing()


class Links:
    """Which records belong together."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._add = _add_link(writing.dialect.name)

    def add(self, number: str, other: str, kind: str) -> None:
        """Link ``number`` to ``other``; a link that is there already stays one."""
        self._writing.execute(self._add, {"number": number, "other": other, "kind": kind})
        self._count(number, kind)

    def remove(self, number: str, other: str, kind: str) -> None:
        """The link is no more; one that is not there is not missed."""
        self._writing.execute(
            delete(links).where(
                links.c.number == number, links.c.other == other, links.c.kind == kind
            )
        )
        self._count(number, kind)

    def _count(self, number: str, kind: str) -> None:
        """Of all links, reports count those to problems; of others the incident may be one that
        nobody holds here."""
        if kind == LINK_COUNTED:
            touch(self._writing, [number])

    def of(self, number: str) -> tuple[Link, ...]:
        """The links that start at ``number``."""
        rows = self._writing.execute(_LINKS, {"wanted": number})
        return tuple(Link(kind, other) for kind, other in rows)

    def counts(self, kind: str) -> dict[str, int]:
        """How many lead to each, of one kind."""
        c = links.c
        query = select(c.other, func.count()).where(c.kind == kind).group_by(c.other)
        return {str(other): int(count) for other, count in self._writing.execute(query)}

    def to(self, other: str, kind: str) -> tuple[str, ...]:
        """The numbers from which such links lead to ``other``, in the order of linking."""
        rows = self._writing.execute(_LINKED, {"wanted": other, "of_kind": kind})
        return tuple(number for (number,) in rows)
