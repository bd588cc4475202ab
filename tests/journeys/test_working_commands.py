"""The engineer's keywords by mail: who may give them, when, and what comes of it (spec 3)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from processor.domain.incident import ClockKind, Status
from tests.journeys.desk import SOLUTION, Story

# ---- accept ------------------------------------------------------------------------------------


def test_accept_takes_the_incident_and_meets_the_response_clock(desk: Story) -> None:
    desk.printer_jam()
    desk.wang.answers("assigned", "#接单")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"wang.qiang": ["command-done"], "li.na": ["accepted"]}
    incident = desk.incident()
    assert incident.status is Status.IN_PROGRESS
    assert incident.assignee == incident.owner == desk.wang.address
    clocks = {clock.kind: clock for clock in desk.dossier().clocks}
    assert clocks[ClockKind.RESPONSE].met
    assert clocks[ClockKind.RESOLUTION].running


def test_accept_in_english_from_a_button(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(language="en")
    desk.john.writes("Printer jams", "The printer in room 301 jams.")
    desk.turn()
    wang = desk.person("Wang Qiang", desk.wang.address, "en")
    wang.clicks("assigned", "#accept")
    assert desk.turn() == ["commanded"]
    assert "is yours now" in wang.reads("command-done")
    assert desk.incident().status is Status.IN_PROGRESS


def test_accept_by_an_engineer_of_another_group_is_refused(desk: Story) -> None:
    desk.printer_jam()
    desk.liu.says("#接单")
    answer = desk.refuses(desk.liu, "硬件组")
    assert "分派" in answer


def test_accept_by_the_reporter_is_refused_with_what_he_may_do(desk: Story) -> None:
    desk.printer_jam()
    desk.li.answers("opened", "#接单")
    desk.refuses(desk.li, "接单")
    assert "#状态" in desk.li.buttons("command-refused")
    assert "#接单" not in desk.li.buttons("command-refused")


def test_accept_of_what_another_has_is_refused_by_name(desk: Story) -> None:
    desk.taken()
    desk.zhao.says("#接单")
    desk.refuses(desk.zhao, "王强")


def test_accept_twice_is_refused_with_the_moves_there_are(desk: Story) -> None:
    desk.taken()
    desk.wang.answers("assigned", "#接单")
    desk.refuses(desk.wang, "处理中", "解决")


# ---- note and reply ----------------------------------------------------------------------------


def test_a_note_is_kept_whole_and_never_mailed_out(desk: Story) -> None:
    desk.taken()
    desk.wang.answers("assigned", "#备注 客户很急\n第二行\n\n第三段")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"wang.qiang": ["command-done"]}
    assert ("note", "客户很急\n第二行\n\n第三段") in desk.steps()


def test_a_reply_is_mailed_to_the_reporter_in_his_thread(desk: Story) -> None:
    desk.taken()
    opened = desk.li.got("opened")
    desk.wang.answers("assigned", "#回复 备件已经在路上")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"wang.qiang": ["command-done"], "li.na": ["reply"]}
    assert "备件已经在路上" in desk.li.reads("reply")
    assert desk.li.got("reply")["References"].split()[0] in str(opened["References"])


@pytest.mark.parametrize("keyword", ["#备注", "#回复"])
def test_without_words_there_is_nothing_to_note_or_reply(desk: Story, keyword: str) -> None:
    desk.taken()
    desk.wang.answers("assigned", keyword)
    desk.refuses(desk.wang)


def test_the_text_below_the_keyword_counts_where_none_stands_behind_it(desk: Story) -> None:
    desk.taken()
    desk.wang.answers("assigned", "#回复\n\n请先重启打印机。")
    desk.turn()
    assert "请先重启打印机。" in desk.li.reads("reply")


@pytest.mark.parametrize("keyword", ["#备注 我自己看看", "#回复 我来答"])
def test_reporters_neither_note_nor_reply(desk: Story, keyword: str) -> None:
    desk.taken()
    desk.li.answers("accepted", keyword)
    desk.refuses(desk.li)


# ---- assign and return -------------------------------------------------------------------------


def test_assign_to_a_person_by_name(desk: Story) -> None:
    desk.printer_jam()
    desk.zhao.says("#分派 @刘洋 请看看网络")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"zhao.min": ["command-done"], "liu.yang": ["assigned"]}
    incident = desk.incident()
    assert (incident.assignee, incident.group, incident.line) == (desk.liu.address, "network", 2)
    assert incident.owner == "service-desk", "until somebody accepts, the desk owns it"
    assert "请看看网络" in desk.liu.reads("assigned")


def test_assign_to_a_group_by_its_title(desk: Story) -> None:
    desk.printer_jam()
    desk.zhao.says("#分派 网络组")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {
        "zhao.min": ["command-done"],
        "zhou.lei": ["assigned"],
        "liu.yang": ["assigned"],
    }
    assert (desk.incident().group, desk.incident().assignee) == ("network", "")
    assert desk.incident().dispatches == 2


@pytest.mark.parametrize(
    ("target", "says"),
    [("", "硬件组"), ("不存在的组", "网络组"), ("@陈静", "陈静")],
    ids=["nobody", "unknown", "manager"],
)
def test_assign_to_nobody_who_handles_incidents_is_refused(
    desk: Story, target: str, says: str
) -> None:
    desk.printer_jam()
    desk.zhao.says(f"#分派 {target}")
    desk.refuses(desk.zhao, says)


def test_assign_by_an_engineer_who_is_not_on_it_is_refused(desk: Story) -> None:
    desk.printer_jam()
    desk.liu.says("#分派 @王强")
    desk.refuses(desk.liu)


def test_a_lead_dispatches_within_his_group_only(desk: Story) -> None:
    desk.printer_jam()
    desk.zhou.says("#分派 @刘洋")
    desk.refuses(desk.zhou)
    desk.zhao.says("#分派 网络组")
    desk.turn()
    desk.zhou.answers("assigned", "#分派 @刘洋")
    assert desk.turn() == ["commanded"]
    assert desk.incident().assignee == desk.liu.address


def test_a_wrong_dispatch_goes_back_to_the_desk_and_is_counted(desk: Story) -> None:
    desk.printer_jam()
    desk.zhao.says("#分派 @王强")
    desk.turn()
    desk.wang.answers("assigned", "#退回 这是网络问题")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"wang.qiang": ["command-done"], "zhao.min": ["returned"]}
    incident = desk.incident()
    assert (incident.status, incident.group, incident.assignee) == (
        Status.NEW,
        "service-desk",
        "",
    )
    assert incident.wrong_dispatches == 1
    assert ("returned", "这是网络问题") in desk.steps()
    assert "这是网络问题" in desk.zhao.reads("returned")


def test_return_needs_a_reason_an_assignee_and_the_right_moment(desk: Story) -> None:
    desk.printer_jam()
    desk.zhao.says("#分派 @王强")
    desk.turn()
    desk.wang.answers("assigned", "#退回")
    desk.refuses(desk.wang, "原因")
    desk.liu.says("#退回 不是我的")
    desk.refuses(desk.liu)
    desk.wang.answers("assigned", "#接单")
    desk.turn()
    desk.wang.answers("assigned", SOLUTION)
    desk.turn()
    desk.wang.answers("assigned", "#退回 后悔了")
    desk.refuses(desk.wang, "已解决")


def test_what_proves_wrong_only_at_work_is_returned_as_well(desk: Story) -> None:
    desk.taken()
    desk.wang.answers("assigned", "#退回 原来是交换机坏了")
    assert desk.turn() == ["commanded"]
    assert desk.incident().status is Status.NEW
    assert desk.incident().wrong_dispatches == 1


# ---- waiting -----------------------------------------------------------------------------------


def test_a_question_stops_the_clock_until_the_answer(desk: Story) -> None:
    desk.taken()
    desk.at("09:20")
    desk.wang.answers("assigned", "#待用户 面板上的错误码是什么？")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"wang.qiang": ["command-done"], "li.na": ["question"]}
    assert "面板上的错误码是什么？" in desk.li.reads("question")
    assert desk.incident().status is Status.PENDING_USER
    assert desk.dossier().clocks[1].paused_since is not None
    desk.at("10:20")
    desk.li.answers("question", "是 E-13。")
    assert desk.turn() == ["updated"]
    assert desk.letters == {"wang.qiang": ["updated"]}
    assert desk.incident().status is Status.IN_PROGRESS
    clock = desk.dossier().clocks[1]
    assert clock.running
    assert clock.paused_minutes == pytest.approx(60, abs=0.1)


def test_thanks_are_no_answer(desk: Story) -> None:
    desk.taken()
    desk.wang.answers("assigned", "#待用户 错误码？")
    desk.turn()
    desk.li.answers("question", "好的，谢谢！")
    assert desk.turn() == ["updated"]
    assert desk.letters == {}
    assert desk.incident().status is Status.PENDING_USER


def test_resume_without_the_answer(desk: Story) -> None:
    desk.taken()
    desk.wang.answers("assigned", "#恢复")
    desk.refuses(desk.wang)
    desk.wang.answers("assigned", "#待用户 错误码？")
    desk.turn()
    desk.li.answers("question", "#恢复")
    desk.refuses(desk.li)
    desk.wang.answers("assigned", "#恢复")
    assert desk.turn() == ["commanded"]
    assert desk.incident().status is Status.IN_PROGRESS
    assert desk.dossier().clocks[1].running


def test_wait_needs_a_question_and_the_assignee(desk: Story) -> None:
    desk.taken()
    desk.wang.answers("assigned", "#待用户")
    desk.refuses(desk.wang)
    desk.liu.says("#待用户 错误码？")
    desk.refuses(desk.liu)


# ---- resolve -----------------------------------------------------------------------------------


def test_resolve_records_the_details_and_asks_the_reporter(desk: Story) -> None:
    desk.solved()
    assert desk.letters == {"wang.qiang": ["command-done"], "li.na": ["resolved-ask"]}
    incident = desk.incident()
    assert incident.status is Status.RESOLVED
    assert incident.solution == "更换了进纸轮，打印正常"
    assert (incident.cause, incident.action) == ("进纸轮磨损", "更换进纸轮并试印")
    assert (incident.solution_kind, incident.resolver_role) == ("permanent", "first")
    assert incident.closure_code
    assert all(clock.stopped_at for clock in desk.dossier().clocks)


def test_resolve_without_details_names_what_is_missing(desk: Story) -> None:
    desk.taken()
    desk.wang.answers("assigned", "#解决 重启了")
    answer = desk.refuses(desk.wang, "原因", "措施")
    assert "结束代码" in answer


def test_resolve_by_who_is_not_the_assignee_is_refused(desk: Story) -> None:
    desk.taken()
    desk.liu.says(SOLUTION)
    desk.refuses(desk.liu, "解决")
    desk.zhao.says(SOLUTION)
    desk.refuses(desk.zhao)
    desk.li.answers("accepted", SOLUTION)
    desk.refuses(desk.li)
    assert desk.incident().status is Status.IN_PROGRESS


def test_the_desk_answers_and_resolves_at_once(desk: Story) -> None:
    desk.li.writes("请教一下", "请问食堂几点开门？")
    desk.turn()
    assert desk.incident().status is Status.NEW
    assert desk.letters == {"li.na": ["opened"], "zhao.min": ["desk-new"]}
    desk.zhao.answers("desk-new", SOLUTION)
    assert desk.turn() == ["commanded"]
    assert (desk.incident().status, desk.incident().resolver_role) == (Status.RESOLVED, "desk")


def test_a_vendor_that_nobody_knows_is_answered_with_those_there_are(desk: Story) -> None:
    desk.taken()
    desk.wang.answers("assigned", "#转厂商 打印机")
    desk.refuses(desk.wang, "没有找到厂商“打印机”", "示例厂商")
