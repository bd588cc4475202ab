"""What stands in the incident report, zh and en, and that the file itself is sound."""

from __future__ import annotations

import posixpath
from dataclasses import fields, replace
from datetime import timedelta
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest

from processor.domain.incident import Clock, ClockKind, Dossier, Incident, Status
from reports.documents.incident_report import file_name
from tests.reports import dossiers
from tests.reports.printed import members, print_report, read, rows_under, text_of

LANGUAGES = ("zh", "en")
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_known_fact_stands_in_it(language: str) -> None:
    story = dossiers.dossier(language)
    text = text_of(print_report(story, language))
    record = story.incident
    for value in (
        record.number,
        record.subject,
        record.reporter_address,
        record.reporter_name,
        record.reporter_phone,
        record.department,
        record.organisation,
        record.contract,
        record.site,
        record.ci,
        record.system,
        record.error_code,
        record.likely_impact,
        record.cause,
        record.action,
        record.solution,
        record.satisfaction_comment,
        record.mailbox,
        *record.tags,
    ):
        assert value in text
    for part in record.symptom.split("\n"):
        assert part in text
    for mail in story.mails:
        assert mail.text in text
    for link in story.links:
        assert link.number in text


def test_fields_of_its_process_stand_in_it_under_their_names() -> None:
    story = replace(dossiers.dossier("en"), own=(("place", "Gate 3"), ("loss", "")))
    titles = replace(dossiers.TITLES["en"], fields={"place": "Place of it"})
    heading = dossiers.words("en").say("report.heading.own")
    report = print_report(story, "en", titles=titles)
    assert rows_under(report, heading) == [["Place of it", "Gate 3"]]
    assert heading not in text_of(print_report(dossiers.dossier("en"), "en"))
    assert "Gate 3" not in text_of(print_report(story, "en", titles=titles, audience="reporter"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_codes_are_said_in_words(language: str) -> None:
    story = dossiers.dossier(language)
    report = print_report(story, language)
    text = text_of(report)
    for code in ("in_progress", "pending_user", "hardware/printer", "printing", "resolved_at"):
        assert code not in text
    for group in ("status", "priority", "impact", "urgency", "type", "source", "clock"):
        shown = dossiers.words(language).under(group)
        assert any(said in text for said in shown.values()), group
    assert "{" not in text
    assert "}" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_of_the_domain_has_words(language: str) -> None:
    words = dossiers.words(language)
    for field in fields(Incident):
        if field.name != "id":
            assert words.has(f"field.{field.name}"), field.name
    for status in Status:
        assert words.has(f"status.{status}")
    for kind in ClockKind:
        assert words.has(f"clock.{kind}")
    for grade in range(1, 5):
        for name in ("priority", "impact", "urgency"):
            assert words.has(f"{name}.{grade}")


def test_both_languages_have_the_same_keys() -> None:
    assert set(dossiers.words("zh").under("report")) == set(dossiers.words("en").under("report"))


def test_clocks_are_shown_with_their_result_and_share() -> None:
    rows = rows_under(print_report(dossiers.dossier()), "服务时限")
    response, resolution = rows[1], rows[2]
    assert response[1] == "30 分钟"
    assert response[-2:] == ["40%", "达到"]
    assert resolution[1] == "8 小时"
    assert resolution[5] == "25 分钟"
    assert resolution[-1] == "达到"


@pytest.mark.parametrize(
    ("minutes", "stopped", "paused", "said"),
    [
        (10, None, False, "进行中"),
        (40, None, False, "已超时，未完成"),
        (10, None, True, "暂停中"),
        (40, 31, False, "超时"),
        (40, 30, False, "达到"),
    ],
)
def test_a_clock_says_where_it_stands(
    minutes: int, stopped: int | None, paused: bool, said: str
) -> None:
    clock = Clock(ClockKind.RESPONSE, 30, "work", dossiers.START, dossiers.at(30))
    clock.stopped_at = None if stopped is None else dossiers.at(stopped)
    clock.paused_since = dossiers.at(5) if paused else None
    story = replace(dossiers.dossier(), clocks=(clock,))
    rows = rows_under(print_report(story, now=dossiers.at(minutes), share_at=None), "服务时限")
    assert rows[1][-2:] == ["—", said]


def test_what_is_not_known_is_a_dash_and_not_a_hole() -> None:
    bare = Dossier(
        Incident(
            number="INC-20260302-0001",
            type=dossiers.incident().type,
            status=Status.NEW,
            reported_at=dossiers.START,
            subject="",
            symptom="",
            reporter_address="a@b.example",
        )
    )
    report = print_report(bare)
    for row in rows_under(report, "概要"):
        assert all(cell.strip() for cell in row), row
    assert rows_under(report, "时间线") == []
    assert rows_under(report, "往来邮件") == []
    assert rows_under(report, "附件清单") == []
    assert "附图" not in text_of(report).splitlines()


def test_times_are_in_the_zone_with_their_weekday() -> None:
    story = dossiers.dossier("en")
    assert "Mon 2 Mar 2026, 09:15" in text_of(print_report(story, "en"))
    new_york = text_of(print_report(story, "en", zone=ZoneInfo("America/New_York")))
    assert "Sun 1 Mar 2026, 20:15" in new_york


def test_head_foot_and_properties_name_the_report() -> None:
    document = read(print_report(dossiers.dossier()))
    section = document.sections[0]
    assert section.header.paragraphs[0].text == "远山信息\tINC-20260302-0007"
    foot = section.footer.paragraphs[0]._p.xml
    assert " PAGE " in foot
    assert " NUMPAGES " in foot
    properties = document.core_properties
    assert properties.title == "事件报告 INC-20260302-0007"
    assert properties.author == "远山信息"
    assert properties.created == dossiers.NOW


def test_the_course_is_told_in_sentences() -> None:
    text = text_of(print_report(dossiers.dossier("en"), "en"))
    assert "Chen Wei accepted it 12 min after the report." in text
    assert "Resolved Mon 2 Mar 2026, 12:40, 3 h 25 min after the report." in text
    assert "Satisfaction 5 of 5." in text


def test_an_unsolved_one_says_so() -> None:
    record = replace(
        dossiers.incident("en"),
        status=Status.IN_PROGRESS,
        assignee="",
        group="",
        resolved_at=None,
        confirmation="silent",
        satisfaction=None,
        closed_at=None,
        reopens=2,
    )
    text = text_of(print_report(replace(dossiers.dossier("en"), incident=record), "en"))
    in_words = dossiers.words("en").say("status.in_progress")
    assert f"Not resolved when this was printed; status “{in_words}”." in text
    assert "Accepted 12 min after the report." in text
    assert "Reopened 2×." in text
    assert "Satisfaction 5" not in text


def test_a_withdrawn_one_is_not_called_unsolved() -> None:
    record = replace(
        dossiers.incident("en"), status=Status.CANCELLED, accepted_at=None, resolved_at=None
    )
    text = text_of(print_report(replace(dossiers.dossier("en"), incident=record), "en"))
    assert "Not resolved" not in text
    assert "Status when this was printed" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_input_gives_the_same_bytes(language: str) -> None:
    story = dossiers.dossier(language)
    open_blob = dossiers.blobs().__getitem__
    first = print_report(story, language, open_blob=open_blob)
    assert first == print_report(story, language, open_blob=open_blob)
    later = print_report(
        story, language, open_blob=open_blob, now=dossiers.NOW + timedelta(minutes=1)
    )
    assert first != later


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_relationship_resolves_and_every_part_has_a_type(language: str) -> None:
    report = print_report(
        dossiers.dossier(language), language, open_blob=dossiers.blobs().__getitem__
    )
    parts = members(report)
    assert next(iter(parts)) == "[Content_Types].xml"
    seen = {"[Content_Types].xml"}
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(data)
        if not name.endswith(".rels"):
            continue
        seen.add(name)
        folder = posixpath.dirname(posixpath.dirname(name))
        for relation in ElementTree.fromstring(data).iter(RELATIONS):
            if relation.get("TargetMode") != "External":
                target = relation.get("Target") or ""
                path = posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
                assert path in parts, f"{name} → {target}"
                seen.add(path)
    assert set(parts) == seen


def test_five_hundred_steps_all_stand_in_it() -> None:
    story = dossiers.dossier()
    entry = story.journal[-1]
    many = tuple(
        replace(entry, at=dossiers.at(at), kind="note", field="", text=f"第 {at} 步")
        for at in range(500)
    )
    report = print_report(replace(story, journal=many))
    assert len(rows_under(report, "时间线")) == 501
    assert "第 499 步" in text_of(report)


def test_the_file_is_named_after_the_incident() -> None:
    assert file_name("INC-1", dossiers.words("zh")) == "INC-1 事件报告.docx"
