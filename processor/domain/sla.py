"""Targets and clocks (seed 6.7): when a response and a solution are due, pauses and all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from processor.domain.business_calendar import BusinessCalendar
from processor.domain.incident import Clock, ClockKind, Status
from processor.domain.priority import DEFAULT_MATRIX, PriorityMatrix


@dataclass(frozen=True, slots=True)
class Target:
    """Working minutes of the named calendar."""

    response_minutes: int
    resolution_minutes: int
    calendar: str


@dataclass(frozen=True, slots=True)
class SlaPolicy:
    """What was agreed. ``targets`` by priority; ``pauses`` are the statuses in which the
    resolution clock stands still (the response clock never does); ``timetable`` maps priority →
    percent of the target → post that is told (seed: 事件升级时间表)."""

    targets: Mapping[int, Target]
    calendars: Mapping[str, BusinessCalendar]
    matrix: PriorityMatrix = DEFAULT_MATRIX
    pauses: frozenset[Status] = frozenset({Status.PENDING_USER})
    timetable: Mapping[int, Mapping[int, str]] = field(default_factory=dict)

    def start(self, priority: int, reported_at: datetime) -> tuple[Clock, Clock]:
        """The response and the resolution clock of a report at ``reported_at`` (aware)."""
        target = self.targets[priority]
        calendar = self.calendars[target.calendar]

        def clock(kind: ClockKind, minutes: int) -> Clock:
            due = calendar.add(reported_at, minutes)
            return Clock(kind, minutes, target.calendar, reported_at, due)

        return (
            clock(ClockKind.RESPONSE, target.response_minutes),
            clock(ClockKind.RESOLUTION, target.resolution_minutes),
        )

    def retarget(self, clock: Clock, priority: int, now: datetime) -> None:
        """Give the clock the target of ``priority``: due is computed anew from the start, and
        what pauses took so far stays taken, in minutes of the calendar that now applies."""
        target = self.targets[priority]
        response = clock.kind is ClockKind.RESPONSE
        clock.target_minutes = target.response_minutes if response else target.resolution_minutes
        clock.calendar = target.calendar
        clock.due_at = self._due(clock, clock.target_minutes)

    def pause(self, clock: Clock, at: datetime) -> None:
        """Stand still from ``at`` on; the response clock never does."""
        if clock.kind is ClockKind.RESOLUTION and clock.running:
            clock.paused_since = at

    def resume(self, clock: Clock, at: datetime) -> None:
        """Go on at ``at``: due moves by the working time that the pause took."""
        if clock.paused_since is None:
            return
        calendar = self.calendars[clock.calendar]
        clock.paused_minutes += calendar.minutes_between(clock.paused_since, at)
        clock.paused_since = None
        clock.due_at = self._due(clock, clock.target_minutes)

    def stop(self, clock: Clock, at: datetime) -> None:
        """Met or missed at ``at``; a pause ends with it."""
        if clock.stopped_at is not None:
            return
        self.resume(clock, at)
        clock.stopped_at = at

    def restart(self, clock: Clock, at: datetime) -> None:
        """Not solved after all: the time that it stood counts as a pause."""
        if clock.stopped_at is None:
            return
        clock.paused_since, clock.stopped_at = clock.stopped_at, None
        self.resume(clock, at)

    def share_at(self, clock: Clock, now: datetime) -> float:
        """Percent of the target that has run at ``now``."""
        calendar = self.calendars[clock.calendar]
        until = min(moment for moment in (now, clock.stopped_at, clock.paused_since) if moment)
        run = calendar.minutes_between(clock.started_at, until) - clock.paused_minutes
        return max(0.0, 100.0 * run / clock.target_minutes)

    def due_for(self, clock: Clock, share: float) -> datetime | None:
        """When ``share`` percent of the target will have run; None while it does not run."""
        if not clock.running:
            return None
        return self._due(clock, clock.target_minutes * share / 100)

    def _due(self, clock: Clock, minutes: float) -> datetime:
        calendar = self.calendars[clock.calendar]
        return calendar.add(clock.started_at, minutes + clock.paused_minutes)
