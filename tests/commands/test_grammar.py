"""What counts as a command in a mail, what is text, and what is a slip (spec 3)."""

from __future__ import annotations

import pytest

from processor.commands.grammar import Order, Orders, read_orders

SYNONYMS = {
    "accept": {"zh": ["接单", "受理"], "en": ["accept", "take"]},
    "note": {"zh": ["备注"], "en": ["note"]},
    "reply": {"zh": ["回复"], "en": ["reply"]},
    "assign": {"zh": ["分派"], "en": ["assign"]},
    "wait_user": {"zh": ["待用户"], "en": ["wait user", "wait"]},
    "resolve": {"zh": ["解决"], "en": ["resolve"]},
    "confirm": {"zh": ["确认"], "en": ["confirm"]},
    "reopen": {"zh": ["未解决"], "en": ["reopen"]},
    "rate": {"zh": ["评分"], "en": ["rate"]},
    "send_back": {"zh": ["驳回"], "en": ["send back"]},
    "priority": {"zh": ["优先级"], "en": ["priority"]},
    "status": {"zh": ["状态"], "en": ["status"]},
    "queue": {"zh": ["队列"], "en": ["queue"]},
    "report": {"zh": ["报告"], "en": ["report"]},
    "duplicate": {"zh": ["重复"], "en": ["duplicate"]},
    "help": {"zh": ["帮助"], "en": ["help"]},
}


def staff(text: str) -> Orders:
    return read_orders(text, SYNONYMS, staff=True)


def reporter(text: str) -> Orders:
    return read_orders(text, SYNONYMS, staff=False)


def one(text: str, *, by_staff: bool = True) -> Order:
    read = read_orders(text, SYNONYMS, by_staff)
    assert read.unknown == ()
    (order,) = read.orders
    return order


@pytest.mark.parametrize(
    "line",
    [
        "#接单",
        "＃接单",
        "﹟接单",
        "/接单",
        "／接单",
        "  # 接单  ",
        "#接单。",
        "\u200b#接单",
        "#Accept",
        "#ＡＣＣＥＰＴ",
        "/accept!",
        "# accept :",
    ],
)
def test_marks_and_keywords_in_any_width_and_case(line: str) -> None:
    for by_staff in (True, False):
        order = one(line, by_staff=by_staff)
        assert (order.name, order.value, order.number) == ("accept", "", None)
        assert order.text == line.strip()


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("#备注 已联系厂商", "note", "已联系厂商"),
        ("#备注：已联系厂商", "note", "已联系厂商"),
        ("#note: called the vendor", "note", "called the vendor"),
        ("#评分5 很好", "rate", "5 很好"),
        ("#优先级P1，全公司断网", "priority", "P1，全公司断网"),
        ("#分派@张三 看看", "assign", "@张三 看看"),
        ("#assign张三", "assign", "张三"),
        ("#WAIT   user  Which floor?", "wait_user", "Which floor?"),
        ("#wait_user which?", "wait_user", "which?"),
        ("#waituser which?", "wait_user", "which?"),
        ("#wait for the key", "wait_user", "for the key"),
        ("#send back no cause", "send_back", "no cause"),
        ("#sendback no cause", "send_back", "no cause"),
        ("#未解决 还是不行", "reopen", "还是不行"),
        ("#备注 ＡＢＣ（全角）保留", "note", "ＡＢＣ（全角）保留"),
    ],
)
def test_what_follows_the_keyword_is_the_value_as_it_was_written(
    line: str, name: str, value: str
) -> None:
    order = one(line)
    assert (order.name, order.value) == (name, value)


def test_the_keyword_is_kept_as_it_was_written() -> None:
    assert one("#Wait  User x").keyword == "Wait  User"
    assert one("＃受理").keyword == "受理"


@pytest.mark.parametrize(
    "line",
    [
        "#接单 INC-20261122-0001",
        "#接单：inc-20261122-0001",
        "#接单 [INC-20261122-0001]",
        "#接单 ＩＮＣ-20261122-0001。",
        "接单 INC-20261122-0001",
        "#接单INC-20261122-0001",
        "#接单 INC–20261122–0001",
        "#接单 inc 20261122 0001",
    ],
)
def test_a_number_right_behind_the_keyword_names_the_record(line: str) -> None:
    order = one(line)
    assert (order.number, order.value) == ("INC-20261122-0001", "")


def test_a_number_in_the_middle_of_a_text_leads_nowhere() -> None:
    order = one("#备注 与 INC-20261122-0003 相同")
    assert (order.number, order.value) == (None, "与 INC-20261122-0003 相同")
    order = one("#note INC-20261122-0003: see there")
    assert (order.number, order.value) == ("INC-20261122-0003", "see there")


def test_where_the_number_is_the_value_it_stays_one() -> None:
    order = one("#重复 INC-20261122-0003")
    assert (order.number, order.value) == (None, "INC-20261122-0003")


@pytest.mark.parametrize("line", ["接单", "Accept.", "备注：已联系", "note: called", "接单\u3000"])
def test_unmarked_lines_command_only_when_staff_writes_them(line: str) -> None:
    assert len(staff(line).orders) == 1
    assert reporter(line) == Orders(note=line.strip())


@pytest.mark.parametrize(
    "line",
    [
        "note the following",
        "确认一下网络",
        "解决方案：如下",
        "accept our thanks",
        "状态 正常",
        "报告已收到",
        "https://example.com",
        "分派给谁？",
    ],
)
def test_unmarked_sentences_that_begin_with_a_keyword_are_text(line: str) -> None:
    assert staff(line) == Orders(note=line)


