"""``config/alerts.yaml``: mails of monitoring systems."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from processor.settings.schema.kinds import Minutes, Model, Name, Text, Titles

Grade = Annotated[int, Field(ge=1, le=4)]
Patterns = tuple[Text, ...]
StateName = Literal["problem", "recovery", "acknowledged", "flapping", "steady", "noted"]


class Reading(Model):
    """Patterns whose named groups are the alert's fields; the first value found stands."""

    subject: Patterns = ()
    """RE2 patterns for the subject."""
    headers: dict[Text, Patterns] = Field(default_factory=dict)
    """Header → RE2 patterns."""
    body: Patterns = ()
    """RE2 patterns for the text."""


class SeverityGrade(Model):
    """Words of a severity and what they stand for."""

    words: Annotated[tuple[Text, ...], Field(min_length=1)]
    """What the monitoring system calls it; * is every other word, and none."""
    impact: Grade
    """1 (whole organisation) to 4 (one person)."""
    urgency: Grade
    """1 (work stopped) to 4 (no effect yet)."""


class Severity(Model):
    """From the monitoring system's severity to impact and urgency."""

    field: Text
    """The field that holds it."""
    grades: Annotated[tuple[SeverityGrade, ...], Field(min_length=1)]


class Example(Model):
    """A mail, and what is to be read from it."""

    sender: Text = Field(default="monitor@example.com", alias="from")
    """Who sends it."""
    subject: str = ""
    """Its subject."""
    body: str = ""
    """Its text."""
    headers: dict[Text, str] = Field(default_factory=dict)
    """Its further headers."""
    expect: dict[Text, str | int]
    """state, any field, impact, urgency or ci, and the value that is to come out."""


class Source(Model):
    """One kind of monitoring mail."""

    name: Name
    """A name of your own; do not change it while alerts are open."""
    senders: tuple[Text, ...] = Field(default=(), alias="from")
    """Addresses (or @domain) that are the monitoring system's own."""
    proof: Literal["none", "domain", "path"] = "domain"
    """What a recovery from these must prove: domain (DKIM or DMARC), path, or none."""
    when: dict[str, Any]
    """How such a mail is recognised; written as in rules."""
    read: Reading
    states: Annotated[dict[StateName, tuple[Text, ...]], Field(min_length=1)]
    """State → the words for it in these mails."""
    key: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Fields that together tell one trouble from another."""
    title: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Fields that make the incident's subject."""
    ci: str = ""
    """The field that holds the configuration item."""
    severity: Severity | None = None
    shown: dict[Text, Titles] = Field(default_factory=dict)
    """Fields that the incident's description names, with what they are called."""
    category: str = ""
    """Category of the incident; without it the rules decide."""
    group: str = ""
    """Group of the incident; without it the rules decide."""
    tags: tuple[Text, ...] = ()
    """Tags of the incident."""
    examples: tuple[Example, ...] = ()


class AlertsFile(Model):
    """Monitoring systems."""

    again: Minutes = 30
    """A problem that returns so soon after its recovery reopens the incident."""
    flapping_after: int = Field(default=3, ge=2, le=100)
    """After so many returns it is flapping: one mail, then it is only counted."""
    calm: Minutes = 60
    """Flapping is over when it kept still for so long."""
    closure_code: Text
    """How an incident ends that recovered by itself."""
    sources: tuple[Source, ...] = ()
