"""Whoever is asked for something is told by when, in his own zone (spec 2.7)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from processor.settings.settings import Settings
from tests.journeys.desk import SOLUTION, Story
from tests.journeys.people import Person


def _abroad(settings: Settings) -> Settings:
    """Wang Qiang sits in London, eight hours behind the desk."""
    known = settings.directory
    people = [
        replace(one, zone="Europe/London") if one.address.startswith("wang") else one
        for one in known.people
    ]
    return replace(settings, directory=type(known)(people, known.groups.values(), known.desk))


RESOLUTION = "11月26日(周四) 09:00"  # P3: 24 hours of working time from Monday 09:00
ABROAD = "11月26日(周四) 01:00 (UTC+00:00)"


def last(person: Person, kind: str, *says: str) -> None:
    """The turn brought this letter, in which everything stands."""
    assert kind in person.news, (kind, person.news)
    told = person.reads(kind)
    for words in says:
        assert words in told, told


def test_each_letter_that_asks_says_by_when(
    desk_with: Callable[..., Story], database_url: str
) -> None:
    desk = desk_with(database=database_url, change=_abroad)
    desk.printer_jam()
    assert desk.incident().priority == 3
    last(desk.li, "opened", RESOLUTION)
    last(desk.wang, "assigned", ABROAD)
    desk.zhao.says("#分派 @王强")
    desk.turn()
    desk.wang.answers("assigned", "#退回 不是打印机的问题")
    desk.turn()
    last(desk.zhao, "returned", RESOLUTION)
    desk.zhao.answers("returned", "#分派 @王强")
    desk.turn()
    desk.wang.answers("assigned", "#接单")
    desk.turn()
    last(desk.li, "accepted", RESOLUTION)
    desk.li.answers("accepted", "四楼的也打不了了")
    desk.turn()
    last(desk.wang, "updated", ABROAD)
    desk.wang.answers("assigned", "#待用户 是哪一台？")
    desk.turn()  # reminded after one and two more days, three of silence: Tuesday of next week
    last(desk.li, "question", "请在 12月1日(周二) 09:00 前直接回复")
    desk.at("09:05", days=1)
    desk.turn()
    last(desk.li, "question-reminder", "请在 12月1日(周二) 09:05 前直接回复")
    desk.li.answers("question", "三楼那台")
    desk.turn()
    desk.wang.answers("assigned", SOLUTION)
    desk.turn()  # one day, then three of silence
    last(desk.li, "resolved-ask", "如果到 11月30日(周一) 09:05 还没有您的消息")
    desk.li.answers("resolved-ask", "#未解决 还是卡")
    desk.turn()
    paused = "11月27日(周五)"  # the clock stood for a day
    last(desk.li, "command-done", paused)
    last(desk.wang, "reopened", paused)
    desk.wang.answers("reopened", SOLUTION)
    desk.turn()
    desk.li.answers("resolved-ask", "#确认")
    desk.turn()
    last(desk.chen, "review-ask", "请在 11月25日(周三) 09:05 前审核")
    desk.chen.answers("review-ask", "#驳回 请写明型号")
    desk.turn()
    last(desk.wang, "sent-back", paused)
    desk.wang.answers("sent-back", SOLUTION)
    desk.turn()
    desk.li.answers("resolved-ask", "#确认")
    desk.turn()
    desk.at("09:10", days=1)
    desk.turn()
    last(desk.chen, "review-reminder", "请在 11月27日(周五) 09:10 前完成")


def test_reporters_of_duplicates_see_the_targets_that_count(desk: Story) -> None:
    desk.printer_jam()
    desk.john.writes("Printer on floor 3 is jammed", "It does not print.")
    desk.turn()
    desk.zhao.says(f"#重复 {desk.numbers[0]}", 2)
    desk.turn()
    last(desk.john, "merged", "Thu 26 Nov, 09:00")
    desk.wang.says("#接单")
    desk.turn()
    last(desk.john, "accepted", desk.numbers[1], "Thu 26 Nov, 09:00")
