"""What waits for a change does not wait for ever (spec 1.8): who decides on it, and who carries it
out, is reminded."""

from __future__ import annotations

from tests.journeys.desk import Story
from tests.journeys.test_changes import approved, change, raised, steps_of

REMIND = "change-remind"


def told(desk: Story) -> list[str]:
    """Who was reminded in the last turn."""
    return sorted(who for who, kinds in desk.letters.items() if REMIND in kinds)


def test_approvers_are_reminded_once_a_day_then_the_managers_too(desk: Story) -> None:
    """A low risk goes to approvers and managers; both are Chen Jing here. One working day."""
    found = raised(desk)
    assert "请在 11月24日(周二) 09:00 前决定" in desk.chen.reads("change-ask")
    desk.at("08:50", days=1)
    desk.turn()
    assert told(desk) == []
    desk.at("09:01")
    desk.turn()
    assert told(desk) == ["chen.jing"]
    assert "11月24日(周二) 09:00" in desk.chen.reads(REMIND)
    desk.restarts()
    desk.at("09:30")
    desk.turn()
    assert told(desk) == []
    desk.at("10:00", days=2)  # a day's reminder was missed: the later one is told alone
    desk.turn()
    assert told(desk) == ["chen.jing"]
    assert desk.letters["chen.jing"].count(REMIND) == 1
    assert [kind for kind, _ in steps_of(desk, found.number)].count("reminded_requested") == 2
    desk.chen.clicks(REMIND, "批准")
    assert desk.turn() == ["commanded"]
    desk.at("10:00", days=1)
    desk.turn()
    assert told(desk) == [], "it is decided on"


def test_the_result_is_asked_for(desk: Story) -> None:
    found = approved(desk)
    assert "最迟 12月7日(周一)" in desk.wang.reads("change-decided")
    desk.at("09:01", days=14)
    desk.turn()
    assert told(desk) == ["wang.qiang"]
    assert "请报告变更结果" in desk.wang.reads(REMIND)
    desk.at("09:01", days=1)
    desk.turn()
    assert told(desk) == ["chen.jing", "wang.qiang"]
    desk.wang.answers(REMIND, "#变更结果 成功 已更换")
    assert desk.turn() == ["commanded"]
    assert not change(desk).open
    desk.at("09:01", days=1)
    desk.turn()
    assert told(desk) == []
    assert [kind for kind, _ in steps_of(desk, found.number)].count("reminded_approved") == 2
