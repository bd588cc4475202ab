"""Requests for change by mail: raised, decided on, carried out (spec 1.8 and 3, seed 4.3.3)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from processor.demo.story import DESK
from processor.domain.change import Change, ChangeStatus, Risk
from processor.domain.incident import Status
from processor.settings.settings import Settings
from tests.journeys.desk import SOLUTION, Story
from tests.journeys.test_problems import problem, taken

WISH = "#变更 更换进纸轮并升级固件；旧固件卡纸；低；周六 20:00–21:00；装回旧固件"
LABELLED = """#change
what: Replace the roller and update the firmware
why: the old firmware jams
risk: low, one printer
window: Sat 20:00-21:00
back-out: put the old firmware back"""


def changes(desk: Story) -> list[Change]:
    with desk.app.store.read() as work:
        return sorted(work.changes.search(), key=lambda one: one.number)


def change(desk: Story) -> Change:
    """The only one."""
    (found,) = changes(desk)
    return found


def steps_of(desk: Story, number: str) -> list[tuple[str, str]]:
    with desk.app.store.read() as work:
        journal = work.neighbour_journal.of(number)
    return [(one.kind, one.text) for one in journal if one.kind != "field"]


def raised(desk: Story, wish: str = WISH) -> Change:
    """Wang Qiang needs a change for the printer."""
    desk.taken()
    desk.wang.answers("assigned", wish)
    assert desk.turn() == ["commanded"]
    return change(desk)


def approved(desk: Story) -> Change:
    """… and Chen Jing approves it with one click."""
    raised(desk)
    desk.chen.clicks("change-ask", "批准")
    assert desk.turn() == ["commanded"]
    return change(desk)


# ---- raising -------------------------------------------------------------------------------------


@pytest.mark.parametrize("wish", [WISH, LABELLED], ids=["in order", "labelled"])
def test_an_engineer_raises_a_change(desk: Story, wish: str) -> None:
    """The incident waits (待变更), and the approvers of this risk get one mail with two buttons."""
    found = raised(desk, wish)
    assert found.number == "RFC-20261123-0001"
    assert (found.status, found.risk) == (ChangeStatus.REQUESTED, Risk.LOW)
    assert (found.incident, found.raised_by) == (desk.numbers[0], desk.wang.address)
    assert (found.approvers, found.needed) == ((desk.chen.address,), 1)
    assert "固件" in found.what or "firmware" in found.what
    assert "20:00" in found.window
    assert "旧固件" in found.back_out or "old firmware" in found.back_out
    assert desk.incident().status is Status.PENDING_CHANGE
    assert desk.letters == {"wang.qiang": ["command-done"], "chen.jing": ["change-ask"]}
    ask = desk.chen.got("change-ask")
    assert str(ask["Subject"]).endswith(f"[{found.number}]")
    buttons = desk.chen.buttons("change-ask")
    assert "#批准" in buttons
    assert "#拒绝" in buttons
    assert ("change", found.number) in [(one.kind, one.number) for one in desk.dossier().links]


@pytest.mark.parametrize(
    ("wish", "missing"),
    [
        ("#变更 换固件", ["变更原因", "风险", "时间窗口", "回退方案"]),
        ("#变更 换固件；老了；低；周六", ["回退方案"]),
        ("#变更\n内容：换固件\n风险：低\n回退：装回去", ["变更原因", "时间窗口"]),
        ("#变更", ["变更内容", "变更原因", "风险", "时间窗口", "回退方案"]),
    ],
)
def test_missing_parts_are_named_one_by_one(desk: Story, wish: str, missing: list[str]) -> None:
    desk.taken()
    desk.wang.answers("assigned", wish)
    answer = desk.refuses(desk.wang, *missing)
    told = answer.partition("还缺：")[2].partition("。")[0]
    assert told.count("、") - told.count("（高、中、低）") * 2 == len(missing) - 1, told
    assert changes(desk) == []


def test_a_risk_that_cannot_be_read(desk: Story) -> None:
    desk.taken()
    desk.wang.answers("assigned", "#变更 换固件；老了；还行；周六；装回去")
    desk.refuses(desk.wang, "还行", "高、中或低")


def test_who_does_not_have_the_incident_raises_nothing(desk: Story) -> None:
    desk.taken()
    desk.liu.says(WISH)
    desk.refuses(desk.liu)
    desk.li.answers("accepted", WISH)
    desk.refuses(desk.li)
    assert changes(desk) == []


def test_one_change_at_a_time(desk: Story) -> None:
    raised(desk)
    desk.wang.says(WISH)
    desk.refuses(desk.wang, "RFC-20261123-0001")


# ---- deciding ------------------------------------------------------------------------------------


def test_approval_tells_the_engineer_and_the_affected(desk: Story) -> None:
    found = approved(desk)
    assert (found.status, found.decided_by) == (ChangeStatus.APPROVED, desk.chen.address)
    assert desk.letters == {
        "chen.jing": ["command-done"],
        "wang.qiang": ["change-decided"],
        "li.na": ["change-window"],
    }
    assert "周六 20:00–21:00" in desk.li.reads("change-window")
    assert desk.numbers[0] in desk.li.reads("change-window")
    assert "RFC" not in desk.li.reads("change-window"), "the team's business"
    assert "变更结果" in desk.wang.buttons("change-decided")
    assert desk.incident().status is Status.PENDING_CHANGE


def test_a_refusal_needs_a_reason_and_takes_the_incident_back_to_work(
    desk: Story,
) -> None:
    raised(desk)
    desk.chen.answers("change-ask", "#拒绝")
    desk.refuses(desk.chen, "原因")
    assert desk.incident().status is Status.PENDING_CHANGE
    desk.chen.answers("change-ask", "#拒绝 周六要打印月结")
    assert desk.turn() == ["commanded"]
    assert change(desk).status is ChangeStatus.REFUSED
    assert desk.incident().status is Status.IN_PROGRESS
    assert desk.letters == {"chen.jing": ["command-done"], "wang.qiang": ["change-decided"]}
    assert "周六要打印月结" in desk.wang.reads("change-decided")
    assert any("周六要打印月结" in text for _, text in desk.steps())


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("#approve", ChangeStatus.APPROVED),
        ("#审核", ChangeStatus.APPROVED),
        ("#reject too risky", ChangeStatus.REFUSED),
        ("#grant", ChangeStatus.APPROVED),
        ("#驳回 风险太大", ChangeStatus.REFUSED),
    ],
)
def test_on_an_incident_that_waits_approving_means_its_change(
    desk: Story, text: str, status: ChangeStatus
) -> None:
    """The English approve is the manager's review keyword, too: there is nothing to review yet."""
    raised(desk)
    desk.chen.says(text)
    assert desk.turn() == ["commanded"]
    assert change(desk).status is status
    assert desk.chen.news == ["command-done"]
    assert desk.incident().status is not Status.CLOSED


