"""The story of a period: highlights and advice, the weightiest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from processor.domain.wording import Words
from reports.narrative import advice, changes, standing_out
from reports.narrative.evidence import Evidence
from reports.narrative.finding import Finding, Teller, Told
from reports.press.naming import Naming

Rule = Callable[[Evidence], Iterator[Finding]]

HIGHLIGHTS: tuple[Rule, ...] = (
    standing_out.breaches,
    changes.changes,
    changes.streaks,
    standing_out.outliers,
    standing_out.concentrations,
)
ADVICE: tuple[Rule, ...] = (
    advice.loose_ends,
    advice.problem_candidates,
    advice.standing_parts,
    advice.staffing,
)
_MOST_HIGHLIGHTS, _MOST_ADVICE = 8, 8


@dataclass(frozen=True, slots=True)
class Story:
    """Sentences with what they rest on; empty where there is nothing to say."""

    highlights: tuple[Told, ...]
    advice: tuple[Told, ...]


def story(evidence: Evidence, words: Words, naming: Naming) -> Story:
    """What is worth telling, in the language of ``words``. Readers with a clearance for contracts
    alone are not of the desk: what is internal is not told to them."""
    teller, team = Teller(words, naming), evidence.selection.clearance.contracts is None
    return Story(
        teller.tell(_weighed(HIGHLIGHTS, evidence, team, _MOST_HIGHLIGHTS)),
        teller.tell(_weighed(ADVICE, evidence, team, _MOST_ADVICE)),
    )


def _weighed(rules: Iterable[Rule], evidence: Evidence, team: bool, most: int) -> Iterable[Finding]:
    found = [one for rule in rules for one in rule(evidence) if team or not one.internal]
    found.sort(key=lambda one: -one.weight)  # equals stay in the order of their rules
    # a streak says more of a figure than its last step does
    streaks = {one.cited[0].code for one in found if one.rule == "streak"}
    kept = [
        one
        for one in found
        if one.rule not in ("change", "improvement") or one.cited[0].code not in streaks
    ]
    return kept[:most]
