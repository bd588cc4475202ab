"""How long it took, as the clocks counted, and whether that was agreed."""

from __future__ import annotations

from collections.abc import Iterator

from reports.figures.cohorts import f
from reports.figures.figure import (
    Amount,
    Cohort,
    Figure,
    Good,
    Quantile,
    Rank,
    Unit,
    mean,
    one_if,
    share,
)

_MINUTE = 1 / 60


def _family(name: str, cohort: Cohort) -> Iterator[Figure]:
    took, met = f[f"{name}_seconds"], f[f"{name}_met"]
    yield Figure(f"{name}_mean", Unit.MINUTES, Good.DOWN, cohort, mean(took, _MINUTE))
    for rank in Rank:
        formula = Quantile(took, rank, _MINUTE)
        yield Figure(f"{name}_{rank.value}", Unit.MINUTES, Good.DOWN, cohort, formula)
    within = share(met == 1, among=met.is_not(None))
    yield Figure(f"{name}_within", Unit.SHARE, Good.UP, cohort, within)
    missed = Amount(one_if(met == 0))
    yield Figure(f"{name}_missed", Unit.COUNT, Good.DOWN, cohort, missed)


FIGURES = (
    *_family("response", Cohort.ANSWERED),
    *_family("resolution", Cohort.RESOLVED),
)
