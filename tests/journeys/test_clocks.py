"""What the clocks tell (seed 8.9, spec 1.6): each step of the timetable once, in its turn."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import OperationalError

from processor.domain.incident import ClockKind
from processor.jobs.sweep import sweep
from processor.store.database import Store
from processor.store.unit_of_work import UnitOfWork
from tests.journeys.desk import SHANGHAI_MORNING, SOLUTION, Story

# Li Na's printer at 09:00 on Monday is P3: response within 2 working hours (11:00), resolution
# within 24 (a whole day has eight: 08:30-12:00 and 13:30-18:00, so Thursday 09:00).
DIRECTOR, BOSS = "it.director", "general.manager"
ASSIGNEE, LEAD, MANAGER, DESK = "liu.yang", "zhou.lei", "chen.jing", "zhao.min"

TIMETABLE = {
    # priority: percent, days after the Monday, time of day, who is told
    1: [
        (50, 0, "11:00", LEAD),
        (75, 0, "12:00", MANAGER),
        (100, 0, "13:00", DIRECTOR),
        (150, 0, "15:00", BOSS),
    ],
    2: [
        (50, 0, "14:30", ASSIGNEE),
        (75, 0, "16:30", LEAD),
        (100, 1, "09:00", MANAGER),
        (150, 1, "14:30", DIRECTOR),
        (200, 2, "09:00", BOSS),
    ],
    3: [
        (75, 2, "11:00", ASSIGNEE),
        (100, 3, "09:00", LEAD),
        (150, 4, "14:30", MANAGER),
        (200, 8, "09:00", DIRECTOR),
    ],
    4: [(100, 7, "09:00", ASSIGNEE), (150, 9, "14:30", LEAD), (200, 14, "09:00", MANAGER)],
}
"""Spec 1.6, every cell, with the moment at which it falls due for what was reported on Monday at
nine. The last working days of November 2026 have no holidays among them."""


def _jam_for_the_network(desk: Story) -> None:
    """At the network group, which has a lead; in Liu Yang's hands."""
    desk.printer_jam()
    desk.zhao.says("#分派 @刘洋")
    desk.turn()


def _worked_on(desk: Story, priority: int = 3) -> None:
    """… and he has accepted it; its priority is set."""
    _jam_for_the_network(desk)
    desk.liu.answers("assigned", "#接单")
    assert desk.turn() == ["commanded"]
    if priority != desk.incident().priority:
        desk.chen.says(f"#优先级 {priority} 按影响范围调整")
        assert desk.turn() == ["commanded"]
    assert desk.incident().priority == priority


def _told(desk: Story) -> list[str]:
    """Who was told by the clock in the last turn."""
    return [name for name, kinds in desk.letters.items() if "escalation" in kinds]


def _later(desk: Story, days: int, clock: str) -> None:
    desk.now = SHANGHAI_MORNING
    desk.at(clock, days=days)


def _steps(desk: Story) -> list[str]:
    told = (text for kind, text in desk.steps() if kind == "escalation")
    return [text for text in told if text.startswith("clock:")]


@pytest.mark.parametrize("priority", TIMETABLE)
def test_every_cell_of_the_timetable_is_told_once_and_in_time(desk: Story, priority: int) -> None:
    _worked_on(desk, priority)
    posts = {DIRECTOR: "it_director", BOSS: "general_manager", LEAD: "lead", MANAGER: "manager"}
    expected: list[str] = []
    for share, days, clock, who in TIMETABLE[priority]:
        _later(desk, days, clock)
        desk.turn()
        assert _told(desk) == [], f"nobody before {share} %"
        desk.now += timedelta(minutes=1)
        desk.turn()
        assert _told(desk) == [who], f"{share} % of P{priority}"
        mail = desk.person("", f"{who}@example.com").reads("escalation")
        assert f"{share}%" in mail
        assert desk.numbers[0] in mail
        expected.append(f"clock:resolution:{share}:{posts.get(who, 'assignee')}")
        desk.turn()
        assert _told(desk) == [], "each step once"
    assert _steps(desk) == expected
    assert desk.incident().hierarchical_escalations >= len(expected)
    _later(desk, 60, "09:00")
    desk.turn()
    assert _told(desk) == [], "the timetable ends"


