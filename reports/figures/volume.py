"""How much came, how much was done, how much is left."""

from __future__ import annotations

from reports.figures.cohorts import AS_OF, f
from reports.figures.figure import (
    EACH,
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

_DAY = 86_400
_AGE = AS_OF - f.reported

FIGURES = (
    Figure("received", Unit.COUNT, Good.NEUTRAL, Cohort.RECEIVED, Amount(EACH)),
    Figure("resolved", Unit.COUNT, Good.UP, Cohort.RESOLVED, Amount(EACH)),
    Figure("closed", Unit.COUNT, Good.UP, Cohort.CLOSED, Amount(EACH)),
    Figure("open_at_end", Unit.COUNT, Good.DOWN, Cohort.OPEN, Amount(EACH)),
    Figure("backlog_age_mean", Unit.DAYS, Good.DOWN, Cohort.OPEN, mean(_AGE, 1 / _DAY)),
    Figure(
        "backlog_age_median", Unit.DAYS, Good.DOWN, Cohort.OPEN,
        Quantile(_AGE, Rank.MEDIAN, 1 / _DAY),
    ),
    Figure(
        "backlog_age_p90", Unit.DAYS, Good.DOWN, Cohort.OPEN, Quantile(_AGE, Rank.P90, 1 / _DAY)
    ),
    Figure("overdue_now", Unit.COUNT, Good.DOWN, Cohort.OVERDUE, Amount(EACH)),
    Figure("active", Unit.COUNT, Good.NEUTRAL, Cohort.RECEIVED, Amount(one_if(f.active == 1))),
    Figure("active_share", Unit.SHARE, Good.UP, Cohort.RECEIVED, share(f.active == 1)),
    Figure("passive_share", Unit.SHARE, Good.NEUTRAL, Cohort.RECEIVED, share(f.active == 0)),
)  # fmt: skip
