"""When incidents come: by weekday and hour of the zone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, func, select

from processor.store.fact_tables import facts
from processor.store.moments import seconds_of
from reports.figures.cohorts import COHORTS
from reports.figures.dimensions import conditions
from reports.figures.figure import Cohort, Value
from reports.figures.selection import Selection
from reports.periods import PeriodKind

_SLOT = 15 * 60  # seconds; every zone's hours begin with a quarter of an hour of UTC's


@dataclass(frozen=True, slots=True)
class HeatMap:
    """``received[weekday][hour]`` (Monday first) incidents of the period; ``days[weekday]`` is how
    many such days it has had until now; ``within`` are the shares of those received in an hour of
    the day that were answered in time, whose base are those that were answered."""

    received: tuple[tuple[int, ...], ...]
    days: tuple[int, ...]
    within: tuple[Value, ...]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(map(sum, self.received))

    def mean(self, weekday: int, hour: int) -> float:
        """How many came in that hour of such a day, in the mean."""
        days = self.days[weekday]
        return self.received[weekday][hour] / days if days else 0.0

    def busiest(self) -> tuple[int, int] | None:
        """Weekday and hour with the highest mean; None where nothing came."""
        cells = [(self.mean(day, hour), -day, -hour) for day in range(7) for hour in range(24)]
        mean, day, hour = max(cells)
        return (-day, -hour) if mean else None


def heat_map(connection: Connection, selection: Selection) -> HeatMap:
    """The map of the selection's incidents by the time of report."""
    received = [[0] * 24 for _ in range(7)]
    answered, kept = [0] * 24, [0] * 24
    for at, count, told, met in _slots(connection, selection):
        here = at.astimezone(selection.period.zone)
        received[here.weekday()][here.hour] += count
        answered[here.hour] += told
        kept[here.hour] += met
    days = [0] * 7
    for day in selection.period.split(PeriodKind.DAY):
        if day.start < selection.now:
            days[day.first.weekday()] += 1
    within = tuple(
        Value(met / told if told else None, told) for told, met in zip(answered, kept, strict=True)
    )
    return HeatMap(tuple(map(tuple, received)), tuple(days), within)


def _slots(
    connection: Connection, selection: Selection
) -> Iterator[tuple[datetime, int, int, int]]:
    """Quarters of an hour, counted in the database."""
    rows, period = COHORTS[Cohort.RECEIVED], selection.period
    slot = facts.c.reported // _SLOT
    answered = func.count(facts.c.response_met)
    query = (
        select(slot, func.count(), answered, func.sum(facts.c.response_met))
        .where(*rows.conditions, *conditions(rows, selection))
        .group_by(slot)
    )
    asked = {"start": seconds_of(period.start), "end": seconds_of(period.end)}
    for number, count, told, met in connection.execute(query, asked):
        yield datetime.fromtimestamp(number * _SLOT, UTC), count, told, int(met or 0)
