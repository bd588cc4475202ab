"""Moments as numbers: whole seconds since 1970 (UTC), in both engines' own words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction


def seconds_of(at: datetime) -> int:
    """The whole seconds of an aware moment."""
    return int(at.timestamp() // 1)


class seconds(GenericFunction[int]):  # noqa: N801 - a function of SQL
    """The same of a column of moments, in SQL; NULL of NULL."""

    type = BigInteger()
    inherit_cache = True


@compiles(seconds, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    # without what is below a second: SQLite would round it
    return (
        f"CAST(strftime('%s', substr({compiler.process(element.clauses, **kw)}, 1, 19)) AS INTEGER)"
    )


@compiles(seconds, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    return f"CAST(floor(extract(epoch FROM {compiler.process(element.clauses, **kw)})) AS BIGINT)"