def test_a_mail_says_which_step_it_is_whose_turn_and_who_is_next(desk: Story) -> None:
    _worked_on(desk, 2)
    _later(desk, 0, "16:31")
    desk.turn()
    mail = desk.zhou.reads("escalation")
    for words in ("即将超时", "75%", "组长", "11月24日(周二) 09:00", "事件经理"):
        assert words in mail, mail
    assert "#上报" in desk.zhou.buttons("escalation")
    _later(desk, 1, "14:31")
    desk.turn()
    director = desk.person("", "it.director@example.com")
    mail = director.reads("escalation")
    for words in ("已超时", "150%", "IT 总监", "直接回复本邮件", "总经理"):
        assert words in mail, mail


def test_who_holds_a_post_above_may_answer_and_his_words_are_kept(desk: Story) -> None:
    _worked_on(desk, 1)
    _later(desk, 0, "13:01")
    desk.turn()
    director = desk.person("总监", "it.director@example.com")
    director.answers("escalation", "让网络组再派两个人。")
    assert desk.turn() == ["updated"]
    assert ("note", "让网络组再派两个人。") in desk.steps()
    assert len(desk.numbers) == 1
    director.answers("escalation", "#状态")
    desk.turn()
    assert desk.letters == {"it.director": ["status"]}


def test_what_nobody_accepted_in_time_goes_to_the_desk_and_the_lead(desk: Story) -> None:
    _jam_for_the_network(desk)
    desk.at("11:00")
    desk.turn()
    assert desk.letters == {}
    desk.at("11:01")
    desk.turn()
    assert desk.letters == {DESK: ["escalation"], LEAD: ["escalation"]}
    assert "没有人接单" in desk.zhao.reads("escalation")
    assert "服务台" in desk.zhao.reads("escalation")
    assert _steps(desk) == ["clock:response:100:desk+lead"]
    desk.at("11:02")
    desk.turn()
    assert desk.letters == {}


def test_after_two_hours_of_downtime_one_mail_tells_the_latest(desk: Story) -> None:
    _worked_on(desk, 1)
    _later(desk, 0, "10:59")
    desk.turn()
    assert _told(desk) == []
    desk.restarts()
    desk.at("13:01")  # 50, 75 and 100 percent fell due meanwhile
    desk.turn()
    assert _told(desk) == [DIRECTOR]
    assert _steps(desk) == [
        "clock:resolution:50:lead:skipped",
        "clock:resolution:75:manager:skipped",
        "clock:resolution:100:it_director",
    ]
    desk.restarts()
    desk.turn()
    assert _told(desk) == []
    desk.at("15:01")
    desk.turn()
    assert _told(desk) == [BOSS]


def test_a_step_is_not_repeated_when_the_priority_changes_and_changes_back(desk: Story) -> None:
    _worked_on(desk, 2)
    _later(desk, 0, "16:31")
    desk.turn()
    assert _told(desk) == [LEAD]
    desk.chen.says("#优先级 3 有替代办法")
    desk.turn()
    desk.chen.says("#优先级 2 替代办法失效")
    desk.turn()
    assert _told(desk) == []
    _later(desk, 1, "08:59")
    desk.turn()
    assert _told(desk) == []
    _later(desk, 1, "09:01")
    desk.turn()
    assert _told(desk) == [MANAGER]


def test_where_nobody_fills_the_place_the_next_above_is_told(desk: Story) -> None:
    """The hardware group has no lead."""
    desk.taken()
    desk.zhao.says("#优先级 1 全公司都打印不了")
    desk.turn()
    _later(desk, 0, "11:01")
    desk.turn()
    assert _told(desk) == [MANAGER]
    mail = desk.chen.reads("escalation")
    assert "组长" in mail
    assert "空缺" in mail
    assert "clock:resolution:50:lead:manager" in _steps(desk)


def test_a_met_target_is_silent(desk: Story) -> None:
    _jam_for_the_network(desk)
    desk.liu.answers("assigned", "#接单")
    desk.turn()
    desk.at("12:00")
    desk.turn()
    assert desk.letters == {}


