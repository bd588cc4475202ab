"""Configuration items, which incidents are about them, and who changed what of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Executable, bindparam, func, insert, select, update

from processor.domain.configuration import FIELDS, ConfigurationItem, ItemChange
from processor.store.association_tables import item_changes
from processor.store.editions import ITEMS, Editions
from processor.store.neighbours import configuration_items as table
from processor.store.neighbours import incident_items
from processor.store.tables import incidents
from processor.store.upserts import insert_into
from processor.store.writing import Writing

_ALL = select(table.c.id, *(table.c[name] for name in FIELDS)).order_by(table.c.id)
_ADD = insert(table).returning(table.c.id)
_AUDIT = insert(item_changes)
_CHANGES = (
    select(
        table.c.name,
        item_changes.c.field,
        item_changes.c.old,
        item_changes.c.new,
        item_changes.c.at,
        item_changes.c.actor,
        item_changes.c.via,
    )
    .join(table, table.c.id == item_changes.c.item_id)
    .where(table.c.name == bindparam("wanted"))
    .order_by(item_changes.c.id)
)
_OF = (
    select(table.c.id, *(table.c[name] for name in FIELDS))
    .join(incident_items, incident_items.c.item_id == table.c.id)
    .where(incident_items.c.number == bindparam("wanted"))
    .order_by(table.c.id)
)
_RECENT = (
    select(
        incidents.c.number,
        incidents.c.subject,
        incidents.c.status,
        func.substr(incidents.c.solution, 1, 400),
    )
    .join(incident_items, incident_items.c.number == incidents.c.number)
    .where(
        incident_items.c.item_id == bindparam("item"),
        incidents.c.number != bindparam("besides"),
        ~incidents.c.confidential,
    )
    .order_by(incident_items.c.number.desc())
    .limit(bindparam("most"))
)


@cache
def _link(dialect: str) -> Executable:
    return insert_into(incident_items, dialect).on_conflict_do_nothing()


class Items:
    """Items inside one unit of work."""

    def __init__(self, writing: Writing, editions: Editions) -> None:
        self._writing = writing
        self._editions = editions
        self._link = _link(writing.dialect.name)

    def all(self) -> list[ConfigurationItem]:
        """Every item, oldest first."""
        return [_item(row) for row in self._writing.execute(_ALL)]

    def add(self, item: ConfigurationItem) -> int:
        """Store a new item; gives its id."""
        self._editions.new(ITEMS)
        return int(self._writing.execute(_ADD, _row(item)).scalar_one())

    def change(
        self,
        before: ConfigurationItem,
        after: ConfigurationItem,
        actor: str,
        at: datetime,
        via: str,
    ) -> list[ItemChange]:
        """Store what is different, with an audit entry for each field; ``before`` is stored."""
        changes = [
            ItemChange(before.name, name, before.say(name), after.say(name))
            for name in FIELDS
            if getattr(before, name) != getattr(after, name)
        ]
        if not changes:
            return []
        self._editions.new(ITEMS)
        self._writing.execute(update(table).where(table.c.id == before.id).values(**_row(after)))
        self._writing.later(
            _AUDIT,
            [
                {
                    "item_id": before.id,
                    "at": at,
                    "actor": actor,
                    "via": via,
                    "field": one.field,
                    "old": one.old,
                    "new": one.new,
                }
                for one in changes
            ],
        )
        return changes

    def changes(self, name: str) -> list[tuple[ItemChange, datetime, str, str]]:
        """The audit of the item called ``name``, oldest first: change, when, who, by what."""
        rows = self._writing.execute(_CHANGES, {"wanted": name})
        return [(ItemChange(*row[:4]), row[4], row[5], row[6]) for row in rows]

    def link(self, number: str, items: Sequence[ConfigurationItem]) -> None:
        """The incident is about these; a link that is there already stays one."""
        self._writing.later(
            self._link, [{"number": number, "item_id": item.id} for item in items if item.id]
        )

    def of(self, number: str) -> list[ConfigurationItem]:
        """What an incident is about."""
        return [_item(row) for row in self._writing.execute(_OF, {"wanted": number})]

    def recent(self, item: ConfigurationItem, besides: str, most: int) -> list[tuple[str, ...]]:
        """(number, subject, status, solution) of the latest incidents about it that everybody of
        the team may know of, newest first."""
        asked = {"item": item.id, "besides": besides, "most": most}
        return [tuple(row) for row in self._writing.execute(_RECENT, asked)]


def _row(item: ConfigurationItem) -> dict[str, Any]:
    return {name: getattr(item, name) for name in FIELDS}


def _item(row: Any) -> ConfigurationItem:
    return ConfigurationItem(**dict(zip(FIELDS, row[1:], strict=True)), id=row[0])
