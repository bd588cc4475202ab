"""What reporters say of it, and what became of it: ratings, calls, problems, major incidents."""

from __future__ import annotations

from reports.figures.cohorts import f
from reports.figures.figure import (
    EACH,
    Amount,
    Cohort,
    Figure,
    Good,
    Quotient,
    Unit,
    mean,
    one_if,
    share,
)

_MINUTE = 1 / 60
_RESTORED = one_if(f.major == 1)

FIGURES = (
    Figure("satisfaction_mean", Unit.SCORE, Good.UP, Cohort.CLOSED, mean(f.satisfaction)),
    Figure(
        "satisfaction_rate", Unit.SHARE, Good.UP, Cohort.CLOSED, share(f.satisfaction.is_not(None))
    ),
    Figure(
        "dissatisfied", Unit.COUNT, Good.DOWN, Cohort.CLOSED, Amount(one_if(f.satisfaction <= 2))
    ),
    Figure("callback_rate", Unit.SHARE, Good.UP, Cohort.CLOSED, share(f.called > 0)),
    Figure(
        "callback_reached", Unit.SHARE, Good.UP, Cohort.CLOSED,
        share(f.called == 2, among=f.called > 0),
    ),
    Figure("major", Unit.COUNT, Good.DOWN, Cohort.RECEIVED, Amount(one_if(f.major == 1))),
    Figure(
        "restore_mean", Unit.ELAPSED, Good.DOWN, Cohort.RESOLVED,
        Quotient((f.resolved - f.reported) * _RESTORED, _RESTORED, _MINUTE),
    ),
    Figure("problems", Unit.COUNT, Good.NEUTRAL, Cohort.RECEIVED, Amount(one_if(f.problem == 1))),
    Figure("repeats", Unit.COUNT, Good.DOWN, Cohort.REPEATED, Amount(EACH)),
)  # fmt: skip