def test_a_clock_that_waits_for_the_reporter_is_silent(desk: Story) -> None:
    _jam_for_the_network(desk)
    desk.liu.answers("assigned", "#接单\n#待用户 哪一台？")
    desk.turn()
    due = desk.dossier().clocks[1].due_at
    desk.at("09:00", days=20)
    desk.restarts()
    desk.turn()
    assert desk.letters == {"li.na": ["question-reminder"]}
    desk.li.answers("question", "三楼那台。")
    assert desk.turn() == ["updated"]
    assert "escalation" not in desk.letters.get("liu.yang", [])
    assert desk.dossier().clocks[1].due_at > due + timedelta(days=15)


def test_what_is_solved_is_silent_until_it_is_not(desk: Story) -> None:
    _jam_for_the_network(desk)
    desk.liu.answers("assigned", "#接单")
    desk.turn()
    desk.liu.answers("assigned", SOLUTION)
    desk.turn()
    desk.at("09:00", days=14)
    desk.turn()
    assert desk.letters == {"li.na": ["confirm-reminder"]}
    desk.li.answers("resolved-ask", "#未解决")
    desk.turn()
    clock = {one.kind: one for one in desk.dossier().clocks}[ClockKind.RESOLUTION]
    assert clock.running


def test_a_raised_priority_that_is_already_late_is_told_at_once(desk: Story) -> None:
    _jam_for_the_network(desk)
    desk.at("10:00")
    desk.liu.answers("assigned", "#优先级 2 财务关账")
    assert desk.turn() == ["commanded"]
    assert _told(desk) == [DESK, LEAD]  # P2 has half an hour to be accepted


def test_a_timer_that_fails_does_not_keep_the_others_waiting(
    desk_with: Callable[..., Story],
) -> None:
    desk = desk_with()
    _jam_for_the_network(desk)
    number = desk.numbers[0]
    with desk.app.store.begin() as work:
        work.timers.put(number, "clock", {"no such clock:75:lead": desk.clock()})
    desk.at("11:01")
    desk.turn()
    assert desk.letters == {DESK: ["escalation"], LEAD: ["escalation"]}
    # it is looked at again, and goes once it can
    assert sweep(desk.app.desk, desk.clock()) == 0


def test_timers_of_other_kinds_are_let_be(desk: Story) -> None:
    _jam_for_the_network(desk)
    with desk.app.store.begin() as work:
        work.timers.put(desk.numbers[0], "reminder", {"later": desk.clock()})
    assert sweep(desk.app.desk, desk.clock()) == 1
    assert sweep(desk.app.desk, desk.clock()) == 0


class FasterNode:
    """A store on which another node rings every timer right before we can."""

    def __init__(self, store: Store, now: datetime) -> None:
        self._store, self._now = store, now

    def read(self) -> AbstractContextManager[UnitOfWork]:
        return self._store.read()

    def begin(self) -> AbstractContextManager[UnitOfWork]:
        with self._store.begin() as work:
            for timer in work.timers.due(self._now, 100):
                work.timers.fired(timer.id, self._now)
        return self._store.begin()


def test_a_timer_that_another_node_rang_is_told_once(desk: Story) -> None:
    _jam_for_the_network(desk)
    desk.at("11:01")
    raced = FasterNode(desk.app.store, desk.clock())
    assert sweep(replace(desk.app.desk, store=raced), desk.clock()) == 0
    desk.turn()
    assert desk.letters == {}


def test_told_to_stop_it_rings_nothing(desk: Story) -> None:
    _jam_for_the_network(desk)
    desk.at("11:01")
    assert sweep(desk.app.desk, desk.clock(), lambda: True) == 0
    desk.turn()
    assert desk.letters == {DESK: ["escalation"], LEAD: ["escalation"]}


def test_a_database_that_does_not_answer_is_not_the_timers_fault(desk: Story) -> None:
    def locked(_: str) -> None:
        raise OperationalError("UPDATE", {}, Exception("database is locked"))

    _jam_for_the_network(desk)
    desk.at("11:01")
    with pytest.raises(OperationalError):
        sweep(replace(desk.app.desk, checkpoint=locked), desk.clock())
    desk.turn()
    assert desk.letters == {DESK: ["escalation"], LEAD: ["escalation"]}
