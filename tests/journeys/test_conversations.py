"""Conversations that mail programs have stripped of every sign, and what begins anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from processor.domain.incident import Status
from tests.journeys.desk import Story

SUBJECT = "三楼财务室打印机卡纸"

# ---- by author and subject ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "prefix",
    [
        "回复：",
        "回复:",
        "答复：",
        "回覆：",
        "Re: ",
        "RE[2]: ",
        "AW: ",
        "SV: ",
        "Re: 回复：",
        "回复(3)：",
    ],
)
def test_an_answer_without_any_sign_is_known_by_author_and_subject(
    desk: Story, prefix: str
) -> None:
    desk.printer_jam()
    desk.li.writes(f"{prefix}{SUBJECT}", "错误码是 E-13")
    assert desk.turn() == ["updated"]
    assert len(desk.numbers) == 1
    assert ("mail", "错误码是 E-13") in desk.steps()


def test_white_space_and_width_of_the_subject_do_not_matter(desk: Story) -> None:
    desk.li.writes("打印机 E-13 卡纸", "麻烦看一下")
    desk.turn()
    desk.li.writes("回复：打印机Ｅ-13  卡纸", "还是这样")
    assert desk.turn() == ["updated"]


@pytest.mark.parametrize(
    "subject",
    [SUBJECT, f"转发：{SUBJECT}", f"Fwd: {SUBJECT}", f"回复：{SUBJECT}了", "回复：", "Re:"],
    ids=["no answer", "handed on", "handed on in English", "another subject", "empty", "empty Re"],
)
def test_what_is_no_such_answer_opens_its_own(desk: Story, subject: str) -> None:
    desk.printer_jam()
    desk.li.writes(subject, "四楼的打印机也坏了")
    assert desk.turn() == ["opened"]


def test_another_person_under_the_same_subject_is_not_joined(desk: Story) -> None:
    desk.printer_jam()
    desk.person("张伟", "zhang.wei@customer.example").writes(f"回复：{SUBJECT}", "我也是")
    assert desk.turn() == ["opened"]


def test_two_that_it_could_be_are_one_too_many(desk: Story) -> None:
    desk.printer_jam()
    desk.at("11:00")
    desk.li.writes(SUBJECT, "另一台也卡纸了")
    assert desk.turn() == ["opened"]
    desk.li.writes(f"回复：{SUBJECT}", "现在好一点")
    assert desk.turn() == ["opened"]


def test_an_old_or_a_finished_one_is_not_joined(desk: Story) -> None:
    desk.closed()
    desk.li.writes(f"回复：{SUBJECT}", "又卡纸了")
    assert desk.turn() == ["opened"]
    desk.at("09:00", days=15)
    desk.li.writes(f"回复：{SUBJECT}", "又卡纸了")
    assert desk.turn() == ["opened"]


def test_the_administrator_can_turn_it_off(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(box={"rejoin_days": 0})
    desk.printer_jam()
    desk.li.writes(f"回复：{SUBJECT}", "错误码是 E-13")
    assert desk.turn() == ["opened"]


def test_the_subject_proves_nothing(desk: Story) -> None:
    desk.solved()
    desk.li.writes(f"回复：{SUBJECT}", "#确认")
    assert desk.turn() == ["held"]
    assert desk.incident().status is Status.RESOLVED


# ---- what was withdrawn or not taken on --------------------------------------------------------


def test_what_was_withdrawn_begins_anew_at_its_reporters_word(desk: Story) -> None:
    desk.li.writes("你们好", "有一件事想请你们看看")
    desk.turn()
    desk.li.clicks("opened", "撤销", "自己好了")
    assert desk.turn() == ["commanded"]
    assert desk.incident().status is Status.CANCELLED
    desk.li.answers("command-done", "#未解决 又不行了")
    assert desk.turn() == ["commanded"]
    incident = desk.incident()
    assert (incident.status, incident.owner, incident.reopens) == (Status.NEW, "service-desk", 1)
    assert "又不行了" in desk.zhao.reads("reopened")
    assert desk.dossier().clocks[1].running


def test_only_its_reporter_takes_a_withdrawal_back(desk: Story) -> None:
    desk.li.writes("你们好", "有一件事想请你们看看")
    desk.turn()
    desk.li.clicks("opened", "撤销")
    desk.turn()
    for who in (desk.zhao, desk.chen):
        who.says("#未解决")
        desk.refuses(who)


def _not_taken_on(desk: Story) -> None:
    desk.li.writes("你们好", "有一件事想请你们看看")
    desk.turn()
    with desk.app.store.begin() as work:
        incident = work.incidents.get(desk.numbers[0])
        assert incident is not None
        incident.status = Status.REJECTED
        work.incidents.save(incident, desk.zhao.address, desk.clock(), "test")


def test_an_appeal_is_granted_by_the_service_desk(desk: Story) -> None:
    _not_taken_on(desk)
    desk.zhao.says("#未解决 合同里有这一项")
    assert desk.turn() == ["commanded"]
    assert desk.incident().status is Status.NEW
    assert "li.na" in desk.letters


def test_an_appeal_is_told_and_not_granted_by_who_makes_it(desk: Story) -> None:
    _not_taken_on(desk)
    desk.li.answers("opened", "合同里有这一项，请再看看")
    assert desk.turn() == ["updated"]
    assert "合同里有这一项" in desk.zhao.reads("appealed")
    assert desk.incident().status is Status.REJECTED


@pytest.mark.parametrize("answer", ["可以", "没问题，谢谢", "行", "Sure, thanks", "沒問題"])
def test_assent_to_a_question_is_an_answer(desk: Story, answer: str) -> None:
    desk.taken()
    desk.wang.answers("assigned", "#待用户 现在可以重启吗")
    assert desk.turn() == ["commanded"]
    desk.li.answers("question", answer)
    assert desk.turn() == ["updated"]
    assert desk.incident().status is Status.IN_PROGRESS
    assert answer in desk.wang.reads("updated")
