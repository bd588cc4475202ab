"""What a chart shows, as values: no XML, no Word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

COUNT = "#,##0"
PERCENT = "0%"
CLOCK = "hh:mm"
DAY_AND_CLOCK = "m-d hh:mm"

WIDE = 166  # millimetres: the text's whole width
HALF = 82  # two side by side
LOW, MIDDLE, TALL = 58, 72, 92  # millimetres


class Kind(StrEnum):
    """How the values are drawn."""

    COLUMN = "column"
    BAR = "bar"  # lying, for long names; the first category is at the top
    STACKED = "stacked"
    LINE = "line"
    PARETO = "pareto"  # columns, and the last series as a line on an axis of its own
    PIE = "pie"
    DOUGHNUT = "doughnut"
    HISTOGRAM = "histogram"  # columns without gaps
    TIMELINE = "timeline"


class Role(StrEnum):
    """What a series means, which decides how it is drawn beside the others."""

    PLAIN = "plain"
    BEFORE = "before"  # the same, a period or a year earlier: paler
    FORECAST = "forecast"
    BOUND = "bound"  # an end of the forecast's interval
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values; None leaves a gap. Shares are fractions (0.95 is 95 %)."""

    name: str
    values: tuple[float | None, ...]
    role: Role = Role.PLAIN

    def __post_init__(self) -> None:
        """Twelve digits: a workbook keeps no more than fifteen, and the chart has the same."""
        kept = tuple(one if one is None else float(f"{one:.12g}") for one in self.values)
        object.__setattr__(self, "values", kept)


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart; every series has as many values as there are ``categories``.

    ``title`` is what a screen reader says; the visible title is the caption. ``format`` is an
    Excel number format of all values, ``second_format`` and ``second_title`` belong to the axis of
    a Pareto's line. ``width`` and ``height`` are millimetres. ``labels`` writes the values at the
    columns. ``least`` and ``most`` are the ends of the axis of values where it has to have such.
    """

    kind: Kind
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    x_title: str = ""
    y_title: str = ""
    format: str = COUNT
    second_title: str = ""
    second_format: str = PERCENT
    width: float = WIDE
    height: float = MIDDLE
    labels: bool = True
    least: float | None = 0
    most: float | None = None

    def __post_init__(self) -> None:
        for one in self.series:
            if len(one.values) != len(self.categories):
                raise ValueError(f"{self.title}: {one.name} has not one value for each category")

    def __bool__(self) -> bool:
        """Whether there is anything to draw; a template asks ``{%p if charts.volume %}``."""
        return any(value for one in self.series for value in one.values)


@dataclass(frozen=True, slots=True)
class Event:
    """A point of a timeline: ``at`` is local time, ``name`` what the table beside calls it."""

    at: datetime
    name: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Events on an axis of time, each a numbered mark; the numbers are those of the table beside
    it, as names would run into each other. ``x_title`` names the zone."""

    title: str
    events: tuple[Event, ...]
    x_title: str = ""
    width: float = WIDE
    height: float = LOW

    kind = Kind.TIMELINE

    def __bool__(self) -> bool:
        return bool(self.events)


AnyChart = Chart | Timeline
