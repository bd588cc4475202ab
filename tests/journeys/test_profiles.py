"""Processes beside IT (spec 1.9; seed: 异常事件处理管理制度 and the others), told by mail."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from processor.domain.incident import Status
from processor.settings.packaged import data
from tests.journeys.desk import Story
from tests.journeys.people import Person

SHIPPED = sorted(path.stem for path in (data("config") / "profiles").glob("*.yaml"))


@pytest.fixture
def desk_of(desk_with: Callable[..., Story]) -> Callable[[str], Story]:
    """A desk whose mailbox is of one process, on SQLite and on PostgreSQL."""

    def make(profile: str, **options: object) -> Story:
        return desk_with(box={"profile": profile}, **options)

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


def test_duties_of_a_grade_are_owed_in_time(desk_of: Callable[[str], Story]) -> None:
    """一级异常事件: management and authorities are told in time, and who owes that is reminded;
    the third grade owes an investigation alone."""
    desk = desk_of("abnormal")
    desk.li.writes("二号车间配电柜起火", ABNORMAL)
    desk.turn()
    liaison = desk.person("联络人", "authority.liaison@example.com")
    assert "通知本地公安消防部门" in liaison.reads("duty-given")
    with desk.app.store.read() as work:
        owed = {duty.kind: duty for duty in work.duties.of(desk.numbers[0])}
    assert set(owed) == {"notify_management", "notify_authorities", "investigate"}
    assert owed["notify_management"].owner == "he.wei@example.com"
    assert (owed["notify_authorities"].due_at - desk.incident().reported_at).seconds == 3600
    desk.at("09:35")
    desk.turn()
    assert "duty-near" in liaison.news
    desk.at("10:10")
    desk.turn()
    assert "duty-overdue" in liaison.news
    assert "duty-overdue" in desk.chen.news
    desk.li.writes("走廊灯坏了", "级别：三级\n地点：一楼")
    desk.turn()
    with desk.app.store.read() as work:
        assert [duty.kind for duty in work.duties.of(desk.numbers[1])] == ["investigate"]


def test_a_raised_grade_brings_its_consequences(desk_of: Callable[[str], Story]) -> None:
    """级别: own names are a keyword; what follows from a higher grade follows when it is reached,
    and a lower one needs the manager (1.4 (4))."""
    desk = desk_of("abnormal")
    _, boss = staff(desk)
    desk.li.writes("地面有油", "级别：二级\n地点：仓库")
    desk.turn()
    assert boss.news == []
    desk.zhao.answers("desk-new", "#级别 一级 有人摔成重伤")
    assert desk.turn() == ["commanded"]
    assert desk.incident().priority == 1
    assert "grade-notice" in boss.news
    desk.zhao.answers("desk-new", "#级别 三级")
    desk.refuses(desk.zhao)


def test_who_may_not_and_what_is_malformed(desk_of: Callable[[str], Story]) -> None:
    """Fields and ticks by the team alone; what cannot be read is told with what could be."""
    desk = desk_of("abnormal")
    desk.li.writes("地面有油", "级别：三级\n地点：仓库")
    desk.turn()
    desk.li.answers("opened", "#勾选 原因")
    desk.refuses(desk.li, "勾选")
    desk.zhao.answers("desk-new", "#字段 颜色：红")
    desk.refuses(desk.zhao, "颜色", "地点", "改进措施")
    desk.zhao.answers("desk-new", "#勾选 月亮")
    desk.refuses(desk.zhao, "月亮", "已归纳为案例")
    desk.zhao.answers("desk-new", "#字段 地点：三号仓库\n#勾选 案例")
    assert desk.turn() == ["commanded"]
    assert dict(desk.dossier().own)["place"] == "三号仓库"
    # a stranger's labelled line adds what is missing and replaces nothing
    desk.li.answers("opened", "地点：别处\n财产损失：无")
    assert desk.turn() == ["updated"]
    assert dict(desk.dossier().own) == {"place": "三号仓库", "loss": "无"}


SERIOUS = """上午十点冲压车间发生机械伤害。

