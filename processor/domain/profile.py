"""Process profiles (spec 1.9): the same process with other words, as values.

What a profile leaves out is that of the desk. Nothing here, and nothing else in code, knows the
name of any profile: all of them are configuration.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from processor.domain.form import FieldKind, Labels, Titles
from processor.domain.incident import Status
from processor.domain.numbering import INCIDENT
from processor.domain.people import Role
from processor.domain.sla import SlaPolicy

T = TypeVar("T")

_BETWEEN = " \t\r\n,，;；:：、。-—"


class Stage(StrEnum):
    """By when a field has to be filled in."""

    RECORDING = "recording"
    RESOLVING = "resolving"
    CLOSING = "closing"


class Chapter(StrEnum):
    """Where in the investigation report a field stands (seed 4.5)."""

    OVERVIEW = "overview"
    PEOPLE = "people"
    COURSE = "course"
    EVIDENCE = "evidence"
    PRIMARY = "primary"  # causes
    SECONDARY = "secondary"
    RESPONSIBILITY = "responsibility"
    CORRECTIVE = "corrective"  # measures
    PREVENTIVE = "preventive"
    CARE = "care"
    REFLECTION = "reflection"


@dataclass(frozen=True, slots=True, eq=False)
class OwnField:
    """One thing that only this process records. ``labels`` are what it may be called; the first
    of each language is shown. ``required``: by which stage it must be there, None: never.
    ``chapter``: where in the report of an investigation it stands."""

    name: str
    labels: Labels
    kind: FieldKind = FieldKind.TEXT
    required: Stage | None = None
    chapter: Chapter = Chapter.OVERVIEW

    @property
    def titles(self) -> Titles:
        """What readers call it, by language."""
        return {language: words[0] for language, words in self.labels.items()}


@dataclass(frozen=True, slots=True, eq=False)
class ChecklistItem:
    """What has to be true before it is archived. ``by``: roles that may say so (empty: all of
    the team)."""

    name: str
    titles: Titles
    also: tuple[str, ...] = ()
    by: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Grade:
    """The process's own name for a priority (seed: 一级、二级、三级) and what follows from it:
    ``tell`` are posts that are told at once, ``group`` who gets it ("": as usual), ``major``
    whether it becomes a major incident."""

    name: str
    labels: Labels
    priority: int
    tell: tuple[str, ...] = ()
    group: str = ""
    major: bool = False

    @property
    def titles(self) -> Titles:
        """What readers call it, by language."""
        return {language: words[0] for language, words in self.labels.items()}


@dataclass(frozen=True, slots=True, eq=False)
class DutyRule:
    """Something that has to be done by a time: ``minutes`` (of the calendar, "": of the clock on
    the wall) after it was recorded or came into ``status``. ``owner`` is a post, or ``assignee``,
    ``lead``, ``manager``, ``desk``; ``remind``: so many minutes before it is due; ``grades``: of
    these grades alone (empty: of all)."""

    name: str
    titles: Titles
    minutes: int
    owner: str
    status: Status | None = None
    calendar: str = ""
    grades: frozenset[str] = frozenset()
    remind: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Discretion:
    """A confidential process: who is not among ``cleared`` (addresses) reads no names. ``style``
    is ``stars`` (张**) or ``someone`` (张某); ``patterns`` (RE2, group ``name``) find names that
    stand in free text."""

    style: str = "stars"
    cleared: frozenset[str] = frozenset()
    patterns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """One process. ``categories`` and ``closure_codes`` map codes to titles (empty: whatever the
    desk knows); ``sla`` None: the desk's; ``group``: who gets what no rule gives to anybody;
    ``grade_labels``: how a grade is labelled in a mail; ``wording``: language → word of the
    letters → word of this process; ``investigated``: its records have an investigation report."""

    name: str = ""
    titles: Titles = field(default_factory=dict)
    prefix: str = INCIDENT
    group: str = ""
    categories: Mapping[str, Titles] = field(default_factory=dict)
    closure_codes: Mapping[str, Titles] = field(default_factory=dict)
    sla: SlaPolicy | None = None
    grade_labels: Labels = field(default_factory=dict)
    grades: tuple[Grade, ...] = ()
    fields: tuple[OwnField, ...] = ()
    checklist: tuple[ChecklistItem, ...] = ()
    duties: tuple[DutyRule, ...] = ()
    discretion: Discretion | None = None
    investigated: bool = False
    wording: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def grade_of(self, priority: int) -> Grade | None:
        """The grade that a priority is called here: of those that are not below it the lowest, so
        that with three grades the fourth priority is the third grade."""
        fitting = [grade for grade in self.grades if grade.priority <= priority]
        return max(fitting or self.grades, key=lambda one: one.priority, default=None)

    def grade_named(self, words: str) -> tuple[Grade, str] | None:
        """The grade that ``words`` begin with, in any language, and the rest of them: ``一级 有人
        受伤`` is ``一级``, and somebody's reason."""
        called = [
            (label, grade)
            for grade in self.grades
            for labels in (*grade.labels.values(), (grade.name,))
            for label in labels
        ]
        return _led(words, called)

    def field_named(self, words: str) -> OwnField | None:
        """The field that somebody calls so, in any language."""
        plain = folded(words)
        for one in self.fields:
            if plain in (one.name, *(folded(w) for many in one.labels.values() for w in many)):
                return one
        return None

    def item_named(self, words: str) -> tuple[ChecklistItem, str] | None:
        """The item of the checklist that ``words`` begin with (its title, name or place in the
        list), and the rest of the words."""
        called = [
            (label, item)
            for place, item in enumerate(self.checklist, start=1)
            for label in (*item.titles.values(), *item.also, item.name, str(place))
        ]
        return _led(words, called)

    def required_by(self, stage: Stage) -> tuple[OwnField, ...]:
        """The fields that must be there by this stage."""
        order = tuple(Stage)
        due = order[: order.index(stage) + 1]
        return tuple(one for one in self.fields if one.required in due)


def _led(words: str, called: Sequence[tuple[str, T]]) -> tuple[T, str] | None:
    """Whom the longest of the labels that ``words`` begin with calls, and the words behind it."""
    plain = words.strip()
    for label, one in sorted(called, key=lambda pair: -len(pair[0])):
        head, rest = plain[: len(label)], plain[len(label) :]
        if folded(head) != folded(label):
            continue
        if rest and label[-1].isascii() and rest[0].isascii() and rest[0].isalnum():
            continue
        return one, rest.strip(_BETWEEN)
    return None


def folded(words: str) -> str:
    """As words are compared: one case and width, no blanks."""
    return "".join(unicodedata.normalize("NFKC", words).casefold().split())


def labels_of(labels: Iterable[Labels]) -> tuple[str, ...]:
    """Everything that any of them may be called, in any language."""
    return tuple(word for one in labels for words in one.values() for word in words)
