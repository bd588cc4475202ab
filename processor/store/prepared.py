"""Statements made ready once for many rows.

SQLAlchemy looks up, checks and binds anew for every execution of a statement, which costs more
than the database needs for the rows of one message. What that comes to is always the same for the
same statement and columns: the engine's words, and for each place a value's way into the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, Executable
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase

Way = Callable[[Any], Any] | None
_NAMED = object()  # a value that each row names


class Prepared:
    """One statement in the engine's words; :meth:`filled` gives the rows as the engine takes
    them."""

    __slots__ = ("_places", "_positional", "words")

    def __init__(self, words: str, places: Sequence[tuple[str, Any, Way]], positional: bool):
        self.words = words
        self._places = tuple(places)
        self._positional = positional

    def filled(self, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
        """The rows' values, each by its column's type; KeyError where a row lacks one."""
        if self._positional:
            return [tuple([self._value(row, *place) for place in self._places]) for row in rows]
        return [{place[0]: self._value(row, *place) for place in self._places} for row in rows]

    @staticmethod
    def _value(row: Mapping[str, Any], name: str, fixed: Any, way: Way) -> Any:
        value = row[name] if fixed is _NAMED else fixed
        return value if way is None else way(value)


@lru_cache(maxsize=256)
def prepare(statement: Executable, names: tuple[str, ...], dialect: Dialect) -> Prepared | None:
    """``statement`` for rows of these ``names``; None when its words depend on the values, or it
    gives anything back: SQLAlchemy knows how."""
    if not isinstance(statement, UpdateBase):
        return None
    compiled = statement.compile(
        dialect=dialect,
        column_keys=sorted(names),
        for_executemany=True,
    )
    if not isinstance(compiled, SQLCompiler) or _gives_or_asks(compiled):
        return None
    order = compiled.positiontup if compiled.positional else list(compiled.binds)
    places = [
        (name, _NAMED if name in names else bound.effective_value, _way(bound.type, dialect))
        for name, bound in ((name, compiled.binds[name]) for name in order or ())
    ]
    return Prepared(str(compiled), places, bool(compiled.positional))


def _gives_or_asks(compiled: SQLCompiler) -> bool:
    """Whether there is more to it than words and values."""
    return bool(
        compiled.effective_returning
        or compiled.insert_prefetch
        or compiled.update_prefetch
        or compiled.post_compile_params
        or compiled.literal_execute_params
        or compiled.escaped_bind_names
    )


def _way(kind: Any, dialect: Dialect) -> Way:
    way: Way = kind.dialect_impl(dialect).bind_processor(dialect)
    return way
