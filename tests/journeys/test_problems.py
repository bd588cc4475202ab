"""Problems by mail: opened by a person or by a rule, investigated, closed (spec 1.8)."""

from __future__ import annotations

from processor.domain.problem import Problem, ProblemSource, ProblemStatus
from tests.journeys.desk import Story


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


def test_an_engineer_opens_a_problem(desk_anywhere: Story) -> None:
    """Spec 3: 问题 · problem, by staff."""
    desk = desk_anywhere
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


def test_the_whole_life_of_a_problem(desk_anywhere: Story) -> None:
    """新建 → 调查诊断 → 已知错误 → 已解决 → 已关闭; the incident's engineer is told at the end."""
    desk = desk_anywhere
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
