"""Incidents and their whole dossier. What was loaded is compared with what is saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, or_, select, text, update

from processor.domain.errors import Fault
from processor.domain.incident import (
    OPEN_STATUSES,
    Dossier,
    Incident,
    IncidentType,
    Source,
    Status,
)
from processor.store.book_tables import people
from processor.store.correspondence import Attachments, Mails
from processor.store.facts import COUNTERS, REDISPATCHED, occurred, touch
from processor.store.journal import Clocks, Journal, Links
from processor.store.own_records import OwnRecords
from processor.store.tables import incidents
from processor.store.writing import Writing

LOOKED_THROUGH = 50_000
"""Incidents whose texts a search reads, newest first; older ones are found by their terms."""
_NAMES = tuple(field.name for field in fields(Incident))
COLUMNS = tuple(incidents.c[name] for name in _NAMES)
_KINDS: Mapping[str, type[Status | IncidentType | Source]] = {
    "status": Status,
    "type": IncidentType,
    "source": Source,
}
_SELECT = select(incidents.c.version, *COLUMNS)
_ADD = insert(incidents)
_ONE = _SELECT.where(incidents.c.number == bindparam("wanted"))
_ONE_LOCKED = _ONE.with_for_update()
_NAMES_OF = select(people.c.address, people.c.name).where(
    people.c.address.in_(bindparam("asked", expanding=True))
)
# the index that is meant holds those alone that have a parent
_UNDER = (
    select(incidents.c.number)
    .where(incidents.c.parent == bindparam("wanted"), text("parent <> ''"))
    .order_by(incidents.c.id)
)
_OPEN = tuple(sorted(status.value for status in OPEN_STATUSES))


class Incidents:
    """Incidents inside one unit of work: the same number is the same object in all of it."""

    def __init__(
        self,
        writing: Writing,
        journal: Journal,
        clocks: Clocks,
        mails: Mails,
        attachments: Attachments,
        links: Links,
        own: OwnRecords,
        *,
        reading: bool = False,
    ) -> None:
        self._writing = writing
        self._reading = reading
        self._journal = journal
        self._clocks = clocks
        self._mails = mails
        self._attachments = attachments
        self._links = links
        self._own = own
        self._held: dict[str, tuple[Incident, dict[str, Any], int]] = {}
        self._locked: set[str] = set()

    def forget(self) -> None:
        """After a rollback: what is held is not what is stored."""
        self._held.clear()
        self._locked.clear()

    def add(self, incident: Incident, actor: str, at: datetime, via: str) -> None:
        """Store a new incident and journal that it was opened."""
        values = _values(incident)
        del values["id"]
        self._writing.later(_ADD, [values])
        self._held[incident.number] = (incident, _values(incident), 1)
        self._locked.add(incident.number)
        self._journal.opened(incident.number, actor, at, via, incident.status.value)
        self._count(incident.number, at, dict.fromkeys(COUNTERS, 0), values)

    def get(self, number: str, lock: bool = True) -> Incident | None:
        """The incident, locked for writing in databases that lock rows; None when there is none.

        Raises Fault when it was changed here before it was locked, and by somebody else too.
        """
        lock = lock and not self._reading
        held = self._held.get(number)
        if held is not None and (not lock or number in self._locked):
            return held[0]
        # one that was added here, and may not be written yet, is held
        ask = _ONE_LOCKED if lock else _ONE
        row = self._writing.execute_past(ask, {"wanted": number}).first()
        if row is None:
            return None
        if lock:
            self._locked.add(number)
        if held is not None:
            return self._caught_up(held, row)
        incident = incident_of(row)
        self._held[number] = (incident, _values(incident), row[0])
        return incident

    def _caught_up(self, held: tuple[Incident, dict[str, Any], int], row: Any) -> Incident:
        """The incident that is held without a lock, as it is now that it is locked."""
        incident, before, version = held
        if row[0] == version:
            return incident
        if _values(incident) != before:
            raise Fault(f"{incident.number} was changed by another process meanwhile")
        fresh = incident_of(row)
        for name in _NAMES:
            setattr(incident, name, getattr(fresh, name))
        self._held[incident.number] = (incident, _values(incident), row[0])
        return incident

    def save(self, incident: Incident, actor: str, at: datetime, via: str) -> None:
        """Store what is different from what was loaded; every changed field is journalled.

        Raises Fault when somebody else changed the incident in between, and when ``incident`` is
        not what this unit of work holds: a copy, or one from before a rollback.
        """
        held = self._held.get(incident.number)
        if held is None or held[0] is not incident:
            raise Fault(f"{incident.number} was not loaded in this unit of work")
        _, before, version = held
        now = _values(incident)
        changed = {name: value for name, value in now.items() if value != before[name]}
        if not changed:
            return
        done = self._writing.execute(
            update(incidents)
            .where(incidents.c.number == incident.number, incidents.c.version == version)
            .values(**changed, version=version + 1)
        )
        if done.rowcount != 1:
            raise Fault(f"{incident.number} was changed by another process meanwhile")
        self._held[incident.number] = (incident, now, version + 1)
        self._journal.changed(incident.number, actor, at, via, before, changed)
        self._count(incident.number, at, before, changed)

    def _count(
        self, number: str, at: datetime, before: Mapping[str, Any], changed: Mapping[str, Any]
    ) -> None:
        """What reports count of the change."""
        touch(self._writing, [number])
        more = {n: changed[n] - before[n] for n in COUNTERS if n in changed}
        if "dispatches" in more:
            more[REDISPATCHED] = max(changed["dispatches"], 1) - max(before["dispatches"], 1)
        for name, amount in more.items():
            if amount:
                occurred(self._writing, number, name, at, amount)

    def search(
        self,
        *,
        status: Status | None = None,
        group: str | None = None,
        assignee: str | None = None,
        reporter: str | None = None,
        involved: str | None = None,
        text: str | None = None,
        open_only: bool = False,
        limit: int = 200,
    ) -> list[Incident]:
        """Incidents that fit all that is given, newest first; ``involved`` reported or has it."""
        c = incidents.c
        query = _SELECT
        if status is not None:
            query = query.where(c.status == status.value)
        if open_only:
            query = query.where(c.status.in_(_OPEN))
        for column, wanted in (
            (c.group, group),
            (c.assignee, assignee),
            (c.reporter_address, reporter),
        ):
            if wanted is not None:
                query = query.where(column == wanted)
        if involved is not None:
            query = query.where((c.assignee == involved) | (c.reporter_address == involved))
        if text is not None:
            query = query.where(
                c.subject.icontains(text, autoescape=True)
                | c.symptom.icontains(text, autoescape=True)
            )
        query = query.order_by(c.reported_at.desc(), c.id.desc()).limit(limit)
        return [incident_of(row) for row in self._writing.execute(query)]

    def merged_under(self, number: str) -> list[Incident]:
        """The incidents that were merged under that one, oldest first, each locked."""
        found = [row[0] for row in self._writing.execute(_UNDER, {"wanted": number})]
        held = (self.get(one, lock=True) for one in found)
        return [one for one in held if one is not None]

    def containing(self, words: Sequence[str], limit: int) -> list[Incident]:
        """Those of the newest :data:`LOOKED_THROUGH` that have every one of ``words`` somewhere in
        what people know them by, newest first."""
        c = incidents.c
        known_by = (
            c.number,
            c.subject,
            c.symptom,
            c.solution,
            c.ci,
            c.reporter_name,
            c.reporter_address,
        )
        query = _SELECT.where(c.id > select(func.max(c.id)).scalar_subquery() - LOOKED_THROUGH)
        for word in words:
            query = query.where(or_(*(one.icontains(word, autoescape=True) for one in known_by)))
        query = query.order_by(c.id.desc()).limit(limit)
        return [self._held_or(incident_of(row)) for row in self._writing.execute(query)]

    def _held_or(self, incident: Incident) -> Incident:
        held = self._held.get(incident.number)
        return held[0] if held is not None else incident

    def open_numbers(self) -> list[str]:
        """Of everything that is still to be solved, oldest first."""
        c = incidents.c
        query = select(c.number).where(c.status.in_(_OPEN)).order_by(c.reported_at, c.id)
        return [number for (number,) in self._writing.execute(query)]

    def counts(self) -> dict[str, int]:
        """How many incidents are in each status."""
        rows = self._writing.execute(
            select(incidents.c.status, func.count().label("many")).group_by(incidents.c.status)
        )
        return {row.status: row.many for row in rows}

    def dossier(self, number: str) -> Dossier:
        """Everything about one incident. Raises LookupError when there is none."""
        incident = self.get(number, lock=False)
        if incident is None:
            raise LookupError(number)
        journal, mails = self._journal.of(number), self._mails.of(number)
        parties = (incident.reporter_address, incident.assignee, *incident.watchers)
        named = {*parties, *(one.sender for one in mails), *(one.actor for one in journal)}
        return Dossier(
            incident=incident,
            clocks=tuple(self._clocks.of(number).values()),
            journal=journal,
            mails=mails,
            attachments=self._attachments.of(number),
            links=self._links.of(number),
            people=self._names(named),
            own=tuple(self._own.fields(number).items()),
            ticked=self._own.ticks(number),
        )

    def _names(self, addresses: set[str]) -> dict[str, str]:
        """Address → name, of those whose mails told it."""
        asked = sorted(one for one in addresses if "@" in one)
        rows = self._writing.execute(_NAMES_OF, {"asked": asked}) if asked else ()
        return {address: name for address, name in rows if name}


def _values(incident: Incident) -> dict[str, Any]:
    values = {name: getattr(incident, name) for name in _NAMES}
    for name in _KINDS:
        values[name] = str(values[name])
    return values


def incident_of(row: Any) -> Incident:
    """The incident of a row: something (a key, a version), then :data:`COLUMNS`."""
    values = dict(zip(_NAMES, row[1:], strict=True))
    for name, kind in _KINDS.items():
        values[name] = kind(values[name])
    return Incident(**values)
