"""Finds the few rules that can hold for a mail without asking every one of them.

Most rules need one of a few literal texts in the subject or body: those that are there name the
rules worth asking. Rules that need no literal are always asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import ahocorasick

from processor.domain.ruling import All, AnyOf, Condition, Not, Test
from processor.rules.literals import Needed, literals_of
from processor.rules.reading import PROSE, folded, wide_pattern

_LITERAL = {"contains", "words"}


class LiteralIndex:
    """Which of many folded texts stand in a longer one, found in one walk through it."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._automaton = ahocorasick.Automaton()
        for text in texts:
            self._automaton.add_word(text, text)
        self._automaton.make_automaton()

    def present(self, prose: str) -> set[str]:
        """The texts that ``prose`` (folded) holds."""
        if not self._automaton:
            return set()  # without a single text it is no automaton
        return {text for _, text in self._automaton.iter(prose)}


class RuleIndex:
    """Positions of rules by what they need; built once from their conditions."""

    def __init__(self, conditions: Sequence[Condition]) -> None:
        self._wanting: dict[str, list[int]] = defaultdict(list)
        self._always: list[int] = []
        asked: set[str] = set()
        for position, condition in enumerate(conditions):
            needs = needed(condition)
            if needs is None:
                self._always.append(position)
            for text in needs or ():
                self._wanting[text].append(position)
            for test in _tests(condition):
                asked.update(literals(test), *_of_patterns(test))
        self._literals = LiteralIndex(text for text in (*asked, *self._wanting) if len(text) > 1)

    def present(self, prose: str) -> set[str]:
        """All literal texts of all rules that this folded text holds (but single characters)."""
        return self._literals.present(prose)

    def candidates(self, present: Iterable[str]) -> list[int]:
        """Positions, ascending, of the rules that may hold where these texts are present."""
        found = set(self._always)
        for text in present:
            found.update(self._wanting.get(text, ()))
        return sorted(found)


def literals(test: Test, within: frozenset[str] = PROSE) -> frozenset[str]:
    """What ``contains`` and ``words`` look for in subject or body, folded."""
    if test.field not in within or test.operator not in _LITERAL:
        return frozenset()
    return frozenset(folded(value).rstrip("*") for value in test.values)


def _of_patterns(test: Test) -> Iterator[frozenset[str]]:
    """What each pattern that looks into subject or body cannot do without, where it is known."""
    if test.field in PROSE and test.operator == "pattern":
        for value in test.values:
            yield literals_of(wide_pattern(value)) or frozenset()


def needed(condition: Condition, within: frozenset[str] = PROSE) -> Needed:
    """Folded texts of which subject or body (or only what is ``within``) must hold at least one;
    None: no such promise."""
    if isinstance(condition, Test):
        return _needed_by_test(condition, within)
    if isinstance(condition, All):
        asked = (needed(part, within) for part in condition.parts)
        promises = [promise for promise in asked if promise is not None]
        return min(promises, key=len) if promises else None
    if isinstance(condition, AnyOf):
        return _union([needed(part, within) for part in condition.parts])
    return None


def _needed_by_test(test: Test, within: frozenset[str]) -> Needed:
    if test.field not in within:
        return None
    if test.operator == "pattern":
        return _union([literals_of(wide_pattern(value)) for value in test.values])
    texts = literals(test, within)
    return texts if texts and all(len(text) > 1 for text in texts) else None


def _union(promises: Sequence[Needed]) -> Needed:
    if any(promise is None for promise in promises):
        return None
    return frozenset().union(*(promise for promise in promises if promise is not None))


def _tests(condition: Condition) -> Iterator[Test]:
    if isinstance(condition, Test):
        yield condition
        return
    for part in (condition.part,) if isinstance(condition, Not) else condition.parts:
        yield from _tests(part)
