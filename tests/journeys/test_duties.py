"""What is owed by a time, by mail: measures of a review and their reminders (spec 1.7, 101)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from processor.domain.duty import Duty, DutyState
from tests.journeys.desk import Story

MEASURE = "#措施 增加备用链路；@王强；12月1日"


def owed(desk: Story) -> list[Duty]:
    with desk.app.store.read() as work:
        return list(work.duties.of(desk.numbers[0]))


def _decided(desk: Story, text: str = MEASURE) -> None:
    desk.closed()
    desk.chen.answers("closed", text)
    assert desk.turn() == ["commanded"]


def test_a_measure_is_given_to_its_owner_and_done(desk: Story) -> None:
    _decided(desk)
    assert desk.letters == {"chen.jing": ["command-done"], "wang.qiang": ["duty-given"]}
    assert "12月1日" in desk.wang.reads("duty-given")
    assert "增加备用链路" in desk.wang.reads("duty-given")
    (duty,) = owed(desk)
    assert (duty.text, duty.owner, duty.state) == (
        "增加备用链路",
        desk.wang.address,
        DutyState.OPEN,
    )
    desk.wang.clicks("duty-given", "#完成措施")
    assert desk.turn() == ["commanded"]
    (duty,) = owed(desk)
    assert duty.state is DutyState.DONE
    assert duty.done_by == desk.wang.address
    assert ("duty_done", "1. 增加备用链路") in desk.steps()
    desk.at("09:00", days=30)
    desk.turn()
    assert "wang.qiang" not in desk.letters


def test_one_that_is_overdue_goes_to_the_manager_too_and_once_after_downtime(
    desk: Story,
) -> None:
    _decided(desk)
    desk.restarts()
    desk.at("09:00", days=9)
    desk.turn()
    assert desk.letters["wang.qiang"] == ["duty-overdue"]
    assert desk.letters["chen.jing"] == ["duty-overdue"]
    desk.restarts()
    desk.turn()
    assert desk.letters == {}


@pytest.mark.parametrize(
    "text",
    ["#措施 增加备用链路", "#措施 @王强；12月1日", "#措施 增加备用链路；@王强", "#措施"],
    ids=["no owner", "no action", "no date", "nothing"],
)
def test_what_is_not_said_in_full_is_refused(desk: Story, text: str) -> None:
    desk.closed()
    desk.chen.answers("closed", text)
    desk.refuses(desk.chen, "分号")
    assert owed(desk) == []


def test_a_date_that_has_passed_is_refused(desk: Story) -> None:
    desk.closed()
    desk.chen.answers("closed", "#措施 增加备用链路；@王强；2026-11-01")
    desk.refuses(desk.chen, "已经过去")


def test_an_engineer_decides_no_measures(desk: Story) -> None:
    desk.taken()
    desk.wang.answers("assigned", MEASURE)
    desk.refuses(desk.wang)
    assert owed(desk) == []


def test_nobody_else_closes_it(desk: Story) -> None:
    _decided(desk)
    desk.liu.says("#完成措施 1")
    desk.refuses(desk.liu, "王强")
    assert owed(desk)[0].state is DutyState.OPEN


def test_which_of_several_must_be_said(desk: Story) -> None:
    _decided(desk, f"{MEASURE}\n#措施 更新应急预案；@王强；3天内")
    assert [duty.text for duty in owed(desk)] == ["增加备用链路", "更新应急预案"]
    desk.wang.says("#完成措施")
    desk.refuses(desk.wang, "2. 更新应急预案")
    desk.wang.says("#完成措施 2 已发布新版")
    assert desk.turn() == ["commanded"]
    assert [duty.state for duty in owed(desk)] == [DutyState.OPEN, DutyState.DONE]
    assert owed(desk)[1].remark == "已发布新版"
    desk.wang.says("#完成措施 2")
    desk.refuses(desk.wang, "已经办结")


def test_the_word_alone_is_a_note_of_a_solution(desk: Story) -> None:
    desk.taken()
    desk.wang.answers("assigned", "措施：先换一台备机")
    assert desk.turn() == ["updated"]
    assert ("note", "措施：先换一台备机") in desk.steps()


def test_in_english(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(language="en")
    desk.closed()
    desk.chen.says("#action second uplink; @wang.qiang@example.com; 1 December 2026")
    assert desk.turn() == ["commanded"]
    assert owed(desk)[0].owner == desk.wang.address


def test_a_forged_one_changes_nothing(desk: Story) -> None:
    desk.closed()
    desk.chen.writes(f"关于 [{desk.numbers[0]}]", MEASURE)
    assert desk.turn() == ["held"]
    assert owed(desk) == []
