"""How rare terms are, learned from the lists that were read: no table of counts is kept.

A list is read from its newest end and no further than a bound. One that ends before it is counted;
of a longer one the distance between its newest and its oldest entry read tells how dense it is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

BOUND = 48
"""Entries of one list that are read."""
_KEPT = 200_000  # terms that are remembered: some 20 MB
_FEW = 3  # below that a term is as good as unknown: a slip of the keyboard weighs no more


class Rarity:
    """Estimates of one process; what it has not seen is rare."""

    def __init__(self) -> None:
        self.weights: dict[int, float] = {}
        """What it counts for that two texts share a term."""
        self._total = 1
        self.unseen = 0.0
        self._grown_to(1)

    def learn(self, term: int, ids: Sequence[int]) -> None:
        """``ids`` are the entries of the term's list that were read, of any order."""
        count = len(ids)
        newest = max(ids, default=0)
        if newest > self._total:
            self._grown_to(newest)
        share = count / self._total
        if count >= BOUND:
            share = count / max(1, newest - min(ids))
        if len(self.weights) >= _KEPT and term not in self.weights:
            self.weights.clear()  # learned again within a few hundred texts
        self.weights[term] = math.log(1.0 + 1.0 / max(share, _FEW / self._total))

    def _grown_to(self, total: int) -> None:
        self._total = total
        self.unseen = math.log(1.0 + total / _FEW)

    def rarest(self, keys: Sequence[int], most: int) -> list[int]:
        """The ``most`` rarest terms of them; among equals those that stand first."""
        if len(keys) <= most:
            return list(keys)
        weights, unseen = self.weights, self.unseen
        return sorted(keys, key=lambda key: -weights.get(key, unseen))[:most]


class Measure:
    """Compares one text with others. ``keys`` are its different terms, whose first ``titled``
    stand in its title and count twice."""

    def __init__(self, keys: Sequence[int], titled: int, rarity: Rarity) -> None:
        self._rarity = rarity
        weights, unseen = rarity.weights, rarity.unseen
        self._mine = {
            key: weights.get(key, unseen) * (1.0 if place < titled else 0.5)
            for place, key in enumerate(keys)
        }
        self._length = sum(weight * weight for weight in self._mine.values())

    def likeness(self, keys: Sequence[int], titled: int) -> float:
        """0 to 1: the cosine between this text and one with those terms."""
        weights, unseen, mine = self._rarity.weights, self._rarity.unseen, self._mine
        both = length = 0.0
        for place, key in enumerate(keys):
            weight = weights.get(key, unseen) * (1.0 if place < titled else 0.5)
            length += weight * weight
            if key in mine:
                both += weight * mine[key]
        return both / math.sqrt(length * self._length) if both else 0.0
