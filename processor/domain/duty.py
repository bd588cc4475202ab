"""What somebody owes by a time on an incident: a report, a notice to an authority, a measure.

A duty outlives the work on its incident; it ends when it is done or no longer asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class DutyState(StrEnum):
    """What became of a duty."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"  # no longer asked for


@dataclass(slots=True)
class Duty:
    """One duty of the incident ``number``; ``ordinal`` counts those of one incident from 1 and is
    what people name it by. ``kind`` says what it is (``notice``, ``report``, ``measure``, …);
    ``owner`` is an address, "" the incident managers. Times are aware."""

    number: str
    kind: str
    text: str
    due_at: datetime
    opened_at: datetime
    ordinal: int = 0  # 0 until it is stored
    owner: str = ""
    opened_by: str = ""
    state: DutyState = DutyState.OPEN
    done_at: datetime | None = None
    done_by: str = ""
    remark: str = ""
    reminded_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether it is still owed."""
        return self.state is DutyState.OPEN

    def overdue(self, now: datetime) -> bool:
        """Whether it should have been done by ``now``."""
        return self.open and self.due_at <= now


@dataclass(frozen=True, slots=True)
class Reminders:
    """When somebody is told of a duty that is still open: ``before`` it is due, when it is due,
    and ``times`` more, ``every`` so long."""

    before: tuple[timedelta, ...] = ()
    every: timedelta = timedelta()
    times: int = 0

    def moments(self, opened_at: datetime, due_at: datetime) -> dict[str, datetime]:
        """Name → moment (aware), each once; none lies before ``opened_at``."""
        found = {
            f"-{int(span.total_seconds())}": due_at - span
            for span in self.before
            if due_at - span > opened_at
        }
        found["0"] = due_at
        if self.every > timedelta():
            for turn in range(1, self.times + 1):
                found[f"+{turn}"] = due_at + turn * self.every
        return found
