"""Rules as people write them: what is understood, and how a slip is named."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from processor.domain.ruling import All, AnyOf, Not, RuleSpec, Test
from processor.domain.ruling_notation import NotationFault, read_rules


def read(
    text: str, check: Callable[[str], str | None] | None = None
) -> tuple[list[RuleSpec], list[NotationFault]]:
    document = YAML(typ="safe").load(StringIO(text))
    return read_rules(document, "r.yaml", lambda path: (int(path[0]) + 1, 1), check_pattern=check)


def rule(when: str, then: str = "{category: x}", more: str = "") -> str:
    return f"- name: a\n  when: {when}\n  then: {then}\n{more}"


def condition(when: str) -> object:
    specs, faults = read(rule(when))
    assert faults == []
    return specs[0].when


def test_a_whole_rule() -> None:
    specs, faults = read(
        """
- name: printers
  when:
    subject: [打印机, printer]
    from: li@x.com
  then: {category: hardware/printer, urgency: 2, tags: [a, b], stop: true}
  examples:
    - {subject: 打印机, from: LI@x.com, headers: {X-Test: 1}, expect: {category: null, drop: false}}
"""
    )
    assert faults == []
    (spec,) = specs
    assert spec.when == All(
        (
            Test("subject", "contains", ("打印机", "printer")),
            Test("sender", "contains", ("li@x.com",)),
        )
    )
    assert spec.then == {"category": "hardware/printer", "urgency": 2, "tags": "a,b"}
    assert spec.stop
    assert (spec.name, spec.place) == ("printers", "r.yaml:1")
    (example,) = spec.examples
    assert example.sender == "li@x.com"
    assert example.headers == (("x-test", "1"),)
    assert example.expect == {"category": "", "drop": False}


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("{}", All(())),
        ("{body: 404}", Test("body", "contains", ("404",))),
        ("{body: {is: a}}", Test("body", "is", ("a",))),
        (
            "{body: {words: [a], pattern: b}}",
            All((Test("body", "words", ("a",)), Test("body", "pattern", ("b",)))),
        ),
        (
            "{any: [{body: a}, {subject: b}]}",
            AnyOf((Test("body", "contains", ("a",)), Test("subject", "contains", ("b",)))),
        ),
        (
            "{any: {body: a, subject: b}}",
            AnyOf((Test("body", "contains", ("a",)), Test("subject", "contains", ("b",)))),
        ),
        ("{not: {body: a}}", Not(Test("body", "contains", ("a",)))),
        (
            "{not: [{body: a}, {body: b}]}",
            Not(AnyOf((Test("body", "contains", ("a",)), Test("body", "contains", ("b",))))),
        ),
        (
            "{body: {words: a, not: {words: b}}}",
            All((Test("body", "words", ("a",)), Not(Test("body", "words", ("b",))))),
        ),
        (
            "{body: {any: [{words: a}, b]}}",
            AnyOf((Test("body", "words", ("a",)), Test("body", "contains", ("b",)))),
        ),
        ("{header: {name: X-A, contains: b}}", Test("header", "contains", ("b",), "x-a")),
        ("{header: {name: X-A}}", Test("header", "pattern", ("(?s).*",), "x-a")),
        (
            "{header: [{name: A, is: b}, {name: C, is: d}]}",
            All((Test("header", "is", ("b",), "a"), Test("header", "is", ("d",), "c"))),
        ),
    ],
)
def test_conditions(when: str, expected: object) -> None:
    assert condition(when) == expected


@pytest.mark.parametrize(
    ("text", "path", "problem", "value"),
    [
        ("a: 1", (), "wrong_type", "{'a': 1}"),
        ("- text", (0,), "wrong_type", "text"),
        ("- {when: {}, then: {impact: 1}}", (0,), "missing_key", ""),
        ("- {name: a, then: {impact: 1}}", (0,), "missing_key", ""),
        ("- {name: a, when: {}}", (0,), "missing_key", ""),
        ("- {name: '', when: {}, then: {impact: 1}}", (0, "name"), "empty", ""),
        (rule("{}", more="  thn: 1\n"), (0, "thn"), "unknown_key", "thn"),
        (rule("{subjct: a}"), (0, "when", "subjct"), "unknown_key", "subjct"),
        (rule("text"), (0, "when"), "wrong_type", "text"),
        (rule("{body: {has: a}}"), (0, "when", "body", "has"), "unknown_key", "has"),
        (rule("{body: {}}"), (0, "when", "body"), "empty", ""),
        (rule("{body: []}"), (0, "when", "body"), "empty", ""),
        (rule("{body: [a, null]}"), (0, "when", "body", 1), "wrong_type", "null"),
        (rule("{body: true}"), (0, "when", "body"), "wrong_type", "true"),
        (rule("{any: []}"), (0, "when", "any"), "empty", ""),
        (rule("{any: [a]}"), (0, "when", "any", 0), "wrong_type", "a"),
        (rule("{header: X-A}"), (0, "when", "header"), "wrong_type", "X-A"),
        (rule("{header: {is: a}}"), (0, "when", "header"), "missing_key", ""),
        (
            rule("{body: {pattern: '(?P<foo>a)'}}"),
            (0, "when", "body", "pattern"),
            "unknown_group",
            "foo",
        ),
        (rule("{}", "[a]"), (0, "then"), "wrong_type", "['a']"),
        (rule("{}", "{catgory: a}"), (0, "then", "catgory"), "unknown_key", "catgory"),
        (rule("{}", "{impact: 5}"), (0, "then", "impact"), "unknown_value", "5"),
        (rule("{}", "{impact: true}"), (0, "then", "impact"), "unknown_value", "true"),
        (rule("{}", "{type: request}"), (0, "then", "type"), "unknown_value", "request"),
        (rule("{}", "{drop: maybe}"), (0, "then", "drop"), "wrong_type", "maybe"),
        (rule("{}", more="  stop: 1\n"), (0, "stop"), "wrong_type", "1"),
        (rule("{}", more="  examples: a\n"), (0, "examples"), "wrong_type", "a"),
        (rule("{}", more="  examples: [a]\n"), (0, "examples", 0), "wrong_type", "a"),
        (
            rule("{}", more="  examples: [{subject: a}]\n"),
            (0, "examples", 0, "expect"),
            "wrong_type",
            "null",
        ),
        (
            rule("{}", more="  examples: [{headers: a, expect: {}}]\n"),
            (0, "examples", 0, "headers"),
            "wrong_type",
            "a",
        ),
        (
            rule("{}", more="  examples: [{expect: {impact: 9}}]\n"),
            (0, "examples", 0, "expect", "impact"),
            "unknown_value",
            "9",
        ),
        (rule("{}") + rule("{}"), (1, "name"), "duplicate_name", "a"),
    ],
)
def test_a_slip_is_named_with_its_place(
    text: str, path: tuple[object, ...], problem: str, value: str
) -> None:
    specs, faults = read(text)
    assert (faults[0].path, faults[0].problem, faults[0].value) == (path, problem, value)
    assert len(specs) == (1 if problem == "duplicate_name" else 0)


def test_a_fault_names_what_would_be_right() -> None:
    _, faults = read(rule("{subjct: a}"))
    assert {"subject", "body", "any"} <= set(faults[0].expected)


def test_the_sound_rules_of_a_file_are_kept_beside_the_faults() -> None:
    specs, faults = read(rule("{oops: 1}") + "- {name: b, when: {}, then: {impact: 1}}")
    assert [spec.name for spec in specs] == ["b"]
    assert len(faults) == 1


def test_the_callers_word_on_a_pattern_is_passed_on() -> None:
    _, faults = read(rule("{body: {pattern: '('}}"), lambda _pattern: "missing )")
    assert (faults[0].problem, faults[0].value, faults[0].detail) == (
        "bad_pattern",
        "(",
        "missing )",
    )


def test_named_groups_may_be_all_that_a_rule_decides() -> None:
    specs, faults = read("- {name: a, when: {body: {pattern: '(?P<ci>x)'}}}")
    assert faults == []
    assert specs[0].then == {}


def test_an_empty_file_holds_no_rules() -> None:
    assert read("# nothing\n") == ([], [])


KEYS = """name when then stop examples subject header any all not is pattern type impact drop expect
headers tags oops"""
keys = st.sampled_from(tuple(KEYS.split()))
scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=4), st.floats())
documents = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=4)),
    max_leaves=12,
)


@given(st.lists(documents, max_size=3))
def test_nothing_that_a_person_writes_raises(document: object) -> None:
    specs, faults = read_rules(document, "f", lambda _path: (1, 1))
    assert isinstance(document, list)
    assert len(specs) + len({fault.path[0] for fault in faults}) == len(document)
