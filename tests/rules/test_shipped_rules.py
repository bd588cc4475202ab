"""The rules that are shipped: every example holds, and people would mostly agree."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from processor.domain.priority import DEFAULT_MATRIX
from processor.domain.ruling import Facts, RuleExample, RuleSpec
from processor.domain.ruling_notation import read_rules
from processor.rules import Engine, PatternError, check_examples
from processor.rules.conditions import compile_pattern

ROOT = Path(__file__).resolve().parents[2]
CATEGORIES = {
    "network/lan",
    "network/wan",
    "network/machine_room",
    "network/power",
    "network/air_conditioning",
    "security/virus",
    "security/attack",
    "security/leak",
    "system/os",
    "system/database",
    "system/middleware",
    "application",
    "hardware/server",
    "hardware/storage",
    "hardware/pc",
    "hardware/printer",
    "hardware/peripheral",
    "service/account",
    "service/access",
    "service/advice",
    "service/installation",
}
GROUPS = {"service-desk", "network", "systems", "applications", "hardware", "security"}


def complaint(pattern: str) -> str | None:
    try:
        compile_pattern(pattern)
    except PatternError as error:
        return error.complaint
    return None


def load() -> list[RuleSpec]:
    specs: list[RuleSpec] = []
    for path in sorted((ROOT / "config" / "rules").glob("*.yaml")):
        document = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        found, faults = read_rules(
            document, path.name, lambda _path: (1, 1), check_pattern=complaint
        )
        assert faults == []
        specs += found
    return specs


UNSEEN = ("held_out", "independent")  # by which no rule was written


@pytest.fixture(scope="module")
def specs() -> list[RuleSpec]:
    return load()


@pytest.fixture(scope="module")
def labelled() -> list[dict[str, Any]]:
    text = (Path(__file__).parent / "labelled.json").read_text(encoding="utf-8")
    reports: list[dict[str, Any]] = json.loads(text)
    return reports


def test_every_rule_has_examples_and_every_example_holds(specs: list[RuleSpec]) -> None:
    assert [spec.name for spec in specs if not spec.examples] == []
    assert list(check_examples(Engine(specs), specs)) == []


def test_an_example_that_does_not_hold_is_told(specs: list[RuleSpec]) -> None:
    wrong = RuleExample(subject="打印机", expect={"category": "hardware/pc", "drop": True})
    first = RuleSpec("wrong", specs[0].when, {"impact": 1}, examples=(wrong,), place="f:1")
    faults = list(check_examples(Engine([first, *specs]), [first]))
    assert [(f.rule, f.place, f.field, f.wanted, f.got, f.decided_by) for f in faults] == [
        ("wrong", "f:1", "category", "hardware/pc", "hardware/printer", "subject-printer"),
        ("wrong", "f:1", "drop", True, False, ""),
    ]


def test_rules_know_the_default_categories_and_groups_alone(specs: list[RuleSpec]) -> None:
    assert {str(s.then["category"]) for s in specs if "category" in s.then} == CATEGORIES
    assert {str(s.then["group"]) for s in specs if "group" in s.then} == GROUPS


def test_names_are_unique_across_files(specs: list[RuleSpec]) -> None:
    doubled = [name for name, count in Counter(s.name for s in specs).items() if count > 1]
    assert doubled == []


def test_the_labelled_set_is_broad(labelled: list[dict[str, Any]]) -> None:
    assert len(labelled) >= 400
    assert {report["category"] for report in labelled} == CATEGORIES
    shares = Counter((report["split"], report["language"]) for report in labelled)
    assert min(shares.values()) >= 90
    for split in UNSEEN:
        assert shares[split, "zh"] + shares[split, "en"] >= 200
    told = Counter((report["subject"], report["body"]) for report in labelled)
    assert max(told.values()) == 1, "a report that is held out must not be among the others"


@pytest.mark.parametrize("split", UNSEEN)
def test_reports_that_nobody_looked_at_are_filed_right(
    split: str, specs: list[RuleSpec], labelled: list[dict[str, Any]]
) -> None:
    engine = Engine(specs)
    unseen = [report for report in labelled if report["split"] == split]
    right = near = 0
    for report in unseen:
        outcome = engine.judge(Facts(subject=report["subject"], body=report["body"])).outcome
        impact, urgency = int(outcome.get("impact", 4)), int(outcome.get("urgency", 3))
        right += outcome.get("category") == report["category"]
        near += abs(DEFAULT_MATRIX.priority(impact, urgency) - report["priority"]) <= 1
    assert right >= 0.85 * len(unseen)
    assert near >= 0.95 * len(unseen)
