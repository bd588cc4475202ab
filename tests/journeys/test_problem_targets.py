"""The target time of a problem (spec 1.8): who is reminded, when, and that it is told once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.journeys.desk import ZONE, Story
from tests.journeys.test_problems import opened, problem, taken

NEAR, OVERDUE = "problem-near", "problem-overdue"


def due_in(desk: Story, **later: int) -> None:
    """It is so long after the target time (before it, where negative)."""
    target = problem(desk).target_at
    assert target is not None
    desk.now = (target + timedelta(**later)).astimezone(ZONE)
    desk.turn()


def kinds(desk: Story) -> dict[str, list[str]]:
    """Who was told of the target time in the last turn."""
    wanted = {
        who: [kind for kind in found if kind in (NEAR, OVERDUE)]
        for who, found in desk.letters.items()
    }
    return {who: found for who, found in wanted.items() if found}


def test_whoever_has_it_then_the_manager_each_once(desk: Story) -> None:
    number = taken(desk).number
    due_in(desk, hours=-73)
    assert kinds(desk) == {}
    due_in(desk, hours=-71)
    assert kinds(desk) == {"liu.yang": [NEAR]}
    assert "12月" in desk.liu.reads(NEAR)
    due_in(desk, hours=-70)
    assert kinds(desk) == {}
    due_in(desk, minutes=1)
    assert kinds(desk) == {"liu.yang": [OVERDUE], "chen.jing": [OVERDUE]}
    assert desk.chen.got(OVERDUE)["X-Postdesk-Number"] == number
    desk.restarts()
    due_in(desk, minutes=2)
    assert kinds(desk) == {}
    for week in (1, 2, 3):
        due_in(desk, days=7 * week, minutes=1)
        assert kinds(desk) == {"liu.yang": [OVERDUE], "chen.jing": [OVERDUE]}
    due_in(desk, days=28, minutes=1)
    assert kinds(desk) == {}


def test_after_downtime_the_latest_alone_is_told(desk: Story) -> None:
    number = taken(desk).number
    desk.restarts()
    due_in(desk, days=8)
    assert kinds(desk) == {"liu.yang": [OVERDUE], "chen.jing": [OVERDUE]}
    with desk.app.store.read() as work:
        steps = [one.kind for one in work.neighbour_journal.of(number)]
    assert steps.count("target_overdue_skipped") == 2
    assert steps.count("target_overdue") == 1


def test_what_nobody_has_is_the_managers(desk: Story) -> None:
    opened(desk)
    due_in(desk, hours=-71)
    assert kinds(desk) == {"chen.jing": [NEAR]}
    assert "还没有人负责" in desk.chen.reads(NEAR)
    desk.chen.answers(NEAR, "#分派 @刘洋")
    assert desk.turn() == ["commanded"]
    due_in(desk, minutes=1)
    assert kinds(desk) == {"chen.jing": [OVERDUE], "liu.yang": [OVERDUE]}


def test_another_target_time_begins_anew(desk: Story) -> None:
    taken(desk)
    due_in(desk, hours=-71)
    desk.liu.clicks(NEAR, "#目标时间", "30天内")
    assert desk.turn() == ["commanded"]
    was = desk.now
    desk.now = was + timedelta(days=4)  # the old one
    desk.turn()
    assert kinds(desk) == {}
    due_in(desk, hours=-71)
    assert kinds(desk) == {"liu.yang": [NEAR]}


@pytest.mark.parametrize("end", ["solved", "closed"])
def test_what_is_over_is_not_asked_for(desk: Story, end: str) -> None:
    taken(desk)
    if end == "closed":
        desk.chen.says("#备注 重复")
        desk.chen.answers("problem-new", "#审核 duplicate 与另一个问题相同")
    else:
        desk.liu.answers("problem-assigned", "#解决 更换进纸轮型号\n原因：型号不符\n代码：已解决")
    assert "rejected" not in desk.turn()
    due_in(desk, hours=-71)
    due_in(desk, minutes=1)
    assert kinds(desk) == {}
