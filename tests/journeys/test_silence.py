"""Where nobody answers (seed 8.8, spec 1.3, 1.4 (8)): reminders on working days, the silence rule,
and what an answer changes. Li Na's printer is reported on Monday 2026-11-23 and solved that day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from processor.domain.follow_up import Reminders
from processor.domain.incident import Status
from processor.settings.settings import Settings
from tests.journeys.desk import SOLUTION, Story


def _asked(desk: Story) -> None:
    desk.taken()
    desk.wang.answers("assigned", "#待用户 是哪一台打印机？")
    assert desk.turn() == ["commanded"]


def _reminders(desk: Story) -> list[tuple[str, str]]:
    return [one for one in desk.steps() if one[0] in ("reminder", "silence")]


# ---- is it solved? (100.8) ---------------------------------------------------------------------


def test_silence_after_a_reminder_counts_as_yes_and_the_manager_reviews(
    desk: Story,
) -> None:
    """1.3: silence for N working days after a reminder → pending_review, never closed alone."""
    desk.solved()
    desk.at("09:10", days=1)
    desk.turn()
    assert desk.letters == {"li.na": ["confirm-reminder"]}
    reminder = desk.li.reads("confirm-reminder")
    assert "11月27日" in reminder, "Tuesday and three working days"
    assert "更换了进纸轮" in reminder
    desk.restarts()
    desk.at("10:00")
    desk.turn()
    assert desk.letters == {}, "once"
    desk.at("09:09", days=3)  # Friday
    desk.turn()
    assert desk.incident().status is Status.RESOLVED
    desk.at("09:11")
    desk.turn()
    assert desk.letters == {"chen.jing": ["review-ask"]}
    incident = desk.incident()
    assert (incident.status, incident.confirmation) == (Status.PENDING_REVIEW, "silent")
    assert "视为" in desk.chen.reads("review-ask") or "未" in desk.chen.reads("review-ask")
    assert _reminders(desk) == [("reminder", "resolved"), ("silence", "resolved")]
    desk.chen.answers("review-ask", "#审核")
    assert desk.turn() == ["commanded"]
    assert desk.incident().status is Status.CLOSED


def test_weekends_and_holidays_do_not_count(desk: Story) -> None:
    """Solved on the eve of the National Day holiday of 2026 (1 to 7 October; Sunday 20 September
    and Saturday 10 October are worked)."""
    desk.now = desk.now.replace(month=9, day=30)
    desk.solved()
    desk.at("10:30", days=7)  # Wednesday the 7th
    desk.turn()
    assert desk.letters == {}
    desk.at("10:30", days=1)
    desk.turn()
    assert desk.letters == {"li.na": ["confirm-reminder"]}
    due = desk.li.reads("confirm-reminder")
    assert "10月12日" in due, "Friday the 9th, Saturday the 10th, Monday the 12th"


def test_a_confirmation_ends_the_reminders(desk: Story) -> None:
    desk.confirmed()
    desk.chen.answers("review-ask", "#审核")
    desk.turn()
    desk.at("10:30", days=20)
    desk.turn()
    assert "li.na" not in desk.letters


def test_who_says_something_is_not_silent(desk: Story) -> None:
    """Words that neither confirm nor deny start the count anew; thanks do not."""
    desk.solved()
    desk.at("09:10", days=1)
    desk.turn()
    desk.at("09:00", days=2)  # Thursday
    desk.li.answers("confirm-reminder", "我明天试一试再告诉你们。")
    assert desk.turn() == ["updated"]
    desk.at("10:30", days=1)  # Friday: silence would have counted from Tuesday
    desk.turn()
    assert desk.letters == {"li.na": ["confirm-reminder"]}
    assert desk.incident().status is Status.RESOLVED
    desk.li.answers("confirm-reminder", "谢谢！")
    desk.turn()
    desk.at("10:31", days=5)  # Wednesday
    desk.turn()
    assert desk.incident().status is Status.PENDING_REVIEW


def test_solved_again_is_asked_again(desk: Story) -> None:
    desk.solved()
    desk.at("09:10", days=1)
    desk.turn()
    desk.li.answers("confirm-reminder", "#未解决 又卡了")
    desk.turn()
    desk.wang.answers("reopened", SOLUTION)
    desk.turn()
    desk.at("10:30", days=1)
    desk.turn()
    assert desk.letters == {"li.na": ["confirm-reminder"]}


def test_a_reminder_is_answered_with_its_buttons(desk: Story) -> None:
    desk.solved()
    desk.at("09:10", days=1)
    desk.turn()
    desk.li.clicks("confirm-reminder", "评分 5", "")
    assert desk.turn() == ["commanded"]
    incident = desk.incident()
    assert (incident.status, incident.satisfaction) == (Status.PENDING_REVIEW, 5)


def test_after_a_downtime_one_reminder_and_the_silence_counted_from_it(desk: Story) -> None:
    desk.solved()
    desk.at("09:00", days=14)
    desk.restarts()
    desk.turn()
    assert desk.letters == {"li.na": ["confirm-reminder"]}
    assert desk.incident().status is Status.RESOLVED, "he has to be given the time"
    desk.at("10:30", days=3)
    desk.turn()
    assert desk.incident().status is Status.PENDING_REVIEW


def _without_silence(settings: Settings) -> Settings:
    rules = replace(settings.follow_up, confirmation=Reminders((1, 1), 0))
    return replace(settings, follow_up=rules)


def test_where_silence_never_counts_it_stays_resolved(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(change=_without_silence)
    desk.solved()
    for clock in ("10:30", "10:31"):
        desk.at(clock, days=1)
        desk.turn()
        assert desk.letters == {"li.na": ["confirm-reminder"]}
    desk.at("10:30", days=60)
    desk.turn()
    assert desk.letters == {}
    assert desk.incident().status is Status.RESOLVED


def test_he_who_was_silent_objects_while_it_is_reviewed(desk: Story) -> None:
    """Only the manager sends it back (1.3); he is told what the reporter says."""
    desk.solved()
    for clock, days in (("10:30", 1), ("10:31", 3)):
        desk.at(clock, days=days)
        desk.turn()
    assert desk.incident().status is Status.PENDING_REVIEW
    desk.li.answers("confirm-reminder", "#未解决 出差刚回来，还是卡纸")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"li.na": ["command-done"], "chen.jing": ["objection"]}
    assert "还是卡纸" in desk.chen.reads("objection")
    assert "事件经理" in desk.li.reads("command-done")
    assert desk.incident().status is Status.PENDING_REVIEW
    desk.chen.clicks("objection", "驳回", "请再看一次")
    assert desk.turn() == ["commanded"]
    assert desk.incident().status is Status.IN_PROGRESS


# ---- a question (pending_user) -----------------------------------------------------------------


def test_a_question_is_repeated_and_then_the_engineer_is_told(desk: Story) -> None:
    _asked(desk)
    desk.at("10:00", days=1)
    desk.turn()
    assert desk.letters == {"li.na": ["question-reminder"]}
    assert "是哪一台打印机" in desk.li.reads("question-reminder")
    desk.at("11:00", days=2)
    desk.turn()
    assert desk.letters == {"li.na": ["question-reminder"]}
    desk.at("11:01", days=5)  # Tuesday
    desk.turn()
    assert desk.letters == {"wang.qiang": ["answer-missing"]}
    desk.wang.answers("answer-missing", SOLUTION)
    assert desk.turn() == ["commanded"]
    assert desk.incident().status is Status.RESOLVED


def test_an_answer_ends_the_reminders(desk: Story) -> None:
    _asked(desk)
    desk.li.answers("question", "三楼东边那台")
    assert desk.turn() == ["updated"]
    desk.at("10:30", days=1)
    desk.turn()
    assert desk.li.news == []


def test_an_absence_notice_is_no_answer(desk: Story) -> None:
    _asked(desk)
    desk.li.answers("question", "我在休假", headers=[("Auto-Submitted", "auto-replied")])
    desk.turn()
    desk.at("10:30", days=1)
    desk.turn()
    assert desk.letters["li.na"] == ["question-reminder"]


def _desk_resolves(settings: Settings) -> Settings:
    return replace(settings, follow_up=replace(settings.follow_up, desk_resolves=True))


def test_where_it_is_configured_the_desk_resolves(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(change=_desk_resolves)
    _asked(desk)
    for clock, days in (("10:30", 1), ("10:31", 2), ("10:32", 5)):
        desk.at(clock, days=days)
        desk.turn()
    assert desk.letters == {"li.na": ["resolved-ask"]}
    incident = desk.incident()
    assert (incident.status, incident.closure_code) == (Status.RESOLVED, "withdrawn")
    assert incident.resolver == "postdesk"
    assert "答复" in incident.solution


# ---- the manager, the score --------------------------------------------------------------------


def test_the_manager_is_reminded_of_his_review(desk: Story) -> None:
    desk.confirmed()
    desk.at("10:30", days=1)
    desk.turn()
    assert desk.letters == {"chen.jing": ["review-reminder"]}
    desk.chen.clicks("review-reminder", "审核", "")
    assert desk.turn() == ["commanded"]
    assert desk.incident().status is Status.CLOSED


def _asking_for_scores(settings: Settings) -> Settings:
    return replace(settings, follow_up=replace(settings.follow_up, rating=Reminders((2,))))


def test_a_score_is_asked_for_only_where_that_is_configured(
    desk_with: Callable[..., Story],
) -> None:
    desk = desk_with()
    desk.closed()
    desk.at("10:30", days=2)
    desk.turn()
    assert "li.na" not in desk.letters
    asking = desk_with(change=_asking_for_scores)
    asking.closed()
    asking.at("10:30", days=2)
    asking.turn()
    assert asking.letters["li.na"] == ["rating-reminder"]
    asking.li.clicks("rating-reminder", "评分 4", "")
    assert asking.turn() == ["commanded"]
    assert asking.incident().satisfaction == 4


def test_who_has_rated_is_not_asked_for_a_score(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(change=_asking_for_scores)
    desk.closed()
    desk.li.clicks("closed", "评分 5", "")
    desk.turn()
    desk.at("10:30", days=2)
    desk.turn()
    assert "li.na" not in desk.letters


# ---- in English --------------------------------------------------------------------------------


def test_in_english(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(language="en")
    wang = desk.person("Wang Qiang", desk.wang.address, "en")
    desk.john.writes("Printer jams", "The printer in room 301 jams all the time.")
    desk.turn()
    wang.answers("assigned", "#accept")
    desk.turn()
    wang.answers("assigned", "#wait user Which printer is it?")
    desk.turn()
    desk.at("10:30", days=1)
    desk.turn()
    assert "Which printer is it?" in desk.john.reads("question-reminder")
    desk.john.answers("question-reminder", "The one by the window.")
    assert desk.turn() == ["updated"]
    wang.answers(
        "updated",
        "#resolve New feed roller\ncause: worn\naction: replaced it\n"
        "solution kind: permanent\ncode: solved",
    )
    assert desk.turn() == ["commanded"]
    desk.at("11:00", days=1)
    desk.turn()
    reminder = desk.john.reads("confirm-reminder")
    assert "Is it solved?" in reminder
    assert "we will take it as solved" in reminder
    desk.at("11:10", days=5)
    desk.turn()
    assert desk.incident().confirmation == "silent"


@pytest.mark.parametrize("day", [date(2026, 12, 1)])
def test_the_engineer_alone_never_closes(desk: Story, day: date) -> None:
    """1.4 (8): whatever he writes and however long he waits before the reporter was reminded."""
    desk.solved()
    for word in ("#确认", "#审核"):
        desk.wang.answers("assigned", word)
        desk.refuses(desk.wang)
    assert desk.incident().status is Status.RESOLVED
    assert desk.now.date() < day
