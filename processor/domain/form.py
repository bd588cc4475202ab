"""Forms: what is asked in them, and what somebody filled in. Plain values, free of Word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from processor.domain.wording import Words

Titles = Mapping[str, str]
"""Language → words."""
Labels = Mapping[str, tuple[str, ...]]
"""Language → what something may be called in a form; the first is what our own forms say."""


class FieldKind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    LONG = "long"  # several lines
    DATE = "date"
    DATETIME = "datetime"
    CHOICE = "choice"  # one of several
    CHECKS = "checks"  # any number of several
    PERSON = "person"  # a name, an address or both
    ADDRESS = "address"  # of mail


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that may be chosen; ``code`` is what the record keeps."""

    code: str
    labels: Labels

    def title(self, language: str) -> str:
        """What our own forms call it."""
        return self.labels[language][0]


@dataclass(frozen=True, slots=True)
class FormField:
    """One thing that is asked. ``fills`` names the fact of the record that it gives ("" : it is
    told in the description); ``past``: a time that cannot lie in the future."""

    name: str
    kind: FieldKind
    labels: Labels
    required: bool = False
    fills: str = ""
    past: bool = False
    choices: tuple[Choice, ...] = ()
    hint: Titles = field(default_factory=dict)
    wide: bool = False  # takes a row of its own on our form
    after: str = ""  # a time that cannot lie before that of this field

    def label(self, language: str) -> str:
        """What our own forms call it."""
        return self.labels[language][0]


@dataclass(frozen=True, slots=True)
class Section:
    """Fields under one heading of our own form."""

    title: Titles
    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True)
class RowTable:
    """A table with one thing for each row, as in an inspection. Column ``result`` says whether
    the row has a finding: any answer but one of ``sound``."""

    title: Titles
    columns: tuple[FormField, ...]
    result: str
    sound: frozenset[str]
    rows: int  # empty ones on our own form


@dataclass(frozen=True, slots=True, eq=False)
class FormSpec:
    """One kind of form.

    ``opens`` is what comes of it: ``incident``, ``service_request``, ``change``, or
    ``finding``: one for each row of ``table`` with a finding. ``joins``: handed in on an incident's
    mail, it belongs to that incident instead of opening another one. ``listed``: a blank one
    goes to whoever asks for forms, not only for this one.
    """

    name: str
    version: int
    title: Titles
    purpose: Titles
    guide: Titles
    sections: tuple[Section, ...]
    also: tuple[str, ...] = ()
    table: RowTable | None = None
    opens: str = "incident"
    joins: bool = True
    listed: bool = True
    tags: tuple[str, ...] = ()
    category: str = ""
    profile: str = ""  # of what it opens; "": as mailbox and rules say
    template: str = ""  # below templates/, {language} in it

    @property
    def fields(self) -> tuple[FormField, ...]:
        """All fields but the table's columns, in the order of the form."""
        return tuple(one for section in self.sections for one in section.fields)

    def field_named(self, name: str) -> FormField | None:
        """The field or column of that name."""
        columns = self.table.columns if self.table else ()
        return next((one for one in (*self.fields, *columns) if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Recognition:
    """When a form that carries no mark of ours is one of ours all the same: it has at least
    ``labels`` of a form's labels and ``share`` percent of them; ``share_titled`` suffices where
    its title stands at the top."""

    labels: int = 4
    share: int = 60
    share_titled: int = 35


@dataclass(frozen=True, slots=True)
class FormLimits:
    """Bounds of one Word file. ``file_bytes`` as it came, ``unpacked_bytes`` all of it unpacked,
    ``members`` files inside it, ``xml_bytes`` of one part that is read, ``cells`` of all tables."""

    file_bytes: int = 10 * 2**20
    unpacked_bytes: int = 64 * 2**20
    members: int = 1_000
    xml_bytes: int = 12 * 2**20
    cells: int = 20_000


@dataclass(frozen=True, slots=True)
class FormSettings:
    """Every form of the desk. ``ahead_minutes``: clocks of people may be so much ahead of ours;
    ``around``: words that may stand beside the keyword in a mail that asks for blank forms;
    ``placeholders``: what our own forms show where nothing was filled in."""

    forms: tuple[FormSpec, ...] = ()
    recognition: Recognition = Recognition()
    limits: FormLimits = FormLimits()
    ahead_minutes: int = 15
    around: tuple[str, ...] = ()
    placeholders: frozenset[str] = frozenset()

    def named(self, name: str) -> FormSpec | None:
        """The form of that name."""
        return next((form for form in self.forms if form.name == name), None)


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row of a form's table; ``place`` counts from 1 below the heads, empty rows too."""

    place: int
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FilledForm:
    """What stands in a form, as it was written. ``texts``: field → text, empty ones too where the
    field was there; ``rows`` are those of the table that say anything; ``known_by`` is ``mark``
    or ``labels``; ``language`` is that of the form."""

    form: FormSpec
    language: str
    known_by: str
    texts: Mapping[str, str]
    rows: tuple[FilledRow, ...] = ()

    @property
    def blank(self) -> bool:
        """Nothing was filled in."""
        return not any(self.texts.values()) and not self.rows


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One thing that is wrong in a filled form: ``code`` names the sentence ``form.fault.<code>``.
    ``row`` is a place in the table, 0 is none; ``found`` is what stands there; ``right`` are the
    answers that would be right, where they can be listed."""

    field: str
    label: str
    code: str
    found: str = ""
    right: tuple[str, ...] = ()
    row: int = 0


class UnreadableForm(Exception):
    """A Word file that cannot be read; ``code`` names the sentence ``form.unreadable.<code>``."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}:{detail}" if detail else code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class BlankForm:
    """A form to be filled in, ready to be sent."""

    name: str
    title: str
    purpose: str
    file_name: str
    document: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReturnedForm:
    """A form that goes back to who handed it in, with what is wrong in it: ``faults``, or
    ``trouble`` as in :class:`UnreadableForm` where it could not be read at all."""

    title: str
    faults: tuple[FieldFault, ...]
    file_name: str
    document: bytes = field(repr=False)
    trouble: str = ""


def fault_said(fault: FieldFault, words: Words) -> str:
    """What is wrong with a field, and what would be right, as one line."""
    right = words.say("form.comma").join(fault.right)
    key = f"form.fault.{fault.code}"
    if fault.code == "missing" and fault.right:
        key = "form.fault.missing_of"
    return words.say(key, found=fault.found, right=right)


def place_said(fault: FieldFault, words: Words) -> str:
    """Which field is meant, as its form calls it."""
    if not fault.row:
        return fault.label
    return words.say("form.place", row=fault.row, label=fault.label)
