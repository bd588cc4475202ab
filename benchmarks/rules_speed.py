"""What judging a mail costs: with the shipped rules, and with 2,000 made-up ones.

    python -m benchmarks.rules_speed [RULES]

One in ten of the made-up rules is a pattern, which no index can spare. Target: 1 ms a mail.
"""

from __future__ import annotations

import random
import sys
import time

from benchmarks.accuracy import shipped_rules
from processor.domain.ruling import All, Condition, Facts, Not, RuleSpec, Test
from processor.rules import Engine

MAILS = 300
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CHINESE = [chr(code) for code in range(0x4E00, 0x5400)]


def word(chance: random.Random) -> str:
    """A word of either script."""
    if chance.random() < 0.5:
        return "".join(chance.choices(_CHINESE, k=chance.randint(2, 4)))
    return "".join(chance.choices(_LATIN, k=chance.randint(4, 9)))


def made_up_rules(count: int, chance: random.Random) -> list[RuleSpec]:
    """Three words each; some with a negation, every tenth a pattern."""
    specs = []
    for index in range(count):
        values = tuple(word(chance) for _ in range(3))
        when: Condition = Test("subject_or_body", chance.choice(["contains", "words"]), values)
        if index % 10 == 0:
            when = Test("body", "pattern", (rf"\b{values[0]}-(?P<ci>\d+)",))
        elif index % 3 == 0:
            when = All((when, Not(Test("subject", "contains", (word(chance),)))))
        specs.append(RuleSpec(f"rule {index}", when, {"category": f"c{index % 20}"}))
    return specs


def mails(specs: list[RuleSpec], chance: random.Random) -> list[Facts]:
    """About 1,000 newly written characters each; some hold a rule's word."""
    found = []
    for _ in range(MAILS):
        words = [word(chance) for _ in range(180)]
        rule = chance.choice(specs).when
        if isinstance(rule, Test) and rule.operator != "pattern":
            words.insert(chance.randrange(180), rule.values[0])
        found.append(Facts(subject=" ".join(words[:8]), body=" ".join(words[8:])))
    return found


def measure(title: str, specs: list[RuleSpec], facts: list[Facts]) -> None:
    """Prints compile time and the mean cost of a mail."""
    started = time.perf_counter()
    engine = Engine(specs)
    compiled = time.perf_counter()
    matched = sum(len(engine.judge(each).matched) for each in facts)
    spent = (time.perf_counter() - compiled) / len(facts) * 1000
    print(
        f"{title}: {len(specs)} rules compiled in {(compiled - started) * 1000:.0f} ms, "
        f"{spent:.3f} ms a mail, {matched} hits in {len(facts)} mails"
    )


def main() -> None:
    chance = random.Random(7)
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    specs = made_up_rules(count, chance)
    facts = mails(specs, chance)
    measure("made up", specs, facts)
    measure("shipped", shipped_rules(), facts)


if __name__ == "__main__":
    main()
