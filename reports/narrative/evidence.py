"""What rules look at: figures of the period, of those before it, and of its parts; asked once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from sqlalchemy import Connection

from processor.domain.goals import Goals
from reports.analysis.hours import HeatMap, heat_map
from reports.analysis.repeated import Repeated, repeated
from reports.figures.beginnings import recorded
from reports.figures.comparison import Compared, compare
from reports.figures.computing import FigureRow, compute
from reports.figures.figure import Value
from reports.figures.selection import Dimension, Selection
from reports.periods import Period, PeriodKind

TOLD = (
    "received", "resolved", "open_at_end", "backlog_age_median", "response_within",
    "response_median", "resolution_within", "resolution_missed", "resolution_median",
    "first_line_rate", "first_contact_rate", "reopen_rate", "knowledge_share",
    "wrong_dispatch_rate", "redispatches", "functional_escalations", "hierarchical_escalations",
    "alerts_deduplicated", "satisfaction_mean", "dissatisfied", "major", "repeats",
)  # fmt: skip
"""Figures of which a change may be told, in the order of their weight among equals. Calls and
ratings come days after the closing: of the last days there are always few."""
COMPARED = (*TOLD, "closed", "overdue_now", "satisfaction_rate", "callback_rate")
FOLLOWED = ("received", "open_at_end", "response_within", "resolution_within", "reopen_rate")
"""Figures whose way over the last periods is followed."""
_FOLLOWED_FOR = 6  # periods


@dataclass(frozen=True)
class Evidence:
    """What the database says to a selection without dimensions."""

    connection: Connection
    selection: Selection
    goals: Goals = field(default_factory=Goals)
    known: Mapping[str, Compared] = field(default_factory=dict)  # figures that were asked before

    @property
    def period(self) -> Period:
        """The period that is told of."""
        return self.selection.period

    @cached_property
    def compared(self) -> Mapping[str, Compared]:
        """Figures beside the earlier ones."""
        missing = [code for code in COMPARED if code not in self.known]
        if not missing:
            return self.known
        (row,) = compare(self.connection, missing, self.selection)
        return {**self.known, **row.values}

    def now(self, code: str) -> Value:
        """A figure of the period."""
        return self.compared[code].now

    @cached_property
    def followed(self) -> tuple[tuple[Period, Mapping[str, Value]], ...]:
        """The last periods, this one last. One that is not over is none to compare with."""
        if not self.period.over(self.selection.now):
            return ()
        parts = self.period.back(_FOLLOWED_FOR)
        return tuple((one, self._of(one, FOLLOWED)) for one in parts)

    def _of(self, period: Period, codes: Iterable[str]) -> Mapping[str, Value]:
        selection = replace(self.selection, period=period)
        (row,) = compute(self.connection, codes, selection)
        return row.values

    @cached_property
    def days(self) -> tuple[FigureRow, ...]:
        """What was received on each day until now; none for periods of a few days or of years."""
        if not 5 <= self.period.days <= 100:
            return ()
        by = replace(self.selection, by=(Dimension.DAY,))
        rows = compute(self.connection, ("received",), by)
        return tuple(row for row in rows if row.part.start < self.selection.now)

    def by(self, dimension: Dimension, *codes: str) -> tuple[FigureRow, ...]:
        """Figures of the parts of the period."""
        return compute(self.connection, codes, replace(self.selection, by=(dimension,)))

    @cached_property
    def hours(self) -> HeatMap:
        """How many incidents came in each hour of the week."""
        return heat_map(self.connection, self.selection)

    @cached_property
    def repeated(self) -> tuple[Repeated, ...]:
        """Items with the same trouble again and again, the most frequent first."""
        return repeated(self.connection, self.selection, most=50)

    @cached_property
    def had_last_year(self) -> bool:
        """Whether there was a desk a year ago: nothing is compared with nothing."""
        return recorded(self.connection, self.period.last_year())

    @cached_property
    def had_previous(self) -> bool:
        """The same of the period before."""
        return recorded(self.connection, self.period.previous())

    @property
    def whole(self) -> bool:
        """Whether the period is over: half a month is not less than a month."""
        return self.period.over(self.selection.now) and self.period.kind is not PeriodKind.DAY
