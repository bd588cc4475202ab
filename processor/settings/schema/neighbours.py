"""``config/problems.yaml`` and ``config/changes.yaml``: the neighbouring processes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from processor.settings.schema.emergency import Reminders
from processor.settings.schema.kinds import Minutes, Model, Text

OpensOn = Literal["unresolved", "workaround", "unknown_cause", "major", "trend"]
Days = Annotated[int, Field(ge=1, le=1000)]


class Trend(Model):
    """When the same thing again and again is a trend."""

    incidents: int = Field(default=5, ge=2, le=10_000)
    """So many incidents of one category or configuration item …"""
    days: int = Field(default=30, ge=1, le=366)
    """… within so many days."""
    of: tuple[Literal["category", "ci"], ...] = ("category", "ci")
    """What is counted."""
    every: Minutes = 15
    """How often it is looked for."""


class TargetDays(Model):
    """Working days in which a problem of each priority should be solved."""

    p1: Days = 5
    p2: Days = 10
    p3: Days = 20
    p4: Days = 40


class ProblemsFile(Model):
    """Problem management."""

    open_on: tuple[OpensOn, ...] = ()
    """When a problem is opened by itself."""
    unresolved_codes: tuple[Text, ...] = ()
    """Closure codes which say that nothing was really solved."""
    unknown_causes: tuple[Text, ...] = ()
    """Words in a cause which say that nobody knows."""
    trend: Trend = Trend()
    target_days: TargetDays = TargetDays()
    reminders: Reminders = Reminders()
    """Of the target time: to whoever has the problem, once it is due to the managers as well."""
    review_day: int = Field(default=1, ge=1, le=28)
    """Day of the month from which on the open problems are reviewed."""


class Approval(Model):
    """Who decides on changes of one risk."""

    by: Annotated[tuple[Text, ...], Field(min_length=1)]
    """approver, manager, process_owner, the address of a person, or a post."""
    needed: int = Field(default=1, ge=1, le=20)
    """How many of them must approve."""


class Approvals(Model):
    """By the risk of the change."""

    low: Approval
    medium: Approval
    high: Approval


class ChangesFile(Model):
    """Change management."""

    approvals: Approvals
    tell_affected: bool = True
    """The incident's reporter and watchers are told the window of an approved change."""
    decide_days: int = Field(default=1, ge=0, le=100)
    """Working days in which a change should be decided on; 0: no time is set."""
    result_days: int = Field(default=10, ge=0, le=366)
    """Working days after the approval in which its result should be told; 0: no time is set."""
    reminders: Reminders = Reminders()
    """Of both; the later ones go to the incident managers as well."""
