"""Lives as rows of the tables, many at once; what they come to is what the store would write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table

from benchmarks.year.lives import Life
from processor.domain.incident import OPEN_STATUSES, Clock, Incident, Status
from processor.domain.sla import SlaPolicy
from processor.store.fact_tables import occurrences
from processor.store.facts import ALERT_REPEATED, COUNTERS, REDISPATCHED
from processor.store.moments import seconds_of
from processor.store.neighbours import callbacks, problems
from processor.store.tables import clocks, incidents, journal, links

_NAMES = tuple(one.name for one in fields(Incident) if one.name != "id")
_WAITING = frozenset({Status.PENDING_USER, Status.PENDING_VENDOR, Status.PENDING_CHANGE})


def run_clocks(policy: SlaPolicy, life: Life) -> tuple[Clock, Clock]:
    """Both clocks as the statuses of the life have moved them."""
    incident = life.incident
    response, resolution = policy.start(incident.priority, incident.reported_at)
    before = incident.status
    for change in life.changes:
        after = change.values.get("status", before)
        if after is not before:
            follow(policy, response, resolution, before, after, change.at)
        before = after
    return response, resolution


def follow(
    policy: SlaPolicy,
    response: Clock,
    resolution: Clock,
    before: Status,
    after: Status,
    at: datetime,
) -> None:
    """As :func:`processor.services.clocks.follow` does."""
    if after not in (Status.NEW, Status.ASSIGNED):
        policy.stop(response, at)
    if after not in OPEN_STATUSES:
        policy.stop(resolution, at)
    elif resolution.stopped_at is not None:
        policy.restart(resolution, at)
    if after in policy.pauses:
        policy.pause(resolution, at)
    elif before in _WAITING and after not in _WAITING:
        policy.resume(resolution, at)


@dataclass(slots=True)
class Batch:
    """Rows by table. ``whole``: with the whole journal, else with the moves of the status alone,
    which figures cannot do without."""

    policy: SlaPolicy
    whole: bool
    rows: dict[Table, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, ordinal: int, life: Life) -> None:
        """One life, under this row id."""
        incident = replace(life.incident)
        number = incident.number
        self._journal(
            number,
            incident.reported_at,
            "postdesk",
            "opened",
            {"status": (None, str(incident.status))},
        )
        self._counted(ordinal, incident.reported_at, dict.fromkeys(COUNTERS, 0), incident)
        for change in life.changes:
            before = {name: getattr(incident, name) for name in (*change.values, *COUNTERS)}
            for name, value in change.values.items():
                setattr(incident, name, value)
            said = {n: (before[n], v) for n, v in change.values.items() if before[n] != v}
            self._journal(number, change.at, change.actor, "field", said)
            self._counted(ordinal, change.at, before, incident)
        values = {name: getattr(incident, name) for name in _NAMES} | {"id": ordinal}
        for name in ("status", "type", "source"):
            values[name] = str(values[name])
        self._row(incidents, values)
        for clock in run_clocks(self.policy, life):
            kept = {one.name: getattr(clock, one.name) for one in fields(clock)}
            self._row(clocks, kept | {"number": number, "kind": str(clock.kind)})
        self._beside(ordinal, incident, life)

    def _journal(
        self, number: str, at: datetime, actor: str, kind: str, said: Mapping[str, tuple[Any, Any]]
    ) -> None:
        for name, (old, new) in said.items():
            if self.whole or name == "status":
                self._row(journal, {
                    "number": number, "at": at, "actor": actor, "kind": kind, "via": "benchmark",
                    "field": name, "old": _said(old), "new": _said(new), "text": "",
                })  # fmt: skip

    def _counted(
        self, ordinal: int, at: datetime, before: Mapping[str, Any], incident: Incident
    ) -> None:
        more = {name: getattr(incident, name) - before[name] for name in COUNTERS}
        more[REDISPATCHED] = max(incident.dispatches, 1) - max(before["dispatches"], 1)
        for kind, amount in more.items():
            if amount:
                self._occurred(ordinal, kind, at, amount)

    def _beside(self, ordinal: int, incident: Incident, life: Life) -> None:
        for at in life.repeats:
            self._occurred(ordinal, ALERT_REPEATED, at, 1)
            if self.whole:
                self._row(journal, {
                    "number": incident.number, "at": at, "actor": "monitor@desk.example",
                    "kind": "alert_problem", "via": "benchmark", "field": "", "old": None,
                    "new": None, "text": incident.subject,
                })  # fmt: skip
        if life.call:
            at, result = life.call
            self._row(callbacks, {
                "number": incident.number, "due_at": incident.closed_at, "done_at": at,
                "caller": "zhao.min@desk.example", "result": result,
            })  # fmt: skip
        if incident.parent:
            self._link(incident.number, incident.parent, "parent")
            self._link(incident.parent, incident.number, "duplicate")
        if life.problem and incident.closed_at and not incident.drill:
            problem = f"PRB-{incident.closed_at:%Y%m%d}-{ordinal:04d}"
            self._row(problems, {
                "number": problem, "status": "new", "opened_at": incident.closed_at,
                "priority": incident.priority, "title": incident.subject, "source": "unknown_cause",
                "category": incident.category, "ci": incident.ci, "language": incident.language,
            })  # fmt: skip
            self._link(incident.number, problem, "problem")

    def _occurred(self, ordinal: int, kind: str, at: datetime, amount: int) -> None:
        row = {"kind": kind, "at": seconds_of(at), "incident_id": ordinal, "amount": amount}
        self._row(occurrences, row)

    def _link(self, number: str, other: str, kind: str) -> None:
        self._row(links, {"number": number, "other": other, "kind": kind})

    def _row(self, table: Table, row: dict[str, Any]) -> None:
        self.rows.setdefault(table, []).append(row)

    def write(self, connection: Connection) -> None:
        """Insert what was gathered, incidents first."""
        for table in sorted(self.rows, key=lambda one: one is not incidents):
            connection.execute(table.insert(), self.rows[table])
        self.rows.clear()


def _said(value: Any) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, datetime) else str(value)


def numbered(moments: Iterator[datetime], zone: Any) -> Iterator[tuple[int, str, datetime]]:
    """Row id, number and moment of each."""
    day, today = None, 0
    for ordinal, at in enumerate(moments, start=1):
        here = at.astimezone(zone).date()
        day, today = here, today + 1 if here == day else 1
        yield ordinal, f"INC-{here:%Y%m%d}-{today:04d}", at
