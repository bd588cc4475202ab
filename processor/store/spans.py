"""A stretch of time, and which incidents count in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from processor.domain.problem import Problem
from processor.store.neighbours import changes
from processor.store.tables import incidents, links

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


def problems_of(span: Span) -> Select[Any]:
    """The numbers of the problems behind the incidents that count, whenever these were reported."""
    return select(links.c.other).where(links.c.kind == Problem.kind, links.c.number.in_(_of(span)))


def changes_of(span: Span) -> Select[Any]:
    """The numbers of the changes that such an incident, or a problem behind one, waits for."""
    c = changes.c
    return select(c.number).where(or_(c.incident.in_(_of(span)), c.problem.in_(problems_of(span))))


def _of(span: Span) -> Select[Any]:
    return select(_I.number).where(*whose(span))
