"""The shortcut is one: it never changes what rules say."""

from __future__ import annotations

import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from processor.domain.ruling import All, AnyOf, Condition, Facts, Not, RuleSpec, Test
from processor.rules import Engine, explain
from processor.rules.conditions import compile_pattern
from processor.rules.literals import literals_of
from processor.rules.reading import folded, wide_pattern

LETTERS = "ab网络 AＢ-#"
texts = st.text(alphabet=LETTERS, max_size=14)
values = st.text(alphabet=LETTERS, min_size=1, max_size=4).filter(lambda text: text.strip())
tests = st.builds(
    Test,
    st.sampled_from(["subject", "body", "subject_or_body"]),
    st.sampled_from(["contains", "words", "is"]),
    st.lists(values, min_size=1, max_size=3).map(tuple),
)
patterns = st.builds(
    Test,
    st.sampled_from(["subject", "body", "subject_or_body"]),
    st.just("pattern"),
    st.lists(
        st.sampled_from(
            [
                "ab+",
                "(?:ab|网络)a",
                "a?b*",
                "网络",
                "[ab]网",
                "(?i)ＡB",
                r"\bab\b",
                "^网",
                "a|",
                "(?P<ci>a-+)b",
                "网{2}",
                "网{0,2}络络",
                r"a\-b",
                "a.b",
                "b#?a",
                r"\pLab",
                "网 络",
            ]
        ),
        min_size=1,
        max_size=2,
    ).map(tuple),
)


def compound(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    parts = st.lists(inner, max_size=3).map(tuple)
    return st.one_of(st.builds(All, parts), st.builds(AnyOf, parts), st.builds(Not, inner))


conditions = st.recursive(st.one_of(tests, patterns), compound, max_leaves=6)


@settings(max_examples=300, deadline=None)
@given(st.lists(conditions, max_size=6), st.booleans(), texts, texts)
def test_judging_agrees_with_asking_every_rule_in_full(
    whens: list[Condition], stops: bool, subject: str, body: str
) -> None:
    specs = [
        RuleSpec(f"r{i}", when, {"category": f"c{i}", "tags": f"t{i}"}, stop=stops and i == 2)
        for i, when in enumerate(whens)
    ]
    facts = Facts(subject=subject, body=body)
    verdict = Engine(specs).judge(facts)
    accounts = [account for account in explain(specs, facts) if account.reached]
    assert verdict.matched == tuple(a.name for a in accounts if a.matched)
    assert verdict.missed == tuple(a.name for a in accounts if not a.matched)
    told = {name: value for a in accounts for name, value in a.decided.items() if name != "tags"}
    assert {k: v for k, v in verdict.outcome.items() if k != "tags"} == told


@settings(max_examples=400, deadline=None)
@given(
    st.text(alphabet="ab网络()[]|?*+{}2,^$.\\ #-pLdQxＡ", max_size=12),
    st.text(alphabet="ab网络A #-.2", max_size=16),
)
def test_what_a_pattern_is_said_to_need_is_in_every_text_that_it_matches(
    pattern: str, text: str
) -> None:
    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(wide_pattern(pattern), options)
    except re2.error:
        return
    needed = literals_of(wide_pattern(pattern))
    if needed is not None and compile_pattern(pattern).search(text):
        assert any(literal in folded(text) for literal in needed)


def test_needed_literals_of_common_patterns() -> None:
    assert literals_of("(?:请|帮)安装") == {"安装"}
    assert literals_of(r"\b(?:server|network) down\b") in ({"server", "network"}, {"down"})
    assert literals_of("(?i)Printer(?:s)?") == {"printer"}
    assert literals_of("(?P<ci>SRV-[0-9]+)") == {"srv-"}
    assert literals_of("colou?r") == {"colo"}
    assert literals_of("a|bb") is None
    assert literals_of(".*") is None
    assert literals_of(r"\x41bc") is None
    assert literals_of(r"\Qabc\E") is None
    assert literals_of("[[:alpha:]]{2}网络") == {"网络"}
    assert literals_of(r"[]a]\p{Han}网络") == {"网络"}
