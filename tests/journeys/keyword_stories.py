"""Every keyword of spec 3 in three stories: by the right person, by the wrong one, malformed.

A row says where the story begins, who writes what, what holds afterwards and did not before, who
may not, and which slip is answered with which words. ``{n}`` is the incident, ``{m}`` a second one,
``{p}`` a problem, ``{c}`` a change. ``test_keywords.py`` tells them and compares the table with
the commands that there are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from processor.domain.change import ChangeStatus
from processor.domain.incident import ClockKind, Link, Status
from processor.domain.knowledge import ArticleStatus
from tests.journeys.desk import SOLUTION, Story
from tests.journeys.test_changes import WISH, approved, change, raised
from tests.journeys.test_configuration_items import import_table
from tests.journeys.test_duties import MEASURE, owed
from tests.journeys.test_emergency import running, urgent
from tests.journeys.test_knowledge import articles, offered
from tests.journeys.test_problems import problem, problems
from tests.journeys.test_problems import taken as investigated

Scene = Callable[[Story], None]
Fact = Callable[[Story], bool]


@dataclass(frozen=True, slots=True)
class Three:
    """``right`` writes ``says`` and then ``holds`` is true; ``wrong`` may not (empty: anybody may
    ask that, of what is his); ``slip`` is answered to ``right`` with ``told``."""

    scene: Scene
    right: str
    says: str
    holds: Fact
    wrong: str
    slip: str
    told: str
    box: dict[str, Any] = field(default_factory=dict)
    """Settings of the mailbox."""


# ---- where stories begin -------------------------------------------------------------------------


def _two(desk: Story) -> None:
    """Two printers jam; Wang Qiang has the first."""
    desk.taken()
    desk.john.writes("Printer in finance", "The printer on the third floor jams.")
    assert desk.turn() == ["opened"]


def _unrouted(desk: Story) -> None:
    """What no rule gives to a group is in the hands of the desk."""
    desk.li.writes("你们好", "有一件事想请你们看看")
    assert desk.turn() == ["opened"]


def _waiting(desk: Story) -> None:
    desk.taken()
    desk.wang.says("#待用户 错误码是什么？")
    assert desk.turn() == ["commanded"]


def _raised(desk: Story) -> None:
    raised(desk)


def _approved(desk: Story) -> None:
    approved(desk)


def _investigated(desk: Story) -> None:
    investigated(desk)


def _item(desk: Story) -> None:
    import_table(desk)
    desk.taken()


def _decided(desk: Story) -> None:
    """The review has given Wang Qiang something to do."""
    desk.closed()
    desk.chen.says(MEASURE)
    assert desk.turn() == ["commanded"]


def _owing(desk: Story) -> None:
    """A major incident is solved, and its report is due."""
    running(desk)


def _watched(desk: Story) -> None:
    desk.taken()
    desk.li.says("#抄送 wu.qian@customer.example")
    assert desk.turn() == ["commanded"]


def _oily_floor(desk: Story) -> None:
    desk.li.writes("地面有油", "级别：三级\n地点：仓库")
    desk.turn()


# ---- what holds ----------------------------------------------------------------------------------


def _is(status: Status) -> Fact:
    return lambda desk: desk.incident().status is status


def _step(kind: str, text: str) -> Fact:
    return lambda desk: any(kind == one and text in said for one, said in desk.steps())


def _gets(who: str, kind: str) -> Fact:
    """That person's last turn brought him a mail of that kind."""
    return lambda desk: kind in desk.letters.get(who, [])


def _grade(name: str, value: int) -> Fact:
    return lambda desk: getattr(desk.incident(), name) == value


def _done(desk: Story) -> bool:
    return any(duty.done_by for duty in owed(desk))


def _paused(desk: Story) -> bool:
    clock = {one.kind: one for one in desk.dossier().clocks}[ClockKind.RESOLUTION]
    return desk.incident().status is Status.PENDING_USER and not clock.running


