"""When which report goes to whom (spec 4, delivery), on the working calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from pathlib import Path

from processor.domain.audited import Audited
from processor.domain.business_calendar import BusinessCalendar
from processor.domain.listed import Listed
from processor.domain.people import Person, Role
from processor.domain.wall_clock import instant

_DAY = timedelta(days=1)


class Every(StrEnum):
    """How often; the period that is reported is the one before, but of a day itself."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class ReportDue:
    """A report that is due at ``at`` (aware); ``unit`` is the first day of the day, week, month,
    quarter or year in which it is, ``about`` a day of the period that it is about."""

    unit: date
    about: date
    at: datetime


@dataclass(frozen=True, slots=True)
class ReportPlan:
    """The report of a ``kind``, ``minutes`` before the end of work or else at ``at`` (the desk's
    zone), on the first working day of its unit; every week from ``weekday`` (0 = Monday) on.

    ``roles``, ``addresses`` get it by mail; ``contacts``: those of the contract. ``each_contract``
    makes one for every contract, of that alone. ``language`` "" is each reader's own. ``folder``
    keeps it, None nowhere. ``contract`` and ``profile`` choose incidents.
    """

    name: str
    kind: str
    every: Every
    minutes: int | None = None
    at: time | None = None
    weekday: int = 0
    roles: frozenset[Role] = frozenset()
    addresses: tuple[str, ...] = ()
    contacts: bool = False
    each_contract: bool = False
    language: str = ""
    folder: Path | None = None
    contract: str = ""
    profile: str = ""

    def due_between(
        self, calendar: BusinessCalendar, zone: tzinfo, after: date, now: datetime
    ) -> list[ReportDue]:
        """What is due by ``now`` (aware) in units that begin later than ``after``, in order."""
        today = now.astimezone(zone).date()
        found = []
        for unit in self._units(after, today):
            held = self._held(unit, calendar)
            moment = self._moment(held, calendar, zone) if held is not None else None
            if moment is not None and moment <= now:
                about = unit if self.every is Every.DAY else unit - _DAY
                found.append(ReportDue(unit, about, moment))
        return found

    def _units(self, after: date, today: date) -> Iterator[date]:
        unit = _begin(self.every, after)
        while unit <= today:
            if unit > after:
                yield unit
            unit = _next(self.every, unit)

    def _held(self, unit: date, calendar: BusinessCalendar) -> date | None:
        """The first working day from the unit's first (or the weekday named) on."""
        if self.every is Every.DAY:
            return unit if calendar.working_day(unit) else None
        day = unit + timedelta(days=self.weekday) if self.every is Every.WEEK else unit
        over = _next(self.every, unit)
        while day < over:
            if calendar.working_day(day):
                return day
            day += _DAY
        return None

    def _moment(self, day: date, calendar: BusinessCalendar, zone: tzinfo) -> datetime | None:
        if self.minutes is None:
            return instant(day, self.at or time(0), zone)
        end = calendar.end_of_work(day)
        return None if end is None else end - timedelta(minutes=self.minutes)


def _begin(every: Every, day: date) -> date:
    match every:
        case Every.DAY:
            return day
        case Every.WEEK:
            return day - timedelta(days=day.weekday())
        case Every.MONTH:
            return day.replace(day=1)
        case Every.QUARTER:
            return day.replace(month=day.month - (day.month - 1) % 3, day=1)
        case Every.YEAR:
            return day.replace(month=1, day=1)


def _next(every: Every, unit: date) -> date:
    span = {Every.DAY: 1, Every.WEEK: 7, Every.MONTH: 31, Every.QUARTER: 95, Every.YEAR: 370}
    return _begin(every, unit + timedelta(days=span[every]))


@dataclass(frozen=True, slots=True)
class MajorPlan:
    """The report of a major incident, so long after its end; None: never by itself."""

    after: timedelta | None = None
    roles: frozenset[Role] = frozenset()
    addresses: tuple[str, ...] = ()
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class ReportPlans:
    """``calendar`` names whose working days count; ``contacts`` maps contracts to their
    contacts, who may ask for reports of the kinds ``for_customers``, of their own alone."""

    calendar: str = ""
    plans: tuple[ReportPlan, ...] = ()
    major: MajorPlan = field(default_factory=MajorPlan)
    audited: Audited = field(default_factory=Audited)
    listed: Listed = field(default_factory=Listed)
    contacts: Mapping[str, tuple[Person, ...]] = field(default_factory=dict)
    for_customers: frozenset[str] = frozenset()
