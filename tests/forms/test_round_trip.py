"""Whatever is typed into a form is what is read from it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from processor.domain.form import FieldKind, FormSpec
from processor.forms.forms import Forms
from processor.forms.marks import fold
from processor.forms.package import opened
from processor.forms.reading import MARK, read
from processor.settings.packaged import data
from processor.settings.words import catalogue
from tests.forms.filling import NOW, ZONE, blank, checked, filled, shipped

# what somebody can type and a line keeps: our own remark's sign is none of it, nor is what stands
# for nothing by configuration (a line of dots)
_SIGNS = st.characters(
    blacklist_categories=("Cc", "Cs", "Cf", "Zl", "Zp"), blacklist_characters="▲"
)
_NOTHING = {fold(one) for one in shipped().placeholders}
_LINE = (
    st.text(_SIGNS, max_size=30)
    .map(lambda said: " ".join(said.split()))
    .filter(lambda said: not said or fold(said) not in _NOTHING)
)
_CASES = [(form.name, language) for form in shipped().forms for language in ("zh", "en")]


def _values(form: FormSpec) -> st.SearchStrategy[dict[str, Any]]:
    kinds = {
        FieldKind.LONG: st.lists(_LINE.filter(bool), max_size=4).map("\n".join),
        FieldKind.DATETIME: st.datetimes(
            datetime(2020, 1, 1),  # noqa: DTZ001 - of the form's zone
            datetime(2026, 11, 22),  # noqa: DTZ001 - of the form's zone
        ).map(lambda at: at.replace(second=0, microsecond=0)),
        FieldKind.DATE: st.dates(date(2020, 1, 1), date(2026, 11, 22)),
        FieldKind.ADDRESS: st.sampled_from(["", "li.na@example.com", "a+b@x.example.org"]),
    }
    fields: dict[str, st.SearchStrategy[object]] = {}
    for field in form.fields:
        codes = [choice.code for choice in field.choices]
        if field.kind is FieldKind.CHOICE:
            fields[field.name] = st.sampled_from(codes).map(lambda code: [code])
        elif field.kind is FieldKind.CHECKS:
            fields[field.name] = st.lists(st.sampled_from(codes), unique=True)
        else:
            fields[field.name] = kinds.get(field.kind, _LINE)
    return st.fixed_dictionaries({}, optional=fields)


def _typed(form: FormSpec, values: dict[str, Any], language: str) -> dict[str, str | list[str]]:
    said: dict[str, str | list[str]] = {}
    for name, value in values.items():
        if isinstance(value, datetime):
            zh = f"{value.year}年{value.month}月{value.day}日 {value:%H}时{value:%M}分"
            said[name] = zh if language == "zh" else f"{value:%d %B %Y %H:%M}"
        elif isinstance(value, list | str):
            said[name] = value
        else:
            said[name] = f"{value:%Y/%m/%d}"
    return said


@pytest.mark.parametrize(("name", "language"), _CASES)
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_values_come_back(data: st.DataObject, name: str, language: str) -> None:
    form = shipped().named(name)
    assert form is not None
    values = data.draw(_values(form))
    typed = _typed(form, values, language)
    read_back = read(filled(name, language, typed), shipped())
    assert read_back is not None
    assert (read_back.form, read_back.language, read_back.known_by) == (form, language, "mark")
    result = checked(read_back)
    for field in form.fields:
        found = result.values.get(field.name)
        wanted = values.get(field.name) or None
        if isinstance(wanted, datetime):
            assert isinstance(found, datetime)
            assert found == wanted.replace(tzinfo=ZONE)
        elif field.kind is FieldKind.DATE:
            assert (found.date() if isinstance(found, datetime) else None) == wanted
        elif field.kind is FieldKind.CHOICE:
            assert ([found] if found else None) == wanted
        elif field.kind is FieldKind.CHECKS:
            order = [choice.code for choice in field.choices]
            assert (list(found) if found else None) == (
                sorted(wanted, key=order.index) if isinstance(wanted, list) else None
            )
        else:
            assert found == wanted, field.name
    missing = {fault.field for fault in result.faults if fault.code == "missing"}
    assert missing == {f.name for f in form.fields if f.required and not values.get(f.name)}


@pytest.mark.parametrize(("name", "language"), _CASES)
def test_blank_forms_are_marked_and_say_nothing(name: str, language: str) -> None:
    content = blank(name, language)
    assert opened(content, shipped().limits).custom[MARK] == name
    form = read(content, shipped())
    assert form is not None
    assert form.blank
    assert set(form.texts) == {field.name for field in form.form.fields}


def test_a_time_ahead_of_now_is_borne_for_some_minutes() -> None:
    soon = (NOW + timedelta(minutes=10)).astimezone(ZONE)
    late = (NOW + timedelta(minutes=20)).astimezone(ZONE)
    codes = []
    for at in (soon, late):
        form = read(
            filled("incident_report", "zh", {"occurred_at": f"{at:%Y-%m-%d %H:%M}"}), shipped()
        )
        assert form is not None
        codes.append([f.code for f in checked(form).faults if f.field == "occurred_at"])
    assert codes == [[], ["in_future"]]


def test_an_end_before_its_start() -> None:
    typed = {"starts_at": "2026-11-28 22:00", "ends_at": "2026-11-28 21:00"}
    form = read(filled("change_request", "zh", typed), shipped())
    assert form is not None
    assert ("ends_at", "too_early") in [(f.field, f.code) for f in checked(form).faults]


def test_forms_are_given_in_the_reader_language() -> None:
    words = {language: catalogue(language) for language in ("zh", "en")}
    forms = Forms(shipped(), words, ZONE, (data("templates"),))
    assert [one.name for one in forms.blanks("zh", "欺凌")] == ["campus_report"]
    assert [one.file_name for one in forms.blanks("en", "inspection")] == ["Inspection record.docx"]
    assert len(forms.blanks("zh")) == len(forms.blanks("fr")) == 7
