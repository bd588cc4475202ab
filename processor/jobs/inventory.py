"""Configuration items that stand in the configuration itself are taken into the database, once for
each edition of that list: what was changed by keyword since stays until the list is another one."""

from __future__ import annotations

import hashlib
from datetime import datetime

import structlog

from processor.domain.configuration import FIELDS, ConfigurationItem
from processor.domain.people import Actor, Proof
from processor.parsing.sheets import Sheet
from processor.pipeline.state import Desk
from processor.services.items import import_items
from processor.services.policy import system

_FAMILY = "inventory:"  # job names: one for each edition of the list

log = structlog.get_logger()


def take_items(desk: Desk, now: datetime) -> int:
    """Add and change the items that ``association.yaml`` lists; returns how many were. Nothing
    happens where that list was taken in before. An item that it names no longer is kept: incidents
    are about it."""
    listed = desk.policy.association.settings.items.listed
    if not listed:
        return 0
    job = _FAMILY + hashlib.sha256(repr(listed).encode()).hexdigest()[:16]
    with desk.store.read() as work:
        if work.jobs.latest(_FAMILY) == job.removeprefix(_FAMILY):
            return 0
    actor = Actor(system(desk.policy.language), Proof.PATH, "config")
    with desk.store.begin() as work:
        done = import_items(work, desk.policy, _sheet(desk, listed), actor, now, dry=False)
        work.jobs.ran(job, now)
    for fault in done.faults:
        log.warning("inventory.fault", row=fault.row, field=fault.column, code=fault.code)
    if done.added or done.changed:
        log.info("inventory.taken", added=done.added, changed=done.changed)
    return done.added + done.changed


def _sheet(desk: Desk, listed: tuple[ConfigurationItem, ...]) -> Sheet:
    """The list as a table, under the titles that imports go by."""
    columns = desk.policy.association.settings.items.columns
    known = [name for name in FIELDS if columns.get(name)]
    titles = tuple(columns[name][0] for name in known)
    rows = enumerate((tuple(item.say(name) for name in known) for item in listed), start=1)
    return Sheet(titles, tuple(rows))
