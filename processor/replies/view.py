"""What a template may see: plain values, already in the reader's words, language and zone.

Nothing else of the process reaches a template, and nothing internal reaches one whose reader is
not of the team: the limits are drawn here, not in the templates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from processor.replies.action_links import Action


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the table. ``tone`` is "", "late" or "quiet"."""

    label: str
    value: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class IncidentView:
    """An incident, or what of a problem or a change is like it. ``symptom``, ``solution`` and
    ``question`` are people's own text, of any length and look."""

    number: str
    subject: str
    status: str
    status_code: str
    priority: str
    grade: int
    symptom: str
    question: str
    solution: str
    cause: str
    action: str
    reporter: str
    assignee: str
    group: str
    confirmation: str
    score: int
    remark: str  # the reporter's comment on his score
    open: bool


@dataclass(frozen=True, slots=True)
class Row:
    """An incident in a list."""

    number: str
    subject: str
    status: str
    priority: str
    who: str
    due: str
    late: bool = False
    next: str = ""  # the next step, and whose turn it is
    actions: Sequence[Action] = ()  # what the reader can do with it
    orders: str = ""  # the same for a reader of plain text: what to write, and to where


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was written or done, for the history in an answer to "status"."""

    at: str
    who: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that was found: what it is, its marks (number, state, why), what solved it."""

    title: str
    meta: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Entries under a heading."""

    title: str
    entries: Sequence[Entry] = ()


@dataclass(frozen=True, slots=True)
class MailView:
    """The one value (``mail``) that every template gets.

    ``key_line`` proves receipt and stands in the foot; ``quotes`` are people's own texts,
    labelled where that needs saying; ``sentences`` tell what was done or refused; ``by`` is who did
    it; ``timed`` says that the table has target times, ``listed`` that the actions are many;
    ``extra`` holds what only this kind knows.
    """

    kind: str
    language: str
    audience: str  # "reporter", "staff" or "other"
    name: str
    organisation: str
    desk: str
    desk_address: str
    key_line: str
    staff_text: str  # what becomes of the team's free text: "note" or "reply"
    by: str
    matter: str = "incident"  # what ``incident`` is: "incident", "problem" or "change"
    alert: bool = False
    banner: str = ""  # what stands above all else: that it is a drill
    timed: bool = False
    listed: bool = False
    text: str = ""
    quotes: Sequence[Fact] = ()
    incident: IncidentView | None = None
    facts: Sequence[Fact] = ()
    actions: Sequence[Action] = ()
    ratings: Sequence[Action] = ()
    sentences: Sequence[str] = ()
    rows: Sequence[Row] = ()
    steps: Sequence[Step] = ()
    sections: Sequence[Section] = ()
    keyword: str = ""
    suggestion: str = ""
    numbers: Sequence[str] = ()
    extra: dict[str, str] = field(default_factory=dict)
    files: Sequence[str] = ()
    share: int = 0
