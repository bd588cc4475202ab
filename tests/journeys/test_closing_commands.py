"""The end of an incident by mail: confirm, reopen, rate, review, cancel (seed 8.8)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from processor.demo.correspondent import read
from processor.domain.incident import Status
from processor.services.closing import reopenable
from tests.journeys.desk import Story

# ---- confirm -----------------------------------------------------------------------------------


def test_confirm_passes_it_on_to_the_manager(desk: Story) -> None:
    desk.solved()
    desk.li.answers("resolved-ask", "#确认 打印正常了")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"li.na": ["command-done"], "chen.jing": ["review-ask"]}
    incident = desk.incident()
    assert (incident.status, incident.confirmation) == (Status.PENDING_REVIEW, "confirmed")
    assert incident.confirmed_at is not None
    assert "打印正常了" in desk.chen.reads("review-ask")


def test_one_button_confirms_and_rates(desk: Story) -> None:
    desk.solved()
    desk.li.clicks("resolved-ask", "评分 4", "谢谢")
    assert desk.turn() == ["commanded"]
    incident = desk.incident()
    assert (incident.status, incident.satisfaction) == (Status.PENDING_REVIEW, 4)


def test_only_the_reporter_confirms_and_only_what_is_solved(desk: Story) -> None:
    desk.taken()
    desk.li.answers("accepted", "#确认")
    desk.refuses(desk.li, "处理中")
    desk.wang.answers("assigned", SOLVED_BRIEFLY)
    desk.turn()
    desk.wang.answers("assigned", "#确认")
    desk.refuses(desk.wang)
    desk.chen.says("#确认")
    desk.refuses(desk.chen)


SOLVED_BRIEFLY = "#解决 换了\n原因：旧了\n措施：更换\n方案：永久\n代码：已解决"

# ---- reopen ------------------------------------------------------------------------------------


def test_not_solved_takes_it_back_to_work(desk: Story) -> None:
    desk.solved()
    desk.at("11:00")
    desk.li.answers("resolved-ask", "#未解决 又卡了")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"li.na": ["command-done"], "wang.qiang": ["reopened"]}
    assert "又卡了" in desk.wang.reads("reopened")
    incident = desk.incident()
    assert (incident.status, incident.reopens) == (Status.IN_PROGRESS, 1)
    assert incident.resolved_at is None
    assert incident.owner == desk.wang.address
    assert desk.dossier().clocks[1].running


def test_reopen_of_what_was_never_solved_is_refused(desk: Story) -> None:
    desk.taken()
    desk.li.answers("accepted", "#未解决")
    desk.refuses(desk.li, "处理中")


def test_reopen_of_an_archived_one_inside_the_window(desk: Story) -> None:
    desk.closed()
    desk.at("09:00", days=4)  # Friday
    desk.li.answers("closed", "#未解决 又卡了")
    assert desk.turn() == ["commanded"]
    assert desk.incident().status is Status.IN_PROGRESS


def test_reopen_after_the_window_is_refused(desk: Story) -> None:
    desk.closed()
    desk.at("09:00", days=14)
    desk.turn()
    desk.li.answers("closed", "#未解决 又卡了")
    desk.refuses(desk.li, "新")


@pytest.mark.parametrize("priority", [1, 3])
def test_the_window_is_of_the_desks_working_days_whatever_was_promised(
    desk: Story, priority: int
) -> None:
    """What is urgent counts day and night, and yet nobody writes on Sundays: closed on Monday the
    23rd, it can be reopened until Monday the 30th."""
    desk.closed()
    incident = replace(desk.incident(), priority=priority)
    policy, closed = desk.app.desk.policy, desk.now
    assert [reopenable(policy, incident, closed + timedelta(days=n)) for n in (5, 7, 8)] == [
        True,
        True,
        False,
    ]


def test_reopen_by_a_colleague_is_refused(desk: Story) -> None:
    desk.solved()
    desk.john.says("#未解决")
    assert desk.turn() == ["rejected"], "he is no party: the number proves nothing"
    assert desk.incident().status is Status.RESOLVED


# ---- rate --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "score", "comment"),
    [("#评分 5 很快", 5, "很快"), ("#rate 3", 3, ""), ("#评分 非常满意", 5, "")],
)
def test_a_score_and_a_comment(desk: Story, text: str, score: int, comment: str) -> None:
    desk.solved()
    desk.li.answers("resolved-ask", text)
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"li.na": ["command-done"]}
    incident = desk.incident()
    assert (incident.satisfaction, incident.satisfaction_comment) == (score, comment)
    assert incident.status is Status.RESOLVED


@pytest.mark.parametrize("text", ["#评分", "#评分 9", "#评分 好不好说不清"])
def test_a_score_that_cannot_be_read(desk: Story, text: str) -> None:
    desk.solved()
    desk.li.answers("resolved-ask", text)
    desk.refuses(desk.li, "1")


def test_a_score_before_the_solution_or_by_another_is_refused(desk: Story) -> None:
    desk.taken()
    desk.li.answers("accepted", "#评分 5")
    desk.refuses(desk.li, "处理中")
    desk.wang.answers("assigned", "#评分 5")
    desk.refuses(desk.wang)


# ---- review ------------------------------------------------------------------------------------


def test_approve_archives_with_the_report(desk: Story) -> None:
    desk.confirmed()
    desk.chen.answers("review-ask", "#审核 做得好")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"li.na": ["closed"], "chen.jing": ["closed"]}
    (report,) = list(desk.chen.got("closed").iter_attachments())
    assert str(report.get_filename()).endswith(".docx")
    assert list(desk.li.got("closed").iter_attachments()) == []
    incident = desk.incident()
    assert (incident.status, incident.owner) == (Status.CLOSED, "service-desk")
    assert incident.closed_at is not None


@pytest.mark.parametrize("text", ["#审核", "#驳回 不够"])
def test_review_of_a_new_one_is_refused_with_what_is_allowed(desk: Story, text: str) -> None:
    desk.li.writes("你们好", "有一件事想请你们看看")
    desk.turn()
    assert desk.incident().status is Status.NEW
    desk.chen.says(text)
    desk.refuses(desk.chen, "新建")


def test_only_the_manager_reviews(desk: Story) -> None:
    desk.confirmed()
    for who in (desk.wang, desk.zhao, desk.sun):
        who.says("#审核")
        desk.refuses(who)
    desk.li.answers("resolved-ask", "#审核")
    desk.refuses(desk.li)


def test_send_back_needs_a_reason(desk: Story) -> None:
    desk.confirmed()
    desk.chen.answers("review-ask", "#驳回")
    desk.refuses(desk.chen, "原因")


def test_send_back_takes_it_back_to_the_engineer(desk: Story) -> None:
    desk.confirmed()
    desk.chen.answers("review-ask", "#驳回 原因写得太简单")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"chen.jing": ["command-done"], "wang.qiang": ["sent-back"]}
    assert "原因写得太简单" in desk.wang.reads("sent-back")
    incident = desk.incident()
    assert (incident.status, incident.confirmation) == (Status.IN_PROGRESS, "")
    assert incident.owner == desk.wang.address


# ---- cancel ------------------------------------------------------------------------------------


def test_the_reporter_withdraws_what_nobody_has(desk: Story) -> None:
    desk.li.writes("你们好", "有一件事想请你们看看")
    desk.turn()
    desk.li.clicks("opened", "撤销", "自己好了")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"li.na": ["command-done"], "zhao.min": ["cancelled"]}
    assert desk.incident().status is Status.CANCELLED


def test_the_desk_cancels_and_the_reporter_is_told(desk: Story) -> None:
    desk.li.writes("你们好", "有一件事想请你们看看")
    desk.turn()
    desk.zhao.answers("desk-new", "#撤销 来电撤销")
    assert desk.turn() == ["commanded"]
    assert desk.letters["li.na"] == ["cancelled"]


def test_what_is_being_worked_on_is_not_cancelled(desk: Story) -> None:
    desk.taken()
    desk.li.answers("accepted", "#撤销")
    desk.refuses(desk.li, "处理中")


def test_engineers_do_not_cancel(desk: Story) -> None:
    desk.printer_jam()
    desk.wang.answers("assigned", "#撤销")
    desk.refuses(desk.wang)


# ---- in English --------------------------------------------------------------------------------


def test_the_whole_way_in_english(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(language="en")
    wang = desk.person("Wang Qiang", desk.wang.address, "en")
    chen = desk.person("Chen Jing", desk.chen.address, "en")
    desk.john.writes("Printer jams", "The printer in room 301 jams all the time.")
    desk.turn()
    wang.answers("assigned", "#accept")
    desk.turn()
    wang.answers(
        "assigned",
        "#resolve New feed roller\ncause: worn\naction: replaced it\n"
        "solution kind: permanent\ncode: solved",
    )
    assert desk.turn() == ["commanded"]
    desk.john.answers("resolved-ask", "#confirm\n#rate 5 very fast")
    assert desk.turn() == ["commanded"]
    chen.answers("review-ask", "#approve")
    assert desk.turn() == ["commanded"]
    incident = desk.incident()
    assert (incident.status, incident.satisfaction) == (Status.CLOSED, 5)
    assert str(read(desk.john.got("closed").as_bytes())["Subject"]).endswith(f"[{incident.number}]")


# ---- stars alone -------------------------------------------------------------------------------


def test_stars_in_answer_to_the_closing_mail_are_a_score(desk: Story) -> None:
    """100.8: satisfaction with a comment, without any keyword; it reopens nothing."""
    desk.closed()
    desk.li.answers("closed", "★★★★☆ 就是等得久了点")
    assert desk.turn() == ["commanded"]
    incident = desk.incident()
    assert (incident.satisfaction, incident.status) == (4, Status.CLOSED)
    assert incident.satisfaction_comment == "就是等得久了点"


def test_stars_of_others_and_before_the_solution_are_words(desk: Story) -> None:
    desk.taken()
    desk.li.answers("accepted", "★★★★★")
    assert desk.turn() == ["updated"]
    assert desk.incident().satisfaction is None


def test_stars_under_a_false_name_are_held(desk: Story) -> None:
    desk.closed()
    desk.li.writes(f"回复 [{desk.numbers[0]}]", "★ 差")
    assert desk.turn() == ["held"]
    assert desk.incident().satisfaction is None