def test_several_commands_in_their_order_and_the_rest_is_the_note() -> None:
    read = staff("#接单\n\n#优先级 2 影响大\n备注：看过了\n今天下午去现场。\n#解决 这一行是正文")
    assert [(o.name, o.value) for o in read.orders] == [
        ("accept", ""),
        ("priority", "2 影响大"),
        ("note", "看过了\n今天下午去现场。\n#解决 这一行是正文"),
    ]
    read = staff("#接单\n今天下午去现场。\n#解决 这一行是正文")
    assert [o.name for o in read.orders] == ["accept"]
    assert read.note == "今天下午去现场。\n#解决 这一行是正文"


def test_words_for_the_reporter_go_on_to_the_end() -> None:
    order = one("#回复 您好：\n\n已经换好硒鼓。\n谢谢")
    assert order.value == "您好：\n\n已经换好硒鼓。\n谢谢"
    read = staff("#待用户\n请问是哪一层？")
    assert (read.orders[0].value, read.note) == ("", "请问是哪一层？")


DETAILS = """#解决 更换硒鼓
原因：硒鼓到寿命
措施：
1. 更换
2. 打印测试页

方案：永久
代码：已解决

谢谢配合"""


def test_labelled_lines_belong_to_the_solution() -> None:
    read = staff(DETAILS)
    assert read.orders[0].value == DETAILS.removeprefix("#解决 ").removesuffix("\n\n谢谢配合")
    assert read.note == "谢谢配合"


def test_an_empty_last_label_takes_the_lines_right_below() -> None:
    read = staff("#resolve\nCause: dust\nAction:\ncleaned it\ntested\n\nBye")
    assert read.orders[0].value == "Cause: dust\nAction:\ncleaned it\ntested"
    assert read.note == "Bye"


def test_a_command_ends_the_details() -> None:
    read = staff("#解决 好了\n原因：灰尘\n#备注 下次带气罐")
    assert [(o.name, o.value) for o in read.orders] == [
        ("resolve", "好了\n原因：灰尘"),
        ("note", "下次带气罐"),
    ]


@pytest.mark.parametrize(
    ("line", "suggestion"),
    [
        ("#接弹", "接单"),
        ("＃优先及 P1", "优先级"),
        ("#acept", "accept"),
        ("/resovle done", "resolve"),
        ("#send bakc no", "send back"),
        ("#接弹 INC-20261122-0001", "接单"),
        ("#未解訣", "未解决"),
    ],
)
def test_a_slip_is_told_with_the_nearest_keyword(line: str, suggestion: str) -> None:
    assert staff(line) == Orders(unknown=((line, suggestion),))
    assert reporter(line).unknown in (((line, suggestion),), ())


def test_reporters_slips_are_told_where_they_are_sure() -> None:
    assert reporter("#确人").unknown == (("#确人", "确认"),)
    assert reporter("#reopn it still fails").unknown == (("#reopn it still fails", "reopen"),)
    assert reporter("#报警 机房").unknown == ()
    assert reporter("#none of these").unknown == ()


def test_a_value_glued_to_a_chinese_keyword_is_a_slip_of_staff_alone() -> None:
    assert staff("#待用户请重启").unknown == (("#待用户请重启", "待用户"),)
    assert reporter("#报告打印机故障") == Orders(note="#报告打印机故障")


@pytest.mark.parametrize(
    "text",
    [
        "#1 打印机坏了",
        "/etc/hosts is wrong",
        "#include <stdio.h>",
        "# 现象",
        "# Notes",
        "## 状态",
        "#!/bin/sh",
        "/",
        "#",
        "//server/share",
        "#打印机坏了",
        "/tmp",
        "#help.txt",
        "/status/page",
        "#C语言",
        "#: x",
        "#define X",
        "#404",
        "http://x/#accept",
        "#今天 上不了网",
        "/var/log/messages 满了",
        "#kb",
    ],
)
def test_other_marked_lines_are_text(text: str) -> None:
    assert reporter(text) == Orders(note=text)
    assert staff(text) == Orders(note=text)


def test_text_around_a_slip_is_kept() -> None:
    read = staff("#接弹\n#备注 明天去")
    assert read.unknown == (("#接弹", "接单"),)
    assert [o.name for o in read.orders] == ["note"]
    read = staff("#接弹\n明天去")
    assert (read.unknown, read.note) == ((("#接弹", "接单"),), "明天去")
    read = staff("#回复 你好\n#接弹\n明天去")
    assert (read.orders[0].value, read.note) == ("你好", "明天去")


@pytest.mark.parametrize(
    "greeting", ["您好，", "张工你好！", "Hi team,", "Dear colleagues", "各位好"]
)
def test_a_greeting_before_a_marked_command_is_passed_over(greeting: str) -> None:
    read = reporter(f"{greeting}\n\n#确认\n谢谢")
    assert [o.name for o in read.orders] == ["confirm"]
    assert (read.greeting, read.note) == (greeting, "谢谢")


def test_a_greeting_before_anything_else_is_text() -> None:
    for text in ("您好，\n确认", "您好，\n#1 打印机", "您好，", "请看：\n#确认"):
        assert staff(text) == Orders(note=text)


def test_nothing_gives_nothing() -> None:
    assert staff(" \n\n") == Orders()
    assert read_orders("#接单", {}, staff=True) == Orders(note="#接单")
