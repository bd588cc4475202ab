"""Finds the few rules that can hold for a mail without asking every one of them.

Most rules need one of a few literal texts in the subject or body. Each such text is filed under
one pair of neighbouring characters, the one that the fewest other texts have; a mail's own pairs
then name the texts worth looking for. Rules that need no literal are always asked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from processor.domain.ruling import All, AnyOf, Condition, Test
from processor.rules.reading import folded

_PROSE = {"subject", "body", "subject_or_body"}
_LITERAL = {"contains", "words"}
_Pair = tuple[str, str]


class RuleIndex:
    """Positions of rules by what they need; built once from their conditions."""

    def __init__(self, conditions: Sequence[Condition]) -> None:
        wanted: dict[str, list[int]] = defaultdict(list)
        self._always: list[int] = []
        for position, condition in enumerate(conditions):
            needs = needed(condition)
            if needs is None:
                self._always.append(position)
            for text in needs or ():
                wanted[text].append(position)
        shares = Counter(pair for text in wanted for pair in set(pairwise(text)))
        self._filed: dict[_Pair, list[tuple[str, list[int]]]] = defaultdict(list)
        for text, positions in wanted.items():
            key = min(pairwise(text), key=lambda pair: (shares[pair], pair))
            self._filed[key].append((text, positions))

    def candidates(self, prose: str) -> list[int]:
        """Positions, ascending, of the rules that may hold for this folded text."""
        found = set(self._always)
        for pair in self._filed.keys() & set(pairwise(prose)):
            for text, positions in self._filed[pair]:
                if text in prose:
                    found.update(positions)
        return sorted(found)


def needed(condition: Condition) -> frozenset[str] | None:
    """Folded texts of which subject or body must hold at least one; None: no such promise."""
    if isinstance(condition, Test):
        if condition.field not in _PROSE or condition.operator not in _LITERAL:
            return None
        texts = frozenset(folded(value).rstrip("*") for value in condition.values)
        return texts if all(len(text) > 1 for text in texts) else None
    if isinstance(condition, All):
        promises = [p for p in map(needed, condition.parts) if p is not None]
        return min(promises, key=len) if promises else None
    if isinstance(condition, AnyOf):
        alternatives = [needed(part) for part in condition.parts]
        if None in alternatives:
            return None
        return frozenset().union(*(p for p in alternatives if p is not None))
    return None
