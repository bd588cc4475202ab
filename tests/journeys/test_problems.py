"""Problems by mail: opened by a person or by a rule, investigated, closed (spec 1.8)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from processor.domain.problem import Problem, ProblemSource, ProblemStatus
from processor.jobs.upkeep import look_after
from processor.settings.settings import Settings
from tests.journeys.desk import ZONE, Story


def problems(desk: Story) -> list[Problem]:
    """All of them, oldest first."""
    with desk.app.store.read() as work:
        return sorted(work.problems.search(), key=lambda one: one.number)


def problem(desk: Story) -> Problem:
    """The only one."""
    (found,) = problems(desk)
    return found


def incidents_of(desk: Story, number: str) -> tuple[str, ...]:
    with desk.app.store.read() as work:
        return work.links.to(number, "problem")


def changes_of(desk: Story, number: str) -> list[tuple[str, str | None, str | None]]:
    """(field, old, new) in the problem's journal."""
    with desk.app.store.read() as work:
        journal = work.neighbour_journal.of(number)
    return [(one.field, one.old, one.new) for one in journal if one.kind == "field"]


def opened(desk: Story) -> Problem:
    """Wang Qiang works on the printer and opens a problem."""
    desk.taken()
    desk.wang.answers("assigned", "#问题 进纸轮总是磨损")
    assert desk.turn() == ["commanded"]
    return problem(desk)


def taken(desk: Story) -> Problem:
    """… which Liu Yang is given and accepts."""
    opened(desk)
    desk.chen.answers("problem-new", "#分派 @刘洋 麻烦查一下")
    assert desk.turn() == ["commanded"]
    desk.liu.clicks("problem-assigned", "接单")
    assert desk.turn() == ["commanded"]
    return problem(desk)


def test_an_engineer_opens_a_problem(desk: Story) -> None:
    """Spec 3: 问题 · problem, by staff."""
    found = opened(desk)
    assert found.number == "PRB-20261123-0001"
    assert (found.status, found.source) == (ProblemStatus.NEW, ProblemSource.PERSON)
    assert (found.title, found.opener) == ("进纸轮总是磨损", desk.wang.address)
    assert found.priority == desk.incident().priority
    assert found.target_at is not None
    assert incidents_of(desk, found.number) == (desk.numbers[0],)
    assert desk.letters == {"wang.qiang": ["command-done"], "chen.jing": ["problem-new"]}
    told = desk.chen.got("problem-new")
    assert str(told["Subject"]).endswith("[PRB-20261123-0001]")
    assert "+prb-20261123-0001-" in str(told["Reply-To"])
    assert told["X-Postdesk-Number"] == found.number


def test_the_whole_life_of_a_problem(desk: Story) -> None:
    """新建 → 调查诊断 → 已知错误 → 已解决 → 已关闭; the incident's engineer is told at the end."""
    found = taken(desk)
    assert (found.status, found.assignee) == (ProblemStatus.INVESTIGATING, desk.liu.address)
    desk.liu.answers("problem-assigned", "#根因 纸张太潮，轮子打滑磨损")
    assert desk.turn() == ["commanded"]
    assert problem(desk).status is ProblemStatus.INVESTIGATING
    desk.liu.answers("command-done", "#变通方案 换一包新纸，清洁进纸轮")
    assert desk.turn() == ["commanded"]
    known = problem(desk)
    assert known.status is ProblemStatus.KNOWN_ERROR
    assert desk.letters == {"liu.yang": ["command-done"], "wang.qiang": ["problem-known"]}
    assert "换一包新纸" in desk.wang.reads("problem-known")
    desk.liu.answers("command-done", "#解决 库房加装除湿机\n代码：已解决")
    assert desk.turn() == ["commanded"]
    assert problem(desk).status is ProblemStatus.RESOLVED
    assert desk.letters == {"liu.yang": ["command-done"], "chen.jing": ["problem-solved"]}
    desk.chen.answers("problem-solved", "#审核 已解决 做得好")
    assert desk.turn() == ["commanded"]
    assert problem(desk).status is ProblemStatus.CLOSED
    assert desk.letters == {
        "chen.jing": ["command-done"],
        "wang.qiang": ["problem-closed"],
        "liu.yang": ["problem-closed"],
    }
    assert "除湿机" in desk.wang.reads("problem-closed")
    moved = [(old, new) for field, old, new in changes_of(desk, found.number) if field == "status"]
    assert moved == [
        ("new", "investigating"),
        ("investigating", "known_error"),
        ("known_error", "resolved"),
        ("resolved", "closed"),
    ]


# ---- by rule -------------------------------------------------------------------------------------


def _archived(desk: Story, solution: str) -> None:
    desk.taken()
    desk.wang.answers("assigned", solution)
    assert desk.turn() == ["commanded"]
    desk.li.answers("resolved-ask", "#确认")
    assert desk.turn() == ["commanded"]
    desk.chen.answers("review-ask", "#审核")
    assert desk.turn() == ["commanded"]


