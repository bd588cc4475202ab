"""Working calendars from ``config/calendars.yaml``, with China's holidays where asked for.

The State Council announces a year's holidays and make-up working days (调休) in the November
before; ``chinesecalendar`` carries them. A year that it does not know counts Monday to Friday,
and the calendar says that it does not cover it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from processor.domain.business_calendar import BusinessCalendar
from processor.settings.schema.agreements import DAYS, Calendar
from processor.settings.schema.kinds import read_spans

_RANGES = {"mon-fri": range(5), "sat-sun": range(5, 7)}
_OCTOBER = 10  # a year is covered when the last holidays of its notice, those of October, are known


@lru_cache(maxsize=1)
def chinese_days() -> tuple[frozenset[date], frozenset[date], frozenset[int]]:
    """Days off, make-up working days, and the years that both are known for."""
    from chinese_calendar.constants import holidays, workdays

    covered = frozenset(day.year for day in holidays if day.month == _OCTOBER)
    return frozenset(holidays), frozenset(workdays), covered


def working_calendar(name: str, entry: Calendar, zone: str) -> BusinessCalendar:
    """The calendar that ``entry`` describes; its hours are in its own zone, else in ``zone``."""
    if entry.always:
        return BusinessCalendar(name, ZoneInfo(entry.zone or zone), {}, always=True)
    off, on, covered = frozenset[date](), frozenset[date](), None
    if entry.holidays == "CN":
        off, on, announced = chinese_days()
        covered = announced | set(entry.covered)
    closed = frozenset(date.fromisoformat(one) for one in entry.closed)
    extra = frozenset(date.fromisoformat(one) for one in entry.open)
    return BusinessCalendar(
        name,
        ZoneInfo(entry.zone or zone),
        _week({str(day): hours for day, hours in entry.week.items()}),
        holidays=(off | closed) - extra,
        workdays=(on | extra) - closed,
        covered_years=covered,
    )


def _week(hours: Mapping[str, str]) -> dict[int, tuple[tuple[time, time], ...]]:
    """Weekday (Monday 0) → spans; a single day goes before a range that holds it."""
    week: dict[int, tuple[tuple[time, time], ...]] = {}
    for key in sorted(hours, key=lambda one: one in DAYS):
        for day in _RANGES.get(key) or (DAYS.index(key),):
            week[day] = read_spans(hours[key])
    return week
