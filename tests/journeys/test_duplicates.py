"""Duplicates by mail (重复, spec 3; principle 6 of spec 1.4): one parent, everybody informed."""

from __future__ import annotations

from datetime import timedelta

from processor.domain.incident import ClockKind, Link, Status
from tests.journeys.desk import SOLUTION, Story


def _two(desk: Story) -> None:
    """Li Na and John Carter report the same; Wang Qiang works on the first."""
    desk.taken()
    desk.john.writes("Printer in finance", "The printer on the third floor jams.")
    assert desk.turn() == ["opened"]


def _merged(desk: Story) -> None:
    _two(desk)
    desk.zhao.says(f"#重复 {desk.numbers[0]}", 2)
    assert desk.turn() == ["commanded"]


def _number(mail: object) -> str:
    return str(mail["X-Postdesk-Number"])


def test_each_reporter_hears_all_in_his_own_thread_language_and_number(
    desk: Story,
) -> None:
    """Principle 6, from the second report to the archive."""
    _merged(desk)
    assert desk.letters == {
        "zhao.min": ["command-done"],
        "john.carter": ["merged"],
        "wang.qiang": ["merged"],
    }
    first, second = desk.numbers
    letter = desk.john.got("merged")
    assert _number(letter) == second
    assert f"the same as incident {first}" in desk.john.reads("merged")
    assert desk.john.got("opened")["References"].split()[0] in str(letter["References"])
    child = desk.incident(2)
    assert (child.status, child.parent, child.owner) == (Status.MERGED, first, "service-desk")
    assert Link("parent", first) in desk.dossier(2).links
    assert Link("duplicate", second) in desk.dossier(1).links

    desk.wang.says("#回复 备件 part 明天到")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {
        "wang.qiang": ["command-done"],
        "li.na": ["reply"],
        "john.carter": ["reply"],
    }
    assert _number(desk.john.got("reply")) == second
    assert "备件 part 明天到" in desk.john.reads("reply")

    desk.wang.says(SOLUTION)
    assert desk.turn() == ["commanded"]
    assert desk.letters == {
        "wang.qiang": ["command-done"],
        "li.na": ["resolved-ask"],
        "john.carter": ["resolved-ask"],
    }
    asked = desk.john.got("resolved-ask")
    assert _number(asked) == second
    assert "Please confirm" in str(asked["Subject"])
    assert "#confirm" in desk.john.buttons("resolved-ask")
    child = desk.incident(2)
    assert child.solution == desk.incident(1).solution
    assert child.resolved_at == desk.incident(1).resolved_at

    desk.li.answers("resolved-ask", "#确认")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"li.na": ["command-done"], "chen.jing": ["review-ask"]}
    desk.chen.answers("review-ask", "#审核")
    assert desk.turn() == ["commanded"]
    assert desk.letters["john.carter"] == ["closed"]
    assert _number(desk.john.got("closed")) == second
    assert desk.incident(2).closed_at == desk.incident(1).closed_at
    assert desk.incident(2).status is Status.MERGED


def test_what_was_merged_is_out_of_the_queue_and_its_clocks_have_stopped(desk: Story) -> None:
    _merged(desk)
    assert all(clock.stopped_at for clock in desk.dossier(2).clocks)
    desk.wang.asks("#队列")
    desk.turn()
    queue = desk.wang.reads("queue")
    assert desk.numbers[0] in queue
    assert desk.numbers[1] not in queue
    desk.at("09:00", days=10)
    desk.turn()
    assert "target-passed" not in desk.john.news
    warned = [
        str(mail["Subject"]) for mail in desk.sent() if "target" in str(mail["X-Postdesk-Event"])
    ]
    assert not any(desk.numbers[1] in subject for subject in warned)


def test_words_of_a_merged_reporter_land_on_both(desk: Story) -> None:
    _merged(desk)
    desk.john.answers("merged", "It also makes a strange noise.")
    assert desk.turn() == ["updated"]
    assert desk.letters == {"wang.qiang": ["updated"]}
    mail = desk.wang.got("updated")
    assert _number(mail) == desk.numbers[0]
    assert "strange noise" in desk.wang.reads("updated")
    for ordinal in (1, 2):
        assert "It also makes a strange noise." in desk.taken_in(ordinal)
        assert ("mail", "It also makes a strange noise.") in desk.steps(ordinal)
    desk.wang.answers("updated", "#待用户 错误码？")
    desk.turn()
    desk.john.answers("merged", "E-13, I think.")
    desk.turn()
    assert desk.incident(1).status is Status.PENDING_USER, "it was Li Na who was asked"


