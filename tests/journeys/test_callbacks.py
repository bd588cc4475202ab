"""Whom the service desk calls after an incident was closed, and what came of it (spec 1.6 end).

On Friday at 15:00 the desk gets its list, at 17:00 the managers the results."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from processor.domain.rounds import CallbackChoice
from processor.settings.settings import Settings
from tests.journeys.desk import SOLUTION, Story


def _closed(desk: Story, days: int = 4) -> None:
    desk.closed()
    desk.rounds = True
    desk.at("14:59", days=days)
    desk.turn()


def test_weekly_the_desk_calls_and_the_manager_hears_of_it(desk: Story) -> None:
    _closed(desk)
    assert "callback-list" not in desk.lists.get("zhao.min", [])
    desk.at("15:00")  # Friday
    desk.turn()
    assert desk.lists == {"zhao.min": ["callback-list"]}
    assert desk.numbers[0] in desk.zhao.reads("callback-list")
    assert "李娜 · li.na@customer.example" in desk.zhao.reads("callback-list")
    desk.zhao.says("#回访 接通 4 打印正常，服务态度好")
    assert desk.turn() == ["commanded"]
    incident = desk.incident()
    assert incident.callback_result == "已接通：打印正常，服务态度好"
    assert incident.satisfaction == 4
    desk.at("17:00")
    desk.turn()
    assert desk.lists == {"chen.jing": ["callback-results"]}
    results = desk.chen.reads("callback-results")
    assert "已接通" in results
    assert "满意度 4" in results
    assert "服务态度好" in results
    desk.at("17:30", days=7)
    desk.turn()
    assert desk.lists == {}, "nobody is called twice"


def test_calls_that_nobody_made_are_told_too(desk_with: Callable[..., Story]) -> None:
    desk = desk_with()
    _closed(desk)
    desk.at("17:00")
    desk.turn()
    assert "尚未回访" in desk.chen.reads("callback-results")


def test_a_week_that_was_missed_is_called_in_the_next(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(rounds=True)
    desk.printer_jam()
    desk.at("15:01", days=4)  # the first list: nothing to call
    desk.turn()
    desk.at("09:00", days=3)
    desk.wang.answers("assigned", "#接单")
    desk.turn()
    desk.wang.answers("assigned", SOLUTION)
    desk.turn()
    desk.li.answers("resolved-ask", "#确认")
    desk.turn()
    desk.chen.answers("review-ask", "#审核")
    desk.turn()
    desk.at("16:00", days=11)  # down on that Friday, up on the next
    desk.restarts()
    desk.turn()
    assert "callback-list" in desk.lists["zhao.min"]


@pytest.mark.parametrize(
    ("choice", "called"),
    [
        (CallbackChoice("none"), False),
        (CallbackChoice("low", low=2), False),
        (CallbackChoice("low", low=5), True),
        (CallbackChoice("sample", share=100), True),
        (CallbackChoice("sample", share=1), False),
    ],
)
def test_who_is_called_is_configured(
    desk_with: Callable[..., Story], choice: CallbackChoice, called: bool
) -> None:
    def chosen(settings: Settings) -> Settings:
        return replace(settings, rounds=replace(settings.rounds, callbacks=choice))

    desk = desk_with(change=chosen)
    desk.closed()
    desk.li.clicks("closed", "评分 3", "")
    desk.turn()
    desk.rounds = True
    desk.at("15:00", days=4)
    desk.turn()
    assert ("callback-list" in desk.lists.get("zhao.min", [])) is called


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("#回访 未接通", "未接通"),
        ("#callback not reached, on leave", "未接通：on leave"),
        ("#回访 接通：满意度 5 很好", "已接通：很好"),
        ("#回访 接通", "已接通"),
    ],
)
def test_what_came_of_a_call(desk_with: Callable[..., Story], text: str, result: str) -> None:
    desk = desk_with()
    desk.closed()
    desk.zhao.says(text)
    assert desk.turn() == ["commanded"]
    assert desk.incident().callback_result == result


def test_a_call_is_noted_by_the_desk_after_closing_and_readably(desk: Story) -> None:
    desk.confirmed()
    desk.zhao.says("#回访 接通")
    desk.refuses(desk.zhao, "待审核")
    desk.chen.answers("review-ask", "#审核")
    desk.turn()
    desk.wang.says("#回访 接通")
    desk.refuses(desk.wang)
    desk.zhao.says("#回访 好像吧")
    desk.refuses(desk.zhao, "接通")
    assert desk.incident().callback_result == ""


def test_the_reporters_own_score_stays(desk: Story) -> None:
    desk.closed()
    desk.li.clicks("closed", "评分 2", "")
    desk.turn()
    desk.zhao.says("#回访 接通 5 其实挺好")
    desk.turn()
    assert desk.incident().satisfaction == 2
