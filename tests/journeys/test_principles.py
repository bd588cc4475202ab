"""The principles of spec 1.4 (执行原则), each told once, by mail.

3 and 9 are told in the stories of clocks and escalation, 7 in those of association, 11 in the
order of the queue as well (``tests/domain/test_work_order.py``).
"""

from __future__ import annotations

from datetime import timedelta

from processor.domain.incident import Link, Status
from tests.journeys.desk import SOLUTION, Story


def test_1_an_incident_always_has_exactly_one_owner(desk: Story) -> None:
    """While no one else has it, the service desk does."""
    owners = []

    def note() -> None:
        owners.append(desk.incident().owner)

    desk.printer_jam()
    note()
    desk.wang.answers("assigned", "#接单")
    desk.turn()
    note()
    desk.wang.answers("assigned", "#退回 是网络问题")
    desk.turn()
    note()
    desk.zhao.says("#分派 @刘洋")
    desk.turn()
    note()
    desk.liu.answers("assigned", "#接单")
    desk.turn()
    note()
    desk.liu.answers("assigned", SOLUTION)
    desk.turn()
    note()
    desk.li.answers("resolved-ask", "#确认")
    desk.turn()
    desk.chen.answers("review-ask", "#审核")
    desk.turn()
    note()
    wang, liu = desk.wang.address, desk.liu.address
    assert owners == [
        "service-desk", wang, "service-desk", "service-desk", liu, liu, "service-desk",
    ]  # fmt: skip


def test_2_everything_is_recorded_and_outside_the_scope_it_is_told(desk: Story) -> None:
    """No mail of a person is lost without a record; what is not taken on is told with a reason."""
    desk.li.writes("你们好", "有一件事想请你们看看")
    desk.john.writes("hello", "there is something you should look at")
    assert desk.turn() == ["opened", "opened"]
    desk.zhao.says("#不受理 不在合同范围内", 2)
    desk.turn()
    assert desk.incident(2).status is Status.REJECTED
    assert "不在合同范围内" in desk.john.reads("rejected")
    assert "there is something you should look at" in desk.taken_in(2)
    assert ("rejected", "不在合同范围内") in desk.steps(2)


def test_4_a_grade_is_never_lowered_but_by_the_manager_with_a_reason(desk: Story) -> None:
    desk.taken()
    initial = desk.incident().initial_priority
    assert initial < 4
    for who in (desk.wang, desk.zhao):
        who.says("#优先级 P4 不急")
        desk.refuses(who, f"P{initial}")
    desk.chen.says("#优先级 P4")
    desk.refuses(desk.chen, "原因")
    due = {clock.kind: clock.started_at for clock in desk.dossier().clocks}
    desk.at("09:30")
    desk.wang.says("#优先级 P2 全楼都受影响")
    assert desk.turn() == ["commanded"]
    clocks = {clock.kind: clock for clock in desk.dossier().clocks}
    assert {kind: clock.started_at for kind, clock in clocks.items()} == due, "nothing restarts"
    desk.chen.says("#优先级 P4 已有备用打印机")
    assert desk.turn() == ["commanded"]
    incident = desk.incident()
    assert (incident.priority, incident.initial_priority) == (4, initial)
    assert ("reclassified", "已有备用打印机") in desk.steps()
    desk.zhao.says("#优先级 P4 再说一次")
    assert desk.turn() == ["commanded"], "it is where the manager put it"


def test_5_a_wrong_dispatch_goes_back_to_the_desk_and_is_counted(desk: Story) -> None:
    """It is never passed sideways in silence."""
    desk.printer_jam()
    desk.wang.says("#分派 @刘洋")
    desk.refuses(desk.wang)
    desk.zhao.says("#分派 @王强")
    desk.turn()
    desk.wang.says("#退回 这是网络问题")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"wang.qiang": ["command-done"], "zhao.min": ["returned"]}
    incident = desk.incident()
    assert (incident.status, incident.group, incident.wrong_dispatches) == (
        Status.NEW,
        "service-desk",
        1,
    )
    assert ("returned", "这是网络问题") in desk.steps()


def test_6_duplicates_follow_one_parent_and_everybody_is_informed(desk: Story) -> None:
    """In full in ``test_duplicates.py``."""
    desk.taken()
    desk.john.writes("Printer in finance", "The printer on the third floor jams.")
    desk.turn()
    desk.zhao.says(f"#重复 {desk.numbers[0]}", 2)
    desk.turn()
    assert Link("parent", desk.numbers[0]) in desk.dossier(2).links
    desk.wang.says(SOLUTION)
    desk.turn()
    assert desk.letters["li.na"] == desk.letters["john.carter"] == ["resolved-ask"]
    assert desk.incident(2).resolved_at is not None


def test_8_no_engineer_closes_alone(desk: Story) -> None:
    """The reporter's confirmation (or the silence rule), then the manager's review."""
    desk.solved()
    for who, text in (
        (desk.wang, "#确认"),
        (desk.wang, "#审核"),
        (desk.zhao, "#审核"),
        (desk.chen, "#审核"),
        (desk.li, "#审核"),
    ):
        who.says(text)
        desk.refuses(who)
    desk.li.answers("resolved-ask", "#确认")
    desk.turn()
    for who in (desk.wang, desk.zhao, desk.li):
        who.says("#审核")
        desk.refuses(who)
    desk.chen.answers("review-ask", "#审核")
    assert desk.turn() == ["commanded"]
    assert desk.incident().status is Status.CLOSED


def test_10_without_its_details_nothing_is_solved(desk: Story) -> None:
    """Cause, action, permanent or workaround, closure code (seed 8.7)."""
    desk.taken()
    whole = SOLUTION.splitlines()
    for missing in range(1, len(whole)):
        kept = "\n".join(line for at, line in enumerate(whole) if at != missing)
        desk.wang.says(kept)
        desk.refuses(desk.wang, "还缺")
    desk.wang.says(SOLUTION)
    assert desk.turn() == ["commanded"]
    assert desk.incident().status is Status.RESOLVED


def test_11_what_waits_long_comes_first_and_keeps_its_priority(desk: Story) -> None:
    """Ageing raises the order in the queue, not the priority."""
    desk.li.writes("鼠标坏了", "左键没有反应，不急")
    desk.turn()
    group, priority = desk.incident().group, desk.incident().priority
    desk.now += timedelta(days=22)
    desk.john.writes("Mouse broken", "The left button does not work, no hurry.")
    desk.turn()
    assert desk.incident(2).group == group
    desk.zhao.asks(f"#队列 {group}")
    desk.turn()
    queue = desk.zhao.reads("queue")
    assert queue.index(desk.numbers[0]) < queue.index(desk.numbers[1])
    assert desk.incident().priority == priority