@pytest.mark.parametrize(
    ("cause", "kind", "code", "source"),
    [
        ("进纸轮磨损", "永久", "已解决", None),
        ("进纸轮磨损", "临时", "已解决", ProblemSource.WORKAROUND),
        ("未知", "永久", "已解决", ProblemSource.UNKNOWN_CAUSE),
        ("重启后恢复，原因不明", "永久", "已解决", ProblemSource.UNKNOWN_CAUSE),
        ("安装了未知来源的驱动", "永久", "已解决", None),
        ("可能是静电", "临时", "无法重现", ProblemSource.UNRESOLVED),
    ],
)
def test_closing_opens_a_problem_where_the_rules_say_so(
    desk: Story, cause: str, kind: str, code: str, source: ProblemSource | None
) -> None:
    """Seed 4.2.10 and 6.1.3: unsolved, solved for the time being, or nobody knows why."""
    _archived(desk, f"#解决 换了\n原因：{cause}\n措施：更换\n方案：{kind}\n代码：{code}")
    found = problems(desk)
    assert [one.source for one in found] == ([source] if source else [])
    # the manager who approved it could not know that
    assert desk.letters["chen.jing"] == ["closed", *(["problem-new"] if source else [])]
    if source is ProblemSource.WORKAROUND:
        assert (found[0].root_cause, found[0].workaround) == (cause, "换了")
        assert incidents_of(desk, found[0].number) == (desk.numbers[0],)


def test_a_rule_that_is_turned_off_opens_nothing(desk_with: Callable[..., Story]) -> None:
    def quiet(settings: Settings) -> Settings:
        kept = frozenset({ProblemSource.MAJOR})
        return replace(settings, problems=replace(settings.problems, opens_on=kept))

    desk = desk_with(change=quiet)
    _archived(desk, "#解决 换了\n原因：未知\n措施：更换\n方案：临时\n代码：已解决")
    assert problems(desk) == []


def _jams(desk: Story, count: int) -> None:
    for place in range(count):
        desk.li.writes(f"打印机卡纸 {place} {desk.now:%H%M%S}", "打印机又卡纸了")
        assert desk.turn() == ["opened"]


def _minutes_later(desk: Story, minutes: int = 20) -> int:
    desk.now += timedelta(minutes=minutes)
    return look_after(desk.app.desk, desk.clock())


def test_what_keeps_coming_back_opens_one_problem(desk: Story) -> None:
    """趋势: the fifth of one category within the days opens it; later ones are linked to it."""
    _jams(desk, 4)
    assert _minutes_later(desk) == 0
    assert problems(desk) == []
    _jams(desk, 1)
    assert look_after(desk.app.desk, desk.clock()) == 0, "not before its time"
    assert _minutes_later(desk) == 1
    found = problem(desk)
    assert (found.source, found.opener) == (ProblemSource.TREND, "postdesk")
    assert found.trend == f"category:{desk.incident().category}"
    assert len(incidents_of(desk, found.number)) == 5
    desk.turn()
    assert desk.letters["chen.jing"] == ["problem-new"]
    _jams(desk, 2)
    assert _minutes_later(desk) == 0
    assert len(problems(desk)) == 1
    assert len(incidents_of(desk, found.number)) == 7
    assert ("problem", found.number) in desk.steps(7)


def test_a_trend_that_was_closed_begins_anew(desk: Story) -> None:
    _jams(desk, 5)
    _minutes_later(desk)
    desk.turn()
    desk.chen.answers("problem-new", "#审核 已解决 换了一批新打印机")
    assert desk.turn() == ["commanded"]
    assert problem(desk).status is ProblemStatus.CLOSED
    _jams(desk, 4)
    assert _minutes_later(desk) == 0
    _jams(desk, 1)
    assert _minutes_later(desk) == 1
    assert len(incidents_of(desk, problems(desk)[1].number)) == 5


def test_open_problems_are_reviewed_each_month(desk: Story) -> None:
    opened(desk)
    assert look_after(desk.app.desk, desk.clock()) == 0, "the 23rd"
    desk.at("00:10", days=8)  # Tuesday, 1 December
    assert look_after(desk.app.desk, desk.clock()) == 0, "nobody is written to at midnight"
    desk.at("08:30")
    assert look_after(desk.app.desk, desk.clock()) == 1
    assert look_after(desk.app.desk, desk.clock()) == 0
    desk.turn()
    assert "PRB-20261123-0001" in desk.chen.reads("problem-review")
    assert "还没有人负责" in desk.chen.reads("problem-review")


# ---- linking, wrong people, malformed, forged ----------------------------------------------------


