"""What a profile adds to the record: fields of its own, ticks of its checklist, people's names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache

from sqlalchemy import Executable, bindparam, select

from processor.domain.incident import Tick
from processor.store.profile_tables import named_people, own_fields, ticks
from processor.store.upserts import insert_into
from processor.store.writing import Writing

_FIELDS = (
    select(own_fields.c.field, own_fields.c.value)
    .where(own_fields.c.number == bindparam("wanted"))
    .order_by(own_fields.c.field)
)
_TICKS = (
    select(ticks.c.item, ticks.c.at, ticks.c.actor, ticks.c.text)
    .where(ticks.c.number == bindparam("wanted"))
    .order_by(ticks.c.at, ticks.c.item)
)


@cache
def _put_field(dialect: str) -> Executable:
    statement = insert_into(own_fields, dialect)
    return statement.on_conflict_do_update(
        index_elements=["number", "field"], set_={"value": statement.excluded.value}
    )


@cache
def _put_tick(dialect: str) -> Executable:
    statement = insert_into(ticks, dialect)
    return statement.on_conflict_do_update(
        index_elements=["number", "item"],
        set_={name: statement.excluded[name] for name in ("at", "actor", "text")},
    )


@cache
def _add_name(dialect: str) -> Executable:
    return insert_into(named_people, dialect).on_conflict_do_nothing()


class OwnRecords:
    """Fields, ticks and names of incidents inside one unit of work."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._dialect = writing.dialect.name

    def fields(self, number: str) -> dict[str, str]:
        """Field → value, as far as they are filled in."""
        rows = self._writing.execute(_FIELDS, {"wanted": number})
        return {row.field: row.value for row in rows}

    def fill(self, number: str, values: Mapping[str, str]) -> None:
        """Set fields; the journal is the caller's to write."""
        rows = [{"number": number, "field": name, "value": v} for name, v in values.items()]
        self._writing.later(_put_field(self._dialect), rows)

    def ticks(self, number: str) -> tuple[Tick, ...]:
        """The items that were ticked, oldest first."""
        rows = self._writing.execute(_TICKS, {"wanted": number})
        return tuple(Tick(*row) for row in rows)

    def tick(self, number: str, item: str, at: datetime, actor: str, text: str) -> None:
        """Somebody says that the item is true; said again, the last word counts."""
        row = {"number": number, "item": item, "at": at, "actor": actor, "text": text}
        self._writing.later(_put_tick(self._dialect), [row])

    def name(self, number: str, names: Iterable[str]) -> None:
        """Remember people of a confidential record; a name is never forgotten, since what was
        written about its bearer stays."""
        rows = [{"number": number, "name": name} for name in names]
        if rows:
            self._writing.later(_add_name(self._dialect), rows)

    def names(self, numbers: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Number → everybody who was ever named in it."""
        wanted = sorted(set(numbers))
        found: dict[str, list[str]] = {number: [] for number in wanted}
        if wanted:
            rows = self._writing.execute(
                select(named_people.c.number, named_people.c.name)
                .where(named_people.c.number.in_(wanted))
                .order_by(named_people.c.number, named_people.c.name)
            )
            for number, name in rows:
                found[number].append(name)
        return {number: tuple(names) for number, names in found.items()}
