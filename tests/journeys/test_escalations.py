"""More skill, higher places, and an engineer called away (spec 1.4 (3), (5), (9); 100.3, 100.4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from processor.domain.incident import ClockKind, Status
from tests.journeys.desk import SOLUTION, Story
from tests.journeys.people import Person

TRIED = "已重装驱动、换过网线，仍然打不了"


def _notes(desk: Story, kind: str) -> list[str]:
    return [text for found, text in desk.steps() if found == kind]


# ---- escalate ----------------------------------------------------------------------------------


def test_escalate_hands_over_to_a_higher_line_with_what_was_tried(desk: Story) -> None:
    desk.taken()
    due = desk.dossier().clocks[1].due_at
    desk.wang.answers("assigned", f"#升级 网络组 {TRIED}")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {
        "wang.qiang": ["command-done"],
        "zhou.lei": ["escalated"],
        "liu.yang": ["escalated"],
    }
    incident = desk.incident()
    assert (incident.status, incident.group, incident.line) == (Status.ASSIGNED, "network", 2)
    assert (incident.assignee, incident.owner) == ("", "service-desk")
    assert (incident.functional_escalations, incident.dispatches) == (1, 2)
    assert _notes(desk, "escalated") == [TRIED]
    letter = desk.liu.reads("escalated")
    assert TRIED in letter
    assert "王强" in letter
    assert "网络组" in desk.wang.reads("command-done")
    clocks = {clock.kind: clock for clock in desk.dossier().clocks}
    assert clocks[ClockKind.RESPONSE].met
    assert clocks[ClockKind.RESOLUTION].due_at == due
    desk.liu.answers("escalated", "#接单")
    assert desk.turn() == ["commanded"]
    assert desk.incident().assignee == desk.liu.address


@pytest.mark.parametrize(
    ("order", "group", "assignee"),
    [
        ("#升级 二线 网络组 " + TRIED, "network", ""),
        ("#escalate network " + TRIED, "network", ""),
        ("#escalate line 2 systems: " + TRIED, "systems", ""),
        ("#升级 @刘洋 " + TRIED, "network", "liu.yang@example.com"),
        ("#升级 安全组\n\n" + TRIED, "security", ""),
        ("#升级 网络组\n1. 换线\n2. 重启", "network", ""),
    ],
    ids=["line and group", "english", "english line", "person", "below", "lines"],
)
def test_escalate_as_people_write_it(desk: Story, order: str, group: str, assignee: str) -> None:
    desk.taken()
    desk.wang.answers("assigned", order)
    assert desk.turn() == ["commanded"]
    assert (desk.incident().group, desk.incident().assignee) == (group, assignee)
    assert _notes(desk, "escalated") == ["1. 换线\n2. 重启" if "换线" in order else TRIED]


@pytest.mark.parametrize(
    ("order", "says"),
    [
        ("#升级 网络组", "已经试过什么"),
        ("#升级 二线 " + TRIED, "网络组"),
        ("#升级", "网络组"),
        ("#升级 硬件组 " + TRIED, "支持级别"),
        ("#升级 三线 " + TRIED, "没有看懂"),
        ("#升级 @王强 " + TRIED, "没有看懂"),
    ],
    ids=["nothing tried", "which group", "nothing", "not higher", "no such line", "himself"],
)
def test_escalate_to_nowhere_is_refused_with_the_way(desk: Story, order: str, says: str) -> None:
    desk.taken()
    desk.wang.answers("assigned", order)
    desk.refuses(desk.wang, says)


def test_escalate_is_the_assignees_while_he_works_on_it(desk: Story) -> None:
    desk.printer_jam()
    desk.zhao.says("#分派 @王强")
    desk.turn()
    desk.wang.answers("assigned", f"#升级 网络组 {TRIED}")
    desk.refuses(desk.wang, "处理中")
    desk.wang.answers("assigned", "#接单")
    desk.turn()
    for who in (desk.liu, desk.zhao, desk.chen):
        who.says(f"#升级 网络组 {TRIED}")
        desk.refuses(who, "升级")
    desk.li.answers("accepted", f"#升级 网络组 {TRIED}")
    desk.refuses(desk.li, "升级")
    desk.wang.answers("assigned", SOLUTION)
    desk.turn()
    desk.wang.answers("assigned", f"#升级 网络组 {TRIED}")
    desk.refuses(desk.wang, "已解决")


def test_from_the_highest_line_there_is_only_management(desk: Story) -> None:
    desk.printer_jam()
    desk.zhao.says("#分派 @刘洋")
    desk.turn()
    desk.liu.answers("assigned", "#接单")
    desk.turn()
    desk.liu.answers("assigned", f"#升级 系统组 {TRIED}")
    desk.refuses(desk.liu, "上报")


# ---- raise -------------------------------------------------------------------------------------


def test_each_raise_goes_one_place_higher_than_was_told_last(desk: Story) -> None:
    desk.printer_jam()
    desk.zhao.says("#分派 @刘洋")
    desk.turn()
    places = [
        ("组长", "zhou.lei"),
        ("事件经理", "chen.jing"),
        ("IT 总监", "it.director"),
        ("总经理", "general.manager"),
        ("总经理", "general.manager"),  # above the top there is nobody: told again
    ]
    for count, (post, name) in enumerate(places, 1):
        desk.li.answers("opened", f"#上报 今天要结账，第 {count} 次催")
        assert desk.turn() == ["commanded"]
        assert desk.letters == {name: ["escalation"], "li.na": ["command-done"]}
        assert post in desk.li.reads("command-done")
        letter = desk.person("", f"{name}@example.com").reads("escalation")
        assert f"第 {count} 次催" in letter
        assert post in letter
        assert desk.incident().hierarchical_escalations == count
    told = [text.split(":")[1] for text in _notes(desk, "escalation")]
    assert told == ["lead", "manager", "it_director", "general_manager", "general_manager"]


def test_a_raise_goes_above_whom_the_clock_has_told(desk: Story) -> None:
    desk.taken()
    desk.zhao.says("#优先级 1 全公司都打印不了")
    desk.turn()
    desk.at("12:01")  # 75 % of four hours: the manager, as the latest
    desk.turn()
    assert "escalation" in desk.letters["chen.jing"]
    desk.wang.answers("assigned", "#上报 备件要采购审批")
    assert desk.turn() == ["commanded"]
    assert desk.letters["it.director"] == ["escalation"]


def test_who_raises_is_not_told_himself(desk: Story) -> None:
    desk.printer_jam()
    desk.zhao.says("#分派 @刘洋")
    desk.turn()
    desk.zhou.says("#上报 本组人手不足")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"zhou.lei": ["command-done"], "chen.jing": ["escalation"]}
    desk.chen.answers("escalation", "#上报 需要停机窗口")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"chen.jing": ["command-done"], "it.director": ["escalation"]}


def test_raise_in_english(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(language="en")
    desk.john.writes("Printer jams", "The printer in room 301 jams.")
    desk.turn()
    desk.john.answers("opened", "#raise we close the books today")
    assert desk.turn() == ["commanded"]
    assert "incident manager has been told" in desk.john.reads("command-done")
    letter = desk.chen.reads("escalation")
    assert "we close the books today" in letter
    assert "step in" in letter


@pytest.mark.parametrize("who", ["wang", "zhao", "chen", "li"])
def test_everybody_on_it_may_raise(desk: Story, who: str) -> None:
    desk.taken()
    person: Person = getattr(desk, who)
    person.says("#上报 没有进展")
    assert desk.turn() == ["commanded"]
    assert desk.incident().hierarchical_escalations == 1


def test_raise_needs_a_reason_a_part_in_it_and_an_open_incident(desk: Story) -> None:
    desk.taken()
    desk.li.answers("accepted", "#上报")
    desk.refuses(desk.li, "原因")
    desk.liu.says("#上报 我觉得慢")
    desk.refuses(desk.liu, "硬件组")
    desk.wang.answers("assigned", SOLUTION)
    desk.turn()
    desk.li.answers("resolved-ask", "#上报 太慢")
    desk.refuses(desk.li, "已解决")


# ---- recall ------------------------------------------------------------------------------------


def test_recall_frees_the_engineer_and_puts_it_back_in_the_queue(desk: Story) -> None:
    """Principle 3: work of a high priority may call an engineer from lower work."""
    desk.taken()
    due = desk.dossier().clocks[1].due_at
    desk.chen.says("#召回 核心交换机告警，王强先去机房")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {
        "chen.jing": ["command-done"],
        "wang.qiang": ["recalled"],
        "zhao.min": ["requeued"],
    }
    incident = desk.incident()
    assert (incident.status, incident.group, incident.line) == (Status.NEW, "service-desk", 1)
    assert (incident.assignee, incident.owner) == ("", "service-desk")
    assert "核心交换机告警" in desk.wang.reads("recalled")
    assert "王强" in desk.zhao.reads("requeued")
    assert "硬件组" in desk.zhao.reads("requeued")
    assert desk.dossier().clocks[1].due_at == due, "the clock goes on"
    desk.zhao.asks("#队列")
    desk.turn()
    assert desk.numbers[0] in desk.zhao.reads("queue")
    desk.wang.answers("recalled", "#解决 试试")
    desk.refuses(desk.wang)
    desk.zhao.answers("requeued", "#分派 @刘洋")
    assert desk.turn() == ["commanded"]


def test_recall_by_the_desk_tells_the_engineer_alone(desk: Story) -> None:
    desk.taken()
    desk.zhao.says("#recall")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"zhao.min": ["command-done"], "wang.qiang": ["recalled"]}
    assert "王强" in desk.zhao.reads("command-done")


def test_recall_is_for_desk_and_manager_and_for_what_is_worked_on(desk: Story) -> None:
    desk.printer_jam()
    desk.zhao.says("#召回")
    desk.refuses(desk.zhao, "处理中")
    desk.wang.answers("assigned", "#接单")
    desk.turn()
    for who in (desk.wang, desk.liu, desk.zhou):
        who.says("#召回 我来")
        desk.refuses(who, "召回")
    desk.li.answers("accepted", "#召回")
    desk.refuses(desk.li, "召回")


# ---- one dispatch too many ---------------------------------------------------------------------


def test_more_dispatches_than_agreed_are_told_to_the_manager_once(desk: Story) -> None:
    """Principle 5: re-dispatch more than N times escalates; three are agreed."""
    desk.printer_jam()  # the first, by a rule
    for target in ("网络组", "硬件组"):
        desk.zhao.says(f"#分派 {target}")
        desk.turn()
        assert "chen.jing" not in desk.letters
    desk.zhao.says("#分派 网络组")
    desk.turn()
    assert desk.letters["chen.jing"] == ["redispatched"]
    assert "4 次" in desk.chen.reads("redispatched")
    assert _notes(desk, "escalation") == ["dispatches:4"]
    desk.restarts()
    desk.zhao.says("#分派 硬件组")
    desk.turn()
    assert "chen.jing" not in desk.letters
    assert desk.incident().hierarchical_escalations == 1
    desk.li.answers("opened", "#上报 一直在转来转去")
    desk.turn()
    assert desk.letters["it.director"] == ["escalation"], "the manager knows already"


def test_the_number_of_dispatches_is_agreed_in_the_configuration(
    desk_with: Callable[..., Story],
) -> None:
    desk = desk_with(change=lambda settings: replace(settings, most_dispatches=1))
    desk.printer_jam()
    desk.zhao.says("#分派 网络组")
    desk.turn()
    assert desk.letters["chen.jing"] == ["redispatched"]
