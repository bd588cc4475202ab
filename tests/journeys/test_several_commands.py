"""Several commands in one mail: all or none; slips of the keyboard; the text beside them."""

from __future__ import annotations

from processor.domain.incident import Status
from tests.journeys.desk import SOLUTION, Story


def test_several_commands_are_one_answer(desk: Story) -> None:
    desk.printer_jam()
    desk.wang.answers("assigned", "#接单\n#分类 network/lan\n#备注 其实是网线")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"wang.qiang": ["command-done"], "li.na": ["accepted"]}
    answer = desk.wang.reads("command-done")
    for said in ("由您处理", "分类已改为", "备注"):
        assert said in answer
    incident = desk.incident()
    assert (incident.status, incident.category) == (Status.IN_PROGRESS, "network/lan")
    assert ("note", "其实是网线") in desk.steps()


def test_one_refused_command_undoes_those_before_it(desk: Story) -> None:
    desk.printer_jam()
    desk.wang.answers("assigned", "#接单\n#备注 我来\n#分类 network/lan\n#优先级 4")
    answer = desk.refuses(desk.wang, "P3")
    assert "已分派" in answer, "the state that it tells is the one that is stored"
    assert not any(kind == "note" for kind, _ in desk.steps())
    assert desk.incident().status is Status.ASSIGNED
    # and what comes next starts from there
    desk.wang.answers("assigned", "#接单")
    assert desk.turn() == ["commanded"]


def test_a_slip_is_answered_with_the_nearest_keyword_and_undoes_the_rest(desk: Story) -> None:
    desk.printer_jam()
    desk.wang.answers("assigned", "#接单\n#备柱 我来\n\n文字也留着")
    desk.refuses(desk.wang, "#备柱", "备注")
    assert any(kind == "refused" and "文字也留着" in text for kind, text in desk.steps())
    assert any("文字也留着" in text for text in desk.taken_in())


def test_an_english_slip(desk: Story) -> None:
    desk.printer_jam()
    desk.wang.answers("assigned", "#acept")
    desk.refuses(desk.wang, "accept")
    assert "#accept" in desk.wang.buttons("command-refused")


def test_the_text_below_is_kept_as_a_note_of_the_team(desk: Story) -> None:
    desk.printer_jam()
    desk.wang.answers("assigned", "#接单\n\n下午两点带备件过去。")
    assert desk.turn() == ["commanded"]
    assert ("note", "下午两点带备件过去。") in desk.steps()
    assert "下午两点" not in desk.li.reads("accepted")


def test_text_beside_a_complete_command_is_not_lost(desk: Story) -> None:
    desk.confirmed()
    desk.li.answers("resolved-ask", "#评分 5 很快\n\n另外，二楼的打印机也在报警。")
    assert desk.turn() == ["commanded"]
    assert desk.incident().satisfaction_comment == "很快"
    assert ("mail", "另外，二楼的打印机也在报警。") in desk.steps()
    assert desk.letters == {"li.na": ["command-done"], "wang.qiang": ["updated"]}


def test_thanks_beside_a_command_bother_nobody(desk: Story) -> None:
    desk.taken()
    desk.li.answers("accepted", "#状态\n\n谢谢！")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"li.na": ["status"]}


def test_keywords_without_a_mark_are_for_the_team(desk: Story) -> None:
    desk.printer_jam()
    desk.wang.answers("assigned", "接单")
    assert desk.turn() == ["commanded"]
    desk.li.answers("accepted", "确认\n什么时候来人？")
    assert desk.turn() == ["updated"]


def test_full_width_marks_and_capitals(desk: Story) -> None:
    desk.printer_jam()
    desk.wang.answers("assigned", "＃ＡＣＣＥＰＴ")
    assert desk.turn() == ["commanded"]
    assert desk.incident().status is Status.IN_PROGRESS


def test_a_command_may_name_another_incident_when_the_sender_is_proven(desk: Story) -> None:
    desk.printer_jam()
    desk.at("09:10")
    desk.li.writes("二楼打印机也卡纸", "麻烦一起看看")
    desk.turn()
    desk.wang.says(f"#接单\n#接单 {desk.numbers[1]}", ordinal=1)
    assert desk.turn() == ["commanded"]
    assert {desk.incident(1).status, desk.incident(2).status} == {Status.IN_PROGRESS}
    # the mail itself stays with the incident that it is about
    assert len(desk.taken_in(1)) == 2
    assert len(desk.taken_in(2)) == 1


def test_a_refusal_on_another_incident_tells_of_that_one(desk: Story) -> None:
    desk.printer_jam()
    desk.at("09:10")
    desk.li.writes("二楼打印机也卡纸", "麻烦一起看看")
    desk.turn()
    desk.wang.says(f"#接单\n{SOLUTION.replace('#解决', f'#解决 {desk.numbers[1]}')}", ordinal=1)
    answer = desk.refuses(desk.wang)
    assert desk.numbers[1] in answer
    assert desk.incident(1).status is Status.ASSIGNED
