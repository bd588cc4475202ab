"""Which edition of a small collection is in force: what is built of it in memory is built anew
when the number has changed, and only then."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Executable, select

from processor.store.association_tables import editions
from processor.store.upserts import insert_into
from processor.store.writing import Writing

ITEMS, KNOWLEDGE = "items", "knowledge"
_ALL = select(editions.c.name, editions.c.edition)


@cache
def _next(dialect: str) -> Executable:
    statement = insert_into(editions, dialect).values(edition=1)
    return statement.on_conflict_do_update(
        index_elements=["name"], set_={"edition": editions.c.edition + 1}
    ).returning(editions.c.edition)


class Editions:
    """Numbers of editions, asked for once in a unit of work."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._known: dict[str, int] | None = None
        self._fresh: set[str] = set()

    def of(self, name: str) -> int:
        """The edition of a collection; 0 of one that was never filled."""
        if self._known is None:
            rows = self._writing.execute_past(_ALL)
            self._known = {row.name: row.edition for row in rows}
        return self._known.get(name, 0)

    def lasting(self, name: str) -> bool:
        """Whether that edition will be there whatever becomes of this unit of work."""
        return name not in self._fresh

    def new(self, name: str) -> None:
        """The collection was changed."""
        self.of(name)
        found = self._writing.execute(_next(self._writing.dialect.name), {"name": name})
        if self._known is not None:
            self._known[name] = int(found.scalar_one())
        self._fresh.add(name)

    def forget(self) -> None:
        """After a rollback: ask anew."""
        self._known = None
