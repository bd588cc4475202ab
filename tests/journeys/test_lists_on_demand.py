"""Lists that people ask for by mail: mine, overdue, of the day, of the week, the queue."""

from __future__ import annotations

from collections.abc import Callable

from processor.domain.incident import Status
from tests.journeys.desk import Story
from tests.journeys.people import html_of, told


def test_mine(desk: Story) -> None:
    desk.taken()
    desk.wang.writes("请教", "#我的")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"wang.qiang": ["work-list"]}
    assert desk.numbers[0] in desk.wang.reads("work-list")
    desk.liu.writes("question", "#mine")
    desk.turn()
    assert "no open incidents" in desk.liu.reads("work-list")
    desk.li.writes("请教", "#我的")
    desk.refuses(desk.li)


def test_overdue(desk: Story) -> None:
    desk.printer_jam()
    desk.wang.asks("#超时")
    desk.turn()
    assert desk.numbers[0] not in desk.wang.reads("overdue-list")
    desk.at("11:10")  # two hours to respond
    desk.turn()
    desk.chen.asks("#overdue")
    assert desk.turn() == ["commanded"]
    assert desk.numbers[0] in desk.chen.reads("overdue-list")
    desk.chen.asks("#超时 网络组")
    desk.turn()
    assert desk.numbers[0] not in desk.chen.reads("overdue-list")
    desk.chen.asks("#超时 天文组")
    desk.refuses(desk.chen, "天文组")


def test_daily_and_weekly_lists_at_any_time(desk: Story) -> None:
    desk.printer_jam()
    desk.chen.asks("#清单")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"chen.jing": ["unsolved-list"]}
    assert desk.numbers[0] in desk.chen.reads("unsolved-list")
    desk.zhao.asks("#lists weekly")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"zhao.min": ["callback-results"]}
    desk.chen.asks("#清单 年")
    desk.refuses(desk.chen, "周")
    desk.wang.asks("#清单")
    desk.refuses(desk.wang)


def test_lists_in_english(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(language="en", rounds=True)
    chen = desk.person("Chen Jing", desk.chen.address, "en")
    desk.john.writes("Printer jams", "The printer in room 301 jams all the time.")
    desk.turn()
    desk.at("17:00")
    desk.turn()
    listed = chen.reads("unsolved-list")
    assert "Unsolved incidents: 1" in listed
    assert "Next: " in listed
    chen.clicks("unsolved-list", "hold", "")
    assert desk.turn() == ["commanded"]
    assert "Customers are not told today." in chen.reads("command-done")
    assert desk.incident().status is Status.ASSIGNED
    desk.at("17:30")
    desk.turn()
    assert desk.lists == {}


def test_the_queue_has_links_in_its_rows(desk: Story) -> None:
    desk.printer_jam()
    desk.wang.asks("#队列")
    desk.turn()
    mail = desk.wang.got("queue")
    assert desk.numbers[0].lower() in html_of(mail).lower()
    assert "接单" in html_of(mail)
    assert desk.numbers[0] in told(mail)
