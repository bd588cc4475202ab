"""``config/sla.yaml``, ``calendars.yaml`` and ``contracts.yaml``: what was agreed, and when."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from processor.domain.sla import NOT_ACCEPTED
from processor.settings.schema.kinds import (
    AddressText,
    DateText,
    Domain,
    Minutes,
    Model,
    Name,
    SpansText,
    Text,
    Zone,
)
from processor.settings.schema.terms import Agreement, Pausing

Grade = Annotated[int, Field(ge=1, le=4)]
Share = Annotated[int, Field(ge=1, le=1000)]
Four = Annotated[tuple[Grade, ...], Field(min_length=4, max_length=4)]
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DayKey = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun", "mon-fri", "sat-sun"]


class Target(Model):
    """What one priority promises."""

    response: Minutes
    """Time to the acceptance: 15 min, 4 h."""
    resolution: Minutes
    """Time to the solution."""
    calendar: str
    """Calendar in which these times count."""


class Matrix(Model):
    """Priority (1–4) by impact (row) and urgency (place in the row)."""

    impact_1: Four
    impact_2: Four
    impact_3: Four
    impact_4: Four


class Targets(Model):
    """One target for each priority."""

    p1: Target
    p2: Target
    p3: Target
    p4: Target


class Timetable(Model):
    """Percent of the target that has run → who is told."""

    p1: dict[Share, str] = Field(default_factory=dict)
    p2: dict[Share, str] = Field(default_factory=dict)
    p3: dict[Share, str] = Field(default_factory=dict)
    p4: dict[Share, str] = Field(default_factory=dict)


class Ageing(Model):
    """The order of the queue, never the priority."""

    every: Annotated[int, Field(ge=1, le=365)] = 7
    """Days of waiting that lift an incident by one place."""
    ceiling: Grade = 2
    """Priority that nothing is lifted above by waiting."""


class SlaFile(Model):
    """Priorities, targets, pauses and escalations."""

    matrix: Matrix
    targets: Targets
    pauses: tuple[Pausing, ...] = ("pending_user",)
    """Statuses in which the resolution clock stands still; the response clock never does."""
    timetable: Timetable = Timetable()
    """Hierarchical escalation while an incident is not solved."""
    not_accepted: dict[Share, Annotated[tuple[str, ...], Field(min_length=1)]] = Field(
        default_factory=lambda: dict(NOT_ACCEPTED)
    )
    """Percent of the response target at which an incident that nobody accepted is told to whom."""
    most_dispatches: int = Field(default=3, ge=1, le=100)
    """An incident that is dispatched more often than this is told to the incident manager, once."""
    ageing: Ageing = Ageing()
    """How waiting lifts an incident in the queue."""
    vip_raises_urgency: bool = True
    """What a VIP reports is one step more urgent."""
    reopen_days: int = Field(default=5, ge=0, le=365)
    """Working days after closing in which an answer opens the incident again."""


class Calendar(Model):
    """When people work."""

    always: bool = False
    """true: day and night, all year; nothing else is then said."""
    zone: Zone | None = None
    """Time zone of the hours; empty: the desk's."""
    week: dict[DayKey, SpansText] = Field(default_factory=dict)
    """Hours of each day: mon-fri: 08:30-12:00, 13:30-18:00."""
    holidays: Literal["CN", "none"] = "none"
    """CN: the State Council's holidays with their make-up working days."""
    closed: tuple[DateText, ...] = ()
    """Further days off."""
    open: tuple[DateText, ...] = ()
    """Further working days, with the hours of a Monday."""

    covered: tuple[Annotated[int, Field(ge=2000, le=2200)], ...] = ()
    """Years whose holidays stand above in full, where CN does not know them yet."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.always and (self.week or self.closed or self.open or self.holidays != "none"):
            raise PydanticCustomError("always_alone", "always excludes hours")
        if not self.always and not self.week:
            raise PydanticCustomError("lacking", "lacks hours", {"key": "week", "kind": "calendar"})
        both = sorted(set(self.closed) & set(self.open))
        if both:
            raise PydanticCustomError("open_and_closed", "both", {"date": both[0]})
        return self


class CalendarsFile(Model):
    """Calendars by name."""

    calendars: dict[Name, Calendar] = Field(min_length=1)


class CustomerContact(Model):
    """Somebody at a customer's."""

    address: AddressText
    """Mail address."""
    name: str = ""
    """Full name."""
    language: Literal["zh", "en", ""] = ""
    """Language of mails to the person."""


class Organisation(Model):
    """A customer."""

    name: Text
    """As letters and reports say it."""
    domains: tuple[Domain, ...] = ()
    """Mail domains of its people; domains below them count too."""
    addresses: tuple[AddressText, ...] = ()
    """Single addresses beside the domains."""
    contract: str = ""
    """Number of the contract."""
    services: tuple[Text, ...] = ()
    """Categories (with those below them) that the contract covers; empty: all."""
    contacts: tuple[CustomerContact, ...] = ()
    """Who hears how all incidents of the organisation stand: daily, and of major ones at once."""


class Outside(Model):
    """Reports by those who belong to none of the organisations."""

    then: Literal["accept", "ask", "reject"] = "accept"
    """accept: like any other; ask: the service desk decides; reject: by mail at once."""
    sales: AddressText | None = None
    """Who hears of what was not taken on."""
    tell_sales: Literal["outside", "always", "never"] = "outside"
    """outside: of those outside alone; always: of whatever the desk rejects."""


class ContractsFile(Model):
    """Who is served."""

    organisations: tuple[Organisation, ...] = ()
    outside: Outside = Outside()
    """What becomes of the reports of others."""
    agreements: tuple[Agreement, ...] = ()
    """What differs from sla.yaml for some of them, or for some kinds of incidents; the most
    specific one counts."""
