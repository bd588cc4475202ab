"""What the next period may bring, said with how sure that is.

Two methods, chosen by the data and named with the result: where the last periods rise or fall
clearly (the slope of the least-squares line is beyond twice its standard error) the line goes on;
where they do not, their mean does. Both come with the interval into which, if the future is like
the past, four in five periods fall (Student's t). Seasons, holidays and news are not in it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

FEWEST = 6
"""Periods below which nothing is said."""
_CLEAR = 2.0  # standard errors of a slope that is told
# Student's t for 80 % in the middle, by degrees of freedom; beyond, that of the normal curve
_T80 = (
    3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372, 1.363, 1.356, 1.350,
    1.345, 1.341, 1.337, 1.333, 1.330, 1.328, 1.325, 1.323, 1.321, 1.319, 1.318, 1.316,
)  # fmt: skip
_NORMAL = 1.2816


class Method(StrEnum):
    """What the forecast continues."""

    LEVEL = "level"  # the mean of the periods
    TREND = "trend"  # the line through them


@dataclass(frozen=True, slots=True)
class Forecast:
    """``expected``, between ``low`` and ``high`` in four of five cases, from ``periods`` ones."""

    method: Method
    expected: float
    low: float
    high: float
    slope: float  # a period
    periods: int


def forecast(counts: Sequence[float], ahead: int = 1) -> tuple[Forecast, ...]:
    """The next ``ahead`` periods after ``counts``, oldest first; none from fewer than
    :data:`FEWEST`, and none where nothing ever came. Counts do not fall below 0."""
    n = len(counts)
    if n < FEWEST or not any(counts):
        return ()
    middle, mean = (n - 1) / 2, sum(counts) / n
    spread = sum((x - middle) ** 2 for x in range(n))
    slope = sum((x - middle) * (y - mean) for x, y in enumerate(counts)) / spread
    left = sum((y - mean - slope * (x - middle)) ** 2 for x, y in enumerate(counts))
    error = math.sqrt(left / (n - 2))
    if abs(slope) > _CLEAR * error / math.sqrt(spread):
        return tuple(_trend(mean, slope, error, n, at) for at in range(n, n + ahead))
    deviation = math.sqrt(sum((y - mean) ** 2 for y in counts) / (n - 1))
    wide = _t(n - 1) * deviation * math.sqrt(1 + 1 / n)
    level = Forecast(Method.LEVEL, mean, max(0.0, mean - wide), mean + wide, 0.0, n)
    return (level,) * ahead


def _trend(mean: float, slope: float, error: float, n: int, at: int) -> Forecast:
    middle = (n - 1) / 2
    spread = n * (n * n - 1) / 12
    expected = max(0.0, mean + slope * (at - middle))
    wide = _t(n - 2) * error * math.sqrt(1 + 1 / n + (at - middle) ** 2 / spread)
    return Forecast(Method.TREND, expected, max(0.0, expected - wide), expected + wide, slope, n)


def _t(freedom: int) -> float:
    return _T80[freedom - 1] if freedom <= len(_T80) else _NORMAL
