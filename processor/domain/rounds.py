"""Rounds: what goes to people at set times of the working calendar, once each period (seed 8.9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from processor.domain.business_calendar import BusinessCalendar
from processor.domain.wall_clock import instant

UNSOLVED = "unsolved"
CUSTOMERS = "customers"
MORNING = "morning"
CALLBACKS = "callbacks"
RESULTS = "callback-results"


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """When one round happens: ``minutes`` before the end of work, else at the time of day ``at``
    (the desk's zone). On every working day or, with ``weekday`` (0 = Monday), once a week: on the
    last working day of the week up to that one, else on the first one after it."""

    name: str
    minutes: int | None = None
    at: time | None = None
    weekday: int | None = None

    def day_of(self, day: date, calendar: BusinessCalendar) -> date | None:
        """The day on which the round of ``day`` (of its week) happens; None when it does not."""
        if self.weekday is None:
            return day if calendar.working_day(day) else None
        monday = day - timedelta(days=day.weekday())
        week = [monday + timedelta(days=place) for place in range(7)]
        working = [one for one in week if calendar.working_day(one)]
        until = [one for one in working if one.weekday() <= self.weekday]
        return until[-1] if until else working[0] if working else None

    def moment(self, day: date, calendar: BusinessCalendar, zone: tzinfo) -> datetime | None:
        """When it is due on ``day`` (UTC); None on a day without work."""
        if self.minutes is not None:
            end = calendar.end_of_work(day)
            return None if end is None else end - timedelta(minutes=self.minutes)
        return instant(day, self.at or time(0), zone) if calendar.working_day(day) else None


@dataclass(frozen=True, slots=True)
class Due:
    """A round of the day ``day`` that is due at ``at`` (aware)."""

    day: date
    at: datetime


def due_between(
    plan: RoundPlan, calendar: BusinessCalendar, zone: tzinfo, after: date, now: datetime
) -> list[Due]:
    """The round's days later than ``after`` that are due by ``now`` (aware), in order."""
    # a night shift's end lies on the day after it
    last = now.astimezone(zone).date() + timedelta(days=1)
    found: dict[date, datetime] = {}
    day = after + timedelta(days=1)
    while day <= last:
        held = plan.day_of(day, calendar)
        moment = plan.moment(held, calendar, zone) if held is not None and held > after else None
        if held is not None and moment is not None and moment <= now:
            found[held] = moment
        day += timedelta(days=1)
    return [Due(day, at) for day, at in sorted(found.items())]


@dataclass(frozen=True, slots=True)
class CallbackChoice:
    """Whose reporters are called: ``all``, a ``sample`` of ``share`` percent, those who gave
    ``low`` or less, or ``none``."""

    who: str = "all"
    share: int = 20
    low: int = 2


@dataclass(frozen=True, slots=True)
class RoundPlans:
    """The rounds that are on, in the order in which they are held; ``calendar`` names whose
    working days count."""

    calendar: str = ""
    plans: tuple[RoundPlan, ...] = ()
    callbacks: CallbackChoice = CallbackChoice()

    def named(self, name: str) -> RoundPlan | None:
        """The plan of a round; None when it is off."""
        return next((plan for plan in self.plans if plan.name == name), None)
