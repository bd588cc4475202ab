"""Small books: numbers, people, rate counters, jobs."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Connection, Executable, bindparam, case, select

from processor.domain.people import Person
from processor.store.book_tables import counters, jobs, numbers, people
from processor.store.upserts import insert_into


@cache
def _next_number(dialect: str) -> Executable:
    return (
        insert_into(numbers, dialect)
        .values(last=1)
        .on_conflict_do_update(index_elements=["series"], set_={"last": numbers.c.last + 1})
        .returning(numbers.c.last)
    )


class Numbers:
    """The last number of each series; part of the transaction that uses it, so that a rollback
    leaves no gap."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._next = _next_number(connection.dialect.name)

    def next(self, series: str) -> int:
        """The next number of the series, from 1."""
        return int(self._connection.execute(self._next, {"series": series}).scalar_one())


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

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._seen = _seen(connection.dialect.name)

    def seen(self, person: Person, at: datetime) -> None:
        """Somebody wrote at ``at``. What he last said of himself counts; what is empty does not
        wipe out what is known."""
        self._connection.execute(
            self._seen,
            {
                "address": person.address.lower(),
                "name": person.name,
                "language": person.language,
                "organisation": person.organisation,
                "first_seen": at,
                "last_seen": at,
            },
        )

    def get(self, address: str) -> Person | None:
        """Who this is, as far as his mails told."""
        row = self._connection.execute(
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
    over = counters.c.since <= bindparam("edge")
    statement = insert_into(counters, dialect)
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["key"],
        set_={
            "since": case((over, new.since), else_=counters.c.since),
            "count": case((over, 1), else_=counters.c.count + 1),
        },
    ).returning(counters.c.count)


class Counters:
    """How often something happened in the running window."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._hit = _hit(connection.dialect.name)

    def hit(self, key: str, at: datetime, window: timedelta) -> int:
        """Count one more at ``at``; the first after the end of a window starts a new one.

        Returns how many there are in the window with this one.
        """
        counted = self._connection.execute(
            self._hit, {"key": key, "since": at, "count": 1, "edge": at - window}
        )
        return int(counted.scalar_one())


@cache
def _ran(dialect: str) -> Executable:
    statement = insert_into(jobs, dialect)
    return statement.on_conflict_do_update(
        index_elements=["name"], set_={"last_at": statement.excluded.last_at}
    )


class Jobs:
    """When each job last ran."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._ran = _ran(connection.dialect.name)

    def ran(self, name: str, at: datetime) -> None:
        """It ran at ``at``."""
        self._connection.execute(self._ran, {"name": name, "last_at": at})

    def last(self, name: str) -> datetime | None:
        """When it last ran."""
        found: datetime | None = self._connection.execute(
            select(jobs.c.last_at).where(jobs.c.name == name)
        ).scalar()
        return found
