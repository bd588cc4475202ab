"""Urgent and major incidents by mail (spec 1.7, 100.5 and 101): who confirms, who is told, who
acknowledges, what is owed, when it is over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from processor.demo.correspondent import Enclosed
from processor.domain.duty import Duty, DutyState, Reminders
from processor.domain.emergency import Emergency, EmergencyState, Member, Notice, Roster
from processor.settings.settings import Settings
from tests.journeys.desk import SOLUTION, Story
from tests.journeys.people import Person

ALL_DOWN = "紧急：全公司业务系统全部中断，所有人都无法工作，没有替代办法。"


def _wide(settings: Settings) -> Settings:
    """The administrator has put the general manager on the roster, too."""
    members = (
        Member("it.director@example.com", "信息总监"),
        Member("general.manager@example.com", "总经理"),
    )
    agreed = replace(settings.emergency, rosters=(Roster("管理层", members),))
    return replace(settings, emergency=agreed)


@pytest.fixture
def desk(desk_with: Callable[..., Story]) -> Story:
    return desk_with()


@pytest.fixture
def desk_with(desk_with: Callable[..., Story]) -> Callable[..., Story]:
    def make(change: Callable[[Settings], Settings] = lambda one: one, **options: Any) -> Story:
        return desk_with(change=lambda one: change(_wide(one)), **options)

    return make


def emergency(desk: Story, ordinal: int = 1) -> Emergency | None:
    with desk.app.store.read() as work:
        return work.emergencies.of(desk.numbers[ordinal - 1])


def owed(desk: Story, ordinal: int = 1) -> list[Duty]:
    with desk.app.store.read() as work:
        return list(work.duties.of(desk.numbers[ordinal - 1]))


def director(desk: Story) -> Person:
    return desk.person("信息总监", "it.director@example.com")


def general(desk: Story) -> Person:
    return desk.person("总经理", "general.manager@example.com")


def urgent(desk: Story) -> None:
    """Everything is down, P1: the manager is asked."""
    desk.li.writes("全公司断网", ALL_DOWN)
    desk.turn()
    if desk.incident().priority != 1:
        desk.zhao.says("#影响度 1\n#紧急度 1")
        desk.turn()
    assert desk.incident().priority == 1
    assert "urgent-ask" in desk.letters["chen.jing"]


def running(desk: Story) -> None:
    """… and has confirmed it."""
    urgent(desk)
    desk.chen.clicks("urgent-ask", "#确认紧急")
    assert desk.turn() == ["commanded"]


def solve(desk: Story) -> None:
    """Liu Yang takes it and solves it."""
    for said in ("#接单", SOLUTION):
        desk.liu.says(said)
        assert desk.turn() == ["commanded"]


# ---- 100.5: confirmed, denied, unanswered --------------------------------------------------------


def test_the_manager_confirms_with_one_click_and_all_are_alarmed(desk: Story) -> None:
    running(desk)
    found = emergency(desk)
    assert found is not None
    assert (found.state, found.declared_by) == (EmergencyState.RUNNING, desk.chen.address)
    incident = desk.incident()
    assert incident.major
    assert incident.commander == desk.chen.address
    assert desk.letters["it.director"] == ["emergency-alarm"]
    assert desk.letters["general.manager"] == ["emergency-alarm"]
    assert desk.letters["chen.jing"] == ["emergency-command", "command-done"]
    # who declares it himself hears of what he owes by that in the letter that makes him lead it
    assert "1. 提交重大事件报告：11月24日" in desk.chen.reads("emergency-command")
    assert "#签收" in director(desk).buttons("emergency-alarm")
    assert ("priority", "1") not in [(name, old) for name, old, _ in desk.changes()]
    desk.at("09:30")  # nobody is asked a second time, nothing is treated as silence
    desk.turn()
    assert "urgent-unanswered" not in desk.letters.get("it.director", [])


def test_denied_with_a_reason_it_becomes_p2_and_that_is_recorded(desk: Story) -> None:
    urgent(desk)
    desk.chen.answers("urgent-ask", "#否认紧急 只影响财务部，有备用线路")
    assert desk.turn() == ["commanded"]
    incident = desk.incident()
    assert (incident.priority, incident.initial_priority, incident.major) == (
        2,
        incident.initial_priority,
        False,
    )
    assert ("urgent_denied", "只影响财务部，有备用线路") in desk.steps()
    assert desk.letters == {"chen.jing": ["command-done"]}
    desk.at("09:30")
    desk.turn()
    assert "it.director" not in desk.letters
    found = emergency(desk)
    assert found is not None
    assert found.state is EmergencyState.DENIED


def test_denied_without_a_reason_is_refused(desk: Story) -> None:
    urgent(desk)
    desk.chen.answers("urgent-ask", "#否认紧急")
    desk.refuses(desk.chen, "原因")


def test_silence_counts_as_yes_and_goes_to_the_next_post(desk: Story) -> None:
    urgent(desk)
    asked = desk.now
    desk.now = asked + timedelta(minutes=9)
    desk.turn()
    assert not desk.incident().major
    desk.now = asked + timedelta(minutes=11)
    desk.turn()
    assert desk.incident().major
    assert desk.letters["it.director"] == ["urgent-unanswered", "emergency-alarm"]
    kinds = ["urgent-unanswered", "emergency-command", "duty-given", "problem-new"]
    assert desk.letters["chen.jing"] == kinds
    assert desk.incident().hierarchical_escalations >= 1
    found = emergency(desk)
    assert found is not None
    assert found.silent
    # the manager can still call it off
    desk.chen.answers("urgent-unanswered", "#否认紧急 误报，已恢复")
    assert desk.turn() == ["commanded"]
    assert desk.letters["it.director"] == ["emergency-over"]
    assert "误报，已恢复" in director(desk).reads("emergency-over")
    assert not desk.incident().major
    assert [duty.state for duty in owed(desk)] == [DutyState.DROPPED]


def test_silence_while_the_desk_was_down_is_made_up_once(desk: Story) -> None:
    urgent(desk)
    desk.restarts()
    desk.at("13:00")
    desk.turn()
    assert desk.letters["it.director"].count("emergency-alarm") == 1
    assert "emergency-round" not in desk.letters["it.director"]
    desk.restarts()
    desk.turn()
    assert desk.letters == {}


def test_what_was_solved_meanwhile_needs_no_answer(desk: Story) -> None:
    urgent(desk)
    solve(desk)
    desk.at("09:30")
    desk.turn()
    assert not desk.incident().major


@pytest.mark.parametrize("keyword", ["#确认紧急", "#否认紧急 不紧急", "#重大 核心交换机坏了"])
def test_only_the_manager_decides(desk: Story, keyword: str) -> None:
    urgent(desk)
    desk.zhao.says(keyword)
    desk.refuses(desk.zhao)
    assert not desk.incident().major


@pytest.mark.parametrize(
    "keyword", ["#确认紧急", "#否认紧急 不紧急", "#重大 坏了", "#通报 假的", "#演练 假的"]
)
def test_a_forged_one_changes_nothing(desk: Story, keyword: str) -> None:
    urgent(desk)
    before = desk.fingerprint()
    desk.chen.writes(f"关于 [{desk.numbers[0]}]", keyword)
    assert desk.turn() == ["held"]
    assert desk.fingerprint() == before
    found = emergency(desk)
    assert found is not None
    assert found.state is EmergencyState.ASKED


def test_without_a_question_there_is_nothing_to_confirm(desk: Story) -> None:
    desk.taken()
    desk.chen.says("#确认紧急")
    desk.refuses(desk.chen, "#重大")


def test_declared_at_any_time(desk: Story) -> None:
    desk.taken()
    desk.chen.says("#重大 打印中心整体故障，影响发薪")
    assert desk.turn() == ["commanded"]
    assert desk.incident().major
    assert "打印中心整体故障" in director(desk).reads("emergency-alarm")
    desk.chen.says("#重大 再来一次")
    desk.refuses(desk.chen, "已经是重大事件")


def test_declared_without_a_reason_is_refused(desk: Story) -> None:
    desk.taken()
    desk.chen.says("#重大")
    desk.refuses(desk.chen)


def test_in_english(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(language="en")
    desk.taken()
    chen = desk.person("Chen Jing", desk.chen.address, "en")
    chen.says("#major payroll printing is down")
    assert desk.turn() == ["commanded"]
    boss = desk.person("IT Director", "it.director@example.com", "en")
    assert "payroll printing is down" in boss.reads("emergency-alarm")
    boss.clicks("emergency-alarm", "#ack")
    assert desk.turn() == ["commanded"]
    assert "1 of 2" in boss.reads("emergency-acked")


# ---- 101: told every so often, until it is over --------------------------------------------------


def test_the_roster_is_told_every_half_hour_until_it_is_solved(desk: Story) -> None:
    running(desk)
    director(desk).clicks("emergency-alarm", "#签收")
    general(desk).clicks("emergency-alarm", "#签收")
    desk.turn()
    begun = desk.now
    desk.now = begun + timedelta(minutes=31)
    desk.turn()
    assert desk.letters["it.director"] == ["emergency-round"]
    desk.now = begun + timedelta(minutes=61)
    desk.turn()
    assert desk.letters["it.director"] == ["emergency-round"]
    solve(desk)
    assert "emergency-over" in desk.letters["it.director"]
    desk.now = begun + timedelta(minutes=95)
    desk.turn()
    assert "it.director" not in desk.letters
    found = emergency(desk)
    assert found is not None
    assert found.state is EmergencyState.OVER
    # it was not solved after all
    desk.li.answers("resolved-ask", "#未解决 又断了")
    desk.turn()
    assert desk.letters["it.director"] == ["emergency-round"]
    assert "仍未解决" in director(desk).reads("emergency-round")


def test_rounds_that_were_missed_are_one(desk: Story) -> None:
    running(desk)
    begun = desk.now
    desk.restarts()
    desk.now = begun + timedelta(hours=2, minutes=10)
    desk.turn()
    assert desk.letters["it.director"].count("emergency-round") == 1
    desk.now = begun + timedelta(hours=2, minutes=20)
    desk.turn()
    assert "emergency-round" not in desk.letters.get("it.director", [])
    desk.now = begun + timedelta(hours=2, minutes=31)
    desk.turn()
    assert "emergency-round" in desk.letters["it.director"]


def test_one_mail_tells_all_and_stays_for_the_next_round(desk: Story) -> None:
    running(desk)
    desk.chen.answers("emergency-command", "#通报 备用交换机已上线\n预计 11:30 全部恢复")
    assert desk.turn() == ["commanded"]
    assert desk.letters["general.manager"] == ["emergency-broadcast"]
    assert "预计 11:30 全部恢复" in director(desk).reads("emergency-broadcast")
    desk.now += timedelta(minutes=31)
    desk.turn()
    assert "备用交换机已上线" in director(desk).reads("emergency-round")
    # the reporter does not see what the roster is told
    desk.li.says("#状态")
    desk.turn()
    assert "备用交换机已上线" not in desk.li.reads("status")


def test_nobody_else_broadcasts(desk: Story) -> None:
    running(desk)
    desk.zhao.says("#通报 都修好了")
    desk.refuses(desk.zhao)
    director(desk).answers("emergency-alarm", "#通报 都修好了")
    desk.refuses(director(desk))


def test_a_broadcast_without_words_or_without_an_emergency_is_refused(desk: Story) -> None:
    desk.taken()
    desk.chen.says("#通报 都修好了")
    desk.refuses(desk.chen, "不是正在处理的重大事件")
    desk.chen.says("#重大 影响发薪")
    desk.turn()
    desk.chen.says("#通报")
    desk.refuses(desk.chen)


def test_receipts_are_counted_and_the_silent_reminded(desk: Story) -> None:
    running(desk)
    director(desk).clicks("emergency-alarm", "#签收")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"it.director": ["emergency-acked"]}
    assert "2 人中有 1 人" in director(desk).reads("emergency-acked")
    desk.now += timedelta(minutes=11)
    desk.turn()
    assert desk.letters["general.manager"] == ["emergency-ack-ask"]
    assert "it.director" not in desk.letters
    told = desk.chen.reads("emergency-receipts")
    assert "已签收 1 人" in told
    assert "总经理" in told
    general(desk).clicks("emergency-ack-ask", "#签收")
    desk.turn()
    desk.now += timedelta(minutes=18)
    desk.turn()
    assert "emergency-ack-ask" not in desk.letters.get("general.manager", [])
    assert "1 / 2" not in desk.chen.reads("emergency-command")


def test_who_is_not_on_the_roster_has_nothing_to_acknowledge(desk: Story) -> None:
    running(desk)
    desk.wang.says("#签收")
    desk.refuses(desk.wang, "名单")
    desk.li.says("#签收")
    desk.refuses(desk.li, "名单")


def test_another_commander_is_named_and_may_broadcast(desk: Story) -> None:
    running(desk)
    desk.chen.answers("emergency-command", "#指挥 @周磊")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"chen.jing": ["command-done"], "zhou.lei": ["emergency-command"]}
    assert desk.incident().commander == desk.zhou.address
    desk.zhou.clicks("emergency-command", "#通报", "周磊接手指挥")
    assert desk.turn() == ["commanded"]
    assert "周磊接手指挥" in general(desk).reads("emergency-broadcast")


@pytest.mark.parametrize("text", ["#指挥", "#指挥 @没有这个人"])
def test_a_commander_must_be_somebody(desk: Story, text: str) -> None:
    running(desk)
    desk.chen.answers("emergency-command", text)
    desk.refuses(desk.chen, "没有找到")


# ---- what is owed --------------------------------------------------------------------------------


def _with_notice(settings: Settings) -> Settings:
    notice = Notice(
        to={"zh": "向行业主管部门报告", "en": "Report to the supervising authority"},
        within=timedelta(hours=2),
    )
    return replace(
        settings,
        emergency=replace(
            settings.emergency,
            notices=(notice,),
            notice_reminders=Reminders(before=(timedelta(minutes=30),)),
        ),
    )


def test_an_authority_must_be_told_in_time(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(change=_with_notice)
    running(desk)
    begun = desk.now
    notice, report = owed(desk)
    assert (notice.kind, notice.text) == ("notice", "向行业主管部门报告")
    assert notice.owner == report.owner == desk.chen.address
    desk.now = begun + timedelta(minutes=91)
    desk.turn()
    assert "duty-near" in desk.letters["chen.jing"]
    desk.chen.clicks("duty-near", "#已上报", "已电话并书面报告")
    assert desk.turn() == ["commanded"]
    assert owed(desk)[0].state is DutyState.DONE
    assert "已电话并书面报告" in owed(desk)[0].remark
    desk.now = begun + timedelta(hours=3)
    desk.turn()
    assert "duty-overdue" not in desk.letters.get("chen.jing", [])


def test_an_authority_that_was_not_told_in_time(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(change=_with_notice)
    running(desk)
    desk.now += timedelta(hours=2, minutes=1)
    desk.turn()
    assert "duty-overdue" in desk.letters["chen.jing"]
    assert "向行业主管部门报告" in desk.chen.reads("duty-overdue")


def test_the_report_is_owed_within_a_day(desk: Story) -> None:
    running(desk)
    (report,) = owed(desk)
    assert report.due_at - report.opened_at == timedelta(hours=24)
    solve(desk)
    desk.now = report.due_at.astimezone(desk.now.tzinfo) - timedelta(hours=3)
    desk.turn()
    assert "duty-near" in desk.letters["chen.jing"]
    desk.chen.says("#报告")
    desk.turn()
    assert owed(desk)[0].state is DutyState.DONE
    desk.now = report.due_at.astimezone(desk.now.tzinfo) + timedelta(hours=1)
    desk.turn()
    assert "duty-overdue" not in desk.letters.get("chen.jing", [])


def test_a_report_that_is_asked_for_while_it_lasts_is_none_yet(desk: Story) -> None:
    running(desk)
    desk.chen.says("#报告")
    desk.turn()
    assert owed(desk)[0].open


def test_a_report_that_was_handed_in_counts(desk: Story) -> None:
    running(desk)
    number = desk.numbers[0]
    document = Enclosed("重大事件报告.pdf", "application/pdf", b"%PDF-1.7 report")
    headers = [("Authentication-Results", "mx.example.com; dkim=pass header.d=example.com")]
    desk.chen.writes(f"报告 [{number}]", "附上报告。", headers=headers, enclosed=[document])
    desk.turn()
    (report,) = owed(desk)
    assert report.state is DutyState.DONE
    assert report.remark == "重大事件报告.pdf"


# ---- drills --------------------------------------------------------------------------------------


def test_a_drill_says_so_in_every_mail_and_notifies_nobody_outside(
    desk_with: Callable[..., Story],
) -> None:
    desk = desk_with(change=_with_notice)
    desk.chen.asks("#演练 机房断电应急演练\n模拟 UPS 失效")
    assert desk.turn() == ["commanded"]
    incident = desk.incident()
    assert incident.drill
    assert incident.major
    assert [duty.kind for duty in owed(desk)] == ["report"]
    director(desk).clicks("emergency-alarm", "#签收")
    desk.turn()
    desk.now += timedelta(minutes=31)
    desk.turn()
    for mail in desk.sent():
        assert "【演练】" in str(mail["Subject"]), mail["Subject"]
        assert "这是演练" in mail.get_body(("plain",)).get_content()
    assert "机房断电应急演练" in director(desk).reads("emergency-round")


def test_a_drill_on_an_incident_that_is_real_is_refused(desk: Story) -> None:
    running(desk)
    desk.chen.says("#演练 其实是演练")
    desk.refuses(desk.chen, "真实的重大事件")


def test_only_the_manager_drills(desk: Story) -> None:
    desk.zhao.asks("#演练 机房断电")
    assert desk.turn() == ["rejected"]
    assert desk.numbers == []


def test_what_was_solved_and_came_back_is_asked_anew(desk: Story) -> None:
    urgent(desk)
    solve(desk)
    desk.li.answers("resolved-ask", "#未解决 又断了")
    desk.turn()
    desk.at("09:30")
    desk.turn()
    assert not desk.incident().major
    assert desk.letters["chen.jing"] == ["urgent-ask"]
    desk.at("09:41")
    desk.turn()
    assert desk.incident().major


def test_a_problem_is_always_opened_but_not_for_a_drill(desk: Story) -> None:
    running(desk)
    assert [link.kind for link in desk.dossier().links] == ["problem"]
    desk.chen.asks("#演练 机房断电应急演练")
    desk.turn()
    assert desk.dossier(2).links == ()


def test_attached_incidents_are_over_together(desk: Story) -> None:
    running(desk)
    desk.john.writes("Network down", "I cannot reach anything.")
    desk.turn()
    desk.zhao.says(f"#重复 {desk.numbers[0]}", 2)
    desk.turn()
    assert desk.incident(2).parent == desk.numbers[0]
    solve(desk)
    assert "resolved-ask" in desk.letters["john.carter"]
