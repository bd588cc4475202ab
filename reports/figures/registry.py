"""All figures, by code, in the order in which reports show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from reports.figures import handling, happenings, outcomes, times, volume
from reports.figures.figure import Figure

FIGURES: Mapping[str, Figure] = MappingProxyType(
    {
        figure.code: figure
        for family in (volume, times, handling, happenings, outcomes)
        for figure in family.FIGURES
    }
)


def figures(codes: Iterable[str]) -> tuple[Figure, ...]:
    """Those of these codes. Raises KeyError for one that there is not."""
    return tuple(FIGURES[code] for code in codes)
