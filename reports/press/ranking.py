"""What there is most of: the first few by name, the rest together, and how they add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from reports.charts.model import TALL, Chart, Kind, Series


@dataclass(frozen=True, slots=True)
class Ranked:
    """A name with its count, most first."""

    name: str
    count: int


def ranked(counts: Sequence[tuple[str, int]], most: int, other: str = "") -> list[Ranked]:
    """The ``most`` biggest of ``counts``, those of nothing left out; with a name for ``other``
    the rest under it. Of equal ones the name decides, so that the order is the same each time."""
    ordered = sorted((one for one in counts if one[1] > 0), key=lambda one: (-one[1], one[0]))
    found = [Ranked(*one) for one in ordered[:most]]
    rest = sum(count for _, count in ordered[most:])
    return [*found, Ranked(other, rest)] if other and rest else found


def pareto(
    title: str, rows: Sequence[Ranked], total: int, *, count: str, share: str, by: str
) -> Chart:
    """Columns of ``rows`` and the line of how much of ``total`` they make together. ``count``,
    ``share`` and ``by`` name the columns, the line and the axis."""
    running = accumulate(row.count for row in rows)
    return Chart(
        Kind.PARETO,
        title,
        tuple(row.name for row in rows),
        (
            Series(count, tuple(row.count for row in rows)),
            Series(share, tuple(part / total for part in running) if total else ()),
        )
        if rows and total
        else (),
        by,
        count,
        second_title=share,
        height=TALL,
    )


def bars(title: str, rows: Sequence[Ranked], count: str) -> Chart:
    """Lying bars, the biggest at the top."""
    return Chart(
        Kind.BAR,
        title,
        tuple(row.name for row in rows),
        (Series(count, tuple(row.count for row in rows)),),
        height=max(34.0, 14.0 + 7.2 * len(rows)),
    )
