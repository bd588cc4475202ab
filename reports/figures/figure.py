"""What a figure is: a code, a unit, the direction that is good, and how it is worked out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, case, literal

from processor.domain.wording import Words


class Unit(StrEnum):
    """What a figure is counted in."""

    COUNT = "count"
    SHARE = "share"  # 0 to 1
    MINUTES = "minutes"  # of working time, as the clock counted them
    ELAPSED = "elapsed"  # minutes of the wall clock
    DAYS = "days"  # of the wall clock
    SCORE = "score"  # 1 to 5


class Good(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    NEUTRAL = "neutral"


class Cohort(StrEnum):
    """Which incidents a figure of a period is about, and by which of their times."""

    RECEIVED = "received"
    ANSWERED = "answered"
    RESOLVED = "resolved"
    CLOSED = "closed"
    OPEN = "open"  # at the end of the period, or now where it is not over
    OVERDUE = "overdue"  # now
    OCCURRED = "occurred"  # what happened in the period, to whichever incident
    REPEATED = "repeated"  # received shortly after another of the same item and category


@dataclass(frozen=True, slots=True)
class Amount:
    """The sum of ``each`` over the cohort."""

    each: ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class Quotient:
    """The sum of ``top`` over that of ``bottom``, times ``factor``; nothing where that is 0."""

    top: ColumnElement[Any]
    bottom: ColumnElement[Any]
    factor: float = 1.0


class Rank(StrEnum):
    """Which value of all in their order."""

    MEDIAN = "median"  # of an even number, the mean of the middle two
    P90 = "p90"  # the smallest value that at least nine in ten do not exceed


@dataclass(frozen=True, slots=True)
class Quantile:
    """A place in the order of ``value`` over the cohort, times ``factor``; NULLs have none."""

    value: ColumnElement[Any]
    rank: Rank
    factor: float = 1.0


def one_if(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    """1 where all hold, else 0."""
    found = conditions[0]
    for condition in conditions[1:]:
        found = found & condition
    return case((found, 1), else_=0)


def share(*conditions: ColumnElement[bool], among: ColumnElement[bool] | None = None) -> Quotient:
    """How many of the cohort (of those ``among`` it) fulfil all ``conditions``."""
    if among is None:
        return Quotient(one_if(*conditions), EACH)
    return Quotient(one_if(among, *conditions), one_if(among))


def mean(value: ColumnElement[Any], factor: float = 1.0) -> Quotient:
    """The mean of those that have a value."""
    return Quotient(value, one_if(value.is_not(None)), factor)


EACH = literal(1)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; its name and definition are in the catalogues, below ``figure.<code>``."""

    code: str
    unit: Unit
    good: Good
    cohort: Cohort
    formula: Amount | Quotient | Quantile

    def name(self, words: Words) -> str:
        """As it heads a column."""
        return words.say(f"figure.{self.code}.name")

    def definition(self, words: Words, repeat_days: int) -> str:
        """What it is, in a sentence or two, for the appendix; ``repeat_days`` as selected."""
        return words.say(f"figure.{self.code}.definition", days=repeat_days)


@dataclass(frozen=True, slots=True)
class Value:
    """A figure's value; None where there is nothing to make it of. ``base`` is how many incidents
    (or occurrences) it rests on: what rests on few says little."""

    value: int | float | None
    base: int