def test_approving_an_incident_under_review_is_the_review(desk: Story) -> None:
    desk.confirmed()
    desk.chen.answers("review-ask", "#approve")
    assert desk.turn() == ["commanded"]
    assert desk.incident().status is Status.CLOSED
    assert changes(desk) == []


def test_only_the_approvers_decide(desk: Story) -> None:
    raised(desk)
    for who in (desk.zhao, desk.liu, desk.sun, desk.wang):
        who.says("#批准")
        desk.refuses(who)
    assert change(desk).approvals == ()


def test_high_risk_needs_two_and_nobody_counts_twice(desk: Story) -> None:
    director = desk.person("总监", "it.director@example.com")
    found = raised(desk, WISH.replace("；低；", "；高；"))
    assert found.needed == 2
    assert set(found.approvers) == {desk.chen.address, director.address}
    assert director.news == ["change-ask"]
    desk.chen.clicks("change-ask", "批准")
    assert desk.turn() == ["commanded"]
    assert change(desk).status is ChangeStatus.REQUESTED
    assert desk.letters == {"chen.jing": ["command-done"]}
    assert "还需要 1 个人" in desk.chen.reads("command-done")
    desk.chen.clicks("change-ask", "批准")
    assert desk.turn() == ["rejected"]
    director.clicks("change-ask", "批准")
    assert desk.turn() == ["commanded"]
    assert change(desk).status is ChangeStatus.APPROVED
    assert change(desk).approvals == (desk.chen.address, director.address)


def test_a_decision_stands(desk: Story) -> None:
    approved(desk)
    desk.chen.answers("change-ask", "#拒绝 改主意了")
    desk.refuses(desk.chen, "已批准")


# ---- carrying out --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("#变更结果 成功 打印正常", ChangeStatus.DONE),
        ("#change done, prints well", ChangeStatus.DONE),
        ("#变更结果 失败 固件刷不进去", ChangeStatus.FAILED),
        ("#change failed firmware rejected", ChangeStatus.FAILED),
        ("#变更结果：已回退，卡纸更多", ChangeStatus.BACKED_OUT),
        ("#change backed out more jams", ChangeStatus.BACKED_OUT),
    ],
)
def test_the_outcome_takes_the_incident_back_to_work(
    desk: Story, text: str, status: ChangeStatus
) -> None:
    approved(desk)
    desk.wang.answers("change-decided", text)
    assert desk.turn() == ["commanded"]
    found = change(desk)
    assert found.status is status
    assert found.outcome
    assert desk.incident().status is Status.IN_PROGRESS
    assert desk.letters == {"wang.qiang": ["command-done"], "chen.jing": ["change-ended"]}


