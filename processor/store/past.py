"""Past messages with what became of them: what other rules can be tried on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from processor.domain.incident import JournalEntry
from processor.store.mail_tables import spool, spool_raw
from processor.store.tables import incidents
from processor.store.unit_of_work import UnitOfWork

_C = spool.c
_JUDGED = "configuration:"
_CHUNK = 200


@dataclass(frozen=True, slots=True)
class PastMail:
    """A settled message. ``recorded`` are the wanted fields of the incident that it opened, as
    they were then (as text); ``decided_by`` says which rule gave each."""

    spool_id: int
    origin: str
    raw: bytes
    received_at: datetime
    disposition: str
    recorded: Mapping[str, str]
    decided_by: Mapping[str, str]


def judged_since(work: UnitOfWork, since: datetime, fields: Sequence[str]) -> Iterator[PastMail]:
    """The messages received from ``since`` (aware) on that rules were asked about, oldest first,
    as far as their bytes are still kept."""
    rows = work.connection.execute(
        select(_C.id, _C.steps, _C.incident_number)
        .where(_C.received_at >= since, _C.disposition != "")
        .order_by(_C.id)
    ).all()
    judged = [row.id for row in rows if any(step.startswith(_JUDGED) for step in row.steps)]
    for start in range(0, len(judged), _CHUNK):
        found = work.connection.execute(
            select(
                _C.id, _C.origin, spool_raw.c.raw, _C.received_at, _C.disposition,
                _C.incident_number,
            )
            .join(spool_raw, spool_raw.c.spool_id == _C.id)
            .where(_C.id.in_(judged[start : start + _CHUNK]))
            .order_by(_C.id)
        ).all()  # fmt: skip
        for row in found:
            opened = row.incident_number if row.disposition == "opened" else ""
            recorded, decided_by = opening(work, opened, fields) if opened else ({}, {})
            yield PastMail(
                row.id,
                row.origin,
                bytes(row.raw),
                row.received_at,
                row.disposition,
                recorded,
                decided_by,
            )


def opening(
    work: UnitOfWork, number: str, fields: Sequence[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """An incident's ``fields`` as it was opened (as text), and which rule decided which: the
    journal tells each change and each decision."""
    entries = work.journal.of(number)
    return _at_first(work, number, fields, entries), _deciders(entries)


def _at_first(
    work: UnitOfWork, number: str, fields: Sequence[str], entries: Sequence[JournalEntry]
) -> dict[str, str]:
    """The fields before anybody changed them: the journal tells each change."""
    columns = [incidents.c[name] for name in fields]
    row = work.connection.execute(select(*columns).where(incidents.c.number == number)).one()
    found = {name: _said(value) for name, value in zip(fields, row, strict=True)}
    for entry in reversed(entries):
        if entry.kind == "field" and entry.field in found:
            found[entry.field] = entry.old or ""
    return found


def _said(value: object) -> str:
    return ", ".join(value) if isinstance(value, list | tuple) else str(value)


def _deciders(entries: Sequence[JournalEntry]) -> dict[str, str]:
    """Field → rule, as the journal's entry of rules says it."""
    found: dict[str, str] = {}
    for entry in entries:
        if entry.kind != "rule":
            continue
        for part in entry.text.split("; "):
            names, colon, rule = part.partition(": ")
            if colon:
                found.update(dict.fromkeys(names.split(", "), rule))
    return found
