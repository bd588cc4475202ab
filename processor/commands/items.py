"""The keyword for configuration items (spec 3): link one, change a field of one, look at one."""

from __future__ import annotations

import re

from processor.commands.errand import Command, Errand, Outcome, done
from processor.domain.association import Columns
from processor.domain.errors import Refusal
from processor.domain.events import FoundAsked
from processor.domain.people import STAFF_ROLES
from processor.services import items
from processor.services.columns import field_named, known_titles

_FIELD = re.compile(r"(?:^|(?<=[\s,，;；]))([^\s=＝,，;；]+(?: [^\s=＝,，;；]+)?)\s*[=＝]\s*")


def read_item(value: str, columns: Columns) -> tuple[str, dict[str, str]]:
    """``NAME [field=value …]``: the item's name and the fields by their own names.

    Raises Refusal for a field that there is not.
    """
    marks = list(_FIELD.finditer(value))
    name = value[: marks[0].start() if marks else len(value)].strip(" ,，;；")
    fields: dict[str, str] = {}
    ends = [mark.start() for mark in marks[1:]] + [len(value)]
    for mark, end in zip(marks, ends, strict=False):
        title = mark.group(1)
        field = field_named(title, columns)
        if not field and " " in title:  # the last word of what stands before
            rest, _, title = title.rpartition(" ")
            field = field_named(title, columns)
            if mark is marks[0]:
                name = f"{name} {rest}".strip()
        if not field:
            raise Refusal("unknown_item_field", name=title, known=list(known_titles(columns)))
        fields[field] = value[mark.end() : end].strip(" ,，;；\n")
    return name, fields


def _ci(errand: Errand) -> Outcome:
    associator = errand.policy.association
    columns = associator.settings.items.columns
    name, fields = read_item(errand.value, columns)
    incident = errand.incident
    if not name and incident is not None and fields:
        name = incident.ci
    item = items.one_named(errand.work, associator, name)
    if not fields and incident is None:
        card = items.shown(errand.work, errand.policy, item)
        asked = FoundAsked(at=errand.at, actor=errand.actor.person, words=item.name, items=(card,))
        return Outcome(None, [asked])
    if incident is not None:
        items.link(errand.work, incident, item, errand.actor, errand.at)
    changes = items.change(errand.work, associator, item, fields, errand.actor, errand.at, incident)
    if not changes:
        number = incident.number if incident else item.name
        return done(errand, "ci", [], number=number, name=item.name)
    told = [f"{_titled(one.field, columns)} {one.old or '—'} → {one.new or '—'}" for one in changes]
    code = "ci_linked_changed" if incident else "ci_changed"
    number = incident.number if incident else ""
    return done(errand, code, [], number=number, name=item.name, changes=told)


def _titled(field: str, columns: Columns) -> str:
    return (columns.get(field) or (field,))[0]


COMMANDS = (Command("ci", _ci, STAFF_ROLES, alone=True),)
