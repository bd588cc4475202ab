"""Shares of small numbers: between which values they may really lie."""

from __future__ import annotations

import math

from reports.figures.figure import Value

FEW = 5
"""A share that rests on fewer incidents is not held against anybody."""
USUAL = 1.96
"""Standard deviations of 95 %."""
CAREFUL = 2.97
"""Of 99.7 %: where many parts are looked at, one in twenty would stand out by chance."""


def interval(value: Value, z: float = USUAL) -> tuple[float, float] | None:
    """Wilson's interval for a share, ``z`` standard deviations wide; None where there is no
    share, or it rests on fewer than :data:`FEW`."""
    if value.value is None or value.base < FEW:
        return None
    n, p, square = value.base, float(value.value), z * z
    middle = (p + square / (2 * n)) / (1 + square / n)
    half = z / (1 + square / n) * math.sqrt(p * (1 - p) / n + square / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def stands_out(value: Value, overall: Value, z: float = USUAL) -> int:
    """1 where the share of a part lies clearly above that of all, -1 below, 0 where chance may
    explain the difference."""
    bounds = interval(value, z)
    if bounds is None or overall.value is None:
        return 0
    low, high = bounds
    return 1 if overall.value < low else -1 if overall.value > high else 0


def differ(one: Value, other: Value) -> bool:
    """Whether two shares differ by more than chance explains (twice the standard error)."""
    if one.value is None or other.value is None or min(one.base, other.base) < FEW:
        return False
    both = one.base + other.base
    pooled = (one.value * one.base + other.value * other.base) / both
    error = math.sqrt(pooled * (1 - pooled) * (1 / one.base + 1 / other.base))
    return abs(one.value - other.value) > 2 * error


def counts_differ(one: float, other: float) -> bool:
    """The same of two counts of what comes by chance: beyond twice the root of their sum."""
    return abs(one - other) > 2 * math.sqrt(one + other)
