"""`config/parsing.yaml`: a house's own tags, quote heads, signatures and labelled fields."""

from __future__ import annotations

from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from processor.bootstrap.checking import check
from processor.bootstrap.clock import wall_clock
from processor.bootstrap.opening import open_store
from processor.bootstrap.wiring import desk_of
from processor.domain.habits import Habits, ReadingPolicy
from processor.domain.ruling import Facts
from processor.parsing.limits import ParseLimits
from processor.parsing.parse import explain, parse
from processor.rules.labelled import Labels
from processor.settings.loader import load
from processor.settings.words import catalogue
from tests.journeys.desk import Story
from tests.settings.homes import new_home

OWN = """\
subject_tags:
  - {name: external, pattern: '^\\s*[\\[【](?:EXT|外部邮件)[\\]】]'}
quote_heads:
  - {name: old-desk, pattern: '^=+ ?历史记录 ?=+$'}
signatures:
  - {name: house-style, pattern: '^示例公司 \\| '}
fields:
  symptom: {zh: [故障现象], more: {ja: [症状]}}
  site: {zh: [地点], en: [location]}
  reporter_phone: {zh: [联系电话]}
examples:
  - subject: "【外部邮件】[EXT] 打不开"
    body: |
      故障现象：点保存没有反应，
      换浏览器也一样
      地点：三楼

      请尽快处理
      示例公司 | 财务部
      电话 8123
      === 历史记录 ===
      旧内容
    expect:
      subject: 打不开
      symptom: "点保存没有反应，\\n换浏览器也一样"
      site: 三楼
      words: "故障现象：点保存没有反应，\\n换浏览器也一样\\n地点：三楼\\n\\n请尽快处理"
"""
HABITS = Habits(
    subject_tags=(r"^\s*[\[【](?:EXT|外部邮件)[\]】]",),
    quote_heads=("^=+ ?历史记录 ?=+$",),
    signatures=(r"^示例公司 \| ",),
)
LABELS = Labels({"symptom": ("故障现象",), "site": ("地点", "Location"), "system": ("系统",)})


def mail(subject: str, body: str, html: str = "") -> bytes:
    made = EmailMessage()
    made["Subject"] = subject
    made["From"] = "li.na@customer.example"
    made.set_content(body)
    if html:
        made.add_alternative(html, subtype="html")
        made.set_payload([one for one in made.iter_parts() if one.get_content_subtype() == "html"])
    return made.as_bytes()


def test_examples_are_run_and_what_is_read_otherwise_is_told(tmp_path: Path) -> None:
    home = new_home(tmp_path)
    file = home / "config" / "parsing.yaml"
    file.write_text(OWN, "utf-8")
    now, words = wall_clock(), catalogue("en")
    assert check(load(home), words, now) == []
    file.write_text(OWN.replace("site: 三楼\n      words", "site: 四楼\n      words"), "utf-8")
    (told,) = check(load(home), words, now)
    assert told == ("config/parsing.yaml examples[0]: site should be read as “四楼”, but is “三楼”")


@pytest.mark.parametrize(
    ("subject", "bare"),
    [
        ("[EXT] 打不开", "打不开"),
        ("【外部邮件】 [ext] Printer", "Printer"),
        ("Re: [EXT] Printer", "Re: [EXT] Printer"),
        ("[EXT]", "[EXT]"),
        ("", ""),
    ],
)
def test_subject_tags_are_taken_off(subject: str, bare: str) -> None:
    assert parse(mail(subject, "x"), ParseLimits(habits=HABITS)).subject == bare
    assert parse(mail(subject, "x")).subject == subject


def test_quote_heads_and_signatures_hold_in_text_and_html() -> None:
    body = "新内容\n示例公司 | 财务部\n电话 8123\n=== 历史记录 ===\n旧内容\n"
    page = "<div>" + "</div><div>".join(body.strip().split("\n")) + "</div>"
    limits = ParseLimits(habits=HABITS)
    for raw in (mail("s", body), mail("s", body, page)):
        assert parse(raw, limits).reply_text == "新内容"
        assert "旧内容" in parse(raw).reply_text
    reasons = explain(mail("s", body), limits).reasons
    assert ("house-signature" in reasons, "house-head" in reasons) == (True, True)
    english = catalogue("en")
    assert all(english.has(f"cli.explain.reason.house_{part}") for part in ("head", "signature"))
    # a signature's line above which nothing stands is the person's own words
    assert parse(mail("s", "示例公司 | 财务部\n电话 8123"), limits).reply_text != ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("故障现象：打不开\nLOCATION : room 3", {"symptom": "打不开", "site": "room 3"}),
        ("【地点】：三楼\n· 系统: ERP", {"site": "三楼", "system": "ERP"}),
        ("故障现象：\n第一行\n第二行\n\n别的", {"symptom": "第一行\n第二行"}),
        ("故障现象：甲\n电话：8123\n故障现象：乙", {"symptom": "甲"}),
        ("地点：\n三楼", {}),
        ("我在地点写了：三楼", {}),
        ("没有标签", {}),
        ("地点：" + "长" * 500, {"site": "长" * 200}),
    ],
)
def test_labelled_lines(text: str, found: dict[str, str]) -> None:
    assert {name: value for name, (value, _) in LABELS.told(text).items()} == found


def test_a_rule_goes_before_a_label_and_a_dropped_mail_has_none(tmp_path: Path) -> None:
    home = new_home(tmp_path)
    (home / "config" / "parsing.yaml").write_text(OWN, "utf-8")
    rules = home / "config" / "rules" / "05-own.yaml"
    rules.write_text(
        "- {name: north, when: {body: 北楼}, then: {site: 北}}\n".replace("site: 北", "system: 北")
        + "- {name: away, when: {subject: 广告}, then: {drop: true}}\n",
        "utf-8",
    )
    settings = load(home)
    store = open_store(settings)
    engine = desk_of(settings, store).engine
    store.close()
    told = engine.judge(Facts(subject="x", body="地点：北楼"))
    assert (told.outcome["site"], told.outcome["system"]) == ("北楼", "北")
    assert told.decided_by["site"] == "地点："
    assert "site" not in engine.judge(Facts(subject="广告", body="地点：北楼")).outcome


def test_a_labelled_report_fills_the_record(tmp_path: Path) -> None:
    with Story(tmp_path) as desk:
        labels = {**desk.settings.reading.labels, "symptom": ("故障现象",)}
        desk.settings = replace(desk.settings, reading=ReadingPolicy(labels=labels))
        desk.restarts()
        text = "您好\n故障现象：点保存没反应\n故障地点：三楼财务室\n联系电话：8123\n谢谢"
        desk.li.writes("ERP 报修", text)
        assert desk.turn() == ["opened"]
        incident = desk.incident()
        assert (incident.symptom, incident.site, incident.reporter_phone) == (
            "点保存没反应", "三楼财务室", "8123",
        )  # fmt: skip
        (because,) = [text for kind, text in desk.steps() if kind == "rule"]
        assert "site: 故障地点：" in because
