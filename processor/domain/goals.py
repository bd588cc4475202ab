"""What was agreed and from when on something is worth a sentence: the configuration decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

TARGETS: Mapping[str, float] = MappingProxyType({"response_within": 0.95, "resolution_within": 0.9})


@dataclass(frozen=True, slots=True)
class Goals:
    """``targets``: figure → what it is to reach, or not to exceed where less is good. Shares are 0
    to 1. ``change``: of counts and times, relative; ``points`` of shares; ``score`` of ratings;
    ``streak`` steps in one direction; ``concentration`` of one category or item among all;
    ``repeats`` of one item and category that call for a problem; ``least`` incidents that
    something must rest on."""

    targets: Mapping[str, float] = field(default_factory=lambda: TARGETS)
    change: float = 0.2
    points: float = 0.03
    score: float = 0.2
    streak: int = 3
    concentration: float = 0.3
    repeats: int = 5
    least: int = 20
    repeat_days: int = 30
