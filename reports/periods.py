"""Periods of reports: days, weeks, months, quarters, years and ranges of one zone's calendar."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from processor.domain.wording import Words

_DAY = timedelta(days=1)
_WRITTEN = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})"
    r"|(?P<month>\d{4}-\d{2})"
    r"|(?P<quarter>\d{4}-?[Qq][1-4])"
    r"|(?P<week>\d{4}-?[Ww]\d{2})"
    r"|(?P<year>\d{4})"
)
FORMS = ("2026-11-28", "2026-W48", "2026-11", "2026-Q4", "2026", "2026-11-01..2026-11-28")
"""How a period is written; either end of a range may be any of the others."""


class PeriodKind(StrEnum):
    """How long a period is; each begins at midnight in its zone."""

    DAY = "day"
    WEEK = "week"  # ISO 8601: Monday to Sunday
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    RANGE = "range"


class PeriodError(ValueError):
    """``text`` is no period. ``reason``: ``form`` (not one of :data:`FORMS`), ``date`` (no such
    day or week) or ``order`` (a range that ends before it begins)."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"{text}: {reason}")
        self.text, self.reason = text, reason


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days of ``zone``, from ``first`` to ``last``, both counted."""

    first: date
    last: date
    kind: PeriodKind
    zone: ZoneInfo

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise PeriodError(f"{self.first}..{self.last}", "order")

    @property
    def start(self) -> datetime:
        """When it begins: UTC."""
        return midnight(self.first, self.zone)

    @property
    def end(self) -> datetime:
        """When the next one begins: UTC. A moment belongs to a period if start <= it < end."""
        return midnight(self.last + _DAY, self.zone)

    @property
    def days(self) -> int:
        """How many days it has; one may be of 23 or 25 hours."""
        return (self.last - self.first).days + 1

    @property
    def code(self) -> str:
        """As it is written: reading it gives the same period."""
        match self.kind:
            case PeriodKind.DAY:
                return self.first.isoformat()
            case PeriodKind.WEEK:
                year, week, _ = self.first.isocalendar()
                return f"{year}-W{week:02d}"
            case PeriodKind.MONTH:
                return f"{self.first:%Y-%m}"
            case PeriodKind.QUARTER:
                return f"{self.first.year:04d}-Q{(self.first.month + 2) // 3}"
            case PeriodKind.YEAR:
                return f"{self.first.year:04d}"
            case PeriodKind.RANGE:
                return f"{self.first.isoformat()}..{self.last.isoformat()}"

    def covers(self, at: datetime) -> bool:
        """Whether the moment lies in it."""
        return self.start <= at < self.end

    def over(self, now: datetime) -> bool:
        """Whether it has ended."""
        return self.end <= now

    def previous(self) -> Period:
        """The one before, of the same kind; of a range: as many days as it has, or as many whole
        months where it is made of whole months."""
        before = self.first - _DAY
        if self.kind is not PeriodKind.RANGE:
            return period_of(self.kind, before, self.zone)
        months = self._whole_months()
        first = _months_on(self.first, -months) if months else before - _DAY * (self.days - 1)
        return Period(first, before, self.kind, self.zone)

    def last_year(self) -> Period:
        """The same period a year before: the week of the same number (the last one where that
        year has no week 53), 28 February for the 29th."""
        if self.kind is PeriodKind.WEEK:
            year, week, _ = self.first.isocalendar()
            weeks = date(year - 1, 12, 28).isocalendar().week
            monday = date.fromisocalendar(year - 1, min(week, weeks), 1)
            return Period(monday, monday + 6 * _DAY, self.kind, self.zone)
        if self.kind is PeriodKind.RANGE and not self._whole_months():
            return Period(
                _months_on(self.first, -12), _months_on(self.last, -12), self.kind, self.zone
            )
        last = _months_on(self.last + _DAY, -12) - _DAY  # the end of a month stays one
        if self.kind is PeriodKind.DAY:
            last = _months_on(self.first, -12)
        return Period(_months_on(self.first, -12), last, self.kind, self.zone)

    def split(self, kind: PeriodKind) -> tuple[Period, ...]:
        """Its days, weeks, months, … in order. What it has only a part of (a week at its edge) is
        cut to that part, and is a range then."""
        return tuple(self._parts(kind))

    def _parts(self, kind: PeriodKind) -> Iterator[Period]:
        at = self.first
        while at <= self.last:
            whole = period_of(kind, at, self.zone)
            part = Period(max(whole.first, self.first), min(whole.last, self.last), kind, self.zone)
            at = whole.last + _DAY
            yield part if part == whole else _as_range(part)

    def back(self, count: int) -> tuple[Period, ...]:
        """``count`` periods of its kind that end with itself, oldest first."""
        found = [self]
        while len(found) < count:
            found.append(found[-1].previous())
        return tuple(reversed(found))

    def name(self, words: Words) -> str:
        """In words: 2026年10月, October 2026."""
        first, last = self.first, self.last
        year, week, _ = first.isocalendar()
        return words.say(
            f"period.{self.kind.value}",
            year=year if self.kind is PeriodKind.WEEK else first.year,
            month_name=words.say(f"period.month_name.{first.month}"),
            day=first.day,
            week=week,
            quarter=(first.month + 2) // 3,
            first=_day_name(first, words),
            last=_day_name(last, words),
        )

    def short_name(self, words: Words) -> str:
        """As it stands below an axis: 10月, Oct."""
        year, week, _ = self.first.isocalendar()
        return words.say(
            f"period.short.{self.kind.value}",
            year=year if self.kind is PeriodKind.WEEK else self.first.year,
            month_name=words.say(f"period.month_short.{self.first.month}"),
            day=self.first.day,
            week=week,
            quarter=(self.first.month + 2) // 3,
            last_month_name=words.say(f"period.month_short.{self.last.month}"),
            last_day=self.last.day,
        )

    def _whole_months(self) -> int:
        """How many months it is made of; 0 where it begins or ends within one."""
        if self.first.day != 1 or (self.last + _DAY).day != 1:
            return 0
        years = self.last.year - self.first.year
        return years * 12 + self.last.month - self.first.month + 1


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """When ``day`` begins in ``zone``: UTC. Where clocks are put forward at midnight, the day
    begins with its first hour that there is; where they are put back, with the earlier one."""
    local = datetime.combine(day, time.min, tzinfo=zone)
    at = local.astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return at
    # in the gap: as far beyond it as midnight is into it; its end is the change itself
    before, after = local.utcoffset(), at.astimezone(zone).utcoffset()
    gap = abs((after or timedelta()) - (before or timedelta()))
    low, high = at - gap, at
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).date() < day:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def period_of(kind: PeriodKind, day: date, zone: ZoneInfo) -> Period:
    """The period of ``kind`` that ``day`` lies in; as a range, that day alone."""
    match kind:
        case PeriodKind.WEEK:
            first = day - _DAY * day.weekday()
            last = first + 6 * _DAY
        case PeriodKind.MONTH:
            first, last = _months(day.year, day.month, 1)
        case PeriodKind.QUARTER:
            first, last = _months(day.year, (day.month - 1) // 3 * 3 + 1, 3)
        case PeriodKind.YEAR:
            first, last = _months(day.year, 1, 12)
        case _:
            first = last = day
    return Period(first, last, kind, zone)


def current(kind: PeriodKind, now: datetime, zone: ZoneInfo) -> Period:
    """The period of ``kind`` that ``now`` (aware) lies in."""
    return period_of(kind, now.astimezone(zone).date(), zone)


def parse_period(text: str, zone: ZoneInfo) -> Period:
    """The period that ``text`` names (see :data:`FORMS`), in ``zone``. Raises PeriodError."""
    text = text.strip()
    first, dots, last = text.partition("..")
    if not dots:
        return _one(text, text, zone)
    begin, end = _one(first.strip(), text, zone), _one(last.strip(), text, zone)
    if end.last < begin.first:
        raise PeriodError(text, "order")
    return Period(begin.first, end.last, PeriodKind.RANGE, zone)


def _one(written: str, whole: str, zone: ZoneInfo) -> Period:
    found = _WRITTEN.fullmatch(written)
    if found is None or not written.isascii():
        raise PeriodError(whole, "form")
    kind = PeriodKind(str(found.lastgroup))
    year = int(written[:4])
    try:
        match kind:
            case PeriodKind.DAY:
                day = date.fromisoformat(written)
            case PeriodKind.WEEK:
                day = date.fromisocalendar(year, int(written[-2:]), 1)
            case PeriodKind.MONTH:
                day = date(year, int(written[-2:]), 1)
            case PeriodKind.QUARTER:
                day = date(year, int(written[-1]) * 3 - 2, 1)
            case _:
                day = date(year, 1, 1)
        if not 1900 <= year <= 9000:  # what lies a year before or after can be named, too
            raise PeriodError(whole, "date")
        return period_of(kind, day, zone)
    except (ValueError, OverflowError) as fault:
        raise PeriodError(whole, "date") from fault


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    first = date(year, month, 1)
    end = _months_on(first, count - 1)
    return first, end.replace(day=monthrange(end.year, end.month)[1])


def _months_on(day: date, count: int) -> date:
    """The same day of another month, the last one where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _as_range(part: Period) -> Period:
    return Period(part.first, part.last, PeriodKind.RANGE, part.zone)


def _day_name(day: date, words: Words) -> str:
    return words.say(
        "period.day",
        year=day.year,
        month=day.month,
        day=day.day,
        month_name=words.say(f"period.month_name.{day.month}"),
    )
