"""``config/forms.yaml``: Word forms, their fields, and how rebuilt ones are recognised."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from processor.settings.schema.kinds import Bytes, Model, Name, Text, Titles

Words = Annotated[tuple[Text, ...], Field(min_length=1)]
Kind = Literal["text", "long", "date", "datetime", "choice", "checks", "person", "address"]
Fact = Literal[
    "", "reporter_name", "reporter_address", "reporter_phone", "department", "organisation", "site",
    "subject", "symptom", "occurred_at", "ci", "system", "error_code", "likely_impact", "impact",
    "urgency", "category", "change_kind", "why", "risk", "starts_at", "ends_at", "back_out",
    "related",
]  # fmt: skip
"""What of the record a field can give."""


class ChoiceEntry(Model):
    """One answer that may be chosen."""

    code: Text
    """What the record keeps: 1 to 4 for impact and urgency, a path for category."""
    zh: Words
    """Chinese words for it; the first is shown."""
    en: Words
    """English words for it; the first is shown."""


class FieldEntry(Model):
    """One thing that is asked."""

    id: Name
    """A name of your own, once in a form."""
    kind: Kind = "text"
    """text, long, date, datetime, choice (one of), checks (any of), person or address."""
    zh: Words
    """What it may be called in Chinese; the first is shown."""
    en: Words
    """What it may be called in English; the first is shown."""
    required: bool = False
    """true: a form without it is given back. In a table: of rows with a finding."""
    fills: Fact = ""
    """The fact of the record; empty: told in the description."""
    past: bool = False
    """true: a time in the future is a fault."""
    wide: bool = False
    """true: a row of its own on the form."""
    after: str = ""
    """A time that cannot lie before that of this field."""
    hint: Titles | None = None
    """What an empty field shows, by language."""
    choices: tuple[ChoiceEntry, ...] = ()
    """Answers, for choice and checks."""

    @model_validator(mode="after")
    def _has_choices(self) -> Self:
        if self.kind in ("choice", "checks") and not self.choices:
            raise PydanticCustomError("lacking", "no choices", {"key": "choices"})
        return self


class SectionEntry(Model):
    """Fields under one heading."""

    title: Titles
    """The heading, by language."""
    fields: Annotated[tuple[FieldEntry, ...], Field(min_length=1)]


class TableEntry(Model):
    """A table with one thing for each row."""

    title: Titles
    """Its heading, by language."""
    result: Name
    """The column that says whether a row has a finding."""
    sound: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Codes of that column's answers that mean that there is none."""
    rows: int = Field(default=10, ge=1, le=100)
    """Empty rows on the blank form."""
    columns: Annotated[tuple[FieldEntry, ...], Field(min_length=2)]


class FormEntry(Model):
    """One kind of form."""

    id: Name
    """A name of your own."""
    version: int = Field(default=1, ge=1)
    """Grows with each change of the blank form."""
    title: Titles
    """Its title, by language."""
    also: tuple[Text, ...] = ()
    """Other titles under which people know it."""
    purpose: Titles
    """One line for the mail that brings the blank form."""
    guide: Titles
    """How to fill it in, at its top."""
    opens: Literal["incident", "service_request", "finding", "change"] = "incident"
    """What comes of it; finding: one incident for each row with a finding."""
    joins: bool = True
    """true: on a mail about an incident it is filed there; false: it always opens its own."""
    listed: bool = True
    """false: a blank one goes only to who asks for it by its title."""
    profile: str = ""
    """Process profile of what it opens; empty: as the mailbox and the rules say."""
    category: str = ""
    """Category of what it opens, where no field says it."""
    tags: tuple[Text, ...] = ()
    """Tags of what it opens."""
    template: Text
    """The blank form below templates/; {language} stands for zh or en."""
    sections: Annotated[tuple[SectionEntry, ...], Field(min_length=1)]
    table: TableEntry | None = None

    @model_validator(mode="after")
    def _has_table(self) -> Self:
        if self.opens == "finding" and self.table is None:
            raise PydanticCustomError("lacking", "no table", {"key": "table"})
        return self


class RecognitionEntry(Model):
    """When a Word file without our mark is one of the forms."""

    labels: int = Field(default=4, ge=2, le=50)
    """So many of a form's labels, at least."""
    share: int = Field(default=60, ge=10, le=100)
    """Percent of a form's labels."""
    share_titled: int = Field(default=35, ge=10, le=100)
    """The same, where the form's title stands at the top."""


class LimitsEntry(Model):
    """Bounds of a Word file."""

    file_bytes: Bytes = Field(default=10 * 2**20, ge=1024, le=100 * 2**20)
    """As it came."""
    unpacked_bytes: Bytes = Field(default=64 * 2**20, ge=1024, le=512 * 2**20)
    """All of it unpacked."""
    members: int = Field(default=1000, ge=10, le=10_000)
    """Files inside it."""
    xml_bytes: Bytes = Field(default=12 * 2**20, ge=1024, le=64 * 2**20)
    """One part of it that is read."""
    cells: int = Field(default=20_000, ge=100, le=200_000)
    """Cells of all its tables."""


class FormsFile(Model):
    """Word forms."""

    recognition: RecognitionEntry = RecognitionEntry()
    limits: LimitsEntry = LimitsEntry()
    ahead_minutes: int = Field(default=15, ge=0, le=1440)
    """Minutes that a time may lie ahead of now."""
    around: tuple[Text, ...] = ()
    """Words that may stand beside the keyword in a mail that asks for blank forms."""
    forms: tuple[FormEntry, ...] = ()