def test_thanks_of_a_merged_reporter_disturb_nobody(desk: Story) -> None:
    _merged(desk)
    desk.john.answers("merged", "Thank you!")
    assert desk.turn() == ["updated"]
    assert desk.letters == {}


def test_his_confirmation_and_score_stay_on_his_own_record(desk: Story) -> None:
    """The parent's reporter decides; the others' answers are kept."""
    _merged(desk)
    desk.john.answers("merged", "#confirm")
    desk.refuses(desk.john, "In progress")
    desk.wang.says(SOLUTION)
    desk.turn()
    desk.john.clicks("resolved-ask", "rate 5", "quick")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"john.carter": ["command-done"]}
    child = desk.incident(2)
    assert (child.confirmation, child.satisfaction) == ("confirmed", 5)
    assert desk.incident(1).status is Status.RESOLVED
    assert desk.incident(1).satisfaction is None
    assert ("confirmed", f"{desk.numbers[1]}: quick") in desk.steps(1)


def test_not_solved_is_told_to_who_has_the_parent(desk: Story) -> None:
    _merged(desk)
    desk.wang.says(SOLUTION)
    desk.turn()
    desk.john.answers("resolved-ask", "#reopen still jams")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"john.carter": ["command-done"], "wang.qiang": ["objected"]}
    told = desk.wang.reads("objected")
    assert "still jams" in told
    assert desk.numbers[1] in told
    assert desk.incident(1).status is Status.RESOLVED
    assert desk.incident(2).confirmation == "refused"
    desk.wang.clicks("objected", "重新打开")
    assert desk.turn() == ["commanded"]
    assert desk.incident(1).status is Status.IN_PROGRESS
    assert desk.letters["john.carter"] == ["reopened"]
    assert desk.letters["li.na"] == ["reopened"]
    assert (desk.incident(2).resolved_at, desk.incident(2).confirmation) == (None, "")


def test_an_objection_during_the_review_reaches_the_manager(desk: Story) -> None:
    _merged(desk)
    desk.wang.says(SOLUTION)
    desk.turn()
    desk.li.answers("resolved-ask", "#确认")
    desk.turn()
    desk.john.answers("resolved-ask", "#reopen still jams")
    desk.turn()
    assert desk.letters["chen.jing"] == ["objected"]
    assert "驳回" in desk.chen.buttons("objected")


def test_there_are_no_chains_and_what_hung_on_it_moves_along(desk: Story) -> None:
    _merged(desk)
    mei = desk.person("韩梅", "han.mei@customer.example")
    mei.writes("打印机卡纸", "三楼打印机坏了")
    desk.turn()
    third = desk.numbers[2]
    desk.zhao.says(f"#重复 {third}", 1)
    assert desk.turn() == ["commanded"]
    assert desk.incident(1).parent == desk.incident(2).parent == third
    assert desk.letters["li.na"] == ["merged"]
    assert desk.letters["john.carter"] == ["merged"]
    assert [link for link in desk.dossier(2).links if link.kind == "parent"] == [
        Link("parent", third)
    ]
    ken = desk.person("Ken", "ken@customer.example", "en")
    ken.writes("Printer jams", "On the third floor the printer jams.")
    desk.turn()
    desk.zhao.says(f"#重复 {desk.numbers[0]}", 4)
    assert desk.turn() == ["commanded"]
    assert desk.incident(4).parent == third, "a merged one's parent is the root"


def test_circles_and_nonsense_are_refused(desk: Story) -> None:
    _merged(desk)
    first, second = desk.numbers
    for ordinal, text, says in (
        (1, f"#重复 {first}", "自己"),
        (1, f"#重复 {second}", "自己"),
        (1, "#重复", "编号"),
        (1, "#重复 上次那个", "编号"),
        (1, f"#重复 {first} {second}", "只写一个"),
        (1, "#重复 INC-20261123-0999", "没有查到"),
        (2, f"#重复 {first}", "已经合并"),
    ):
        desk.zhao.says(text, ordinal)
        desk.refuses(desk.zhao, says)