def test_a_second_incident_is_linked_by_its_number(desk: Story) -> None:
    """问题 PRB-… links; both ways."""
    found = opened(desk)
    desk.li.writes("鼠标坏了", "左键没有反应")
    desk.turn()
    desk.zhao.says(f"#问题 {found.number}", 2)
    assert desk.turn() == ["commanded"]
    assert len(incidents_of(desk, found.number)) == 2
    desk.zhao.says(f"#问题 {found.number}", 2)
    desk.refuses(desk.zhao, "早已")
    desk.li.writes("键盘坏了", "按键没有反应")
    desk.turn()
    desk.chen.answers("problem-new", f"#关联 {desk.numbers[2]}")
    assert desk.turn() == ["commanded"]
    assert len(incidents_of(desk, found.number)) == 3


def test_one_open_problem_for_an_incident(desk: Story) -> None:
    opened(desk)
    desk.wang.says("#问题 又一个")
    desk.refuses(desk.wang, "PRB-20261123-0001")


def test_reporters_open_no_problems(desk: Story) -> None:
    desk.taken()
    desk.li.answers("accepted", "#问题 总是坏")
    desk.refuses(desk.li)
    assert problems(desk) == []


def test_who_does_not_have_it_records_nothing(desk: Story) -> None:
    taken(desk)
    before = problem(desk)
    for who, text in (
        (desk.wang, "#根因 我猜的"),
        (desk.wang, "#解决 换了\n原因：旧了"),
        (desk.zhao, "#审核 已解决"),
        (desk.wang, "#接单"),
    ):
        who.asks(f"{text.split(' ')[0]} {before.number} {' '.join(text.split(' ')[1:])}")
        assert desk.turn() == ["rejected"], text
        assert problem(desk) == before


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("#根因", "没有内容"),
        ("#解决 换新机", "根本原因"),
        ("#审核 已解决", "事件经理"),
        ("#目标时间 很快", "很快"),
        ("#目标时间 2020年1月1日", "过去"),
        ("#关联 那几个", "INC-"),
        ("#评分 5", "不能用在问题"),
        ("#优先级 十万火急", "十万火急"),
    ],
)
def test_what_cannot_be_done_says_why(desk: Story, text: str, says: str) -> None:
    taken(desk)
    before = problem(desk)
    desk.liu.answers("problem-assigned", text)
    assert desk.turn() == ["rejected"]
    assert desk.letters == {"liu.yang": ["command-refused"]}
    assert says in desk.liu.reads("command-refused")
    assert problem(desk) == before


def test_target_and_priority(desk: Story) -> None:
    found = taken(desk)
    desk.liu.answers("problem-assigned", "#目标时间 12月15日\n#优先级 P2 影响变大")
    assert desk.turn() == ["commanded"]
    now = problem(desk)
    assert now.priority == 2
    assert now.target_at is not None
    assert now.target_at.astimezone(ZONE).day == 15
    assert ("priority", str(found.priority), "2") in changes_of(desk, found.number)


def test_cause_and_workaround_by_the_incidents_mail(desk: Story) -> None:
    """Whoever has both writes it where he is."""
    taken(desk)
    desk.liu.says("#变通方案 先用二楼的打印机\n#根因 进纸轮太旧")
    assert desk.turn() == ["commanded"]
    assert problem(desk).status is ProblemStatus.KNOWN_ERROR


def test_a_forged_command_on_a_problem_changes_nothing(desk: Story) -> None:
    found = taken(desk)
    desk.liu.writes(f"Re: [{found.number}]", "#根因 假的")
    assert desk.turn() == ["held"]
    assert desk.letters["liu.yang"] == ["not-proven"]
    assert desk.letters["chen.jing"] == ["forgery-warning"]
    assert problem(desk) == found
    stolen = str(desk.liu.got("problem-assigned")["Reply-To"])
    mallory = desk.person("Mallory", "mallory@evil.example")
    mallory.writes(f"Re: [{found.number}]", "#根因 假的", to=stolen)
    desk.turn()
    assert problem(desk) == found
    assert all("进纸轮" not in mail.as_string() for mail in mallory.mails)
    # what was held is carried out once he says that it was he
    desk.liu.clicks("not-proven", "根因", "纸太潮")
    assert desk.turn() == ["commanded"]
    assert problem(desk).root_cause == "纸太潮"


def test_words_on_a_problem_are_kept(desk: Story) -> None:
    found = taken(desk)
    desk.wang.answers("command-done", "#状态 " + found.number)
    desk.turn()
    desk.liu.answers("problem-assigned", "下午去现场看看")
    assert desk.turn() == ["updated"]
    with desk.app.store.read() as work:
        journal = work.neighbour_journal.of(found.number)
        mails = work.neighbour_mails.of(found.number)
    assert ("note", "下午去现场看看") in [(one.kind, one.text) for one in journal]
    assert {mail.direction for mail in mails} == {"in", "out"}