def _acknowledged(desk: Story) -> bool:
    with desk.app.store.read() as work:
        return any(one.acked_at for one in work.emergencies.receipts(desk.numbers[0]))


def _ticked(desk: Story) -> bool:
    with desk.app.store.read() as work:
        return bool(work.own.ticks(desk.numbers[0]))


def _own(name: str, value: str) -> Fact:
    return lambda desk: dict(desk.dossier().own).get(name) == value


KEYWORDS: dict[str, Three] = {
    # ---- work
    "accept": Three(
        Story.printer_jam, "wang", "#接单", _is(Status.IN_PROGRESS), "liu", "#接弹", "接单"
    ),
    "note": Three(
        Story.taken, "wang", "#备注 备件明天到", _step("note", "备件明天到"), "li", "#备注", ""
    ),
    "reply": Three(
        Story.taken, "wang", "#回复 明天修好", _gets("li.na", "reply"), "li", "#回复", ""
    ),
    "assign": Three(
        Story.printer_jam, "zhao", "#分派 @刘洋",
        lambda desk: desk.incident().assignee == desk.liu.address,
        "liu", "#分派 @没有这个人", "没有这个人",
    ),
    "return": Three(
        Story.taken, "wang", "#退回 是网络问题",
        lambda desk: desk.incident().wrong_dispatches == 1, "liu", "#退回", "",
    ),
    "wait_user": Three(
        Story.taken, "wang", "#待用户 错误码是什么？", _paused, "liu", "#待用户", ""
    ),
    "resume": Three(
        _waiting, "wang", "#恢复", _is(Status.IN_PROGRESS), "liu", "#恢夏", "恢复"
    ),
    "resolve": Three(
        Story.taken, "wang", SOLUTION, _is(Status.RESOLVED), "liu", "#解决 好了", "还缺"
    ),
    "escalate": Three(
        Story.taken, "wang", "#升级 网络组 已重启，已换线",
        lambda desk: desk.incident().line == 2, "liu", "#升级 网络组", "",
    ),
    "raise": Three(
        Story.taken, "li", "#上报 今天要结账", _step("escalation", "今天要结账"), "sun", "#上报", ""
    ),
    "recall": Three(
        Story.taken, "chen", "#召回 先去看交换机",
        lambda desk: not desk.incident().assignee, "wang", "#招回", "召回",
    ),
    "vendor": Three(
        Story.taken, "wang", "#转厂商 示例厂商 请远程检查", _is(Status.PENDING_VENDOR),
        "liu", "#转厂商 没有这家 请看看", "没有这家",
    ),
    # ---- the end
    "confirm": Three(
        Story.solved, "li", "#确认", _is(Status.PENDING_REVIEW), "wang", "#确任", "确认"
    ),
    "reopen": Three(
        Story.solved, "li", "#未解决 又卡了", _is(Status.IN_PROGRESS), "liu", "#未解绝", "未解决"
    ),
    "rate": Three(
        Story.solved, "li", "#评分 5 很快",
        lambda desk: desk.incident().satisfaction == 5, "wang", "#评分 很好", "很好",
    ),
    "approve": Three(
        Story.confirmed, "chen", "#审核", _is(Status.CLOSED), "wang", "#审合", "审核"
    ),
    "send_back": Three(
        Story.confirmed, "chen", "#驳回 请补充原因", _is(Status.IN_PROGRESS), "wang", "#驳回", ""
    ),
    "cancel": Three(
        _unrouted, "li", "#撤销 不用了", _is(Status.CANCELLED), "wang", "#撒销", "撤销"
    ),
    # ---- grades
    "priority": Three(
        Story.taken, "wang", "#优先级 P2 全楼都受影响", _grade("priority", 2),
        "li", "#优先级 很高", "很高",
    ),
    "impact": Three(
        Story.taken, "wang", "#影响度 1 全公司", _grade("impact", 1), "li", "#影响度 九", "九"
    ),
    "urgency": Three(
        Story.taken, "wang", "#紧急度 1 停工", _grade("urgency", 1), "li", "#紧急度 十", "十"
    ),
    "category": Three(
        Story.taken, "zhao", "#分类 服务器",
        lambda desk: desk.incident().category == "hardware/server",
        "li", "#分类 没有这一类", "没有这一类",
    ),
    "ci": Three(
        _item, "wang", "#配置项 SRV-ERP",
        lambda desk: desk.incident().ci == "SRV-ERP", "li", "#配置项 SRV-ERP 颜色=红", "颜色",
    ),
    # ---- links
    "duplicate": Three(
        _two, "zhao", "#重复 {m}", _is(Status.MERGED), "li", "#重复 那一个", ""
    ),
    "relate": Three(
        _two, "zhao", "#关联 {m}",
        lambda desk: Link("related", desk.numbers[1]) in desk.dossier().links,
        "li", "#关联 那一个", "",
    ),
    # ---- emergencies
    "confirm_major": Three(
        urgent, "chen", "#确认紧急", lambda desk: desk.incident().major,
        "zhao", "#确认紧及", "确认紧急",
    ),
    "deny_major": Three(
        urgent, "chen", "#否认紧急 只影响财务部", _grade("priority", 2), "zhao", "#否认紧急", ""
    ),
    "major": Three(
        Story.taken, "chen", "#重大 全楼断网", lambda desk: desk.incident().major,
        "wang", "#重大", "",
    ),
    "drill": Three(
        _unrouted, "chen", "#演练 机房断电", lambda desk: desk.incident().drill,
        "zhao", "#演炼", "演练",
    ),
    "commander": Three(
        running, "chen", "#指挥 @刘洋",
        lambda desk: desk.incident().commander == desk.liu.address,
        "wang", "#指挥 @没有这个人", "没有这个人",
    ),
    "broadcast": Three(
        running, "chen", "#通报 备用交换机已上线", _gets("it.director", "emergency-broadcast"),
        "wang", "#通报", "",
    ),
    "ack": Three(
        running, "director", "#签收", _acknowledged, "li", "#签手", "签收"
    ),
    "measure": Three(
        Story.closed, "chen", MEASURE, lambda desk: bool(owed(desk)),
        "wang", "#措施 增加备用链路", "",
    ),
    "measure_done": Three(
        _decided, "wang", "#完成措施 1 已加装", _done, "liu", "#完成措施 9", ""
    ),
    "duty_done": Three(
        _owing, "chen", "#完成事项 1 已提交", _done, "wang", "#完成事项 9", ""
    ),
    # ---- neighbours
    "problem": Three(
        Story.taken, "wang", "#问题 进纸轮总是磨损", lambda desk: len(problems(desk)) == 1,
        "li", "#问题 PRB-20200101-0001", "PRB-20200101-0001",
    ),
    "cause": Three(
        _investigated, "liu", "#根因 {p} 纸张太潮",
        lambda desk: problem(desk).root_cause == "纸张太潮", "li", "#根因 {p}", "",
    ),
    "workaround": Three(
        _investigated, "liu", "#变通方案 {p} 换一包新纸",
        lambda desk: problem(desk).workaround == "换一包新纸", "li", "#变通方案 {p}", "",
    ),
    "target": Three(
        _investigated, "liu", "#目标时间 {p} 12月18日",
        lambda desk: f"{problem(desk).target_at:%m-%d}" == "12-18",
        "li", "#目标时间 {p} 尽快", "尽快",
    ),
    "change": Three(
        Story.taken, "wang", WISH, _is(Status.PENDING_CHANGE), "liu", "#变更 换固件", "还缺"
    ),
    "grant": Three(
        _raised, "chen", "#批准 {c}",
        lambda desk: change(desk).status is ChangeStatus.APPROVED, "wang", "#比准 {c}", "批准",
    ),
    "refuse": Three(
        _raised, "chen", "#拒绝 {c} 周六要用",
        lambda desk: change(desk).status is ChangeStatus.REFUSED, "wang", "#拒绝 {c}", "",
    ),
    "change_result": Three(
        _approved, "wang", "#变更结果 {c} 成功 已试印",
        lambda desk: change(desk).status is ChangeStatus.DONE,
        "liu", "#变更结果 {c} 还行", "还行",
    ),
    "kb": Three(
        offered, "zhao", "#知识 发布",
        lambda desk: articles(desk)[0].status is ArticleStatus.PUBLISHED,
        "wang", "#知识 看看", "",
    ),
    # ---- the desk
    "reject": Three(
        _unrouted, "zhao", "#不受理 不在合同范围内", _is(Status.REJECTED), "wang", "#不受理", ""
    ),
    "log": Three(
        Story.printer_jam, "zhao",
        "#登记 鼠标坏了\n报告人：韩梅\n邮箱：han.mei@customer.example\n来源：电话",
        lambda desk: len(desk.numbers) == 2, "wang", "#登记\n来源：飞鸽", "飞鸽",
    ),
    "effort": Three(
        Story.taken, "wang", "#工时 1.5h",
        lambda desk: desk.incident().effort_minutes == 90, "li", "#工时 很久", "很久",
    ),
    "cc": Three(
        Story.taken, "li", "#抄送 wu.qian@customer.example",
        lambda desk: "wu.qian@customer.example" in desk.incident().watchers,
        "stranger", "#抄送 吴倩", "",
    ),
    "uncc": Three(
        _watched, "li", "#取消抄送 wu.qian@customer.example",
        lambda desk: not desk.incident().watchers, "stranger", "#取消抄宋", "取消抄送",
    ),
    "hold": Three(
        Story.taken, "chen", "#暂缓通报", _step("held_back", ""), "wang", "#暂缓通抱", "暂缓通报"
    ),
    "callback": Three(
        Story.closed, "zhao", "#回访 接通 5 很满意", _step("callback", ""),
        "wang", "#回访 也许", "也许",
    ),
    "field": Three(
        _oily_floor, "zhao", "#字段 地点：三号仓库", _own("place", "三号仓库"),
        "li", "#字段 颜色：红", "颜色", box={"profile": "abnormal"},
    ),
    "check": Three(
        _oily_floor, "zhao", "#勾选 案例", _ticked,
        "li", "#勾选 月亮", "月亮", box={"profile": "abnormal"},
    ),
    # ---- questions
    "status": Three(
        Story.taken, "li", "#状态 {n}", _gets("li.na", "status"),
        "john", "#状太", "状态",
    ),
    "find": Three(
        Story.taken, "wang", "#查询 打印机", _gets("wang.qiang", "found"), "li", "#查询", ""
    ),
    "mine": Three(
        Story.taken, "wang", "#我的", _gets("wang.qiang", "work-list"),
        "li", "#我的事什", "我的事件",
    ),
    "overdue": Three(
        Story.taken, "wang", "#超时", _gets("wang.qiang", "overdue-list"),
        "li", "#超时 没有这个组", "没有这个组",
    ),
    "lists": Three(
        Story.taken, "chen", "#清单", _gets("chen.jing", "unsolved-list"),
        "wang", "#清单 去年", "去年",
    ),
    "queue": Three(
        Story.taken, "wang", "#队列", _gets("wang.qiang", "queue"),
        "li", "#队列 没有这个组", "没有这个组",
    ),
    "report": Three(
        Story.taken, "chen", "#报告 {n}", _gets("chen.jing", "report"),
        "liu", "#报告 INC-20200101-0001", "INC-20200101-0001",
    ),
    "forms": Three(
        Story.taken, "li", "#表单", _gets("li.na", "forms"), "", "#表但", "表单"
    ),
    "help": Three(
        Story.taken, "li", "#帮助", _gets("li.na", "help"), "", "#帮住", "帮助"
    ),
}  # fmt: skip
