"""Examples of shipped rules that a rule of the house answers otherwise.

Whoever writes a rule of his own wants some mails filed otherwise than we do, and should not have
to mend our examples for it. An example of his own, or of a rule of ours that he changed, counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from processor.domain.ruling import RuleSpec
from processor.domain.ruling_notation import read_rules
from processor.rules.examples import ExampleFault
from processor.settings.packaged import data
from processor.settings.yaml_nodes import read_tree


def overruled(failure: ExampleFault, specs: Sequence[RuleSpec]) -> RuleSpec | None:
    """The house's rule that decides otherwise than an untouched example of ours says; None where
    the failure is a fault."""
    by_name = {spec.name: spec for spec in specs}
    decider = by_name.get(failure.decided_by)
    if decider is None or _as_shipped(decider) or not _as_shipped(by_name[failure.rule]):
        return None
    return decider


def _as_shipped(spec: RuleSpec) -> bool:
    return _shipped().get(spec.name) == replace(spec, place="")


@lru_cache(maxsize=1)
def _shipped() -> Mapping[str, RuleSpec]:
    found: dict[str, RuleSpec] = {}
    for path in sorted((data("config") / "rules").glob("*.yaml")):
        specs, _ = read_rules(read_tree(path.read_bytes()).data, path.name, lambda _: (1, 1))
        found |= {spec.name: replace(spec, place="") for spec in specs}
    return found
