"""Values of commands as people write them."""

from __future__ import annotations

import pytest

from processor.commands.values import (
    SolutionRead,
    read_category,
    read_duration,
    read_grade,
    read_rating,
    read_solution,
    read_target,
)
from processor.domain.people import Directory, Group, Person

DIRECTORY = Directory(
    [
        Person("zhang@x.com", "张三"),
        Person("li@x.com", "Li Wei"),
        Person("wang@x.com", "王五"),
        Person("wang@y.com", "王五"),
    ],
    [
        Group("network", title={"zh": "网络组", "en": "Network team"}),
        Group("hardware", title={"zh": "硬件组", "en": "Hardware"}),
    ],
    "hardware",
)
CATEGORIES = {
    "network/lan": {"zh": "局域网", "en": "LAN"},
    "network/wan": {"zh": "广域网", "en": "WAN"},
    "application": {"zh": "应用软件", "en": "Application software"},
    "a/other": {"zh": "其他", "en": "Other"},
    "b/other": {"zh": "其他", "en": "Other"},
}
CODES = ("fixed", "workaround", "user_error")


@pytest.mark.parametrize(
    ("value", "person", "group", "text"),
    [
        ("@张三 请看一下", "zhang@x.com", None, "请看一下"),
        ("＠张三，请看一下", "zhang@x.com", None, "请看一下"),
        ("zhang@x.com", "zhang@x.com", None, ""),
        ("@li urgent", "li@x.com", None, "urgent"),
        ("Li Wei please look", "li@x.com", None, "please look"),
        ("网络组：三楼交换机", None, "network", "三楼交换机"),
        ("Network team the switch", None, "network", "the switch"),
        ("@network/张三", "zhang@x.com", "network", ""),
        ("network/nobody", None, None, "network/nobody"),
        ("@王五 你好", None, None, "@王五 你好"),
        ("nobody at all", None, None, "nobody at all"),
        ("@", None, None, "@"),
        ("", None, None, ""),
    ],
)
def test_targets(value: str, person: str | None, group: str | None, text: str) -> None:
    who, which, rest = read_target(value, DIRECTORY)
    assert (who and who.address, which and which.name, rest) == (person, group, text)


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("priority", "P1", (1, "")),
        ("priority", "p2 全公司断网", (2, "全公司断网")),
        ("priority", "Ｐ３，客户在等", (3, "客户在等")),
        ("priority", "紧急 全公司断网", (1, "全公司断网")),
        ("priority", "高，领导要求", (2, "领导要求")),
        ("priority", "high: boss", (2, "boss")),
        ("priority", "二级 原因", (2, "原因")),
        ("priority", "4级", (4, "")),
        ("priority", "5", None),
        ("priority", "12", None),
        ("priority", "1.5", None),
        ("priority", "高速公路", None),
        ("priority", "highway", None),
        ("priority", "", None),
        ("impact", "全公司 都断了", (1, "都断了")),
        ("impact", "部门", (3, "")),
        ("impact", "1 whole site", (1, "whole site")),
        ("urgency", "badly limited since noon", (2, "since noon")),
        ("urgency", "低", (4, "")),
    ],
)
def test_grades(field: str, value: str, expected: tuple[int, str] | None) -> None:
    assert read_grade(field, value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("5", (5, "")),
        ("５ 很快", (5, "很快")),
        ("4分，谢谢", (4, "谢谢")),
        ("3/5 slow", (3, "slow")),
        ("5 stars great", (5, "great")),
        ("非常满意！", (5, "")),
        ("不满意 太慢", (2, "太慢")),
        ("满意", (4, "")),
        ("★★★★", (4, "")),
        ("good job", (4, "job")),
        ("6", None),
        ("50", None),
        ("还行", None),
    ],
)
def test_ratings(value: str, expected: tuple[int, str] | None) -> None:
    assert read_rating(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("network/lan 交换机坏", ("network/lan", "交换机坏")),
        ("LAN", ("network/lan", "")),
        ("局域网，交换机坏", ("network/lan", "交换机坏")),
        ("应用软件", ("application", "")),
        ("b/other", ("b/other", "")),
        ("其他", ("", "")),
        ("lantern", ("", "lantern")),
        ("network/lan/switch", ("", "network/lan/switch")),
        ("nothing", ("", "nothing")),
    ],
)
def test_categories(value: str, expected: tuple[str, str]) -> None:
    assert read_category(value, CATEGORIES) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (
            "更换硒鼓\n原因：老化\n措施：1. 更换\n2. 测试\n方案：永久\n代码：已解决",
            SolutionRead("更换硒鼓", "老化", "1. 更换\n2. 测试", "permanent", "fixed"),
        ),
        (
            "Cause: dust; Action: cleaned; Solution: temporary; Code: workaround",
            SolutionRead("cleaned", "dust", "cleaned", "workaround", "workaround"),
        ),
        (
            "重启 原因：内存泄漏 措施：重启服务 方案：临时重启，等补丁 代码：临时解决",
            SolutionRead(
                "重启\n临时重启，等补丁", "内存泄漏", "重启服务", "workaround", "workaround"
            ),
        ),
        (
            "Root cause: cable\nClosure code: USER ERROR\nKind: permanent fix",
            SolutionRead("", "cable", "", "permanent", "user_error"),
        ),
        ("换了一根网线", SolutionRead("换了一根网线")),
        ("代码：没有的", SolutionRead()),
        ("措施：换硒鼓\n方案：永久", SolutionRead("换硒鼓", "", "换硒鼓", "permanent")),
        ("removed temporary files", SolutionRead("removed temporary files")),
        ("as a workaround use IE", SolutionRead("as a workaround use IE", kind="workaround")),
        ("临时绕过，下周永久修复", SolutionRead("临时绕过，下周永久修复")),
        ("原因：a\n原因：b", SolutionRead(cause="a\nb")),
        ("", SolutionRead()),
    ],
)
def test_solutions(value: str, expected: SolutionRead) -> None:
    assert read_solution(value, CODES) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1.5h", (90, "")),
        ("90分钟 现场", (90, "现场")),
        ("1小时30分", (90, "")),
        ("2 hours on site", (120, "on site")),
        ("半天", None),
        ("0.5天", (240, "")),
        ("", None),
    ],
)
def test_durations(value: str, expected: tuple[int, str] | None) -> None:
    assert read_duration(value) == expected
