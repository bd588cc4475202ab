"""How often the shipped rules file a report as a person would: category and priority.

    python -m benchmarks.accuracy [--wrong] [LABELLED.json]

The labelled reports stand in ``tests/rules/labelled.json``: some were looked at when the rules were
written (tuning; 200 of them come from somebody who never saw the rules, with impact and urgency
beside the priority), 200 were written before that and never listed (held out), and 200 by somebody
else who saw neither rules nor other reports, never listed and never a measure while rules were
written (independent). Aims for the latter two: category 85 %, priority within one step 95 %.
``--wrong`` lists the tuning part's misses, no others.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from processor.domain.priority import DEFAULT_MATRIX
from processor.domain.ruling import Facts, RuleSpec, Verdict
from processor.domain.ruling_notation import read_rules
from processor.rules import Engine

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_IMPACT, DEFAULT_URGENCY = 4, 3


def shipped_rules() -> list[RuleSpec]:
    """All rules of ``config/rules``, in force order."""
    specs: list[RuleSpec] = []
    for path in sorted((ROOT / "config" / "rules").glob("*.yaml")):
        document = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        found, faults = read_rules(document, path.name, lambda _path: (1, 1))
        if faults:
            raise SystemExit(f"{path.name}: {faults[0]}")
        specs += found
    return specs


def judged_priority(verdict: Verdict) -> int:
    """By the default matrix, what rules leave open by default."""
    impact = int(verdict.outcome.get("impact", DEFAULT_IMPACT))
    urgency = int(verdict.outcome.get("urgency", DEFAULT_URGENCY))
    return DEFAULT_MATRIX.priority(impact, urgency)


def judge(engine: Engine, report: dict[str, Any]) -> tuple[str, int]:
    """Category and priority that the rules give a report."""
    verdict = engine.judge(
        Facts(subject=report["subject"], body=report["body"], language=report["language"])
    )
    return str(verdict.outcome.get("category", "")), judged_priority(verdict)


def main() -> None:
    arguments = [word for word in sys.argv[1:] if not word.startswith("-")]
    path = Path(arguments[0]) if arguments else ROOT / "tests" / "rules" / "labelled.json"
    reports = json.loads(path.read_text(encoding="utf-8"))
    engine = Engine(shipped_rules())
    print(f"{'':11} {'':3} {'reports':>8} {'category':>9} {'priority':>9} {'± 1 step':>9}")
    for split in ("tuning", "held_out", "independent"):
        for language in ("zh", "en", "all"):
            chosen = [
                r for r in reports if r["split"] == split and language in (r["language"], "all")
            ]
            if not chosen:
                continue
            judged = [(r, *judge(engine, r)) for r in chosen]
            right = sum(category == r["category"] for r, category, _ in judged)
            exact = sum(priority == r["priority"] for r, _, priority in judged)
            near = sum(abs(priority - r["priority"]) <= 1 for r, _, priority in judged)
            shares = [f"{100 * hits / len(chosen):8.1f}%" for hits in (right, exact, near)]
            print(f"{split:11} {language:3} {len(chosen):8} {' '.join(shares)}")
            if "--wrong" in sys.argv and split == "tuning" and language == "all":
                _list_misses(judged)


def _list_misses(judged: list[tuple[dict[str, Any], str, int]]) -> None:
    for report, category, priority in judged:
        if category != report["category"] or priority != report["priority"]:
            print(
                f"  {report['subject']} | {report['body']}\n"
                f"      {report['category']} P{report['priority']} → {category or '?'} P{priority}"
            )


if __name__ == "__main__":
    main()
