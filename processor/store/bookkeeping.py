"""Small books: numbers, people, rate counters, jobs."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from functools import cache

from sqlalchemy import Executable, bindparam, case, func, select, update
from sqlalchemy.dialects import sqlite

from processor.domain.people import Person
from processor.store.book_tables import counters, jobs, numbers, people
from processor.store.upserts import insert_into
from processor.store.writing import Writing


@cache
def _next_number(dialect: str) -> Executable:
    return (
        insert_into(numbers, dialect)
        .values(last=1)
        .on_conflict_do_update(index_elements=["series"], set_={"last": numbers.c.last + 1})
        .returning(numbers.c.last)
    )


_LAST = update(numbers).where(numbers.c.series == bindparam("of")).values(last=numbers.c.last + 1)


class Numbers:
    """The last number of each series; part of the transaction that uses it, so that a rollback
    leaves no gap."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._next = _next_number(writing.dialect.name)
        self._last: dict[str, int] = {}

    def next(self, series: str) -> int:
        """The next number of the series, from 1."""
        last = self._last.get(series)
        if last is None:  # from now on nobody else can take one before this transaction ends
            last = int(self._writing.execute(self._next, {"series": series}).scalar_one()) - 1
        else:
            self._writing.later(_LAST, [{"of": series}])
        self._last[series] = last + 1
        return last + 1

    def forget(self) -> None:
        """After a rollback: ask anew."""
        self._last.clear()


@cache
def _seen(dialect: str) -> Executable:
    statement = insert_into(people, dialect)
    new = statement.excluded
    late = people.c.last_seen > new.last_seen  # an old mail, taken in after newer ones
    told = {
        name: case(
            ((new[name] == "") | (late & (people.c[name] != "")), people.c[name]),
            else_=new[name],
        )
        for name in ("name", "language", "organisation")
    }
    first = people.c.first_seen
    return statement.on_conflict_do_update(
        index_elements=["address"],
        set_={
            **told,
            "first_seen": case((first < new.first_seen, first), else_=new.first_seen),
            "last_seen": case((late, people.c.last_seen), else_=new.last_seen),
        },
    )


class People:
    """Everybody who ever wrote."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._seen = _seen(writing.dialect.name)

    def seen(self, person: Person, at: datetime) -> None:
        """Somebody wrote at ``at``. What he last said of himself counts; what is empty does not
        wipe out what is known."""
        row = {
            "address": person.address.lower(),
            "name": person.name,
            "language": person.language,
            "organisation": person.organisation,
            "first_seen": at,
            "last_seen": at,
        }
        self._writing.later(self._seen, [row])

    def get(self, address: str) -> Person | None:
        """Who this is, as far as his mails told."""
        row = self._writing.execute(
            select(people).where(people.c.address == address.lower())
        ).one_or_none()
        if row is None:
            return None
        return Person(
            address=row.address,
            name=row.name,
            language=row.language,
            organisation=row.organisation,
        )


@cache
def _hit(dialect: str) -> Executable:
    return _count(dialect).returning(counters.c.count)


@cache
def _count(dialect: str) -> sqlite.Insert:
    over = counters.c.since <= bindparam("edge")
    statement = insert_into(counters, dialect)
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["key"],
        set_={
            "since": case((over, new.since), else_=counters.c.since),
            "count": case((over, 1), else_=counters.c.count + 1),
        },
    )


_NEVER = (datetime.min.replace(tzinfo=UTC), 0)
_KNOWN = select(counters.c.key, counters.c.since, counters.c.count).where(
    counters.c.key.in_(bindparam("keys", expanding=True))
)


class Counters:
    """How often something happened in the running window."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._hit = _hit(writing.dialect.name)
        self._count = _count(writing.dialect.name)
        # key → (since, count) by now, of those that were looked up or counted here
        self._known: dict[str, tuple[datetime, int]] = {}

    def forget(self) -> None:
        """After a rollback: ask anew."""
        self._known.clear()

    def look_up(self, keys: Collection[str]) -> None:
        """Find at once what :meth:`hit` is going to count."""
        for key in keys:
            self._known.setdefault(key, _NEVER)
        for key, since, count in self._writing.execute_past(_KNOWN, {"keys": list(keys)}):
            self._known[key] = (since, count)

    def hit(self, key: str, at: datetime, window: timedelta, *, first: bool = False) -> int:
        """Count one more at ``at``; the first after the end of a window starts a new one.

        Returns how many there are in the window with this one. ``first``: what is counted has
        only come to be in this unit of work.
        """
        row = {"key": key, "since": at, "count": 1, "edge": at - window}
        known = _NEVER if first and key not in self._known else self._known.get(key)
        if known is None:
            return int(self._writing.execute(self._hit, row).scalar_one())
        since, count = known
        self._known[key] = (at, 1) if since <= at - window else (since, count + 1)
        self._writing.later(self._count, [row])
        return self._known[key][1]


@cache
def _ran(dialect: str) -> Executable:
    statement = insert_into(jobs, dialect)
    return statement.on_conflict_do_update(
        index_elements=["name"], set_={"last_at": statement.excluded.last_at}
    )


@cache
def _claimed(dialect: str) -> Executable:
    statement = insert_into(jobs, dialect)
    return statement.on_conflict_do_update(
        index_elements=["name"],
        set_={"last_at": statement.excluded.last_at},
        where=jobs.c.last_at < statement.excluded.last_at,
    ).returning(jobs.c.name)


_MARKED = select(jobs.c.name).where(jobs.c.name.in_(bindparam("names", expanding=True)))


class Jobs:
    """When each job last ran."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._ran = _ran(writing.dialect.name)
        self._claimed = _claimed(writing.dialect.name)

    def claim(self, name: str, period: datetime) -> bool:
        """Take the period that begins at ``period`` for the job, in the transaction that does it;
        False when it, or a later one, is taken already."""
        row = {"name": name, "last_at": period}
        return self._writing.execute(self._claimed, row).first() is not None

    def marked(self, names: Collection[str]) -> frozenset[str]:
        """Those of ``names`` that ever ran."""
        rows = self._writing.execute(_MARKED, {"names": list(names)}) if names else ()
        return frozenset(str(row[0]) for row in rows)

    def ran(self, name: str, at: datetime) -> None:
        """It ran at ``at``."""
        self._writing.execute(self._ran, {"name": name, "last_at": at})

    def latest(self, family: str) -> str | None:
        """The rest of the name of the job that ran last of those whose name begins with ``family``;
        None when none ever did."""
        names = jobs.c.name.startswith(family, autoescape=True)
        query = select(jobs.c.name).where(names).order_by(jobs.c.last_at.desc()).limit(1)
        found: str | None = self._writing.execute(query).scalar()
        return found[len(family) :] if found else None

    def last_of(self, family: str) -> datetime | None:
        """When one of those whose name is ``family``, or begins with it and a stroke, last ran."""
        below = jobs.c.name.startswith(f"{family}/", autoescape=True)
        query = select(func.max(jobs.c.last_at)).where((jobs.c.name == family) | below)
        found: datetime | None = self._writing.execute(query).scalar()
        return found

    def last(self, name: str) -> datetime | None:
        """When it last ran."""
        found: datetime | None = self._writing.execute(
            select(jobs.c.last_at).where(jobs.c.name == name)
        ).scalar()
        return found
