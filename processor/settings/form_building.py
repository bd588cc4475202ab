"""From the forms file to the domain's values."""

from __future__ import annotations

from collections.abc import Mapping

from processor.domain.form import (
    Choice,
    FieldKind,
    FormField,
    FormLimits,
    FormSettings,
    FormSpec,
    Recognition,
    RowTable,
    Section,
)
from processor.domain.wording import Words
from processor.settings.packaged import data
from processor.settings.schema.forms import FieldEntry, FormEntry, FormsFile, TableEntry
from processor.settings.words import LANGUAGES, catalogue
from processor.settings.yaml_nodes import read_tree


def forms_of(file: FormsFile, words: Mapping[str, Words]) -> FormSettings:
    """All forms. What an empty field of ours shows is told by the catalogues of all languages."""
    shown = {say for one in words.values() for say in one.under("form.empty").values()}
    return FormSettings(
        forms=tuple(_form(entry) for entry in file.forms),
        recognition=Recognition(**file.recognition.model_dump()),
        limits=FormLimits(**file.limits.model_dump()),
        ahead_minutes=file.ahead_minutes,
        around=file.around,
        placeholders=frozenset(shown),
    )


def shipped_forms() -> FormSettings:
    """The forms that `init` ships, for where there is no home."""
    file = FormsFile.model_validate(read_tree((data("config") / "forms.yaml").read_bytes()).data)
    return forms_of(file, {language: catalogue(language) for language in LANGUAGES})


def _form(entry: FormEntry) -> FormSpec:
    return FormSpec(
        name=entry.id,
        version=entry.version,
        title=dict(entry.title),
        purpose=dict(entry.purpose),
        guide=dict(entry.guide),
        sections=tuple(
            Section(dict(one.title), tuple(_field(field) for field in one.fields))
            for one in entry.sections
        ),
        also=entry.also,
        table=_table(entry.table) if entry.table else None,
        opens=entry.opens,
        joins=entry.joins,
        listed=entry.listed,
        tags=entry.tags,
        category=entry.category,
        profile=entry.profile,
        template=entry.template,
    )


def _table(entry: TableEntry) -> RowTable:
    return RowTable(
        title=dict(entry.title),
        columns=tuple(_field(column) for column in entry.columns),
        result=entry.result,
        sound=frozenset(entry.sound),
        rows=entry.rows,
    )


def _field(entry: FieldEntry) -> FormField:
    return FormField(
        name=entry.id,
        kind=FieldKind(entry.kind),
        labels={"zh": entry.zh, "en": entry.en},
        required=entry.required,
        fills=entry.fills,
        past=entry.past,
        choices=tuple(Choice(one.code, {"zh": one.zh, "en": one.en}) for one in entry.choices),
        hint=dict(entry.hint or {}),
        wide=entry.wide,
        after=entry.after,
    )
