"""Rules in their order: what each condition sees, and whose decision stands."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from processor.domain.ruling import All, AnyOf, Condition, Facts, Not, RuleSpec, Test
from processor.domain.ruling_notation import read_condition
from processor.rules import Engine, PatternError


def spec(name: str, when: Condition, stop: bool = False, **then: Any | int | bool) -> RuleSpec:
    return RuleSpec(name, when, then, stop)


def holds(when: Condition, **facts: Any) -> bool:
    verdict = Engine([spec("it", when, category="c")]).judge(Facts(**facts))
    assert (verdict.matched, verdict.missed) in ((("it",), ()), ((), ("it",)))
    return verdict.matched == ("it",)


def subject(*values: str, operator: str = "contains") -> Test:
    return Test("subject", operator, values)


def test_the_first_decision_of_a_field_stands_and_later_rules_decide_the_others() -> None:
    verdict = Engine(
        [
            spec("one", subject("打印"), category="hardware/printer"),
            spec("two", subject("别的"), category="never"),
            spec("three", subject("打印机"), category="application", urgency=2),
        ]
    ).judge(Facts(subject="打印机坏了"))
    assert verdict.outcome == {"category": "hardware/printer", "urgency": 2}
    assert verdict.decided_by == {"category": "one", "urgency": "three"}
    assert verdict.matched == ("one", "three")
    assert verdict.missed == ("two",)


def test_no_rule_is_asked_after_one_that_stops() -> None:
    verdict = Engine(
        [
            spec("miss", subject("x"), category="c"),
            spec("halt", All(()), stop=True),
            spec("late", All(()), category="c"),
        ]
    ).judge(Facts(subject="a"))
    assert verdict.outcome == {}
    assert verdict.matched == ("halt",)
    assert verdict.missed == ("miss",)


def test_dropping_stands_beside_the_fields_and_an_earlier_rule_can_forbid_it() -> None:
    rules = [
        spec("keep", Test("sender", "is", ("boss@x.com",)), drop=False),
        spec("spam", subject("发票"), drop=True, quarantine=True),
    ]
    engine = Engine(rules)
    assert engine.judge(Facts(subject="发票")).drop
    assert engine.judge(Facts(subject="发票")).quarantine
    kept = engine.judge(Facts(subject="发票", sender="boss@x.com"))
    assert not kept.drop
    assert kept.decided_by["drop"] == "keep"
    assert kept.outcome == {}


def test_tags_of_all_rules_are_gathered_once_each() -> None:
    verdict = Engine(
        [
            spec("a", All(()), tags="vip,printer"),
            spec("b", All(()), tags="printer"),
            spec("c", All(()), tags="floor3"),
        ]
    ).judge(Facts())
    assert verdict.outcome["tags"] == "vip,printer,floor3"
    assert verdict.decided_by["tags"] == "a, c"


@pytest.mark.parametrize(
    ("value", "text", "expected"),
    [
        ("打印机", "三楼打印机坏了", True),
        ("ERP", "Ｅｒｐ 打不开", True),
        ("windows更新", "Windows 更新失败", True),
        ("can't log in", "I can’t\n  log in", True),
        ("STRASSE", "Bahnhofstraße 3", True),
        ("lan", "the plan", True),
        ("打印机", "打字机", False),
    ],
)
def test_contains_minds_neither_case_nor_width_nor_blanks(
    value: str, text: str, expected: bool
) -> None:
    assert holds(subject(value), subject=text) is expected


@pytest.mark.parametrize(
    ("value", "text", "expected"),
    [
        ("lan", "the plan", False),
        ("lan", "the plan of the LAN.", True),
        ("lan", "办公室lan口", True),
        ("print", "printer", False),
        ("print*", "printer", True),
        ("print*", "blueprint", False),
        ("打印", "打印机", True),
        ("pc", "pc", True),
        ("网", "上网", True),
    ],
)
def test_words_are_whole_where_words_have_borders(value: str, text: str, expected: bool) -> None:
    assert holds(subject(value, operator="words"), subject=text) is expected


def test_is_and_in_want_the_whole_text_in_any_case() -> None:
    sender = Test("sender", "in", ("A@x.com", "b@x.com"))
    assert holds(sender, sender="a@X.com")
    assert not holds(sender, sender="aa@x.com")
    assert holds(Test("to", "is", ("desk@x.com",)), to=("other@x.com", "desk@x.com"))


def test_every_field_can_be_asked() -> None:
    facts = {
        "headers": (("x-mailer", "Foxmail 7"), ("x-mailer", "other")),
        "attachments": (("截图.PNG", "image/png"),),
        "body": "正文",
        "ci": ("SRV-1",),
    }
    assert holds(Test("header", "contains", ("foxmail",), "x-mailer"), **facts)
    assert not holds(Test("header", "contains", ("foxmail",), "x-other"), **facts)
    assert holds(Test("attachment_name", "pattern", (r"\.png$",)), **facts)
    assert holds(Test("attachment_type", "is", ("image/png",)), **facts)
    assert holds(Test("subject_or_body", "contains", ("正文",)), **facts)
    assert holds(Test("ci", "is", ("srv-1",)), **facts)
    assert not holds(subject("正文"), **facts)


def test_all_any_and_not_nest() -> None:
    when = All((AnyOf((subject("a"), subject("b"))), Not(subject("c"))))
    assert holds(when, subject="b")
    assert not holds(when, subject="bc")
    assert not holds(when, subject="d")
    assert holds(Not(AnyOf((subject("xx"), subject("yy")))), subject="zz")
    assert not holds(Not(AnyOf((subject("xx"), subject("yy")))), subject="yy")


def test_named_groups_fill_fields_that_the_rule_itself_does_not_decide() -> None:
    when = Test(
        "body", "pattern", (r"设备：(?P<ci>\S+) 系统:(?P<system>\S+) (?P<urgency>\d)(?P<no>!)?",)
    )
    verdict = Engine([spec("fields", when, system="ERP")]).judge(
        Facts(body="设备：Srv-12 系统：OA 2!")
    )
    assert verdict.outcome == {"ci": "Srv-12", "system": "ERP", "urgency": 2}


def test_a_captured_grade_must_be_one() -> None:
    when = Test("body", "pattern", (r"级别(?P<urgency>\d+)",))
    assert Engine([spec("grade", when)]).judge(Facts(body="级别7")).outcome == {}


def test_groups_of_several_parts_come_together_and_the_first_alternative_speaks() -> None:
    both = All(
        (
            Test("subject", "pattern", (r"(?P<ci>SRV-\d+)",)),
            Test("body", "pattern", (r"(?P<ci>PC-\d+).*(?P<site>B\d)",)),
        )
    )
    facts = Facts(subject="SRV-1", body="PC-9 in B2")
    assert Engine([spec("r", both)]).judge(facts).outcome == {"ci": "SRV-1", "site": "B2"}
    either = AnyOf(both.parts)
    assert Engine([spec("r", either)]).judge(facts).outcome == {"ci": "SRV-1"}


@pytest.mark.parametrize("bracket", ["(", "（"])
def test_full_width_signs_of_a_pattern_are_taken_literally(bracket: str) -> None:
    when = Test("subject", "pattern", ("（急）",))
    assert holds(when, subject=f"报修{bracket}急)")
    assert not holds(when, subject="报修急")


@pytest.mark.parametrize("pattern", ["(?=x)", r"(a)\1", "(", "[z"])
def test_a_pattern_that_re2_does_not_take_is_refused_in_silence(
    pattern: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(PatternError) as raised:
        Engine([spec("bad", Test("subject", "pattern", (pattern,)))])
    assert raised.value.pattern == pattern
    assert raised.value.complaint
    assert capfd.readouterr() == ("", "")


def test_a_hostile_pattern_costs_no_time() -> None:
    when = Test("body", "pattern", ("(x+x+)+y",))
    assert not holds(when, body="x" * 5000)


def test_an_unknown_operator_is_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="sounds_like"):
        Engine([spec("bad", Test("subject", "sounds_like", ("a",)))])


@pytest.mark.parametrize(
    ("when", "at", "holds"),
    [
        ({"time": "22:00-06:00"}, "2026-11-28T15:10+00:00", True),  # 23:10 in Shanghai
        ({"time": "22:00-06:00"}, "2026-11-28T22:00+00:00", False),  # 06:00
        ({"time": ["08:00-09:00", "12:00-13:00"]}, "2026-11-28T04:30+00:00", True),
        ({"time": {"between": "00:00-24:00"}}, "2026-11-28T04:30+00:00", True),
        ({"day": ["sat", "sun"]}, "2026-11-27T16:30+00:00", True),  # Saturday 00:30
        ({"day": "fri"}, "2026-11-27T16:30+00:00", False),
        ({"not": {"day": ["sat", "sun"]}, "time": "00:00-08:00"}, "2026-11-25T16:30+00:00", True),
        ({"time": "00:00-24:00"}, None, False),
        ({"day": "mon"}, None, False),
    ],
)
def test_hours_and_days_are_the_desks(when: object, at: str | None, holds: bool) -> None:
    condition, faults = read_condition(when, ())
    assert faults == []
    engine = Engine([RuleSpec("night", condition, {"urgency": 1})])
    moment = datetime.fromisoformat(at) if at else None
    facts = Facts(subject="x", at=moment, zone=ZoneInfo("Asia/Shanghai"))
    assert ("urgency" in engine.judge(facts).outcome) is holds