def test_only_the_desk_or_the_assignee_merges(desk: Story) -> None:
    _two(desk)
    first = desk.numbers[0]
    desk.john.answers("opened", f"#duplicate {first}")
    desk.refuses(desk.john)
    desk.liu.says(f"#重复 {first}", 2)
    desk.refuses(desk.liu, "服务台")
    desk.wang.answers("assigned", "#接单")
    assert desk.turn() == ["commanded"]
    desk.wang.says(f"#重复 {first}", 2)
    assert desk.turn() == ["commanded"]
    statuses = [(old, new) for field, old, new in desk.changes(2) if field == "status"]
    assert statuses[-2:] == [("in_progress", "new"), ("new", "merged")], "as the table has it"
    assert desk.incident(2).wrong_dispatches == 0


def test_what_is_solved_or_closed_is_not_merged(desk: Story) -> None:
    desk.closed()
    desk.john.writes("Printer in finance", "The printer on the third floor jams.")
    desk.turn()
    desk.zhao.says(f"#重复 {desk.numbers[1]}", 1)
    desk.refuses(desk.zhao, "已归档")
    desk.zhao.says(f"#重复 {desk.numbers[0]}", 2)
    desk.refuses(desk.zhao, "已归档", "#关联")


def test_merged_into_what_is_solved_asks_at_once(desk: Story) -> None:
    _two(desk)
    desk.wang.says(SOLUTION)
    assert desk.turn() == ["commanded"]
    desk.zhao.says(f"#重复 {desk.numbers[0]}", 2)
    assert desk.turn() == ["commanded"]
    assert desk.letters["john.carter"] == ["merged", "resolved-ask"]
    assert desk.incident(2).solution == "更换了进纸轮，打印正常"


def test_a_merged_one_has_no_way_back_and_the_refusal_says_so(desk: Story) -> None:
    """Spec 1.3: merged follows its parent; the table has no move from there."""
    _merged(desk)
    for text in ("#接单", "#分派 网络组", "#撤销", "#未解决 拆出来", SOLUTION):
        desk.zhao.says(text, 2)
        desk.refuses(desk.zhao, desk.numbers[0], "重新登记")


def test_a_parent_is_not_withdrawn_from_under_the_others(desk: Story) -> None:
    desk.li.writes("你们好", "有一件事想请你们看看")
    desk.turn()
    desk.john.writes("hello", "there is something you should look at")
    desk.turn()
    desk.zhao.says(f"#重复 {desk.numbers[0]}", 2)
    assert desk.turn() == ["commanded"]
    desk.li.answers("opened", "#撤销")
    desk.refuses(desk.li, "1 个相同的事件")


def test_one_person_who_reported_twice_is_told_once(desk: Story) -> None:
    desk.taken()
    desk.li.writes("打印机还是卡纸", "财务室打印机卡纸")
    desk.turn()
    desk.zhao.says(f"#重复 {desk.numbers[0]}", 2)
    desk.turn()
    desk.wang.says("#回复 明天修好")
    desk.turn()
    assert desk.letters["li.na"] == ["reply"]


def test_after_the_window_a_merged_reporter_opens_a_new_one(desk: Story) -> None:
    _merged(desk)
    desk.wang.says(SOLUTION)
    desk.turn()
    desk.li.answers("resolved-ask", "#确认")
    desk.turn()
    desk.chen.answers("review-ask", "#审核")
    desk.turn()
    desk.now += timedelta(days=21)
    desk.john.answers("closed", "It jams again.")
    assert desk.turn() == ["opened"]
    assert Link("follows", desk.numbers[1]) in desk.dossier(3).links


def test_related_incidents_show_each_other(desk: Story) -> None:
    """关联 (spec 3, principle 7)."""
    _two(desk)
    first, second = desk.numbers
    desk.wang.says(f"#关联 {second} 同一台打印机", 1)
    assert desk.turn() == ["commanded"]
    assert Link("related", second) in desk.dossier(1).links
    assert Link("related", first) in desk.dossier(2).links
    assert ("related", f"{second} 同一台打印机") in desk.steps(1)
    for text in ("#关联", f"#关联 {first}", "#关联 INC-20261123-0999"):
        desk.wang.says(text, 1)
        desk.refuses(desk.wang)
    desk.li.answers("opened", f"#关联 {second}")
    desk.refuses(desk.li)


def test_the_response_clock_ends_with_the_merge(desk: Story) -> None:
    _merged(desk)
    clocks = {clock.kind: clock for clock in desk.dossier(2).clocks}
    assert clocks[ClockKind.RESPONSE].met
