"""``config/emergency.yaml``: urgent and major incidents."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from processor.settings.schema.kinds import AddressText, Minutes, Model, Text, Titles

Grade = Annotated[int, Field(ge=1, le=4)]
Language = Literal["zh", "en", ""]


class Confirmation(Model):
    """The incident manager confirms or denies that an incident is urgent."""

    grades: tuple[Grade, ...] = (1,)
    """Priorities that ask; [] for none."""
    profiles: tuple[str, ...] = ()
    """Process profiles that ask; empty: none."""
    within: Minutes = 10
    """Without an answer for so long it counts as confirmed."""
    silence_tells: str = ""
    """The post that hears of the silence (people.yaml, posts)."""
    denied_priority: Grade = 2
    """Priority of what the manager denies."""


class Member(Model):
    """Somebody on a roster, or everybody of a post, a role or a group: exactly one of these."""

    address: AddressText | None = None
    """Mail address; people of people.yaml are known by it."""
    post: str = ""
    """A post of people.yaml (posts, contacts)."""
    role: Literal[
        "", "manager", "process_owner", "administrator", "desk", "lead", "engineer", "approver"
    ] = ""
    """Everybody of people.yaml who has it."""
    group: str = ""
    """A group of people.yaml: its address, else its members."""
    name: str = ""
    """Full name."""
    language: Language = ""
    """Language of mails to the person."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        named = [one for one in (self.address, self.post, self.role, self.group) if one]
        if not named:
            raise PydanticCustomError("lacking", "names nobody", {"key": "address"})
        if len(named) > 1:
            raise PydanticCustomError("member_twice", "names several")
        return self


class Roster(Model):
    """Who is told of major incidents."""

    name: Text
    """What the roster is called."""
    grades: tuple[Grade, ...] = ()
    """Priorities that it is for; empty: all."""
    categories: tuple[str, ...] = ()
    """Categories (with those below them) that it is for; empty: all."""
    profiles: tuple[str, ...] = ()
    """Process profiles that it is for; empty: all."""
    members: Annotated[tuple[Member, ...], Field(min_length=1)]


class Intervals(Model):
    """Time between two broadcasts."""

    p1: Minutes = 30
    p2: Minutes = 60
    p3: Minutes = 120
    p4: Minutes = 240


class Reminders(Model):
    """When somebody is reminded of what he owes; when it is due he is told in any case."""

    before: tuple[Minutes, ...] = ()
    """So long before it is due."""
    every: Minutes | None = None
    """And then again every so long,"""
    times: int = Field(default=0, ge=0, le=100)
    """so many times."""


class Notice(Model):
    """Whom the house must notify from outside, as a tracked duty."""

    title: Titles
    """What is to be done, by language."""
    within: Minutes
    """So long after the declaration."""
    owner: AddressText | None = None
    """Who sees to it; empty: the commander."""
    grades: tuple[Grade, ...] = ()
    """Priorities that it is for; empty: all."""
    categories: tuple[str, ...] = ()
    """Categories that it is for; empty: all."""
    profiles: tuple[str, ...] = ()
    """Process profiles that it is for; empty: all."""


class Report(Model):
    """The major incident report."""

    within: Minutes = 24 * 60
    """So long after the declaration."""
    words: tuple[Text, ...] = ("报告", "report")
    """A file that the team sends in, whose name has one of these, is the report."""
    reminders: Reminders = Reminders()


class EmergencyFile(Model):
    """Urgent and major incidents."""

    confirm: Confirmation = Confirmation()
    commander: AddressText | None = None
    """Who leads unless another is named; empty: an incident manager."""
    intervals: Intervals = Intervals()
    rosters: tuple[Roster, ...] = ()
    tell_reporters: tuple[Literal["start", "rounds", "end"], ...] = ("start", "rounds", "end")
    """Which news reporters of it and of its duplicates get."""
    ack_reminders: tuple[Minutes, ...] = ()
    """So long after the alarm those who have not acknowledged it are reminded."""
    notices: tuple[Notice, ...] = ()
    notice_reminders: Reminders = Reminders()
    report: Report = Report()
    measure_reminders: Reminders = Reminders()
