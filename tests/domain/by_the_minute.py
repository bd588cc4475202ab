"""The slow, obvious way to count working time: look at the wall clock every minute.

The clock is taken to stand where it was set back until it has caught up with itself, so that an
hour that comes twice belongs to whatever was open when it came first.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta, tzinfo

from processor.domain.business_calendar import Span

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


class Watch:
    """Which minutes from ``start`` (UTC, a whole minute) on are worked, ``days`` long."""

    def __init__(
        self,
        zone: tzinfo,
        week: Mapping[int, tuple[Span, ...]],
        start: datetime,
        days: int,
        holidays: Collection[date] = (),
        workdays: Collection[date] = (),
        make_up: tuple[Span, ...] = (),
    ) -> None:
        self.start = start
        self.open: list[bool] = []
        shown = datetime.min  # noqa: DTZ901 - a wall time has no zone
        at = start - 3 * DAY  # to see whether the clock was set back just before
        while at < start + days * DAY:
            shown = max(shown, at.astimezone(zone).replace(tzinfo=None, fold=0))
            if at >= start:
                self.open.append(self._worked(shown, week, holidays, workdays, make_up))
            at += MINUTE

    @staticmethod
    def _worked(
        shown: datetime,
        week: Mapping[int, tuple[Span, ...]],
        holidays: Collection[date],
        workdays: Collection[date],
        make_up: tuple[Span, ...],
    ) -> bool:
        for day in (shown.date() - DAY, shown.date()):
            spans = week.get(day.weekday(), ())
            if day in workdays:
                spans = spans or make_up
            elif day in holidays:
                spans = ()
            for begin, end in spans:
                first = datetime.combine(day, begin)
                last = datetime.combine(day if end > begin else day + DAY, end)
                if first <= shown < last:
                    return True
        return False

    def index(self, at: datetime) -> int:
        return (at - self.start) // MINUTE

    def between(self, first: datetime, last: datetime) -> int:
        """Open minutes from ``first`` to ``last``."""
        return sum(self.open[self.index(first) : self.index(last)])

    def add(self, first: datetime, minutes: int) -> datetime | None:
        """When ``minutes`` open ones have passed; None when that is beyond what was watched."""
        at, left = self.index(first), minutes
        while at < len(self.open):
            if left == 0 and (minutes or self.open[at]):
                return self.start + at * MINUTE
            left -= self.open[at] and left > 0
            at += 1
        return None


def wall(minutes: int) -> time:
    """Minutes since midnight as a wall time; 1440 is midnight."""
    return time(minutes // 60 % 24, minutes % 60)
