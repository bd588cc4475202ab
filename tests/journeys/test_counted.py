"""A week by mail, and what reports count of it: the same as its journals say by hand."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from reports.figures.computing import compute
from reports.figures.registry import FIGURES
from reports.figures.selection import Selection
from reports.periods import parse_period
from tests.journeys.desk import SOLUTION, Story
from tests.journeys.monitoring import SYSTEMS, Monitor
from tests.reports import by_hand
from tests.reports.replayed import exported

ZONE = ZoneInfo("Asia/Shanghai")


def test_what_mails_did_is_what_reports_count(desk: Story) -> None:
    a_printer_is_mended_twice(desk)
    the_wrong_hands(desk)
    a_duplicate(desk)
    alerts(desk)
    with desk.app.store.read() as work:
        records = by_hand.counted(exported(desk.app.store, desk.clock()))
        told = {}
        for text in ("2026-W48", "2026-11-24", "2026-11", "2026-10"):
            asked = Selection(parse_period(text, ZONE), desk.clock())
            (row,) = compute(work.connection, FIGURES, asked)
            told[text] = {code: row[code] for code in FIGURES}
            expected = by_hand.figures(list(records), list(records), asked)
            for code, value in expected.items():
                found = row[code]
                assert found == value or abs((found or 0) - (value or 0)) < 0.02, (text, code)
    week = told["2026-W48"]
    assert (week["received"], week["resolved"], week["closed"]) == (3, 1, 1)
    assert (week["reopens"], week["wrong_dispatches"], week["redispatches"]) == (1, 1, 1)
    assert (week["alerts_deduplicated"], week["problems"]) == (2, 1)
    assert (week["satisfaction_mean"], week["active"]) == (4, 1)


def a_printer_is_mended_twice(desk: Story) -> None:
    """Taken, asked, answered, solved, not solved, solved, rated, archived; a problem is opened."""
    desk.taken()
    desk.wang.answers("assigned", "#问题 进纸轮反复磨损")
    desk.turn()
    desk.at("10:00")
    desk.wang.answers("assigned", "#待用户 是哪一台？")
    desk.turn()
    desk.at("15:00")
    desk.li.answers("question", "靠窗那台")
    desk.turn()
    desk.at("15:30")
    desk.wang.answers("assigned", SOLUTION)
    assert desk.turn() == ["commanded"]
    desk.at("09:00", days=1)
    desk.li.answers("resolved-ask", "#未解决 又卡了")
    assert desk.turn() == ["commanded"]
    desk.at("10:00")
    desk.wang.answers("reopened", SOLUTION)
    assert desk.turn() == ["commanded"]
    desk.at("11:00")
    desk.li.clicks("resolved-ask", "评分 4", "谢谢")
    assert desk.turn() == ["commanded"]
    desk.chen.answers("review-ask", "#审核")
    assert desk.turn() == ["commanded"]


def the_wrong_hands(desk: Story) -> None:
    """The second one goes to hardware, who give it back; the desk sends it to the network."""
    desk.john.writes("Printer on floor 2 does not print", "Nobody can print here. Please help.")
    assert desk.turn() == ["opened"]
    desk.wang.answers("assigned", "#接单")
    assert desk.turn() == ["commanded"]
    desk.wang.says("#退回 是网络问题", 2)
    assert desk.turn() == ["commanded"]
    desk.zhao.says("#分派 网络组", 2)
    assert desk.turn() == ["commanded"]


def a_duplicate(desk: Story) -> None:
    """What is merged under another one counts no more."""
    desk.li.writes("二楼打印机也不行", "二楼的打印机打不出来。")
    assert desk.turn() == ["opened"]
    desk.zhao.says(f"#重复 {desk.numbers[1]}", 3)
    assert desk.turn() == ["commanded"]


def alerts(desk: Story) -> None:
    """One trouble, told three times."""
    address, make = next(iter(SYSTEMS.values()))
    monitor = Monitor(desk, address)
    for _ in range(3):
        monitor.says(make("problem"))
        desk.turn()