事故级别：重大
地点：冲压车间3号机
伤者：张建国（右手）
当事人：张建国、李志
"""


def test_an_accident_is_not_let_go(desk_of: Callable[[str], Story]) -> None:
    """事故、事件调查处理控制程序: 24 hours to the authorities (4.2.2), investigation (4.3), causes,
    responsibility and measures (4.4), nothing is let go before it is archived."""
    desk = desk_of("safety")
    lin = desk.person("林芳", "lin.fang@example.com")
    director = desk.person("主管领导", "safety.director@example.com")
    desk.li.writes("冲压车间机械伤害", SERIOUS)
    assert desk.turn() == ["opened"]
    assert desk.numbers[0].startswith("SAF-")
    assert desk.incident().group == "safety"
    assert "重大" in director.reads("grade-notice")
    with desk.app.store.read() as work:
        owed = {duty.kind: duty for duty in work.duties.of(desk.numbers[0])}
    reported = desk.incident().reported_at
    assert (owed["authorities"].due_at - reported).total_seconds() == 24 * 3600
    lin.answers("assigned", "#接单")
    desk.turn()
    lin.answers("assigned", FIXED)
    desk.refuses(lin, "经过", "主要原因")
    lin.answers("assigned", "#经过 设备检修时误启动，右手被夹\n#主要原因 未断电挂牌")
    desk.turn()
    lin.answers("assigned", FIXED)
    assert desk.turn() == ["commanded"]
    desk.li.answers("resolved-ask", "#确认")
    desk.turn()
    lin.answers(
        "assigned",
        "#次要原因 培训不足\n#责任认定 班组长负主要责任\n"
        "#纠正措施 加装联锁\n#预防措施 全员培训挂牌上锁",
    )
    assert desk.turn() == ["commanded"]
    desk.chen.answers("review-ask", "#审核")
    desk.refuses(
        desk.chen, "事故原因已查清", "责任人员已处理", "有关人员已受教育", "整改措施已落实"
    )
    lin.answers("assigned", "#勾选 责任人")
    assert desk.turn() == ["commanded"]  # she leads the group
    for item in ("原因", "教育", "措施"):
        desk.chen.answers("review-ask", f"#勾选 {item}")
        assert desk.turn() == ["commanded"]
    desk.chen.answers("review-ask", "#审核")
    assert desk.turn() == ["commanded"]
    assert desk.incident().status is Status.CLOSED
    with desk.app.store.read() as work:
        kinds = [duty.kind for duty in work.duties.of(desk.numbers[0])]
    assert kinds[-1] == "analysis"


FIXED = """#解决 伤者已送医，设备已停用
原因：检修未断电
措施：停机整改
类型：永久
代码：措施已落实"""


def test_an_emergency_in_english_starts_its_plan(desk_with: Callable[..., Story]) -> None:
    """紧急事件处理流程: the first grade activates the plan, alarms the roster and tells the
    management; the all-clear and the review end it."""
    desk = desk_with(box={"profile": "emergency"}, language="en")
    he = desk.person("He Wei", "he.wei@example.com", "en")
    desk.john.writes(
        "Fire on the third floor", "Smoke from the server room.\n\nGrade: Grade 1\nPlace: floor 3\n"
        "Situation: smoke, alarm ringing\n",
    )  # fmt: skip
    assert desk.turn() == ["opened"]
    number = desk.numbers[0]
    assert number.startswith("EMG-")
    seen = desk.incident()
    assert (seen.priority, seen.major, seen.group) == (1, True, "emergency")
    assert "emergency-alarm" in he.news
    said = he.reads("assigned")
    assert "Emergency" in said
    assert "Place: floor 3" in said
    assert "Grade 1" in said
    with desk.app.store.read() as work:
        kinds = {duty.kind for duty in work.duties.of(number)}
    assert {"activate", "evacuate", "alarm", "report_up"} <= kinds
    he.answers("assigned", "#accept\n#plan: fire plan A")
    assert desk.turn() == ["commanded"]
    assert dict(desk.dossier().own)["plan"] == "fire plan A"
