"""Targets and clocks (seed 6.7): when a response and a solution are due, pauses and all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from processor.domain.business_calendar import BusinessCalendar
from processor.domain.errors import Fault
from processor.domain.incident import Clock, ClockKind, Status
from processor.domain.priority import DEFAULT_MATRIX, PriorityMatrix


@dataclass(frozen=True, slots=True)
class Target:
    """Working minutes of the named calendar. Raises ValueError unless both are above 0."""

    response_minutes: int
    resolution_minutes: int
    calendar: str

    def __post_init__(self) -> None:
        if min(self.response_minutes, self.resolution_minutes) <= 0:
            raise ValueError("a target takes time")

    def minutes(self, kind: ClockKind) -> int:
        """What a clock of that kind may take."""
        return self.response_minutes if kind is ClockKind.RESPONSE else self.resolution_minutes


DEFAULT_TARGETS: Mapping[int, Target] = MappingProxyType(
    {
        1: Target(15, 4 * 60, "7x24"),
        2: Target(30, 8 * 60, "working"),
        3: Target(2 * 60, 24 * 60, "working"),
        4: Target(4 * 60, 40 * 60, "working"),
    }
)
"""Spec 1.5."""

DESK, LEAD = "desk", "lead"

NOT_ACCEPTED: Mapping[int, tuple[str, ...]] = MappingProxyType({100: (DESK, LEAD)})
"""Of the response clock, whatever the priority (spec 1.6): percent of the target → who is told."""


@dataclass(frozen=True, slots=True)
class SlaPolicy:
    """What was agreed. ``targets`` by priority; ``pauses`` are the statuses in which the
    resolution clock stands still (the response clock never does); ``timetable`` maps priority →
    percent of the target → post that is told, ``unanswered`` does so for the response clock (see
    :mod:`processor.domain.escalation`).

    Raises ValueError when a target names a calendar that there is not. Moments are aware; a
    clock's changes are given in the order in which they happened.
    """

    targets: Mapping[int, Target]
    calendars: Mapping[str, BusinessCalendar]
    matrix: PriorityMatrix = DEFAULT_MATRIX
    pauses: frozenset[Status] = frozenset({Status.PENDING_USER})
    timetable: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    unanswered: Mapping[int, tuple[str, ...]] = field(default_factory=lambda: NOT_ACCEPTED)

    def __post_init__(self) -> None:
        missing = {target.calendar for target in self.targets.values()} - set(self.calendars)
        if missing:
            raise ValueError(f"no calendar is called {', '.join(sorted(missing))}")

    def start(self, priority: int, reported_at: datetime) -> tuple[Clock, Clock]:
        """The response and the resolution clock of a report at ``reported_at``."""
        return (
            self._clock(ClockKind.RESPONSE, self.targets[priority], reported_at),
            self._clock(ClockKind.RESOLUTION, self.targets[priority], reported_at),
        )

    def retarget(self, clock: Clock, priority: int) -> None:
        """Give the clock the target of ``priority``; when that happens changes nothing.

        Due is computed anew from the start. Pauses are kept: in minutes of the calendar that now
        applies. A clock that was stopped keeps its result.
        """
        if clock.stopped_at is not None:
            return
        target = self.targets[priority]
        clock.paused_minutes = self._paused_in(clock, target.calendar)
        clock.calendar = target.calendar
        clock.target_minutes = target.minutes(clock.kind)
        clock.due_at = self._due(clock, clock.target_minutes)

    def recount(self, clock: Clock) -> None:
        """Count the clock's pauses anew, for its calendar may open at other times than it did.
        Pauses of which only the length is known stay as long as they were."""
        if clock.pauses and clock.calendar in self.calendars:
            calendar = self.calendars[clock.calendar]
            clock.paused_minutes = sum(calendar.minutes_between(*p) for p in clock.pauses)

    def pause(self, clock: Clock, at: datetime) -> None:
        """Stand still from ``at`` on; the response clock never does."""
        if clock.kind is ClockKind.RESOLUTION and clock.running:
            self._stand_still(clock, at)

    def resume(self, clock: Clock, at: datetime) -> None:
        """Go on at ``at``: due moves by the working time that the pause took."""
        if clock.paused_since is None or clock.stopped_at is not None:
            return
        since, clock.paused_since = clock.paused_since, None
        if at > since:
            clock.pauses = (*clock.pauses, (since, at))
            clock.paused_minutes += self._calendar(clock.calendar).minutes_between(since, at)
            clock.due_at = self._due(clock, clock.target_minutes)

    def stop(self, clock: Clock, at: datetime) -> None:
        """Met or missed at ``at``; a pause ends with it. A stopped clock stays as it is."""
        if clock.stopped_at is None:
            self.resume(clock, at)
            clock.stopped_at = at
            run = self._calendar(clock.calendar).minutes_between(clock.started_at, at)
            clock.elapsed_minutes = max(0.0, run - clock.paused_minutes)

    def restart(self, clock: Clock, at: datetime) -> None:
        """Not solved after all: the resolution clock goes on where it stopped, the time that it
        stood counts as a pause. A response that was given stays given."""
        if clock.kind is ClockKind.RESOLUTION and clock.stopped_at is not None:
            stopped, clock.stopped_at = clock.stopped_at, None
            clock.elapsed_minutes = None
            self._stand_still(clock, stopped)
            self.resume(clock, at)

    def share_at(self, clock: Clock, now: datetime) -> float:
        """Percent of the target that has run at ``now``, which is not before the last change."""
        until = min(moment for moment in (now, clock.stopped_at, clock.paused_since) if moment)
        run = self._calendar(clock.calendar).minutes_between(clock.started_at, until)
        return max(0.0, 100.0 * (run - clock.paused_minutes) / clock.target_minutes)

    def due_for(self, clock: Clock, share: float) -> datetime | None:
        """When ``share`` percent of the target will have run; None while it does not run."""
        if not clock.running:
            return None
        return self._due(clock, clock.target_minutes * share / 100)

    def _clock(self, kind: ClockKind, target: Target, at: datetime) -> Clock:
        due = self.calendars[target.calendar].add(at, target.minutes(kind))
        return Clock(kind, target.minutes(kind), target.calendar, at, due)

    def _stand_still(self, clock: Clock, at: datetime) -> None:
        """No moment is paused twice, and none before the start."""
        ends = [end for _, end in clock.pauses]
        clock.paused_since = max(at, clock.started_at, *ends)

    def _due(self, clock: Clock, minutes: float) -> datetime:
        return self._calendar(clock.calendar).add(clock.started_at, minutes + clock.paused_minutes)

    def _paused_in(self, clock: Clock, calendar: str) -> float:
        """The pauses in minutes of ``calendar``; those of which only the length is known stay
        as long as they were."""
        if calendar == clock.calendar:
            return clock.paused_minutes
        new = sum(self._calendar(calendar).minutes_between(*pause) for pause in clock.pauses)
        if clock.calendar not in self.calendars:
            return new or clock.paused_minutes
        old = sum(self.calendars[clock.calendar].minutes_between(*p) for p in clock.pauses)
        return new + max(0.0, clock.paused_minutes - old)

    def _calendar(self, name: str) -> BusinessCalendar:
        """Raises Fault when the configuration lost a calendar that a clock still counts in."""
        if name not in self.calendars:
            raise Fault(f"a clock counts in the calendar {name}, which is not configured")
        return self.calendars[name]
