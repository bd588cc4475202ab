"""Which items have the same trouble again and again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from reports.figures.computing import compute
from reports.figures.selection import Dimension, Selection

_BY = (Dimension.CI, Dimension.CATEGORY)


@dataclass(frozen=True, slots=True)
class Repeated:
    """Incidents of one item and category in the period: ``received`` in all, ``repeats`` of them
    shortly after another, ``problems`` linked to a problem."""

    ci: str
    category: str
    received: int
    repeats: int
    problems: int


def repeated(connection: Connection, selection: Selection, most: int = 20) -> tuple[Repeated, ...]:
    """Pairs with repeats, most repeats first; at most ``most``."""
    codes = ("received", "repeats", "problems")
    rows = compute(connection, codes, replace(selection, by=_BY))
    found = [
        Repeated(str(row.key[0]), str(row.key[1]), *(int(row[code] or 0) for code in codes))
        for row in rows
        if row["repeats"]
    ]
    return tuple(sorted(found, key=lambda one: (-one.repeats, one.ci, one.category))[:most])
