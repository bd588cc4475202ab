"""``config/profiles/*.yaml``: one process each, with its own words, grades, fields and duties."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, WithJsonSchema

from processor.settings.schema.agreements import Matrix, Targets
from processor.settings.schema.kinds import AddressText, Minutes, Model, Name, Text, Titles, wrong
from processor.settings.schema.people import RoleName
from processor.settings.schema.process import Category, ClosureCode

_PREFIX = re.compile(r"[A-Z]{2,4}")


def _prefix(value: str) -> str:
    if not _PREFIX.fullmatch(value):
        raise wrong("prefix")
    return value


Prefix = Annotated[
    str, AfterValidator(_prefix), WithJsonSchema({"type": "string", "pattern": _PREFIX.pattern})
]
Words = Annotated[tuple[Text, ...], Field(min_length=1)]
StageName = Literal["recording", "resolving", "closing"]
ChapterName = Literal[
    "overview", "people", "course", "evidence", "primary", "secondary", "responsibility",
    "corrective", "preventive", "care", "reflection",
]  # fmt: skip
Moment = Literal["recording", "in_progress", "resolved", "closed"]
"""What a duty's time counts from: the recording, or the first time in a status."""


class GradeEntry(Model):
    """The process's own name for a priority, and what follows from it."""

    id: Name
    """A name of your own."""
    zh: Words
    """What it may be called in Chinese; the first is shown in place of the priority."""
    en: Words
    """The same in English."""
    priority: Literal[1, 2, 3, 4]
    """The priority that it stands for."""
    group: str = ""
    """The group that gets it; empty: as rules say, else the profile's."""
    tell: tuple[str, ...] = ()
    """Posts that are told at once."""
    major: bool = False
    """true: it becomes a major incident."""


class GradeLabels(Model):
    """How a grade is labelled in a mail (级别：一级)."""

    zh: Words
    """Chinese labels."""
    en: Words
    """English labels."""


class OwnFieldEntry(Model):
    """One thing that only this process records. A field of a Word form with the same id fills it,
    and so does a line with its label in a mail."""

    id: Name
    """A name of your own."""
    kind: Literal["text", "long", "date", "datetime", "person"] = "text"
    """text, long (several lines), date, datetime, or person (names of people)."""
    zh: Words
    """What it may be called in Chinese; the first is shown."""
    en: Words
    """What it may be called in English; the first is shown."""
    required: StageName | None = None
    """By when it must be there: recording (the reporter is asked), resolving or closing."""
    chapter: ChapterName | None = None
    """Where it stands in the report of an investigation; empty: people of kind person, overview
    of any other."""


class ChecklistEntry(Model):
    """What has to be true before the manager can archive it."""

    id: Name
    """A name of your own."""
    title: Titles
    """The sentence that is ticked, by language."""
    also: tuple[Text, ...] = ()
    """Shorter words for it."""
    by: tuple[RoleName, ...] = ()
    """Roles that may tick it; empty: everybody of the team."""


class DutyEntry(Model):
    """Something that has to be done by a time."""

    id: Name
    """A name of your own."""
    title: Titles
    """What is to be done, by language."""
    grades: tuple[str, ...] = ()
    """Grades that bring it; empty: all."""
    since: Moment = "recording"
    """What the time counts from."""
    within: Minutes
    """How long it may take: 30 min, 24 h."""
    calendar: str = ""
    """Calendar in which that counts; empty: day and night."""
    owner: Text
    """Who has it: a post, or assignee, lead, desk, manager."""
    remind: tuple[Minutes, ...] = ()
    """So long before it is due its owner is reminded."""


class Clearance(Model):
    """Who reads the names of a confidential process."""

    groups: tuple[str, ...] = ()
    """Groups."""
    posts: tuple[str, ...] = ()
    """Posts."""
    people: tuple[AddressText, ...] = ()
    """Addresses."""


class ConfidentialEntry(Model):
    """Names of people are masked in all that leaves, for everybody who is not cleared."""

    style: Literal["stars", "someone"] = "stars"
    """stars: 张**, J*** C***; someone: 张某, J. C."""
    cleared: Clearance
    names: tuple[Text, ...] = ()
    """RE2 patterns with a group (?P<name>…) that find names in free text."""


class Wording(Model):
    """Words of the letters → words of this process."""

    zh: dict[str, str] = Field(default_factory=dict)
    """Chinese: what stands → what stands instead."""
    en: dict[str, str] = Field(default_factory=dict)
    """English: what stands → what stands instead."""


class ProfileFile(Model):
    """A process profile."""

    title: Titles
    """What readers call the process, by language."""
    prefix: Prefix
    """Two to four letters that its numbers begin with, of no other process."""
    group: str = ""
    """The group that gets what no rule gives to another; empty: the service desk."""
    categories: Annotated[tuple[Category, ...], Field(min_length=1)]
    closure_codes: Annotated[tuple[ClosureCode, ...], Field(min_length=1)]
    matrix: Matrix | None = None
    """Priorities of its own; empty: those of sla.yaml."""
    targets: Targets | None = None
    """Targets of its own; empty: those of sla.yaml."""
    grade_labels: GradeLabels | None = None
    grades: tuple[GradeEntry, ...] = ()
    """Its own names for priorities, the highest first."""
    fields: tuple[OwnFieldEntry, ...] = ()
    """What only this process records."""
    checklist: tuple[ChecklistEntry, ...] = ()
    """What has to be ticked before it can be archived."""
    duties: tuple[DutyEntry, ...] = ()
    """What has to be done by a time."""
    confidential: ConfidentialEntry | None = None
    investigated: bool = False
    """true: its records have an investigation report."""
    wording: Wording = Wording()