def test_outcome_and_solution_in_one_mail(desk: Story) -> None:
    approved(desk)
    desk.wang.says(f"#变更结果 成功\n{SOLUTION}")
    assert desk.turn() == ["commanded"]
    assert change(desk).status is ChangeStatus.DONE
    assert desk.incident().status is Status.RESOLVED


def test_an_outcome_before_the_approval_or_by_another_or_unreadable(desk: Story) -> None:
    raised(desk)
    desk.wang.says("#变更结果 成功")
    desk.refuses(desk.wang, "待审批")
    desk.chen.clicks("change-ask", "批准")
    desk.turn()
    desk.liu.says("#变更结果 成功")
    desk.refuses(desk.liu, "王强")
    desk.wang.answers("change-decided", "#变更结果 差不多")
    desk.refuses(desk.wang, "差不多")
    desk.wang.answers("change-decided", "#变更结果 失败")
    desk.refuses(desk.wang, "原因")


def test_who_raised_it_takes_it_back(desk: Story) -> None:
    raised(desk)
    desk.wang.answers("command-done", "#撤销", mail=None)
    assert desk.turn() == ["rejected"], "on the incident: that is the reporter's to withdraw"
    desk.wang.says("#撤销 RFC-20261123-0001 不需要了")
    assert desk.turn() == ["commanded"]
    assert change(desk).status is ChangeStatus.WITHDRAWN
    assert desk.incident().status is Status.IN_PROGRESS
    assert desk.chen.news == ["change-ended"]


def test_the_clock_stands_still_where_the_contract_says_so(
    desk_with: Callable[..., Story],
) -> None:
    from dataclasses import replace

    def paused(settings: Settings) -> Settings:
        pauses = settings.sla.pauses | {Status.PENDING_CHANGE}
        return replace(settings, sla=replace(settings.sla, pauses=pauses))

    desk = desk_with(change=paused)
    raised(desk)
    assert desk.dossier().clocks[1].paused_since is not None
    desk.chen.clicks("change-ask", "拒绝", "不行")
    desk.turn()
    assert desk.dossier().clocks[1].running


# ---- from a problem ------------------------------------------------------------------------------


def test_a_problem_waits_for_its_change(desk: Story) -> None:
    """待变更 is a state of problems, too."""
    taken(desk)
    desk.liu.answers("command-done", WISH)
    assert desk.turn() == ["commanded"]
    assert problem(desk).status == "pending_change"
    assert change(desk).problem == problem(desk).number
    desk.chen.clicks("change-ask", "批准")
    desk.turn()
    desk.liu.answers("change-decided", "#变更结果 成功 全部更换")
    assert desk.turn() == ["commanded"]
    assert problem(desk).status == "investigating"


# ---- belonging and proof -------------------------------------------------------------------------


def test_a_forged_approval_changes_nothing(desk: Story) -> None:
    found = raised(desk)
    desk.chen.writes(f"Re: [{found.number}]", "#批准")
    assert desk.turn() == ["held"]
    assert change(desk).status is ChangeStatus.REQUESTED
    assert desk.letters["chen.jing"] == ["not-proven"]
    stolen = str(desk.chen.got("change-ask")["Reply-To"])
    mallory = desk.person("Mallory", "mallory@evil.example")
    mallory.writes(f"Re: [{found.number}]", "#批准", to=stolen)
    desk.turn()
    assert change(desk).status is ChangeStatus.REQUESTED
    assert all("旧固件" not in mail.as_string() for mail in mallory.mails)
    another = str(desk.wang.got("command-done")["Reply-To"])
    desk.chen.writes(f"Re: [{found.number}]", "#批准", to=another)
    desk.turn()
    assert change(desk).status is ChangeStatus.REQUESTED


def test_an_answer_without_token_or_quote_belongs_by_its_number(desk: Story) -> None:
    found = raised(desk)
    desk.chen.writes(f"回复 [{found.number}]", "周六我再看看", to=DESK)
    assert desk.turn() == ["updated"]
    assert ("note", "周六我再看看") in steps_of(desk, found.number)


def test_a_stranger_who_names_a_change_learns_nothing(desk: Story) -> None:
    raised(desk)
    desk.john.writes("RFC-20261123-0001", "什么时候做？")
    assert desk.turn() == ["opened"]
    desk.john.asks("#状态 RFC-20261123-0001")
    assert desk.turn() == ["rejected"]
    assert "RFC-20261123-0001" in desk.john.reads("command-refused")
    assert "固件" not in desk.john.reads("command-refused")


def test_how_it_stands(desk: Story) -> None:
    approved(desk)
    desk.wang.answers("change-decided", "#状态")
    assert desk.turn() == ["commanded"]
    told = desk.wang.reads("neighbour-status")
    assert "已批准" in told
    assert "装回旧固件" in told
