"""Configuration items (配置管理, spec 1.8; seed 6.1.2): import, links, changes with their audit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from processor.domain.association import ItemCard
from processor.domain.configuration import ConfigurationItem, ItemChange, read_field
from processor.domain.errors import Refusal
from processor.domain.incident import Incident, JournalEntry
from processor.domain.people import Actor
from processor.parsing.sheets import Sheet
from processor.rules.reading import folded
from processor.services.association import Associator, card_of
from processor.services.columns import Imported, Row, RowFault, lacking, rows_of
from processor.services.moving import keep
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork

_SHORTEST = 2  # characters: a shorter name would be found in any mail


def one_named(work: UnitOfWork, associator: Associator, name: str) -> ConfigurationItem:
    """The one item that people call ``name``. Raises Refusal, with the nearest names."""
    if not name:
        raise Refusal("item_missing")
    index = associator.items(work)
    called = index.called(name)
    if len(called) == 1:
        return called[0]
    if called:
        exact = [item for item in called if folded(item.name) == folded(name)]
        if len(exact) == 1:
            return exact[0]
        raise Refusal("item_ambiguous", name=name, names=[item.name for item in called])
    near = index.nearest(name)
    if near:
        raise Refusal("unknown_item", name=name, nearest=list(near))
    raise Refusal("unknown_item_none", name=name)


def link(
    work: UnitOfWork, incident: Incident, item: ConfigurationItem, actor: Actor, at: datetime
) -> None:
    """The incident is about this item: it becomes the one that the record names."""
    work.items.link(incident.number, [item])
    if incident.ci != item.name:
        incident.ci = item.name
        keep(work, incident, actor, at)


def change(
    work: UnitOfWork,
    associator: Associator,
    item: ConfigurationItem,
    fields: Mapping[str, str],
    actor: Actor,
    at: datetime,
    incident: Incident | None,
) -> list[ItemChange]:
    """Change fields of an item; the audit keeps old, new and who, and so does the journal of the
    ``incident`` that it was done for. Raises Refusal for a name that another one has."""
    said: dict[str, Any] = {name: read_field(name, text) for name, text in fields.items()}
    after = replace(item, **said)
    if not after.name:
        raise Refusal("item_missing")
    others = [one for one in associator.items(work).called(after.name) if one.id != item.id]
    if any(folded(one.name) == folded(after.name) for one in others):
        raise Refusal("item_name_taken", name=after.name)
    changes = work.items.change(item, after, actor.address, at, actor.via)
    if incident is not None:
        for one in changes:
            work.journal.add(
                incident.number,
                JournalEntry(
                    at=at,
                    actor=actor.address,
                    kind="item",
                    via=actor.via,
                    field=f"{one.item}.{one.field}",
                    old=one.old,
                    new=one.new,
                    text=f"{one.item}: {one.old or '—'} → {one.new or '—'}",
                ),
            )
    return changes


def shown(work: UnitOfWork, policy: Policy, item: ConfigurationItem) -> ItemCard:
    """An item with its latest incidents."""
    return card_of(work, policy.association, item, besides="")


def import_items(
    work: UnitOfWork, policy: Policy, sheet: Sheet, actor: Actor, at: datetime, *, dry: bool
) -> Imported:
    """Add and change items by name, row by row; a row with a fault is left out and named. The
    same file again changes nothing. With ``dry`` nothing is written."""
    columns = policy.association.settings.items.columns
    done = Imported(faults=lacking(sheet, columns, ("name",)))
    if not sheet.rows and not done.faults:
        done.faults.append(RowFault(0, "", "no_rows"))
    if done.faults:
        return done
    stored = {folded(item.name): item for item in work.items.all()}
    names = {folded(n): item.name for item in stored.values() for n in (item.name, *item.aliases)}
    rows: dict[str, int] = {}
    for row in rows_of(sheet, columns):
        faults = _faults(row, rows, names)
        done.faults += faults
        if faults:
            continue
        key = folded(row.fields["name"])
        rows[key] = row.number
        before = stored.get(key)
        item = _item(row, before)
        names |= {folded(name): item.name for name in (item.name, *item.aliases)}
        if before is None:
            done.added += 1
            if not dry:
                work.items.add(item)
        elif item == before:
            done.same += 1
        else:
            done.changed += 1
            if not dry:
                work.items.change(before, item, actor.address, at, actor.via)
    return done


def _faults(row: Row, rows: Mapping[str, int], names: Mapping[str, str]) -> list[RowFault]:
    name = row.fields["name"]
    if not name:
        return [RowFault(row.number, "name", "empty")]
    if folded(name) in rows:
        return [RowFault(row.number, "name", "twice", {"first": rows[folded(name)]})]
    faults = []
    for field, called in (("name", (name,)), ("aliases", _aliases(row))):
        for one in called:
            holder = names.get(folded(one))
            if len(folded(one)) < _SHORTEST:
                faults.append(RowFault(row.number, field, "too_short", {"value": one}))
            elif holder is not None and folded(holder) != folded(name):
                faults.append(RowFault(row.number, field, "taken", {"value": one, "other": holder}))
    return faults


def _aliases(row: Row) -> tuple[str, ...]:
    read = read_field("aliases", row.fields.get("aliases", ""))
    return read if isinstance(read, tuple) else ()


def _item(row: Row, before: ConfigurationItem | None) -> ConfigurationItem:
    """What the row says; of what it has no column for, what is stored."""
    said: dict[str, Any] = {name: read_field(name, text) for name, text in row.fields.items()}
    if row.others:
        more = "\n".join(f"{title}: {value}" for title, value in row.others.items())
        said["facts"] = f"{said.get('facts') or ''}\n{more}".strip()
    return replace(before or ConfigurationItem(name=""), **said)
