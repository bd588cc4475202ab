"""What lists are made of: many incidents at once, and the calls that follow closed ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from processor.domain.incident import OPEN_STATUSES, Clock, Status
from processor.store.facts import touch
from processor.store.journal import CLOCK_FIELDS, clock_of
from processor.store.neighbours import callbacks
from processor.store.tables import clocks, incidents
from processor.store.writing import Writing

_MOST = 500  # names in one question

_CLOCKS = (
    select(clocks.c.number, *CLOCK_FIELDS)
    .where(clocks.c.number.in_(bindparam("numbers", expanding=True)))
    .order_by(clocks.c.number, clocks.c.kind.desc())
)
_CLOSED = (
    select(incidents.c.number)
    .where(
        incidents.c.status == Status.CLOSED.value,
        incidents.c.closed_at > bindparam("since"),
        incidents.c.closed_at <= bindparam("until"),
    )
    .order_by(incidents.c.closed_at, incidents.c.id)
)
_OVERDUE = (
    select(incidents.c.number)
    .join(clocks, clocks.c.number == incidents.c.number)
    .where(
        incidents.c.status.in_(sorted(one.value for one in OPEN_STATUSES)),
        clocks.c.stopped_at.is_(None),
        clocks.c.paused_since.is_(None),
        clocks.c.due_at < bindparam("now"),
    )
    .distinct()
)
_CALLED = (
    update(callbacks)
    .where(callbacks.c.number == bindparam("of"))
    .values(done_at=bindparam("at"), caller=bindparam("by"), result=bindparam("said"))
)
_CALLBACKS = select(
    callbacks.c.number, callbacks.c.due_at, callbacks.c.done_at, callbacks.c.caller,
    callbacks.c.result,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Callback:
    """A call that was asked for at ``due_at``; ``result`` says what came of it at ``done_at``."""

    number: str
    due_at: datetime
    done_at: datetime | None
    caller: str
    result: str


class Overviews:
    """Lists inside one unit of work."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing

    def clocks(self, numbers: Collection[str]) -> Mapping[str, tuple[Clock, ...]]:
        """The clocks of many incidents, response first."""
        found: dict[str, list[Clock]] = {number: [] for number in numbers}
        wanted = list(found)
        for start in range(0, len(wanted), _MOST):
            some = wanted[start : start + _MOST]
            for row in self._writing.execute(_CLOCKS, {"numbers": some}):
                found[row[0]].append(clock_of(row[1:]))
        return {number: tuple(ones) for number, ones in found.items()}

    def closed(self, since: datetime, until: datetime) -> list[str]:
        """Numbers of what was closed after ``since`` and by ``until`` and still is, in order."""
        rows = self._writing.execute(_CLOSED, {"since": since, "until": until})
        return [str(row[0]) for row in rows]

    def overdue(self, now: datetime) -> frozenset[str]:
        """Numbers of open incidents whose running clock is past its target."""
        return frozenset(str(row[0]) for row in self._writing.execute(_OVERDUE, {"now": now}))

    def ask_for_call(self, number: str, due_at: datetime) -> None:
        """The reporter of that incident is to be called."""
        self._writing.execute(insert(callbacks), {"number": number, "due_at": due_at})

    def called(self, number: str, at: datetime, caller: str, result: str) -> None:
        """What came of the call. One that nobody had asked for is noted as well."""
        row = {"of": number, "at": at, "by": caller, "said": result}
        if not self._writing.execute(_CALLED, row).rowcount:
            self._writing.execute(
                insert(callbacks),
                {
                    "number": number,
                    "due_at": at,
                    "done_at": at,
                    "caller": caller,
                    "result": result,
                },
            )
        touch(self._writing, [number])

    def callbacks(self, since: datetime) -> list[Callback]:
        """The calls that were made after ``since``, and those that nobody has made yet."""
        query = _CALLBACKS.where(
            (callbacks.c.done_at > since) | callbacks.c.done_at.is_(None)
        ).order_by(callbacks.c.due_at, callbacks.c.id)
        return [Callback(*row) for row in self._writing.execute(query)]
