"""Working time: spans of the day, holidays, make-up working days (调休), in a zone.

A year's spans are laid out once, when first asked for, with the working time up to each of them;
every question is then a search in sorted numbers, however far apart its moments lie. Moments are
counted in whole microseconds, so that ``minutes_between`` undoes ``add`` exactly.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import accumulate
from types import MappingProxyType
from zoneinfo import ZoneInfo

from processor.domain.wall_clock import aware, instant

Span = tuple[time, time]
"""Begin and end on the wall clock. An end not after its begin lies on the next day, so that
``time(0)`` ends the day and 22:00–06:00 is a night shift; it belongs to the day it begins on."""

WORKING_HOURS: tuple[Span, ...] = ((time(8, 30), time(12)), (time(13, 30), time(18)))
WORKING_WEEK: Mapping[int, tuple[Span, ...]] = MappingProxyType(
    dict.fromkeys(range(5), WORKING_HOURS)
)
"""Spec 1.5: Monday to Friday 08:30–12:00, 13:30–18:00."""

_Shift = tuple[datetime, datetime]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MINUTE = 60_000_000
_HORIZON = 100  # years of work that anybody can promise


@dataclass(frozen=True, slots=True)
class _Year:
    """The spans that begin in one year, as microseconds since 1970, in order, not overlapping;
    ``upto[i]`` is the working time up to the end of span ``i``. ``closing`` maps each day on which
    work begins to when that work ends."""

    begins: tuple[int, ...]
    ends: tuple[int, ...]
    upto: tuple[int, ...]
    closing: Mapping[date, datetime]

    def passed(self, at: int) -> int:
        """Working time of this year that has passed at ``at``."""
        index = bisect_right(self.ends, at)
        whole = self.upto[index - 1] if index else 0
        if index < len(self.begins) and self.begins[index] < at:
            whole += at - self.begins[index]
        return whole

    def open_at(self, at: int) -> bool:
        index = bisect_right(self.ends, at)
        return index < len(self.begins) and self.begins[index] <= at

    def moment(self, passed: int) -> int:
        """When ``passed`` (more than 0, at most the whole year's) working time has passed."""
        index = bisect_left(self.upto, passed)
        return self.ends[index] - (self.upto[index] - passed)

    def opening(self, at: int) -> int:
        """``at`` while people work, else the next opening; some work is yet to come."""
        return max(at, self.begins[bisect_right(self.ends, at)])


class BusinessCalendar:
    """When people work. All moments are aware, answers are UTC; minutes are working minutes.

    ``week`` maps weekdays (0 = Monday) to spans. ``holidays`` have none; ``workdays`` (make-up
    days) have their weekday's spans, or where it is a day off ``workday_spans``, by default those
    of the first weekday that has any; a day that is in both is worked. ``covered_years`` are
    those whose holidays are known; None: all. ``always`` is day and night, and ``week`` unused.
    """

    def __init__(
        self,
        name: str,
        zone: tzinfo,
        week: Mapping[int, tuple[Span, ...]] = MappingProxyType({}),
        holidays: Collection[date] = (),
        workdays: Collection[date] = (),
        covered_years: Collection[int] | None = None,
        *,
        workday_spans: tuple[Span, ...] = (),
        always: bool = False,
    ) -> None:
        self.name = name
        self.zone = zone
        self.always = always
        self._week = {weekday: tuple(week.get(weekday, ())) for weekday in range(7)}
        self._holidays = frozenset(holidays)
        self._workdays = frozenset(workdays)
        self._covered = None if covered_years is None else frozenset(covered_years)
        worked = (spans for spans in self._week.values() if spans)
        self._make_up = tuple(workday_spans) or next(worked, ())
        self._years: dict[int, _Year] = {}

    def __repr__(self) -> str:
        return f"BusinessCalendar({self.name!r}, {self.zone!s})"

    @property
    def week(self) -> Mapping[int, tuple[Span, ...]]:
        """The spans of each weekday (0 = Monday) that is no holiday."""
        return self._week

    @property
    def has_holidays(self) -> bool:
        """Whether any day is off, or worked, other than its weekday says."""
        return bool(self._holidays or self._workdays)

    def covers(self, day: date) -> bool:
        """Whether the holidays of that day's year are known."""
        return self.always or self._covered is None or day.year in self._covered

    def working_day(self, day: date) -> bool:
        """Whether any work begins on that day."""
        return self.always or day in self._year(day.year).closing

    def working_day_after(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``; ``day`` itself for 0.

        Raises ValueError for a calendar that never opens.
        """
        last = day + timedelta(days=366 * _HORIZON)
        while count > 0:
            day += timedelta(days=1)
            if day > last:
                raise ValueError(f"the calendar {self.name} does not open again")
            count -= self.working_day(day)
        return day

    def end_of_work(self, day: date) -> datetime | None:
        """When the work that begins on that day ends; None on a day off."""
        if self.always:
            return instant(day + timedelta(days=1), time(0), self.zone)
        return self._year(day.year).closing.get(day)

    def is_open(self, at: datetime) -> bool:
        """Whether people work at that moment; the end of a span is outside."""
        moment = _count(aware(at))
        return self.always or any(year.open_at(moment) for year in self._around(at, at))

    def next_open(self, at: datetime) -> datetime:
        """``at`` itself while people work, else when they next begin."""
        return self.add(at, 0)

    def add(self, start: datetime, minutes: float) -> datetime:
        """The first moment at which ``minutes`` of working time have passed since ``start``.

        Zero minutes from a closed moment is the next opening. Raises ValueError for negative
        minutes and when there is not that much work in a century.
        """
        if minutes < 0:
            raise ValueError("working time runs forward only")
        moment, left = _count(aware(start)), round(minutes * _MINUTE)
        if self.always:
            return _moment(moment + left)
        first = self._first_year(start)
        for number in range(first, first + _HORIZON):
            year = self._year(number)
            if not year.ends or year.ends[-1] <= moment:
                continue
            if left == 0:
                return _moment(year.opening(moment))
            wanted = year.passed(moment) + left
            if wanted <= year.upto[-1]:
                return _moment(year.moment(wanted))
            left = wanted - year.upto[-1]
        raise ValueError(f"the calendar {self.name} has no such time to give")

    def minutes_between(self, start: datetime, end: datetime) -> float:
        """Working minutes from ``start`` to ``end``; 0 when ``end`` is not after ``start``."""
        first, last = _count(aware(start)), _count(aware(end))
        if last <= first:
            return 0.0
        if self.always:
            return (last - first) / _MINUTE
        return sum(y.passed(last) - y.passed(first) for y in self._around(start, end)) / _MINUTE

    def _first_year(self, at: datetime) -> int:
        """Of the first day whose work can still go on at ``at``: the day before."""
        return (at.astimezone(self.zone).date() - timedelta(days=1)).year

    def _around(self, start: datetime, end: datetime) -> Iterator[_Year]:
        for number in range(self._first_year(start), end.astimezone(self.zone).year + 1):
            yield self._year(number)

    def _year(self, number: int) -> _Year:
        if number not in self._years:
            day = date(number, 1, 1)
            spans: list[_Shift] = []
            closing: dict[date, datetime] = {}
            night = self._laid_out(day - timedelta(days=1))
            while day.year == number:
                shifts = self._laid_out(day)
                if freed := _freed(shifts, night):
                    spans += freed
                    closing[day] = freed[-1][1]
                day, night = day + timedelta(days=1), shifts
            begins = tuple(_count(begin) for begin, _ in spans)
            ends = tuple(_count(end) for _, end in spans)
            lengths = (end - begin for begin, end in zip(begins, ends, strict=True))
            self._years[number] = _Year(begins, ends, tuple(accumulate(lengths)), closing)
        return self._years[number]

    def _laid_out(self, day: date) -> list[_Shift]:
        """The spans of the day as they are written down."""
        following = day + timedelta(days=1)
        return [
            (
                instant(day, begin, self.zone),
                instant(day if end > begin else following, end, self.zone),
            )
            for begin, end in self._hours(day)
        ]

    def _hours(self, day: date) -> tuple[Span, ...]:
        if day in self._workdays:
            return self._week[day.weekday()] or self._make_up
        return () if day in self._holidays else self._week[day.weekday()]


def _freed(shifts: list[_Shift], night: list[_Shift]) -> list[_Shift]:
    """The ``shifts`` of a day in order, without what overlaps an earlier one or the ``night``
    before, and without those that a leap of the clocks swallows."""
    free = max((end for _, end in night), default=_EPOCH)
    found = []
    for begin, end in sorted(shifts):
        begin = max(begin, free)
        if begin < end:
            found.append((begin, end))
            free = end
    return found


def _count(at: datetime) -> int:
    return (at - _EPOCH) // _MICROSECOND


def _moment(count: int) -> datetime:
    return _EPOCH + timedelta(microseconds=count)


ROUND_THE_CLOCK = BusinessCalendar("7x24", ZoneInfo("UTC"), always=True)
