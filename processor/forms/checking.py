"""What was written into a form, against what is asked: values that can be recorded, and faults."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo

from processor.domain.form import (
    Choice,
    FieldFault,
    FieldKind,
    FilledForm,
    FilledRow,
    FormField,
    RowTable,
)
from processor.domain.written_dates import UnclearDate, written
from processor.forms.labels import bare
from processor.forms.marks import fold, ticked

Value = str | datetime | tuple[str, ...]
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+\.[^\s@<>,;:\"()\[\]\\.]+")
_BETWEEN = re.compile(r"[\s、,，;；/|]+")
_BOUNDARY = re.compile(r"[\s,，;；。.（(:：、-]")
_GRADE = re.compile(r"p?(\d)(?!\d)(?:级|[\s.、:：-]|$)", re.IGNORECASE)
_LONGEST_SHOWN = 120


@dataclass(frozen=True, slots=True)
class Finding:
    """A row with a finding; ``place`` as in :class:`FilledRow`."""

    place: int
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Checked:
    """``values`` of the fields that say something; ``findings`` of the table, of whose ``rows``
    so many were filled in; ``faults`` in the order of the form."""

    values: Mapping[str, Value] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    rows: int = 0
    faults: tuple[FieldFault, ...] = ()


def check(filled: FilledForm, *, now: datetime, zone: tzinfo, ahead: timedelta) -> Checked:
    """Everything in the form at the time ``now`` (aware). Times without a zone are of ``zone``;
    ``ahead`` is how much later than ``now`` a past time may be."""
    judge = _Judge(filled.language, now + ahead, zone)
    values: dict[str, Value] = {}
    for asked in filled.form.fields:
        value = judge.value(asked, filled.texts.get(asked.name, ""), asked.required)
        if value is not None:
            values[asked.name] = value
    judge.order(filled.form.fields, values)
    table = filled.form.table
    findings = tuple(judge.findings(table, filled.rows)) if table else ()
    if table and not filled.rows:
        judge.fault(table.columns[0], "no_rows", label=table.title[filled.language])
    return Checked(values, findings, len(filled.rows), tuple(judge.faults))


class _Judge:
    def __init__(self, language: str, latest: datetime, zone: tzinfo) -> None:
        self._language = language
        self._latest = latest
        self._zone = zone
        self._row = 0
        self.faults: list[FieldFault] = []

    def fault(
        self,
        asked: FormField,
        code: str,
        found: str = "",
        right: Sequence[str] = (),
        label: str = "",
    ) -> None:
        shown = " ".join(found.split())
        shown = shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}…"
        label = label or asked.label(self._language)
        self.faults.append(FieldFault(asked.name, label, code, shown, tuple(right), self._row))

    def value(self, asked: FormField, text: str, required: bool) -> Value | None:
        """The value of one field; None where it says nothing, or nothing that can be used."""
        text = text.strip()
        if not text:
            if required:
                self.fault(asked, "missing", right=self._titles(asked))
            return None
        match asked.kind:
            case FieldKind.DATE | FieldKind.DATETIME:
                return self._moment(asked, text)
            case FieldKind.CHOICE:
                return self._choice(asked, text)
            case FieldKind.CHECKS:
                return self._checks(asked, text)
            case FieldKind.ADDRESS:
                return self._address(asked, text)
            case FieldKind.LONG:
                return text
            case _:
                return " ".join(text.split())

    def order(self, fields: Sequence[FormField], values: Mapping[str, Value]) -> None:
        """Times that must not lie before others."""
        names = {one.name: one for one in fields}
        for asked in fields:
            late, early = values.get(asked.name), values.get(asked.after)
            if isinstance(late, datetime) and isinstance(early, datetime) and late < early:
                other = names[asked.after].label(self._language)
                self.fault(asked, "too_early", self._shown(late), right=(other,))

    def findings(self, table: RowTable, rows: Sequence[FilledRow]) -> Iterator[Finding]:
        """The rows with a finding; of the others nothing is asked."""
        for row in rows:
            self._row = row.place
            result = next(one for one in table.columns if one.name == table.result)
            said = row.texts.get(result.name, "").strip()
            codes = _codes(result, said) if said else []
            if codes and set(codes) <= table.sound:
                continue
            texts = dict(row.texts)
            if said and not codes:
                # what stands there in place of an answer is the finding itself
                texts[result.name] = ""
                self._tell(table, texts, said)
            values = {
                column.name: value
                for column in table.columns
                if (value := self.value(column, *_asked(column, texts, result, said))) is not None
            }
            yield Finding(row.place, values)
        self._row = 0

    def _tell(self, table: RowTable, texts: dict[str, str], said: str) -> None:
        for column in table.columns:
            if column.fills == "symptom":
                known = texts.get(column.name, "").strip()
                texts[column.name] = f"{said}\n{known}".strip()

    def _moment(self, asked: FormField, text: str) -> datetime | None:
        try:
            read = written(text)
        except UnclearDate as unclear:
            self.fault(asked, unclear.code, text, right=self._hints(asked))
            return None
        at = read.moment(self._zone)
        if asked.past and at > self._latest:
            self.fault(asked, "in_future", text)
            return None
        return at

    def _choice(self, asked: FormField, text: str) -> str | None:
        codes = _codes(asked, text)
        if len(codes) == 1:
            return codes[0]
        code = "several_choices" if codes else "unknown_choice"
        titles = [c.title(self._language) for c in asked.choices if c.code in codes]
        self.fault(asked, code, " / ".join(titles) or text, right=self._titles(asked))
        return None

    def _checks(self, asked: FormField, text: str) -> tuple[str, ...] | None:
        codes = _codes(asked, text)
        if codes:
            return tuple(codes)
        self.fault(asked, "unknown_choice", text, right=self._titles(asked))
        return None

    def _address(self, asked: FormField, text: str) -> str | None:
        found = _ADDRESS.search(text.replace("＠", "@"))
        if found is None:
            self.fault(asked, "bad_address", text)
            return None
        return found.group().lower()

    def _titles(self, asked: FormField) -> tuple[str, ...]:
        titles = tuple(choice.title(self._language) for choice in asked.choices)
        return titles or self._hints(asked)

    def _hints(self, asked: FormField) -> tuple[str, ...]:
        hint = asked.hint.get(self._language, "")
        return (hint,) if hint else ()

    def _shown(self, at: datetime) -> str:
        return f"{at.astimezone(self._zone):%Y-%m-%d %H:%M}"


def _asked(
    column: FormField, texts: Mapping[str, str], result: FormField, said: str
) -> tuple[str, bool]:
    """Text of a cell in a row with a finding, and whether it has to be there."""
    required = column.required and not (column.name == result.name and said)
    return texts.get(column.name, ""), required


def address_in(text: str) -> str:
    """A mail address anywhere in ``text``, lower case; "" without one."""
    found = _ADDRESS.search(text.replace("＠", "@"))
    return found.group().lower() if found else ""


def _codes(asked: FormField, text: str) -> list[str]:
    """Codes of the answers that ``text`` gives: those ticked, else those named."""
    labels = {label: choice for choice in asked.choices for label in _labels(choice)}
    marked = ticked(text, list(labels))
    if marked is not None:
        named = [_named(asked.choices, one) for one in marked]
    else:
        whole = _named(asked.choices, text)
        parts = [text] if whole or asked.kind is FieldKind.CHOICE else _BETWEEN.split(text)
        named = [_named(asked.choices, part) for part in parts]
    return list(dict.fromkeys(choice.code for choice in named if choice is not None))


def _labels(choice: Choice) -> list[str]:
    return [label for labels in choice.labels.values() for label in labels]


def _named(choices: Sequence[Choice], text: str) -> Choice | None:
    """The answer that a text is, or begins with; a grade may be given by its digit."""
    plain, core = fold(text), bare(text)
    if not plain:
        return None
    for choice in choices:
        folded = [fold(label) for label in _labels(choice)]
        if plain in folded or core in folded or plain == fold(choice.code):
            return choice
    begun = [
        (len(label), choice)
        for choice in choices
        for label in _labels(choice)
        if fold(text[: len(label)]) == fold(label) and _BOUNDARY.match(text, len(label))
    ]
    if begun:
        return max(begun, key=lambda pair: pair[0])[1]
    grade = _GRADE.match(text.strip())
    return next((c for c in choices if grade and c.code == grade[1]), None)
