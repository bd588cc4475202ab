"""Tells people why each rule did or did not hold, test by test, without any shortcut."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from processor.domain.ruling import Condition, Facts, Not, RuleSpec, Test
from processor.rules.conditions import NOTHING, compile_condition
from processor.rules.engine import Decisions, Scalar
from processor.rules.reading import Reading

_EXCERPT = 60  # characters of a looked-at text


@dataclass(frozen=True, slots=True)
class Finding:
    """One test of a rule: whether it is as the rule wants it, and on what grounds.

    ``found`` is the value or pattern that was found, empty when none was; ``looked_at`` is the
    start of each text it was looked for in. ``negated``: the rule wants it *not* to be found.
    """

    test: Test
    held: bool
    found: str
    looked_at: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class RuleAccount:
    """One rule: ``reached`` is False after a rule with ``stop``; ``decided`` what it settled,
    ``overruled`` what it would have said where an earlier rule (its name) had spoken."""

    name: str
    place: str
    reached: bool
    matched: bool
    findings: tuple[Finding, ...] = ()
    decided: Mapping[str, Scalar] = field(default_factory=dict)
    overruled: Mapping[str, str] = field(default_factory=dict)


def explain(specs: Sequence[RuleSpec], facts: Facts) -> tuple[RuleAccount, ...]:
    """An account of every rule, in order. Raises ``PatternError`` as the engine does."""
    reading = Reading(facts)
    decisions = Decisions()
    accounts: list[RuleAccount] = []
    stopped = False
    for spec in specs:
        groups = compile_condition(spec.when).ask(reading)
        findings = tuple(_findings(spec.when, reading))
        counts = groups is not None and not stopped
        before = dict(decisions.decided_by)
        decided = decisions.take(spec, groups or NOTHING) if counts else {}
        overruled = {
            name: before[name]
            for name in (spec.then if counts else ())
            if name in before and name not in decided
        }
        accounts.append(
            RuleAccount(
                spec.name, spec.place, not stopped, groups is not None, findings, decided, overruled
            )
        )
        stopped = stopped or (counts and spec.stop)
    return tuple(accounts)


def _findings(condition: Condition, reading: Reading, negated: bool = False) -> Iterator[Finding]:
    if isinstance(condition, Test):
        yield _finding(condition, reading, negated)
    elif isinstance(condition, Not):
        yield from _findings(condition.part, reading, not negated)
    else:
        for part in condition.parts:
            yield from _findings(part, reading, negated)


def _finding(test: Test, reading: Reading, negated: bool) -> Finding:
    hits = [value for value in test.values if _holds(test, value, reading)]
    texts = reading.written(test.field, test.header)
    looked_at = tuple(" ".join(text[: _EXCERPT * 2].split())[:_EXCERPT] for text in texts)
    return Finding(test, bool(hits) is not negated, hits[0] if hits else "", looked_at, negated)


def _holds(test: Test, value: str, reading: Reading) -> bool:
    alone = Test(test.field, test.operator, (value,), test.header)
    return compile_condition(alone).ask(reading) is not None
