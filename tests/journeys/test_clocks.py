"""What the clocks tell (seed 8.9): each share of a target once, to the assignee and the lead."""

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
from tests.journeys.desk import SOLUTION, Story

# Li Na's printer at 09:00 on Monday is P3: response within 2 working hours (11:00), resolution
# within 24 (each day has eight: 08:30-12:00 and 13:30-18:00, so Thursday 09:00).
RESPONSE_75, RESPONSE_100 = "10:30", "11:01"


def _jam_for_the_network(desk: Story) -> None:
    """At the network group, which has a lead; in Liu Yang's hands."""
    desk.printer_jam()
    desk.zhao.says("#分派 @刘洋")
    desk.turn()


def test_each_share_is_told_once_to_the_assignee_and_the_lead(desk_anywhere: Story) -> None:
    desk = desk_anywhere
    _jam_for_the_network(desk)
    desk.at("10:29")
    desk.turn()
    assert desk.letters == {}
    desk.at("10:31")
    desk.turn()
    assert desk.letters == {"liu.yang": ["escalation"], "zhou.lei": ["escalation"]}
    assert "75" in desk.liu.reads("escalation")
    desk.at("10:32")
    desk.turn()
    assert desk.letters == {}
    desk.at(RESPONSE_100)
    desk.turn()
    assert desk.letters == {"liu.yang": ["escalation"], "zhou.lei": ["escalation"]}
    assert [text for kind, text in desk.steps() if kind == "escalation"] == [
        "clock:response:75",
        "clock:response:100",
    ]
    assert desk.incident().hierarchical_escalations == 2


def test_the_resolution_target_as_well(desk: Story) -> None:
    _jam_for_the_network(desk)
    desk.liu.answers("assigned", "#接单")
    desk.turn()
    resolution = desk.dossier().clocks[1]
    desk.now = resolution.due_at.astimezone(desk.now.tzinfo) - timedelta(hours=5)
    desk.turn()
    assert desk.letters == {"liu.yang": ["escalation"], "zhou.lei": ["escalation"]}
    desk.now = resolution.due_at.astimezone(desk.now.tzinfo) + timedelta(minutes=1)
    desk.turn()
    assert desk.letters == {"liu.yang": ["escalation"], "zhou.lei": ["escalation"]}
    assert [text for kind, text in desk.steps() if kind == "escalation"] == [
        "clock:resolution:75",
        "clock:resolution:100",
    ]


def test_after_downtime_one_mail_tells_the_latest(desk_anywhere: Story) -> None:
    desk = desk_anywhere
    _jam_for_the_network(desk)
    desk.restarts()
    desk.at("11:30")
    desk.turn()
    assert desk.letters == {"liu.yang": ["escalation"], "zhou.lei": ["escalation"]}
    assert "100" in desk.liu.reads("escalation")
    assert [text for kind, text in desk.steps() if kind == "escalation"] == [
        "clock:response:75",
        "clock:response:100",
    ]
    assert desk.incident().hierarchical_escalations == 1
    desk.restarts()
    desk.turn()
    assert desk.letters == {}


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
    assert desk.letters == {}
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
    assert desk.letters == {}
    desk.li.answers("resolved-ask", "#未解决")
    desk.turn()
    clock = {one.kind: one for one in desk.dossier().clocks}[ClockKind.RESOLUTION]
    assert clock.running


def test_without_an_assignee_the_lead_is_told(desk: Story) -> None:
    desk.printer_jam()
    desk.zhao.says("#分派 网络组")
    desk.turn()
    desk.at("10:31")
    desk.turn()
    assert desk.letters == {"zhou.lei": ["escalation"]}


def test_without_a_lead_the_desk_is_told(desk: Story) -> None:
    desk.printer_jam()
    desk.at("10:31")
    desk.turn()
    assert desk.letters == {"zhao.min": ["escalation"]}


def test_a_raised_priority_that_is_already_late_is_told_at_once(desk: Story) -> None:
    _jam_for_the_network(desk)
    desk.at("10:00")
    desk.liu.answers("assigned", "#优先级 2 财务关账")
    assert desk.turn() == ["commanded"]
    assert desk.letters["zhou.lei"] == ["escalation"]


def test_a_timer_that_fails_does_not_keep_the_others_waiting(
    desk_with: Callable[..., Story],
) -> None:
    desk = desk_with()
    _jam_for_the_network(desk)
    number = desk.numbers[0]
    with desk.app.store.begin() as work:
        work.timers.put(number, "clock", {"no such clock:75": desk.clock()})
    desk.at("10:31")
    desk.turn()
    assert desk.letters == {"liu.yang": ["escalation"], "zhou.lei": ["escalation"]}
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
    desk.at("10:31")
    raced = FasterNode(desk.app.store, desk.clock())
    assert sweep(replace(desk.app.desk, store=raced), desk.clock()) == 0  # type: ignore[arg-type]
    desk.turn()
    assert desk.letters == {}


def test_told_to_stop_it_rings_nothing(desk: Story) -> None:
    _jam_for_the_network(desk)
    desk.at("10:31")
    assert sweep(desk.app.desk, desk.clock(), lambda: True) == 0
    desk.turn()
    assert desk.letters == {"liu.yang": ["escalation"], "zhou.lei": ["escalation"]}


def test_a_database_that_does_not_answer_is_not_the_timers_fault(desk: Story) -> None:
    def locked(_: str) -> None:
        raise OperationalError("UPDATE", {}, Exception("database is locked"))

    _jam_for_the_network(desk)
    desk.at("10:31")
    with pytest.raises(OperationalError):
        sweep(replace(desk.app.desk, checkpoint=locked), desk.clock())
    desk.turn()
    assert desk.letters == {"liu.yang": ["escalation"], "zhou.lei": ["escalation"]}
