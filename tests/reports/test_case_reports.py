"""The reports on grave incidents: what stands in them, what says that nothing is known, who reads
no names, and that the files are sound."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from processor.domain.incident import JournalEntry
from processor.domain.veil import veil_of
from tests.reports import cases, dossiers
from tests.reports.printed import members, rows_under, text_of
from tests.reports.soundness import assert_sound

LANGUAGES = ("zh", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_major_incident_report_tells_the_whole_story(language: str) -> None:
    report = cases.print_major(language)
    (columns,) = assert_sound(report)
    rows = rows_under(report, dossiers.words(language).say("report.timeline_caption"))[1:]
    assert {len(values) for values in columns.values() if len(values) > 1} == {10}  # to its end
    assert [row[0] for row in rows] == [str(at) for at in range(1, len(rows) + 1)]
    assert report == cases.print_major(language)
    text, said = text_of(report), cases.MAJOR[language]
    for key in ("subject", "symptom", "impact", "reason", "cause", "action", "solution", "why"):
        assert said[key] in text, key
    for broadcast in (said["first"], said["second"]):
        assert any(broadcast in row for row in rows_under(report, _heading(language, "broadcasts")))
    receipts = rows_under(report, _heading(language, "receipts"))
    assert len(receipts) == 4
    assert {row[0] for row in receipts[1:]} == {
        cases.PEOPLE[language][who] for who in (cases.CHEN, cases.GENERAL, cases.ZHAO)
    }
    actions = rows_under(report, _heading(language, "measures"))
    assert [row[1] for row in actions[1:]] == [said["m1"], said["m2"]]
    assert [row[2] for row in actions[1:]] == [
        cases.PEOPLE[language][who] for who in (cases.LIU, cases.ZHAO)
    ]
    assert all(row[3] for row in actions[1:])


def test_what_went_well_and_badly_stands_on_the_record_or_on_what_was_written() -> None:
    report = cases.print_major("en")
    well = [row[0] for row in rows_under(report, _heading("en", "well"))[1:]]
    badly = [row[0] for row in rows_under(report, _heading("en", "badly"))[1:]]
    assert well[:2] == ["Response target met: 15 min.", "Confirmed within 5 min of being asked."]
    assert "a control board was in stock and on site within half an hour." in well
    assert well.count("a control board was in stock and on site within half an hour.") == 1
    assert badly[:2] == [
        "Resolution target missed: 1 h 30 min.",
        "Not acknowledged by 1 of the 3 who were told.",
    ]
    assert "Overdue actions: 1 of the 1 that are open." in badly


def test_only_people_decide() -> None:
    report = cases.print_major("en")
    decisions = rows_under(report, _heading("en", "decisions"))[1:]
    assert [row[1] for row in decisions] == ["Chen Jing"]
    assert "Commander: Chen Jing" in decisions[0][3]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_major_incident_of_which_little_is_known(language: str) -> None:
    bare = cases.print_major(language, cases.empty(cases.major_case(language)))
    assert_sound(bare)
    for heading in ("broadcasts", "receipts", "measures", "well", "badly", "decisions"):
        assert rows_under(bare, _heading(language, heading)) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["safety", "campus", "abnormal"])
def test_the_investigation_report_has_what_was_filled_in(name: str, language: str) -> None:
    report = cases.print_investigation(language, name)
    assert_sound(report)
    assert report == cases.print_investigation(language, name)
    case, profile = cases.investigated(name, language), cases.profile(name)
    text = text_of(report)
    own = dict(case.dossier.own)
    for field in profile.fields:
        assert field.titles[language] in text, field.name
        assert own.get(field.name, "") in text, field.name
    unfilled = [one for one in profile.fields if not own.get(one.name)]
    nothing = dossiers.words(language).say("report.unwritten")
    assert text.count(nothing) >= len(unfilled)
    checks = rows_under(report, _heading(language, "checklist"))[1:]
    assert [row[0] for row in checks] == [one.titles[language] for one in profile.checklist]
    assert [bool(row[2].strip("—")) for row in checks] == [True, *[False] * (len(checks) - 1)]
    reflection = _heading(language, "reflection")
    assert (reflection in text) == (name == "campus")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_investigation_in_which_nothing_was_written(language: str) -> None:
    bare = cases.empty(cases.investigated("safety", language))
    report = cases.print_investigation(language, "safety", bare)
    assert_sound(report)
    nothing = dossiers.words(language).say("report.unwritten")
    assert text_of(report).count(nothing) >= len(cases.profile("safety").fields)
    assert rows_under(report, _heading(language, "evidence"))[0][1] == nothing


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_clearance_nobody_is_named(language: str) -> None:
    case = cases.investigated("campus", language)
    own = dict(case.dossier.own)
    names = [own["victim"], own["bully"], own["witnesses"]]
    veiled = veil_of(names, "stars").over(case)
    report = cases.print_investigation(language, "campus", veiled, masked=True)
    text = text_of(report)
    for name in names:
        assert name not in text
        assert name in text_of(cases.print_investigation(language, "campus"))
    assert dossiers.words(language).say("report.masked") in text
    assert own["reflection"] in text


def test_text_of_mails_cannot_turn_into_fields_or_markup() -> None:
    case = cases.major_case("en")
    evil = "{{ organisation }} {% for x in y %} <w:p/> \x07 what went well: {{ x }}"
    entry = JournalEntry(cases.at(500), cases.LIU, "note", "mail:9", text=f"Went well: {evil}")
    dossier = replace(
        case.dossier,
        incident=replace(case.dossier.incident, cause=evil, subject=evil),
        journal=(*case.dossier.journal, entry),
    )
    report = cases.print_major("en", replace(case, dossier=dossier))
    ElementTree.fromstring(members(report)["word/document.xml"])
    # subtitle, course, cause, lesson
    assert text_of(report).count("{{ organisation }} {% for x in y %} <w:p/>") == 4


def _heading(language: str, name: str) -> str:
    return dossiers.words(language).say(f"report.heading.{name}")
