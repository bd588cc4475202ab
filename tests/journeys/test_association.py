"""Association (spec 1.4 (7), 1.7 100.1 and 100.2; seed 4.2.6): the same symptom is looked for
before anyone works, and the engineer is shown what was found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from processor.domain.problem import ProblemStatus
from processor.settings.settings import Settings
from tests.journeys.desk import SOLUTION, Story


def jam(desk: Story, floor: str = "五楼人事部") -> None:
    """Once more a printer jams, elsewhere."""
    desk.john.writes(f"{floor}打印机卡纸", "打印机一直卡纸，打印不了，重启也没有用。")
    assert desk.turn() == ["opened"]


def test_a_past_incident_is_shown_with_its_solution(desk: Story) -> None:
    desk.closed()
    first = desk.numbers[0]
    jam(desk)
    told = desk.wang.reads("assigned")
    assert "类似事件" in told
    assert f"{first} · 已归档 · 相似" in told
    assert "打印机卡纸" in told.partition("同有：")[2]
    assert "解决：更换了进纸轮，打印正常" in told


def test_what_is_alike_is_not_told_to_the_reporter(desk: Story) -> None:
    desk.closed()
    jam(desk)
    told = desk.john.reads("opened")
    assert desk.numbers[0] not in told
    assert "进纸轮" not in told


def test_an_open_one_that_is_nearly_the_same_is_offered_as_duplicate(desk: Story) -> None:
    desk.printer_jam()
    desk.john.writes("三楼财务室打印机卡纸", "财务部都打印不了，请看一下。")
    assert desk.turn() == ["opened"]
    assert f"#重复 {desk.numbers[0]}" in desk.wang.buttons("assigned")
    assert "#重复" not in desk.john.buttons("opened")


def test_a_solved_one_is_no_duplicate(desk: Story) -> None:
    desk.closed()
    desk.john.writes("三楼财务室打印机卡纸", "整个财务部都打印不了，麻烦看一下。")
    desk.turn()
    assert desk.numbers[0] in desk.wang.reads("assigned")
    assert "#重复" not in desk.wang.buttons("assigned")


def test_something_else_is_not_alike(desk: Story) -> None:
    desk.closed()
    desk.john.writes("无法登录邮箱", "输入密码后提示账号被锁定。")
    desk.turn()
    mails = [mail for mail in desk.sent(desk.seen) if mail["X-Postdesk-Event"] != "opened"]
    assert mails
    for mail in mails:
        assert "类似事件" not in str(mail.get_body(("plain",)))


def test_english_and_chinese_alike(desk: Story) -> None:
    desk.john.writes("Printer HP-3F jams", "The printer jams at tray 2, nothing is printed.")
    desk.turn()
    desk.john.writes("printers jamming", "Tray 2 of our printer is jammed again.")
    desk.turn()
    told = desk.wang.reads("assigned")
    assert desk.numbers[0] in told.partition("类似事件")[2]
    assert "printer" in told.partition("同有：")[2]


def test_two_that_come_together_find_each_other(desk: Story) -> None:
    """One transaction holds both: what is not yet written is looked at, too."""
    desk.li.writes("三楼财务室打印机卡纸", "整个财务部都打印不了，麻烦看一下。")
    desk.john.writes("财务室打印机卡纸了", "打印不了，财务部都在等。")
    assert desk.turn() == ["opened", "opened"]
    assert desk.numbers[0] in desk.wang.reads("assigned").partition("类似事件")[2]


def test_the_desk_sees_it_before_it_dispatches_and_the_engineer_after(desk: Story) -> None:
    desk.li.writes("会议室窗帘拉不动", "按了开关没有反应，窗帘卡在一半。")
    desk.turn()
    desk.zhao.answers("desk-new", "#接单")
    desk.turn()
    desk.zhao.answers("desk-new", SOLUTION.replace("更换了进纸轮，打印正常", "换了滑轮"))
    desk.turn()
    desk.john.writes("窗帘卡住了", "二楼会议室窗帘按开关没有反应，拉不动。")
    desk.turn()
    assert "解决：换了滑轮" in desk.zhao.reads("desk-new")
    desk.zhao.answers("desk-new", "#分派 @王强 请看看")
    assert desk.turn() == ["commanded"]
    assert "解决：换了滑轮" in desk.wang.reads("assigned")


def test_a_confidential_one_is_shown_to_nobody(desk: Story) -> None:
    desk.closed()
    with desk.app.store.begin() as work:
        incident = work.incidents.get(desk.numbers[0])
        assert incident is not None
        incident.confidential = True
        work.incidents.save(incident, "postdesk", desk.clock(), "test")
    jam(desk)
    assert desk.numbers[0] not in desk.wang.reads("assigned")


def test_how_like_it_must_be_is_the_administrators_to_say(
    desk_with: Callable[..., Story],
) -> None:
    def strict(settings: Settings) -> Settings:
        similar = replace(settings.association.similar, from_percent=99)
        return replace(settings, association=replace(settings.association, similar=similar))

    desk = desk_with(change=strict)
    desk.closed()
    jam(desk)
    assert "类似事件" not in desk.wang.reads("assigned")


@pytest.mark.parametrize("text", ["", "您好，请帮忙看一下，谢谢！", "12 34 !!", "的了吗"])
def test_a_mail_that_says_nothing_is_like_nothing(desk: Story, text: str) -> None:
    desk.li.writes("请问", text or "?")
    desk.john.writes("您好", text or "?")
    assert desk.turn() == ["opened", "opened"]
    assert "类似事件" not in desk.zhao.reads("desk-new")


def test_a_known_error_is_shown_with_its_workaround(desk: Story) -> None:
    """Problem management feeds the match (spec 1.8)."""
    desk.taken()
    desk.wang.answers("assigned", "#问题 打印机卡纸")
    assert desk.turn() == ["commanded"]
    with desk.app.store.begin() as work:
        (problem,) = work.problems.search(limit=5)
        problem = work.problems.get(problem.number) or problem
        problem.status = ProblemStatus.KNOWN_ERROR
        problem.workaround = "换一包新纸"
        work.problems.save(problem, "postdesk", desk.clock(), "test")
    jam(desk)
    known = desk.wang.reads("assigned").partition("知识与已知错误")[2]
    assert f"{problem.number} · 已知错误" in known
    assert "解决：换一包新纸" in known
