"""When incidents come: by the hours of a working week, the seasons, growth, and bad days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from random import Random

from processor.domain.business_calendar import BusinessCalendar

_HOURS = (1, 1, 1, 1, 1, 1, 2, 8, 45, 80, 75, 50, 20, 40, 70, 65, 50, 30, 10, 6, 4, 3, 2, 1)
_FREE = 0.12  # of what a working day brings
_SEASONS = (0.85, 0.7, 1.05, 1.0, 0.95, 1.0, 1.1, 1.1, 1.1, 0.95, 1.1, 1.2)
_BAD_DAYS = 0.02


def arrivals(
    rng: Random, count: int, first: date, days: int, calendar: BusinessCalendar, zone: tzinfo
) -> Iterator[datetime]:
    """``count`` moments (UTC, in order) on ``days`` days from ``first``: more each month."""
    weights = [
        (1.0 if calendar.working_day(day) else _FREE)
        * _SEASONS[day.month - 1]
        * (1 + 0.15 * number / days)
        * (rng.uniform(1.6, 2.4) if rng.random() < _BAD_DAYS else rng.uniform(0.85, 1.15))
        for number, day in enumerate(first + timedelta(days=n) for n in range(days))
    ]
    total, given, owed = sum(weights), 0, 0.0
    for number, weight in enumerate(weights):
        owed += count * weight / total
        today = round(owed) - given
        given += today
        midnight = datetime.combine(first + timedelta(days=number), time.min, zone)
        hours = rng.choices(range(24), _HOURS, k=today)
        minutes = sorted(hour * 3600 + rng.random() * 3600 for hour in hours)
        for seconds in minutes:
            yield (midnight + timedelta(seconds=int(seconds))).astimezone(UTC)
