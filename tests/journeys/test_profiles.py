"""Processes beside IT (spec 1.9; seed: 异常事件处理管理制度 and the others), told by mail."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from processor.domain.incident import Status
from processor.settings.packaged import data
from tests.journeys.desk import Person, Story

SHIPPED = sorted(path.stem for path in (data("config") / "profiles").glob("*.yaml"))


@pytest.fixture
def desk_of(
    desk_with: Callable[..., Story], database_url: str, request: pytest.FixtureRequest
) -> Callable[[str], Story]:
    """A desk whose mailbox is of one process, on SQLite and on PostgreSQL."""

    def make(profile: str, **options: object) -> Story:
        return desk_with(database=database_url, box={"profile": profile}, **options)

    return make


def test_nothing_in_code_knows_the_name_of_a_profile() -> None:
    """They are configuration: no text in code is one of their names. Emergencies have code of
    their own; of that word only lines that speak of profiles count."""
    root = Path(__file__).parents[2]
    named = []
    for path in [*(root / "processor").rglob("*.py"), *(root / "reports").rglob("*.py")]:
        source = path.read_text(encoding="utf-8")
        lines = source.splitlines()
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Constant) and node.value in SHIPPED:
                line = lines[node.lineno - 1]
                if node.value != "emergency" or "profile" in line:
                    named.append(f"{path.relative_to(root)}:{node.lineno}: {line.strip()}")
    assert named == []
    assert SHIPPED == ["abnormal", "campus", "emergency", "it", "safety"]


ABNORMAL = """下午两点二号车间配电柜起火，已用灭火器扑灭。

级别：一级
地点：二号车间
人员伤亡：一人轻微烧伤
应急措施：
切断电源
疏散车间人员
"""


def test_an_abnormal_event_from_its_report_to_its_archive(desk_of: Callable[[str], Story]) -> None:
    """异常事件处理管理制度: report and register (1), emergency group and notice at once for grade
    1 (2), investigation (3), feedback and archive (4)."""
    desk = desk_of("abnormal")
    he, boss = staff(desk)
    desk.li.writes("二号车间配电柜起火", ABNORMAL)
    assert desk.turn() == ["opened"]
    number = desk.numbers[0]
    assert number.startswith("ABN-20261123-")
    seen = desk.incident()
    assert (seen.profile, seen.priority, seen.impact, seen.group) == ("abnormal", 1, 1, "emergency")
    assert seen.category == ""
    assert dict(desk.dossier().own) == {
        "place": "二号车间",
        "casualties": "一人轻微烧伤",
        "measures": "切断电源\n疏散车间人员",
    }
    assert "优先级 一级" in desk.li.reads("opened") or "一级" in desk.li.reads("opened")
    assert "请补充" not in desk.li.reads("opened")

    # the first grade: the emergency group, and the management at once
    assert "grade-notice" in boss.news
    assert "异常事件" in boss.reads("grade-notice")
    assert "二号车间" in he.reads("assigned")
    assert "异常事件编号" in he.reads("assigned")
    he.answers("assigned", "#接单")
    assert desk.turn() == ["commanded"]
    he.answers("assigned", RESOLVED)
    assert desk.turn() == ["commanded"]
    assert desk.incident().status is Status.RESOLVED
    assert desk.incident().closure_code == "handled"
    desk.li.answers("resolved-ask", "#确认")
    assert desk.turn() == ["commanded"]

    # what the process still asks for
    desk.chen.answers("review-ask", "#审核")
    desk.refuses(desk.chen, "责任人", "改进措施")
    he.answers("assigned", "#责任人 张三\n#改进措施：更换老化线路，每月检查")
    assert desk.turn() == ["commanded"]
    assert dict(desk.dossier().own)["responsible"] == "张三"
    desk.chen.answers("review-ask", "#审核")
    desk.refuses(desk.chen, "原因和责任人已查清", "处理结果已反馈", "已归纳为案例")
    for item in ("原因和责任人已查清", "处理结果已反馈上级领导和相关部门", "已归纳为案例"):
        assert f"#勾选 {item}" in desk.chen.buttons("review-ask")
    desk.chen.answers("review-ask", "#勾选 原因\n#勾选 反馈 已发通报\n#勾选 3")
    assert desk.turn() == ["commanded"]
    assert "各项均已落实" in desk.chen.reads("command-done")
    desk.chen.answers("review-ask", "#审核 同意归档")
    assert desk.turn() == ["commanded"]
    assert desk.incident().status is Status.CLOSED
    assert [(one.item, one.text) for one in desk.dossier().ticked] == [
        ("case", ""),
        ("cause", ""),
        ("feedback", "已发通报"),
    ]
    assert "异常事件已审核归档" in desk.chen.reads("closed")


def staff(desk: Story) -> tuple[Person, Person]:
    """The lead of the emergency group, and the general manager."""
    return (
        desk.person("何伟", "he.wei@example.com"),
        desk.person("总经理", "general.manager@example.com"),
    )


RESOLVED = """#解决 明火已扑灭，线路已更换
原因：线路老化
措施：更换线路，全厂排查
类型：永久
代码：已处理"""


def test_the_reporter_is_asked_for_what_the_process_needs(desk_of: Callable[[str], Story]) -> None:
    """事件报告与登记: what happened is recorded at once; the rest is asked for."""
    desk = desk_of("abnormal")
    desk.li.writes("地面有油", "有人差点滑倒，级别：三级")
    assert desk.turn() == ["opened"]
    said = desk.li.reads("opened")
    assert "请补充：地点" in said
    assert "地点" in desk.li.buttons("opened")
    desk.li.answers("opened", "地点：三号仓库门口")
    assert desk.turn() == ["updated"]
    assert dict(desk.dossier().own) == {"place": "三号仓库门口"}
    assert ("place", None, "三号仓库门口") in desk.changes()
