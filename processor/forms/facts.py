"""From a sound form to what is recorded: who reports what, and the words of the description."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from processor.domain.form import FilledForm, FormField
from processor.domain.wording import Words
from processor.forms.checking import Checked, Finding, Value, address_in

_PERSON = frozenset(
    {"reporter_name", "reporter_address", "reporter_phone", "department", "organisation", "site"}
)


@dataclass(frozen=True, slots=True)
class Facts:
    """One thing to be recorded. ``told`` are facts by the names of the record's fields (grades as
    numbers, times aware); ``text`` is the description with everything that has no field."""

    text: str
    told: Mapping[str, str | int | datetime] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)  # by the form's names, as they are read

    def say(self, name: str) -> str:
        """A fact as text; "" where the form does not say it."""
        value = self.told.get(name, "")
        return value if isinstance(value, str) else ""

    def grade(self, name: str) -> int | None:
        """Impact or urgency, where the form says it."""
        value = self.told.get(name)
        return value if isinstance(value, int) else None

    @property
    def occurred_at(self) -> datetime | None:
        """When it happened (aware), as far as the form says so."""
        value = self.told.get("occurred_at")
        return value if isinstance(value, datetime) else None


def told_by(filled: FilledForm, checked: Checked) -> dict[str, str | int | datetime]:
    """Facts that the form as a whole gives, also one with faults: at least whom it is from."""
    told = dict(_told(filled.form.fields, checked.values))
    name = told.get("reporter_name")
    if isinstance(name, str) and "@" in name:
        told.setdefault("reporter_address", address_in(name))
        told["reporter_name"] = _without_address(name)
    return told


def facts_of(filled: FilledForm, checked: Checked, words: Words, zone: tzinfo) -> list[Facts]:
    """What the form gives: one, or one for each finding of its table."""
    form, language = filled.form, filled.language
    told = told_by(filled, checked)
    writer = _Writer(language, words, zone)
    rest = writer.lines(form.fields, checked.values)
    own = writer.all(form.fields, checked.values)
    if form.table is None:
        main = writer.main(form.fields, checked.values)
        return [Facts(_joined(main, rest), told, own)]
    shared = {key: value for key, value in told.items() if key in _PERSON or key == "occurred_at"}
    return [_finding(found, form.table.columns, shared, rest, writer) for found in checked.findings]


def _finding(
    found: Finding,
    columns: Iterable[FormField],
    shared: Mapping[str, str | int | datetime],
    rest: list[str],
    writer: _Writer,
) -> Facts:
    columns = tuple(columns)
    told = {**shared, **dict(_told(columns, found.values))}
    subject = " ".join(str(told.get("subject", "")).split())
    symptom = " ".join(str(told.get("symptom", "")).split())
    told["subject"] = writer.titled(subject, symptom)
    main = writer.main(columns, found.values)
    return Facts(_joined(main, [*writer.lines(columns[1:], found.values), *rest]), told)


def _joined(main: str, lines: list[str]) -> str:
    return "\n\n".join(part for part in (main, "\n".join(lines)) if part)


def _told(
    fields: Iterable[FormField], values: Mapping[str, Value]
) -> Iterator[tuple[str, str | int | datetime]]:
    for asked in fields:
        value = values.get(asked.name)
        if not asked.fills or value is None or isinstance(value, tuple):
            continue
        if asked.fills in ("impact", "urgency") and isinstance(value, str):
            if value.isdigit():
                yield asked.fills, int(value)
        else:
            yield asked.fills, value


def _without_address(name: str) -> str:
    kept = " ".join(part for part in name.replace("＠", "@").split() if "@" not in part)
    head = name.partition("<")[0].partition("（")[0].partition("(")[0].strip()
    return head if head and "@" not in head else kept.strip("<>()（） ")


class _Writer:
    """Writes the description in the form's language."""

    def __init__(self, language: str, words: Words, zone: tzinfo) -> None:
        self._language = language
        self._words = words
        self._zone = zone

    def titled(self, item: str, symptom: str) -> str:
        """The subject of a finding."""
        if item and symptom:
            return self._words.say("form.finding", item=item, symptom=symptom)
        return item or symptom

    def main(self, fields: Iterable[FormField], values: Mapping[str, Value]) -> str:
        """What happened, in the reporter's own words."""
        said = (values.get(one.name) for one in fields if one.fills == "symptom")
        return "\n".join(one for one in said if isinstance(one, str))

    def lines(self, fields: Iterable[FormField], values: Mapping[str, Value]) -> list[str]:
        """Every field that the record has no place for."""
        return [
            self._words.say("form.line", label=one.label(self._language), value=self._value(one, v))
            for one in fields
            if not one.fills and (v := values.get(one.name)) is not None
        ]

    def all(self, fields: Iterable[FormField], values: Mapping[str, Value]) -> dict[str, str]:
        """Every field that was filled in, by its name and by the fact that it gives."""
        said: dict[str, str] = {}
        for one in fields:
            value = values.get(one.name)
            if value is not None:
                told = self._value(one, value)
                said[one.name] = told
                if one.fills:
                    said.setdefault(one.fills, told)
        return said

    def _value(self, asked: FormField, value: Value) -> str:
        if isinstance(value, datetime):
            return f"{value.astimezone(self._zone):%Y-%m-%d %H:%M}".removesuffix(" 00:00")
        titles = {choice.code: choice.title(self._language) for choice in asked.choices}
        if isinstance(value, tuple):
            return self._words.say("form.comma").join(titles.get(code, code) for code in value)
        return titles.get(value, value)
