"""Rules judge a mail in their order. The first decision of a field stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from processor.domain.ruling import Facts, RuleSpec, Verdict
from processor.domain.ruling_outcomes import CAPTURES, GRADES, SWITCHES
from processor.rules.conditions import Groups, Question, compile_condition
from processor.rules.index import RuleIndex
from processor.rules.labelled import NO_LABELS, Labels
from processor.rules.reading import Reading

Scalar = str | int | bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule ready to be asked."""

    spec: RuleSpec
    question: Question


class Engine:
    """Compiles the rules once; judges any number of mails; keeps nothing of them. What no rule
    decides a labelled line of the mail may (``labels``).

    Raises :class:`processor.rules.conditions.PatternError` for a pattern that RE2 does not take.
    """

    def __init__(self, specs: Sequence[RuleSpec], labels: Labels = NO_LABELS) -> None:
        self._labels = labels
        self.rules = tuple(Rule(spec, compile_condition(spec.when)) for spec in specs)
        self._index = RuleIndex([spec.when for spec in specs])
        self._names = tuple(spec.name for spec in specs)

    def judge(self, facts: Facts) -> Verdict:
        """What the rules say together. ``tags`` of all rules are gathered, comma-separated."""
        reading = Reading(facts)
        decisions = Decisions()
        hits: list[int] = []
        asked = len(self.rules)
        reading.present = self._index.present(reading.prose)
        for position in self._index.candidates(reading.present):
            rule = self.rules[position]
            groups = rule.question.ask(reading)
            if groups is None:
                continue
            hits.append(position)
            decisions.take(rule.spec, groups)
            if rule.spec.stop:
                asked = position + 1
                break
        if not decisions.stopped_mail:
            decisions.add_labelled(self._labels.told(facts.body))
        return decisions.verdict(
            matched=tuple(self._names[position] for position in hits),
            missed=self._without(hits, asked),
        )

    def _without(self, hits: Sequence[int], asked: int) -> tuple[str, ...]:
        missed: list[str] = []
        after = 0
        for position in hits:
            missed += self._names[after:position]
            after = position + 1
        return (*missed, *self._names[after:asked])


class Decisions:
    """Gathers what the rules that hold say, in order."""

    def __init__(self) -> None:
        self.outcome: dict[str, Scalar] = {}
        self.decided_by: dict[str, str] = {}

    def take(self, spec: RuleSpec, groups: Groups) -> dict[str, Scalar]:
        """Notes what this rule decides; gives that part which was still undecided."""
        fresh: dict[str, Scalar] = {}
        for name, value in self._says(spec.then, groups):
            if name == "tags":
                fresh |= self._tag(spec.name, str(value))
            elif name not in self.outcome:
                fresh[name] = self.outcome[name] = value
                self.decided_by[name] = spec.name
        return fresh

    def _tag(self, rule: str, tags: str) -> dict[str, Scalar]:
        had = [tag for tag in str(self.outcome.get("tags", "")).split(",") if tag]
        new = [tag.strip() for tag in tags.split(",") if tag.strip() and tag.strip() not in had]
        if not new:
            return {}
        self.outcome["tags"] = ",".join(dict.fromkeys(had + new))
        before = self.decided_by.get("tags")
        self.decided_by["tags"] = f"{before}, {rule}" if before else rule
        return {"tags": ",".join(new)}

    @property
    def stopped_mail(self) -> bool:
        """Whether the mail is to be dropped or kept apart: then nothing more is asked."""
        return any(self.outcome.get(name) is True for name in SWITCHES)

    def add_labelled(self, told: Mapping[str, tuple[str, str]]) -> None:
        """Notes fields that labelled lines fill and no rule has decided; the label decided."""
        for name, (value, label) in told.items():
            if name not in self.outcome:
                self.outcome[name] = value
                self.decided_by[name] = f"{label}："

    @staticmethod
    def _says(then: Mapping[str, Scalar], groups: Groups) -> Iterator[tuple[str, Scalar]]:
        """The rule's own words first, then what its named groups found in the mail."""
        yield from then.items()
        for name, found in groups.items():
            if name in then or name not in CAPTURES:
                continue
            if name not in GRADES:
                yield name, found
            elif found in ("1", "2", "3", "4"):  # somebody else's number is no grade
                yield name, int(found)

    def verdict(self, matched: tuple[str, ...], missed: tuple[str, ...]) -> Verdict:
        """The sum. Dropping and quarantine stand beside the fields of the incident."""
        fields = {name: value for name, value in self.outcome.items() if name not in SWITCHES}
        return Verdict(
            outcome=fields,
            decided_by=dict(self.decided_by),
            matched=matched,
            missed=missed,
            drop=self.outcome.get("drop") is True,
            quarantine=self.outcome.get("quarantine") is True,
        )
