"""What a rule sees, asks and answers, as values. The engine lives in :mod:`processor.rules`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules may look at. Addresses are lower case; ``body`` is the newly written text."""

    sender: str = ""
    sender_name: str = ""
    to: tuple[str, ...] = ()
    subject: str = ""
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()  # lower-cased name, decoded value
    attachments: tuple[tuple[str, str], ...] = ()  # file name, media type
    form: str = ""
    language: str = ""
    organisation: str = ""
    ci: tuple[str, ...] = ()
    profile: str = ""
    mailbox: str = ""
    at: datetime | None = None
    zone: tzinfo = UTC

    @property
    def time(self) -> str:
        """``22:15``, by the clock of ``zone``; "" where the time is not known."""
        return self.at.astimezone(self.zone).strftime("%H:%M") if self.at else ""

    @property
    def day(self) -> str:
        """``mon`` to ``sun``, in ``zone``; "" where the time is not known."""
        return DAYS[self.at.astimezone(self.zone).weekday()] if self.at else ""


@dataclass(frozen=True, slots=True)
class Test:
    """One question: ``subject`` ``contains`` ``["打印机", "printer"]``.

    ``field`` is an attribute of :class:`Facts`, ``subject_or_body``, ``attachment_name``,
    ``attachment_type`` or ``header``; ``operator`` is ``contains``, ``words`` (whole Latin words),
    ``pattern`` (RE2), ``in``, ``is`` or ``between``
    (``22:00-06:00``); several values are alternatives. ``header`` names the
    header when field is one.
    """

    __test__ = False  # not a test case for pytest
    field: str
    operator: str
    values: tuple[str, ...]
    header: str = ""


@dataclass(frozen=True, slots=True)
class All:
    """Holds when every part does."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds when one part does."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Holds when its part does not."""

    part: Condition


Condition = Test | All | AnyOf | Not


@dataclass(frozen=True, slots=True)
class RuleExample:
    """A snippet of mail and the outcome that the rules together must give it.

    Fields that ``expect`` does not name may come out anyhow; "" there means undecided.
    """

    subject: str = ""
    body: str = ""
    sender: str = ""
    expect: Mapping[str, str | int | bool] = field(default_factory=dict)
    headers: tuple[tuple[str, str], ...] = ()  # lower-cased name, value
    at: datetime | None = None  # aware


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """One configured rule. ``then`` maps outcome names (type, category, impact, urgency, system,
    ci, group, assignee, tags, profile, reply_template, drop, quarantine) to values; ``place`` is
    file:line."""

    name: str
    when: Condition
    then: Mapping[str, str | int | bool]
    stop: bool = False
    examples: tuple[RuleExample, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say together. ``outcome`` holds each decided field, ``decided_by`` the rule
    that decided it, ``matched`` and ``missed`` the names in order of asking."""

    outcome: Mapping[str, str | int | bool] = field(default_factory=dict)
    decided_by: Mapping[str, str] = field(default_factory=dict)
    matched: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    drop: bool = False
    quarantine: bool = False
