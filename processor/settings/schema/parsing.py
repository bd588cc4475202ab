"""``config/parsing.yaml``: what a house adds to how mails are read."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from processor.settings.schema.kinds import LanguageCode, Model, Name, Text

Words = Annotated[tuple[Text, ...], Field(min_length=1)]
LabelledName = Literal[
    "symptom", "system", "ci", "error_code", "likely_impact", "fault_vendor", "site",
    "department", "reporter_phone",
]  # fmt: skip
"""Fields of the record that a labelled line may fill."""
ReadName = Literal[
    "subject", "words", "symptom", "system", "ci", "error_code", "likely_impact", "fault_vendor",
    "site", "department", "reporter_phone",
]  # fmt: skip


class Habit(Model):
    """A pattern of your own."""

    name: Name
    """A name of your own."""
    pattern: Text
    """RE2 expression, searched within one line; ^ and $ are its begin and end."""


class FieldLabels(Model):
    """What a field is called in mails."""

    zh: tuple[Text, ...] = ()
    """Chinese labels."""
    en: tuple[Text, ...] = ()
    """English labels."""
    more: dict[LanguageCode, Words] = Field(default_factory=dict)
    """Labels in further languages, by code (ja, de)."""


class Example(Model):
    """A mail, and what is to be read from it."""

    subject: str = ""
    """Its subject."""
    body: str = ""
    """Its text."""
    expect: dict[ReadName, str]
    """subject: without tags; words: what was newly written; or any field of fields."""


class ParsingFile(Model):
    """Reading mails."""

    subject_tags: tuple[Habit, ...] = ()
    """What mail gateways put into subjects, and what is taken off."""
    quote_heads: tuple[Habit, ...] = ()
    """Lines that announce a quoted mail; what stands below is no new text."""
    signatures: tuple[Habit, ...] = ()
    """Lines at which a signature begins."""
    fields: dict[LabelledName, FieldLabels] = Field(default_factory=dict)
    """Labelled lines of a first report that fill a field no rule has decided."""
    examples: tuple[Example, ...] = ()
    """Run by config check."""
