"""Working time: spans of the day, holidays, make-up working days (调休), in a zone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

Span = tuple[time, time]
"""Start and end on the wall clock; the end ``time(0)`` means midnight after it."""

_HORIZON = 366 * 60  # days: a calendar that never opens again within these never does


class BusinessCalendar:
    """When people work. All moments are aware; minutes are working minutes.

    ``week`` maps weekdays (0 = Monday) to spans in order; ``holidays`` have none; ``workdays``
    (make-up days) have the spans of ``workday_spans``, by default the first working weekday's.
    ``covered_years`` are those whose holidays are known; None: all of them.
    """

    def __init__(
        self,
        name: str,
        zone: ZoneInfo,
        week: Mapping[int, tuple[Span, ...]],
        *,
        holidays: Collection[date] = (),
        workdays: Collection[date] = (),
        covered_years: Collection[int] | None = None,
        always: bool = False,
    ) -> None:
        self.name = name
        self.zone = zone
        self.always = always
        self._week = {day: tuple(week.get(day, ())) for day in range(7)}
        self._holidays = frozenset(holidays)
        self._workdays = frozenset(workdays)
        self._covered = None if covered_years is None else frozenset(covered_years)
        self._make_up = next((spans for spans in self._week.values() if spans), ())
        self._spans = lru_cache(maxsize=4096)(self._spans_of)

    def covers(self, day: date) -> bool:
        """Whether the holidays of that day's year are known."""
        return self.always or self._covered is None or day.year in self._covered

    def working_day(self, day: date) -> bool:
        """Whether there is any working time on that day."""
        return self.always or bool(self._of_day(day))

    def is_open(self, at: datetime) -> bool:
        """Whether people work at that moment; the end of a span is outside."""
        if self.always:
            return True
        moment = at.astimezone(UTC)
        day = at.astimezone(self.zone).date()
        return any(start <= moment < end for start, end in self._spans(day))

    def next_open(self, at: datetime) -> datetime:
        """``at`` itself while people work, else when they next begin (UTC)."""
        return self.add(at, 0) if not self.is_open(at) else at.astimezone(UTC)

    def add(self, start: datetime, minutes: float) -> datetime:
        """The moment (UTC) at which ``minutes`` of working time have passed since ``start``.

        Zero minutes from a closed moment is the next opening. Raises ValueError for negative
        minutes and for a calendar that never opens.
        """
        if minutes < 0:
            raise ValueError("working time runs forward only")
        moment = start.astimezone(UTC)
        if self.always:
            return moment + timedelta(minutes=minutes)
        left = timedelta(minutes=minutes)
        day = start.astimezone(self.zone).date()
        for _ in range(_HORIZON):
            for begin, end in self._spans(day):
                if end <= moment:
                    continue
                begin = max(begin, moment)  # the part that is still to come
                if left <= end - begin and (left or begin < end):
                    return begin + left
                left -= end - begin
            day += timedelta(days=1)
        raise ValueError(f"calendar {self.name} never opens")

    def minutes_between(self, start: datetime, end: datetime) -> float:
        """Working minutes from ``start`` to ``end``; 0 when ``end`` is not after ``start``."""
        first, last = start.astimezone(UTC), end.astimezone(UTC)
        if last <= first:
            return 0.0
        if self.always:
            return (last - first).total_seconds() / 60
        total = timedelta()
        day = start.astimezone(self.zone).date()
        final = end.astimezone(self.zone).date()
        while day <= final:
            for begin, stop in self._spans(day):
                overlap = min(stop, last) - max(begin, first)
                if overlap > timedelta():
                    total += overlap
            day += timedelta(days=1)
        return total.total_seconds() / 60

    def end_of_work(self, day: date) -> datetime | None:
        """When work ends on that day (UTC); None on a day off."""
        spans = self._spans(day)
        return spans[-1][1] if spans else None

    def _of_day(self, day: date) -> tuple[Span, ...]:
        if day in self._workdays:
            return self._week[day.weekday()] or self._make_up
        if day in self._holidays:
            return ()
        return self._week[day.weekday()]

    def _spans_of(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """The day's spans in UTC; a span that a change of the clocks swallows is empty."""
        if self.always:
            return ((self._at(day, time(0)), self._at(day + timedelta(days=1), time(0))),)
        found = []
        for start, end in self._of_day(day):
            begin = self._at(day, start)
            stop = self._at(day if end != time(0) else day + timedelta(days=1), end)
            if begin < stop:
                found.append((begin, stop))
        return tuple(found)

    def _at(self, day: date, wall: time) -> datetime:
        return datetime.combine(day, wall, self.zone).astimezone(UTC)


ROUND_THE_CLOCK = BusinessCalendar("7x24", ZoneInfo("UTC"), {}, always=True)
