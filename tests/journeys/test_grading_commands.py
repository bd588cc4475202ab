"""Priority, impact, urgency and category by mail: never below the initial grade (spec 1.4 (4))."""

from __future__ import annotations

import pytest

from tests.journeys.desk import Story


def test_a_raised_priority_moves_the_targets_but_not_their_start(desk: Story) -> None:
    desk.taken()
    before = desk.dossier().clocks[1]
    assert desk.incident().priority == 3
    desk.at("10:00")
    desk.wang.answers("assigned", "#优先级 P2 财务关账")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"wang.qiang": ["command-done"]}
    incident, after = desk.incident(), desk.dossier().clocks[1]
    assert (incident.priority, incident.initial_priority) == (2, 3)
    assert after.started_at == before.started_at
    assert after.due_at < before.due_at
    assert ("reclassified", "财务关账") in desk.steps()


@pytest.mark.parametrize(
    ("text", "field", "value", "priority"),
    [
        ("#影响度 1", "impact", 1, 2),
        ("#urgency 1", "urgency", 1, 2),
        ("#紧急度 2", "urgency", 2, 3),
    ],
)
def test_the_priority_follows_impact_and_urgency(
    desk: Story, text: str, field: str, value: int, priority: int
) -> None:
    desk.taken()
    assert (desk.incident().impact, desk.incident().urgency) == (3, 3)
    desk.wang.answers("assigned", text)
    assert desk.turn() == ["commanded"]
    assert getattr(desk.incident(), field) == value
    assert desk.incident().priority == priority


def test_a_grade_below_the_initial_one_is_for_the_manager_with_a_reason(
    desk: Story,
) -> None:
    desk.taken()
    desk.wang.answers("assigned", "#优先级 4 不急")
    desk.refuses(desk.wang, "P3")
    desk.zhao.says("#影响度 4 只有一个人")
    desk.refuses(desk.zhao)
    desk.chen.says("#优先级 4")
    desk.refuses(desk.chen, "原因")
    desk.chen.says("#优先级 4 只影响一台打印机")
    assert desk.turn() == ["commanded"]
    incident = desk.incident()
    assert (incident.priority, incident.initial_priority) == (4, 3)
    assert ("reclassified", "只影响一台打印机") in desk.steps()


@pytest.mark.parametrize("text", ["#优先级", "#优先级 P7", "#影响度 很大很大", "#urgency soon"])
def test_a_grade_that_cannot_be_read(desk: Story, text: str) -> None:
    desk.taken()
    desk.wang.answers("assigned", text)
    desk.refuses(desk.wang)


@pytest.mark.parametrize("text", ["#优先级 1", "#影响度 1", "#紧急度 1", "#分类 网络"])
def test_reporters_do_not_grade(desk: Story, text: str) -> None:
    desk.taken()
    desk.li.answers("accepted", text)
    desk.refuses(desk.li)


def test_what_is_solved_is_not_graded_any_more(desk: Story) -> None:
    desk.solved()
    desk.wang.answers("assigned", "#优先级 1 急")
    desk.refuses(desk.wang, "已解决")


def test_a_category_by_path_or_title(desk: Story) -> None:
    desk.taken()
    desk.wang.answers("assigned", "#分类 network/lan 其实是网线")
    assert desk.turn() == ["commanded"]
    assert desk.incident().category == "network/lan"
    desk.wang.answers("assigned", "#category 打印机")
    assert desk.turn() == ["commanded"]
    assert desk.incident().category == "hardware/printer"
    assert ("category", "network/lan", "hardware/printer") in desk.changes()


@pytest.mark.parametrize("text", ["#分类", "#分类 天文学"])
def test_an_unknown_category(desk: Story, text: str) -> None:
    desk.taken()
    desk.wang.answers("assigned", text)
    desk.refuses(desk.wang)
