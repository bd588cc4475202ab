"""Duties of incidents: see :mod:`processor.domain.duty`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, func, insert, select, update

from processor.domain.duty import Duty, DutyState
from processor.store.duty_tables import duties
from processor.store.writing import Writing

_NAMES = (
    "number", "kind", "text", "due_at", "opened_at", "ordinal", "owner", "opened_by", "state",
    "done_at", "done_by", "remark", "reminded_at",
)  # fmt: skip
_SELECT = select(*(duties.c[name] for name in _NAMES))
_OF = _SELECT.where(duties.c.number == bindparam("of")).order_by(duties.c.ordinal)
_ADD = insert(duties)
_LAST = select(func.max(duties.c.ordinal)).where(duties.c.number == bindparam("of"))
_SAVE = update(duties).where(
    duties.c.number == bindparam("of"), duties.c.ordinal == bindparam("which")
)


class Duties:
    """Duties inside one unit of work. Whoever changes them holds the incident's lock."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing

    def add(self, duty: Duty) -> Duty:
        """Store a new duty under the next ordinal of its incident."""
        last = self._writing.execute(_LAST, {"of": duty.number}).scalar_one()
        duty.ordinal = int(last or 0) + 1
        self._writing.execute(_ADD, _row(duty))
        return duty

    def of(self, number: str, kind: str = "", *, open_only: bool = False) -> tuple[Duty, ...]:
        """Those of an incident, oldest first; of one ``kind`` where that is named."""
        found = (_duty(row) for row in self._writing.execute(_OF, {"of": number}))
        return tuple(
            duty
            for duty in found
            if (not kind or duty.kind == kind) and (duty.open or not open_only)
        )

    def find(self, number: str, ordinal: int) -> Duty | None:
        """The one of that ordinal."""
        return next((duty for duty in self.of(number) if duty.ordinal == ordinal), None)

    def open_ones(self, limit: int = 200) -> tuple[Duty, ...]:
        """Every open duty of the desk, the earliest due first."""
        query = (
            _SELECT.where(duties.c.state == DutyState.OPEN.value)
            .order_by(duties.c.due_at, duties.c.number, duties.c.ordinal)
            .limit(limit)
        )
        return tuple(_duty(row) for row in self._writing.execute(query))

    def save(self, duty: Duty) -> None:
        """Store what changed."""
        row = _row(duty)
        del row["number"], row["ordinal"]
        self._writing.execute(_SAVE.values(row), {"of": duty.number, "which": duty.ordinal})


def _row(duty: Duty) -> dict[str, Any]:
    return {name: getattr(duty, name) for name in _NAMES} | {"state": duty.state.value}


def _duty(row: Any) -> Duty:
    return Duty(**{**row._mapping, "state": DutyState(row.state)})
