"""Dimensions and filters as SQL."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, String, false, func, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from reports.figures.cohorts import Rows, f
from reports.figures.selection import Dimension, Selection


class first_level(GenericFunction[str]):  # noqa: N801 - a function of SQL
    """Of a category's path, what stands before the first stroke."""

    type = String()
    inherit_cache = True


class first_levels(GenericFunction[str]):  # noqa: N801 - a function of SQL
    """Of a category's path, what stands before the second stroke."""

    type = String()
    inherit_cache = True


@compiles(first_level, "sqlite")
def _level_on_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    path = compiler.process(element.clauses, **kw)
    return f"substr({path}, 1, instr({path} || '/', '/') - 1)"


@compiles(first_levels, "sqlite")
def _levels_on_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    path = compiler.process(element.clauses, **kw)
    first = f"instr({path} || '/', '/')"
    second = f"instr(substr({path}, {first} + 1) || '/', '/')"
    return f"substr({path}, 1, {first} + {second} - 1)"


@compiles(first_level, "postgresql")
def _level_on_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    return f"split_part({compiler.process(element.clauses, **kw)}, '/', 1)"


@compiles(first_levels, "postgresql")
def _levels_on_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    path = compiler.process(element.clauses, **kw)
    return f"array_to_string((string_to_array({path}, '/'))[1:2], '/')"


_COLUMNS: Mapping[Dimension, ColumnElement[Any]] = MappingProxyType(
    {
        Dimension.ORGANISATION: f.organisation,
        Dimension.CONTRACT: f.contract,
        Dimension.CATEGORY: f.category,
        Dimension.CATEGORY_1: first_level(f.category),
        Dimension.CATEGORY_2: first_levels(f.category),
        Dimension.CI: f.ci,
        Dimension.GROUP: f.group,
        Dimension.PRIORITY: f.priority,
        Dimension.SOURCE: f.source,
        Dimension.TYPE: f.type,
        Dimension.PROFILE: f.profile,
    }
)


def keys(rows: Rows, selection: Selection) -> list[ColumnElement[Any]]:
    """The columns that the selection groups by, those of time left out."""
    return [_column(rows, one) for one in selection.by if not one.of_time]


def conditions(rows: Rows, selection: Selection) -> list[ColumnElement[bool]]:
    """What the selection leaves of the rows. Whose contracts the reader may not see are left out
    whatever is filtered for."""
    found: list[ColumnElement[bool]] = []
    for dimension, wanted in selection.filters.values.items():
        if wanted and dimension is Dimension.CATEGORY:
            found.append(or_(*(_below(str(one)) for one in sorted(wanted))))
        elif wanted:
            found.append(_column(rows, dimension).in_(sorted(wanted)))
    own = selection.clearance.own
    if own is not None:
        found.append(f.contract.in_(sorted(own)) if own else false())
    return found


def _column(rows: Rows, dimension: Dimension) -> ColumnElement[Any]:
    return rows.engineer if dimension is Dimension.ENGINEER else _COLUMNS[dimension]


def _below(category: str) -> ColumnElement[bool]:
    head = f"{category}/"
    return or_(f.category == category, func.substr(f.category, 1, len(head)) == head)
