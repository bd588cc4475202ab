"""Runs the examples that stand under rules: the rules together must give what each expects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from processor.domain.ruling import Facts, RuleExample, RuleSpec, Verdict
from processor.domain.ruling_outcomes import SWITCHES
from processor.rules.engine import Engine, Scalar


@dataclass(frozen=True, slots=True)
class ExampleFault:
    """The rules gave ``got`` ("" = undecided) where example ``position`` (from 0) of ``rule``
    wants ``wanted``; ``decided_by`` names the rule that spoke, or that let no later one speak."""

    rule: str
    place: str
    position: int
    field: str
    wanted: Scalar
    got: Scalar
    decided_by: str


def facts_of(example: RuleExample) -> Facts:
    """The example as a mail."""
    return Facts(
        sender=example.sender,
        subject=example.subject,
        body=example.body,
        headers=example.headers,
        at=example.at,
    )


def check_examples(engine: Engine, specs: Sequence[RuleSpec]) -> Iterator[ExampleFault]:
    """Every field of every example that does not come out as it should."""
    for spec in specs:
        for position, example in enumerate(spec.examples):
            verdict = engine.judge(facts_of(example))
            switches = {"drop": verdict.drop, "quarantine": verdict.quarantine}
            for name, wanted in example.expect.items():
                got = switches[name] if name in SWITCHES else verdict.outcome.get(name, "")
                if got != (bool(wanted) if name in SWITCHES else wanted):
                    by = verdict.decided_by.get(name) or _last_word(verdict, specs)
                    yield ExampleFault(spec.name, spec.place, position, name, wanted, got, by)


def _last_word(verdict: Verdict, specs: Sequence[RuleSpec]) -> str:
    """The rule after which no other was asked, where there is one."""
    last = verdict.matched[-1] if verdict.matched else ""
    return next((spec.name for spec in specs if spec.name == last and spec.stop), "")
