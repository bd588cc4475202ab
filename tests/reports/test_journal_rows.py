"""The journal in sentences: what a reader meets instead of field names and codes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from processor.domain.incident import JournalEntry
from reports.incident.journal import Row, escalations, steps, timeline
from reports.incident.vocabulary import Titles, Vocabulary
from reports.moments import Moments
from tests.reports import dossiers
from tests.reports.printed import SHANGHAI


def vocabulary(language: str = "zh", titles: Titles | None = None) -> Vocabulary:
    words = dossiers.words(language)
    moments = Moments(words, SHANGHAI)
    return Vocabulary(
        dossiers.dossier(language), words, moments, titles or dossiers.TITLES[language]
    )


def change(name: str, old: str | None, new: str | None) -> JournalEntry:
    return JournalEntry(dossiers.START, dossiers.CHEN, "field", "mail:1", name, old, new)


def step(kind: str, text: str, via: str = "mail:1") -> JournalEntry:
    return JournalEntry(dossiers.START, dossiers.CHEN, kind, via, text=text)


def said(*entries: JournalEntry) -> list[str]:
    rows = timeline(entries, vocabulary())
    assert len(rows) == 1
    return rows[0].text.split("\n")


def named(name: str) -> str:
    return dossiers.words("zh").say(f"field.{name}")


def worded(key: str) -> str:
    return dossiers.words("zh").say(key)


def test_a_move_is_said_by_the_names_of_the_statuses() -> None:
    (sentence,) = said(change("status", "assigned", "in_progress"))
    assert sentence == f"状态由“{worded('status.assigned')}”变为“{worded('status.in_progress')}”"


@pytest.mark.parametrize("nothing", [None, ""])
def test_the_first_status_is_the_recording(nothing: str | None) -> None:
    assert said(change("status", nothing, "new")) == [f"建立记录，状态为“{worded('status.new')}”"]


@pytest.mark.parametrize(
    ("name", "raw", "shown"),
    [
        ("category", "hardware/printer", "硬件 / 打印机"),
        ("category", "hardware/other", "硬件 / other"),
        ("group", "printing", "打印支持组"),
        ("assignee", dossiers.CHEN, "陈伟"),
        ("assignee", "someone@else.example", "someone@else.example"),
        ("owner", "desk", "服务台"),
        ("recorder", "postdesk", "服务台系统"),
        ("closure_code", "solved", "已解决"),
        ("closure_code", "never-heard-of", "never-heard-of"),
        ("occurred_at", "2026-03-02T01:15:00+00:00", "2026-03-02 周一 09:15"),
        ("major", "True", "是"),
        ("major", "1", "是"),
        ("drill", "False", "否"),
        ("watchers", "a@b.example, c@d.example", "a@b.example、c@d.example"),
        ("watchers", "a@b.example", "a@b.example"),
        ("effort_minutes", "95", "1 小时 35 分钟"),
        ("effort_minutes", "soon", "soon"),
        ("satisfaction", "4", "4 分（满分 5 分）"),
        ("solution_kind", "workaround", "临时措施"),
        ("site", "北京", "北京"),
    ],
)
def test_values_are_said_as_people_say_them(name: str, raw: str, shown: str) -> None:
    assert said(change(name, None, raw)) == [f"{named(name)}：{shown}"]
    assert said(change(name, raw, "")) == [f"{named(name)}清空（原为“{shown}”）"]


def test_a_time_that_cannot_be_read_is_shown_as_nothing() -> None:
    assert vocabulary().value("occurred_at", "yesterday") == "—"
    assert vocabulary().value("occurred_at", "2026-03-02T01:15:00") == "—"


def test_a_long_text_that_was_rewritten_is_only_named() -> None:
    assert said(change("solution", "old", "new")) == [f"更新了{named('solution')}"]


def test_an_unknown_field_of_an_older_version_is_shown_as_it_is() -> None:
    assert said(change("colour", "red", "blue")) == ["colour由“red”改为“blue”"]


def test_what_came_in_one_stroke_is_one_row_without_its_bookkeeping() -> None:
    rows = timeline(
        [
            change("status", "assigned", "in_progress"),
            change("accepted_at", None, "2026-03-02T01:15:00+00:00"),
            change("dispatches", "0", "1"),
            change("assignee", "", dossiers.CHEN),
            replace(step("note", "x"), at=dossiers.at(1)),
        ],
        vocabulary(),
    )
    assert len(rows) == 2
    assert rows[0].text.count("\n") == 1
    assert rows[0].who == "陈伟"
    assert rows[0].how == "邮件"


def test_bookkeeping_alone_is_not_lost() -> None:
    assert said(change("dispatches", "1", "2")) == [f"{named('dispatches')}由“1”改为“2”"]


def test_a_rule_says_what_it_decided() -> None:
    (first, second) = said(step("rule", "category, group: printers; urgency: urgent: words"))
    assert first == f"按规则 printers 确定：{named('category')}、{named('group')}"
    assert second == f"按规则 urgent: words 确定：{named('urgency')}"


@pytest.mark.parametrize("text", ["free words", "colour: rule"])
def test_a_rule_s_other_text_is_shown_as_it_is(text: str) -> None:
    assert said(step("rule", text)) == [f"规则判定：{text}"]


@pytest.mark.parametrize(
    ("via", "way"),
    [
        ("mail:12", "邮件"),
        ("shell", "服务台命令行"),
        ("rule:printers", "规则 printers"),
        ("rule", "规则"),
        ("clock", "时钟"),
        ("moon", "系统"),
    ],
)
def test_the_way_it_came_is_said(via: str, way: str) -> None:
    assert timeline([step("note", "x", via)], vocabulary())[0].how == way


def test_steps_are_whole_and_of_known_kinds() -> None:
    long = "很长的说明。" * 200
    rows = steps(
        [step("note", long), step("reply", ""), step("rule", "x"), step("odd", "y")], vocabulary()
    )
    assert [(row.how, row.text) for row in rows] == [("内部备注", long), ("答复报告人", "—")]
    short = said(step("note", long))[0]
    assert len(short) < 140
    assert said(step("odd", "")) == ["记录"]


def test_a_bounce_names_the_address() -> None:
    assert said(step("bounce", "x@y.example 5.1.1")) == ["发出的邮件被退回：x@y.example 5.1.1"]


def test_escalations_by_the_clock_and_to_a_higher_line() -> None:
    entries = [
        step("escalation", "clock:resolution:75:lead", "clock"),
        step("escalation", "clock:response:100:desk+lead:manager", "clock"),
        step("escalation", "clock:resolution:100:manager:skipped", "clock"),
        step("escalation", "raised:it_director:停产: 请协调"),
        step("escalation", "dispatches:4", "clock"),
        step("escalation", "by request of the reporter"),
        step("escalation", ""),
        change("line", "1", "2"),
        change("line", "2", "1"),
        change("line", None, "1"),
        change("group", "a", "b"),
    ]
    rows = escalations(entries, vocabulary())
    assert [row.text for row in rows] == [
        f"{worded('clock.resolution')}已用 75%，已通知组长",
        f"{worded('clock.response')}已用 100%，已通知事件经理",
        f"{worded('clock.resolution')}已用 100%，轮到事件经理；因更晚的一步已到，未单独通知",
        "上报IT 总监：停产: 请协调",
        "已分派 4 次，已上报事件经理",
        "by request of the reporter",
        "升级",
        "职能升级：由一线转二线",
    ]
    assert rows[0] == Row("2026-03-02 周一 09:15", "陈伟", "时钟", rows[0].text)


@pytest.mark.parametrize(
    ("minutes", "said_as"),
    [
        (0, "0 分钟"),
        (59.6, "1 小时"),
        (61, "1 小时 1 分钟"),
        (2879, "47 小时 59 分钟"),
        (2880, "2 天 0 小时"),
        (4350, "3 天 0 小时"),
        (-3, "0 分钟"),
    ],
)
def test_lengths_of_time(minutes: float, said_as: str) -> None:
    moments = Moments(dossiers.words("zh"), SHANGHAI)
    assert moments.duration(minutes) == said_as


def test_working_time_is_never_said_in_days() -> None:
    assert Moments(dossiers.words("en"), SHANGHAI).working(40 * 60) == "40 h"
