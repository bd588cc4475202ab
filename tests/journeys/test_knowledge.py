"""Knowledge (spec 1.8, 100.2, 100.8; seed 3.3, 4.2.6): candidates from archived solutions,
published by one click, suggested to engineers and, where that is configured, to reporters; what
came of it is counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from processor.bootstrap.importing import import_knowledge
from processor.domain.knowledge import Article, ArticleStatus
from processor.services.columns import Imported
from processor.settings.settings import Settings
from tests.journeys.desk import SOLUTION, Story

MARKDOWN = """---
title: 打印机卡纸的处理
分类: hardware/printer
语言: zh
对象: 所有人
---
## 症状
打印机一直卡纸，打印不了，重启没有用。

## 原因
进纸轮磨损。

## 解决方案
1. 打开后盖，取出卡住的纸。
2. 用干布擦进纸轮。
"""


def articles(desk: Story) -> list[Article]:
    with desk.app.store.read() as work:
        return work.knowledge.all(tuple(ArticleStatus))


def import_text(desk: Story, text: str = MARKDOWN, name: str = "jam.md", **how: Any) -> Imported:
    path = Path(desk.home) / name
    path.write_text(text, encoding="utf-8")
    return import_knowledge(desk.app.desk, path, desk.clock(), dry=how.get("dry", False))


def offered(desk: Story) -> None:
    """An archived solution is a candidate, and the desk is asked an hour later."""
    desk.closed()
    desk.at("11:30")
    desk.turn()
    assert desk.letters == {"zhao.min": ["kb-candidate"]}


def test_an_archived_solution_is_published_by_one_click(desk: Story) -> None:
    offered(desk)
    (candidate,) = articles(desk)
    assert candidate.status is ArticleStatus.CANDIDATE
    assert candidate.source_number == desk.numbers[0]
    told = desk.zhao.reads("kb-candidate")
    assert "更换了进纸轮，打印正常" in told
    assert "进纸轮磨损" in told
    desk.zhao.clicks("kb-candidate", f"#知识 发布 {candidate.number}")
    assert desk.turn() == ["commanded"]
    (published,) = articles(desk)
    assert published.status is ArticleStatus.PUBLISHED
    assert candidate.number in desk.zhao.reads("command-done")


def test_a_candidate_is_suggested_to_nobody(desk: Story) -> None:
    offered(desk)
    (candidate,) = articles(desk)
    desk.john.writes("打印机卡纸", "打印机一直卡纸，打印不了")
    desk.turn()
    assert candidate.number not in desk.wang.reads("assigned")


def test_it_can_be_edited_before(desk: Story) -> None:
    offered(desk)
    (candidate,) = articles(desk)
    desk.zhao.answers(
        "kb-candidate",
        f"#知识 发布 {candidate.number} 所有人\n标题：打印机卡纸怎么办\n"
        "解决方案：先取出卡纸\n再换进纸轮",
    )
    assert desk.turn() == ["commanded"]
    (one,) = articles(desk)
    assert (one.title, one.solution) == ("打印机卡纸怎么办", "先取出卡纸\n再换进纸轮")
    assert (one.symptom, one.audience) == (candidate.symptom, "all")


def test_the_button_carries_the_text_to_be_edited(desk: Story) -> None:
    offered(desk)
    buttons = desk.zhao.buttons("kb-candidate")
    assert "解决方案：更换了进纸轮，打印正常" in buttons
    assert f"#知识 停用 {articles(desk)[0].number}" in buttons


def test_discarded_and_retired(desk: Story) -> None:
    offered(desk)
    (candidate,) = articles(desk)
    desk.zhao.clicks("kb-candidate", f"#知识 停用 {candidate.number}")
    assert desk.turn() == ["commanded"]
    assert articles(desk)[0].status is ArticleStatus.RETIRED


def test_what_is_reopened_within_the_hour_is_not_offered(desk: Story) -> None:
    desk.closed()
    desk.li.answers("closed", "#未解决 又卡了")
    assert desk.turn() == ["commanded"]
    desk.at("11:30")
    desk.turn()
    assert "zhao.min" not in desk.letters


def test_the_administrator_may_want_no_candidates(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(change=_with(candidates=False))
    desk.closed()
    desk.at("11:30")
    desk.turn()
    assert desk.letters == {}
    assert articles(desk) == []


def _with(**changes: Any) -> Callable[[Settings], Settings]:
    def change(settings: Settings) -> Settings:
        knowledge = replace(settings.association.knowledge, **changes)
        return replace(settings, association=replace(settings.association, knowledge=knowledge))

    return change


def test_the_desk_publishes_what_was_just_solved(desk: Story) -> None:
    desk.solved()
    desk.zhao.says("#知识 发布")
    assert desk.turn() == ["commanded"]
    (one,) = articles(desk)
    assert one.status is ArticleStatus.PUBLISHED


def test_published_knowledge_is_suggested_used_and_counted(desk: Story) -> None:
    assert import_text(desk).added == 1
    (article,) = articles(desk)
    desk.printer_jam()
    told = desk.wang.reads("assigned")
    assert f"{article.number} · 已发布" in told.partition("知识与已知错误")[2]
    assert "用干布擦进纸轮" in told
    desk.wang.answers("assigned", "#接单")
    desk.turn()
    desk.wang.answers("assigned", f"{SOLUTION}\n知识：{article.number}")
    assert desk.turn() == ["commanded"]
    assert desk.incident().knowledge_used == article.number
    assert (articles(desk)[0].used, articles(desk)[0].helped) == (1, 0)
    desk.li.answers("resolved-ask", "#确认")
    desk.turn()
    assert (articles(desk)[0].used, articles(desk)[0].helped) == (1, 1)
    desk.chen.answers("review-ask", "#审核")
    desk.turn()
    desk.at("11:30")
    desk.turn()
    assert desk.letters == {}  # what is written already is no candidate


def test_naming_the_number_in_the_solution_is_enough(desk: Story) -> None:
    import_text(desk)
    (article,) = articles(desk)
    desk.taken()
    desk.wang.answers("assigned", SOLUTION.replace("更换了进纸轮", f"按 {article.number} 处理"))
    desk.turn()
    assert desk.incident().knowledge_used == article.number


def test_a_wrong_number_is_told(desk: Story) -> None:
    desk.taken()
    desk.wang.answers("assigned", f"{SOLUTION}\n知识：KB-20200101-0001")
    desk.refuses(desk.wang, "KB-20200101-0001")


def test_a_reporter_is_told_only_where_it_is_configured(desk_with: Callable[..., Story]) -> None:
    for percent, told in ((0, False), (30, True)):
        desk = desk_with(change=_with(tell_reporter_percent=percent))
        import_text(desk)
        desk.li.writes("打印机卡纸", "打印机一直卡纸，打印不了")
        desk.turn()
        assert ("用干布擦进纸轮" in desk.li.reads("opened")) is told


def test_what_is_for_the_team_is_told_to_no_reporter(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(change=_with(tell_reporter_percent=30))
    import_text(desk, MARKDOWN.replace("对象: 所有人\n", ""))
    desk.li.writes("打印机卡纸", "打印机一直卡纸，打印不了")
    desk.turn()
    assert "进纸轮" not in desk.li.reads("opened")
    assert "进纸轮" in desk.wang.reads("assigned")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("#知识", "发布还是停用"),
        ("#知识 看看", "发布还是停用"),
        ("#知识 发布 KB-20200101-0009", "KB-20200101-0009"),
        ("#知识 发布", "还没有解决方案"),
        ("#知识 停用", "哪条知识"),
    ],
)
def test_slips(desk: Story, text: str, says: str) -> None:
    desk.taken()
    desk.zhao.says(text)
    desk.refuses(desk.zhao, says)
    assert articles(desk) == []


def test_only_the_desk_publishes(desk: Story) -> None:
    import_text(desk)
    (article,) = articles(desk)
    desk.solved()
    desk.wang.answers("assigned", f"#知识 停用 {article.number}")
    desk.refuses(desk.wang)
    desk.li.answers("resolved-ask", f"#知识 停用 {article.number}")
    desk.refuses(desk.li)
    desk.zhao.writes("知识", f"#知识 停用 {article.number}")
    assert desk.turn() == ["held"]
    assert articles(desk)[0].status is ArticleStatus.PUBLISHED


def test_a_confidential_incident_is_no_knowledge(desk: Story) -> None:
    desk.confirmed()
    with desk.app.store.begin() as work:
        incident = work.incidents.get(desk.numbers[0])
        assert incident is not None
        incident.confidential = True
        work.incidents.save(incident, "postdesk", desk.clock(), "test")
    desk.chen.answers("review-ask", "#审核")
    desk.turn()
    assert articles(desk) == []
    desk.zhao.says("#知识 发布")
    desk.refuses(desk.zhao, "保密")


def test_markdown_is_idempotent(desk: Story) -> None:
    assert import_text(desk, dry=True).added == 1
    assert articles(desk) == []
    import_text(desk)
    again = import_text(desk)
    assert (again.added, again.changed, again.same) == (0, 0, 1)
    assert import_text(desk, MARKDOWN.replace("干布", "湿布")).changed == 1
    (one,) = articles(desk)
    assert one.solution == "1. 打开后盖，取出卡住的纸。\n2. 用湿布擦进纸轮。"
    assert (one.category, one.language, one.audience) == ("hardware/printer", "zh", "all")


def test_a_table_names_its_faults(desk: Story) -> None:
    table = (
        "标题,现象,解决方案,分类,状态\n"
        "VPN 连不上,提示 789,重装证书,网络/没有的,\n"
        "邮箱满了,收不到信,,,\n"
        "忘记密码,登录不了,在自助页面重置,,候选\n"
    )
    done = import_text(desk, table, "kb.csv")
    assert (done.added, done.same) == (1, 0)
    assert [(f.row, f.column, f.code) for f in done.faults] == [
        (2, "category", "no_choice"),
        (3, "solution", "empty"),
    ]
    assert articles(desk)[0].status is ArticleStatus.CANDIDATE


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("---\n[1, 2]\n---\nx", "a.md", "unreadable"),
        ("---\na: [\n---\nx", "a.md", "unreadable"),
        ("没有 标题", "a.md", "empty"),
        ("a,b\n1,2\n", "a.csv", "no_column"),
        ("", "a.csv", "no_column"),
        ("PK\x03\x04kaputt", "a.xlsx", "unreadable"),
    ],
)
def test_files_that_are_none(desk: Story, text: str, name: str, code: str) -> None:
    done = import_text(desk, text, name)
    assert done.added == 0
    assert code in {fault.code for fault in done.faults}
