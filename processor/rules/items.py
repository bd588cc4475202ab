"""Which configuration items a text names: all of them sought in one walk through it.

A Latin name counts where it stands by itself (``srv1`` is not in ``srv12`` nor ``old-srv1``), a
Chinese one wherever it stands, for nothing parts Chinese words. Of names within each other the
longest counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import ahocorasick

from processor.domain.configuration import ConfigurationItem
from processor.rules.reading import folded

_BEHIND = "-_@"  # a Latin name goes on behind one of these where a letter follows
_BEFORE = "-_@."  # before one, and behind one where no letter follows
_SHORTEST_NUMBER = 4  # digits: a shorter number stands for anything


class ItemIndex:
    """All items; built once for each edition of them."""

    def __init__(self, items: Iterable[ConfigurationItem]) -> None:
        self.items = tuple(items)
        self._called: dict[str, list[int]] = defaultdict(list)
        for place, item in enumerate(self.items):
            for name in item.known_as:
                places = self._called[folded(name)]
                if place not in places:
                    places.append(place)
        self._automaton = ahocorasick.Automaton()
        for name, places in self._called.items():
            if recognisable(name):
                self._automaton.add_word(name, (len(name), places))
        self._automaton.make_automaton()

    def found(self, *texts: str) -> tuple[ConfigurationItem, ...]:
        """Every item that the texts name, in the order of their first mention."""
        if not self._automaton:
            return ()  # without a single name it is no automaton
        places: dict[int, None] = {}
        for text in texts:
            prose = folded(text)
            for _, _, named in _longest(self._hits(prose)):
                places.update(dict.fromkeys(named))
        return tuple(self.items[place] for place in places)

    def _hits(self, prose: str) -> list[tuple[int, int, Sequence[int]]]:
        hits = []
        for last, (length, places) in self._automaton.iter(prose):
            start, end = last + 1 - length, last + 1
            if _alone(prose, start, end):
                hits.append((start, end, places))
        return hits

    def called(self, words: str) -> tuple[ConfigurationItem, ...]:
        """The items that ``words`` alone name; several where an alias is shared."""
        return tuple(self.items[place] for place in self._called.get(folded(words), ()))

    def nearest(self, words: str, most: int = 3) -> tuple[str, ...]:
        """Names of items that may have been meant."""
        from rapidfuzz import fuzz, process  # heavy, and only slips need it

        hits = process.extract(
            folded(words), list(self._called), scorer=fuzz.WRatio, limit=3 * most, score_cutoff=60
        )
        names = (self.items[place].name for name, _, _ in hits for place in self._called[name])
        return tuple(dict.fromkeys(names))[:most]


def recognisable(name: str) -> bool:
    """Whether a (folded) name says enough to be found in a text: one character or a short number
    would be found everywhere."""
    return len(name) >= 2 and not (name.isdigit() and len(name) < _SHORTEST_NUMBER)


def _alone(prose: str, start: int, end: int) -> bool:
    if _latin(prose[start]) and _goes_on(prose[max(0, start - 2) : start][::-1], _BEFORE):
        return False
    beyond = prose[end : end + 2]
    # a host's name may be followed by its domain's, an address not by a further number
    behind = _BEHIND if beyond[1:].isalpha() else _BEFORE
    return not (_latin(prose[end - 1]) and _goes_on(beyond, behind))


def _goes_on(beside: str, joints: str) -> bool:
    """Whether a Latin name does not end before these characters, read away from it."""
    if not beside:
        return False
    return _latin(beside[0]) or (len(beside) == 2 and beside[0] in joints and _latin(beside[1]))


def _latin(sign: str) -> bool:
    return sign.isalnum() and sign < "\u2e80"


def _longest(
    hits: list[tuple[int, int, Sequence[int]]],
) -> list[tuple[int, int, Sequence[int]]]:
    """Without those that stand within another one, in the order of the text."""
    kept: list[tuple[int, int, Sequence[int]]] = []
    for hit in sorted(hits, key=lambda one: (one[0], -one[1])):
        if not kept or hit[1] > kept[-1][1]:
            kept.append(hit)
    return kept
