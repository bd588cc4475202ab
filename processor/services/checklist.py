"""The checklist of a process: what has to be true before it is archived (seed: 不放过)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from processor.domain.errors import Refusal
from processor.domain.events import Event
from processor.domain.events_profiles import ItemTicked
from processor.domain.incident import Incident, Status
from processor.domain.lifecycle import roles_on
from processor.domain.people import Actor
from processor.domain.profile import ChecklistItem
from processor.services.moving import step
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork

_OVER = frozenset({Status.CLOSED, Status.REJECTED, Status.CANCELLED, Status.MERGED})


def tick(
    work: UnitOfWork, policy: Policy, incident: Incident, actor: Actor, at: datetime, words: str
) -> tuple[ChecklistItem, list[Event]]:
    """勾选: ``words`` begin with an item; what follows is kept with it.

    Raises Refusal ``no_checklist``, ``unknown_check`` with the items that there are,
    ``check_not_yours`` or ``not_open``.
    """
    profile = policy.profile(incident.profile)
    if not profile.checklist:
        raise Refusal("no_checklist", number=incident.number)
    if incident.status in _OVER:
        raise Refusal("not_open", number=incident.number, status=incident.status)
    found = profile.item_named(words)
    if found is None:
        raise Refusal(
            "unknown_check", value=words, items=tuple(one.titles for one in profile.checklist)
        )
    item, text = found
    if item.by and not item.by & roles_on(incident, actor.person):
        raise Refusal("check_not_yours", item=item.titles, by=sorted(item.by))
    work.own.tick(incident.number, item.name, at, actor.address, text)
    said = f"{item.titles.get(incident.language) or item.name}\n{text}".strip()
    step(work, incident, actor, at, "ticked", said)
    return item, [ItemTicked(at=at, actor=actor.person, incident=replace(incident), text=text)]


def open_items(work: UnitOfWork, policy: Policy, incident: Incident) -> tuple[ChecklistItem, ...]:
    """What is not yet ticked."""
    items = policy.profile(incident.profile).checklist
    if not items:
        return ()
    done = {one.item for one in work.own.ticks(incident.number)}
    return tuple(one for one in items if one.name not in done)


def complete(work: UnitOfWork, policy: Policy, incident: Incident) -> None:
    """Raises Refusal ``checklist_incomplete`` with what is missing."""
    lacking = open_items(work, policy, incident)
    if lacking:
        items = tuple(one.titles for one in lacking)
        raise Refusal("checklist_incomplete", number=incident.number, items=items)
