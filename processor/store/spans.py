"""A stretch of time, and which incidents count in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_

from processor.store.tables import incidents

_I = incidents.c


@dataclass(frozen=True, slots=True)
class Span:
    """From ``start`` to just before ``end`` (aware). ``organisations``, ``contracts`` and
    ``profiles`` are those that count; None: all. ``categories`` count with those below them;
    ``fields`` are columns of the incident with the values that count."""

    start: datetime
    end: datetime
    organisations: frozenset[str] | None = None
    contracts: frozenset[str] | None = None
    profiles: frozenset[str] | None = None
    categories: tuple[str, ...] = ()
    fields: tuple[tuple[str, tuple[str | int, ...]], ...] = ()


def whose(span: Span) -> list[ColumnElement[bool]]:
    """Which incidents count."""
    chosen = (
        (_I.organisation, span.organisations),
        (_I.contract, span.contracts),
        (_I.profile, span.profiles),
    )
    found: list[ColumnElement[bool]]
    found = [column.in_(sorted(names)) for column, names in chosen if names is not None]
    found += [_I[name].in_(values) for name, values in span.fields if values]
    if span.categories:
        below = [_I.category.startswith(f"{one}/", autoescape=True) for one in span.categories]
        found.append(or_(_I.category.in_(span.categories), *below))
    return found
