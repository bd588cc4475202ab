"""Lists that go round by the working calendar (spec 1.6 end, 1.7 100.9; seed 8.9 and 4.5.2–4.5.3).

Work ends at 18:00: the manager's list is due at 17:00, the customers' at 17:30. Monday is
2026-11-23."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from processor.daemon.service import Service
from processor.domain.rounds import RoundPlan
from processor.jobs.rounds import run_rounds
from processor.settings.settings import Settings
from tests.journeys.desk import Story
from tests.journeys.people import html_of


@pytest.fixture
def rounds(desk_with: Callable[..., Story]) -> Story:
    """A desk whose lists go round; Li Na's printer is reported at nine."""
    desk = desk_with(rounds=True)
    desk.printer_jam()
    return desk


def _skipped(desk: Story, *names: str) -> list[str]:
    with desk.app.store.read() as work:
        return [name for name in names if work.jobs.last(f"skipped/{name}")]


# ---- each day ----------------------------------------------------------------------------------


def test_an_hour_before_the_end_of_work_the_manager_gets_what_is_unsolved(
    rounds: Story,
) -> None:
    desk = rounds
    desk.at("16:59")
    desk.turn()
    assert desk.lists == {}
    desk.at("17:00")
    desk.turn()
    assert desk.lists == {"chen.jing": ["unsolved-list"]}
    listed = desk.chen.reads("unsolved-list")
    assert desk.numbers[0] in listed
    assert "已分派" in listed
    assert "下一步：硬件组接单" in listed
    desk.restarts()
    desk.at("17:10")
    desk.turn()
    assert desk.lists == {}, "once a day, whoever asks"


def test_half_an_hour_before_the_end_each_customer_gets_the_state_of_theirs(
    rounds: Story,
) -> None:
    desk = rounds
    desk.john.writes("VPN is down", "I cannot connect to the VPN since this morning.")
    desk.turn()
    desk.john.writes("Mouse is broken", "The left button does nothing.")
    desk.turn()
    desk.wang.says("#备注 用户很难缠，先拖一拖")
    desk.turn()
    desk.at("17:30")
    desk.turn()
    assert desk.lists == {
        "chen.jing": ["unsolved-list"],
        "li.na": ["open-states"],
        "john.carter": ["open-states"],
    }
    mine, his = desk.li.reads("open-states"), desk.john.reads("open-states")
    assert desk.numbers[0] in mine
    assert all(number in his for number in desk.numbers[1:])
    assert desk.numbers[0] not in his
    assert "Next:" in his
    assert "难缠" not in mine, "never an internal note"
    desk.at("17:45")
    desk.turn()
    assert desk.lists == {}


def test_the_only_incident_is_answered_right_there(rounds: Story) -> None:
    desk = rounds
    desk.at("17:30")
    desk.turn()
    desk.li.answers("open-states", "二楼的打印机也卡了。")
    assert desk.turn() == ["updated"]
    assert len(desk.numbers) == 1


def test_who_has_nothing_open_gets_nothing(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(rounds=True)
    desk.solved()
    desk.at("17:40")
    desk.turn()
    assert desk.lists == {}


def test_the_manager_holds_all_of_it_back(rounds: Story) -> None:
    """One click in his list; tomorrow it goes out again."""
    desk = rounds
    desk.at("17:00")
    desk.turn()
    desk.chen.clicks("unsolved-list", "暂缓通报", "")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"chen.jing": ["command-done"]}
    assert "全部暂缓" in desk.chen.reads("command-done")
    desk.at("17:30")
    desk.turn()
    assert desk.lists == {}
    desk.at("17:31", days=1)
    desk.turn()
    assert desk.lists["li.na"] == ["open-states"]


def test_he_holds_back_a_single_one(rounds: Story) -> None:
    desk = rounds
    desk.john.writes("VPN is down", "I cannot connect to the VPN since this morning.")
    desk.turn()
    desk.at("17:00")
    desk.turn()
    desk.chen.answers("unsolved-list", f"#暂缓通报 {desk.numbers[1]}")
    assert desk.turn() == ["commanded"]
    desk.at("17:30")
    desk.turn()
    assert desk.lists == {"li.na": ["open-states"]}
    assert ("held_back", "") in desk.steps(2)


def test_the_link_below_one_holds_back_that_one(rounds: Story) -> None:
    desk = rounds
    desk.john.writes("VPN is down", "I cannot connect to the VPN since this morning.")
    desk.turn()
    desk.at("17:00")
    desk.turn()
    number = desk.numbers[0]
    html = html_of(desk.chen.got("unsolved-list"))
    assert f"%5B{number}%5D%20%E6%9A%82%E7%BC%93%E9%80%9A%E6%8A%A5" in html
    assert html.lower().count(f"{number.lower()}-") >= 2, "each link carries its own proof"


def test_too_late_to_hold_back(rounds: Story) -> None:
    desk = rounds
    desk.at("17:00")
    desk.turn()
    desk.at("17:30")
    desk.turn()
    desk.chen.clicks("unsolved-list", "暂缓通报", "")
    desk.refuses(desk.chen, "已经向客户通报")


def test_nobody_else_holds_back_and_no_forger(rounds: Story) -> None:
    desk = rounds
    desk.at("17:00")
    desk.turn()
    desk.wang.says("#暂缓通报")
    desk.refuses(desk.wang)
    desk.chen.writes("清单", "#暂缓通报")
    assert desk.turn() == ["held"], "a From line can name anybody"
    to = str(desk.chen.got("unsolved-list")["Reply-To"])
    desk.wang.writes("清单", "#暂缓通报", to=to)
    assert desk.turn() in (["held"], ["rejected"]), "the list was not sent to him"
    desk.at("17:30")
    desk.turn()
    assert desk.lists["li.na"] == ["open-states"]


def test_the_token_of_a_list_does_nothing_else(rounds: Story) -> None:
    desk = rounds
    desk.at("17:00")
    desk.turn()
    before = desk.fingerprint()
    desk.chen.answers("unsolved-list", f"#优先级 {desk.numbers[0]} P1 领导说的")
    assert desk.turn() in (["held"], ["opened"])
    assert desk.fingerprint() == before


def test_in_the_morning_each_engineer_gets_his_own(rounds: Story) -> None:
    desk = rounds
    desk.wang.answers("assigned", "#接单")
    desk.turn()
    desk.at("08:29", days=1)
    desk.turn()
    assert desk.lists == {}
    desk.at("08:30")
    desk.turn()
    assert desk.lists == {"wang.qiang": ["work-list"]}
    assert desk.numbers[0] in desk.wang.reads("work-list")


# ---- the calendar and downtime -----------------------------------------------------------------


def test_not_on_days_off(rounds: Story) -> None:
    desk = rounds
    desk.at("17:40")
    desk.turn()
    desk.at("17:40", days=5)  # Saturday
    desk.turn()
    assert desk.lists == {}


def test_on_a_make_up_saturday(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(rounds=True)
    desk.now = desk.now.replace(month=10, day=10)
    desk.printer_jam()
    desk.at("17:30")
    desk.turn()
    assert desk.lists == {"chen.jing": ["unsolved-list"], "li.na": ["open-states"]}
    desk.at("17:30", days=1)
    desk.turn()
    assert desk.lists == {}


def test_what_was_missed_is_sent_late_on_the_same_day(rounds: Story) -> None:
    desk = rounds
    desk.at("20:15")
    desk.restarts()
    desk.turn()
    assert desk.lists == {"chen.jing": ["unsolved-list"], "li.na": ["open-states"]}


def test_what_was_missed_for_days_is_skipped_and_recorded(rounds: Story) -> None:
    desk = rounds
    desk.at("17:40")
    desk.turn()
    desk.at("09:00", days=3)  # Thursday
    desk.restarts()
    desk.turn()
    assert desk.lists == {}, "yesterday's list is of no use today"
    days = [f"unsolved/2026-11-{day}" for day in (23, 24, 25, 26)]
    assert _skipped(desk, *days) == days[1:3]
    desk.at("17:00")
    desk.turn()
    assert desk.lists == {"chen.jing": ["unsolved-list"]}


def test_several_nodes_tell_once(rounds: Story) -> None:
    desk = rounds
    desk.at("17:00")
    assert run_rounds(desk.app.desk, desk.clock()) == 1
    assert run_rounds(desk.app.desk, desk.clock()) == 0


def test_run_once_holds_the_rounds_that_are_due(desk_with: Callable[..., Story]) -> None:
    desk = desk_with()
    desk.printer_jam()
    desk.seen = len(desk.sent())
    desk.at("17:00")
    assert Service(desk.app).once().rounds == 2, "the morning's, which told nobody, and this one"
    assert desk.lists == {"chen.jing": ["unsolved-list"]}
    assert Service(desk.app).once().rounds == 0


def test_a_crash_while_a_round_is_held_repeats_it_whole(desk_with: Callable[..., Story]) -> None:
    class Crash(BaseException):
        pass

    def crashing(name: str) -> None:
        if name == "round":
            raise Crash

    desk = desk_with(rounds=True)
    desk.printer_jam()
    desk.at("17:00")
    with pytest.raises(Crash):
        run_rounds(replace(desk.app.desk, checkpoint=crashing), desk.clock())
    desk.turn()
    assert desk.lists == {"chen.jing": ["unsolved-list"]}


def test_a_round_that_fails_keeps_no_other_waiting(
    desk_with: Callable[..., Story],
) -> None:
    desk = desk_with(rounds=True)
    desk.printer_jam()
    desk.at("17:30")
    stranger = RoundPlan("nobody knows it", minutes=60)
    plans = replace(desk.settings.rounds, plans=(stranger, *desk.settings.rounds.plans))
    policy = replace(desk.app.desk.policy, rounds=plans)
    run_rounds(replace(desk.app.desk, policy=policy), desk.clock())
    desk.turn()
    assert desk.lists == {"chen.jing": ["unsolved-list"], "li.na": ["open-states"]}


def _without(settings: Settings) -> Settings:
    kept = tuple(plan for plan in settings.rounds.plans if plan.name == "unsolved")
    return replace(settings, rounds=replace(settings.rounds, plans=kept))


def test_what_is_switched_off_is_not_sent(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(rounds=True, change=_without)
    desk.printer_jam()
    desk.at("17:40")
    desk.turn()
    assert desk.lists == {"chen.jing": ["unsolved-list"]}
    assert "暂缓通报" not in desk.chen.reads("unsolved-list"), "there is nothing to hold back"
