"""Columns of imported tables: titles in both languages → fields, faults by row and column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from processor.domain.association import Columns
from processor.parsing.sheets import Sheet
from processor.rules.reading import folded


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong at ``row`` (as the file counts; 0: the file as a whole) and ``column`` (the
    field); ``code`` names the sentence ``association.fault.<code>``, ``params`` fill it."""

    row: int
    column: str
    code: str
    params: dict[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class Imported:
    """What came of an import: how many were new, changed and as before, and what was wrong."""

    added: int = 0
    changed: int = 0
    same: int = 0
    faults: list[RowFault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the file, the fields that have a column, and what stands under
    titles that nobody knows, by title."""

    number: int
    fields: dict[str, str]
    others: dict[str, str]


def field_named(title: str, columns: Columns) -> str:
    """The field that a column's title stands for; "" for none."""
    wanted = folded(title).strip(":* ")
    for name, titles in columns.items():
        if wanted == name or wanted in (folded(one) for one in titles):
            return name
    return ""


def known_titles(columns: Columns) -> tuple[str, ...]:
    """The title of each field that is shown first."""
    return tuple(titles[0] for titles in columns.values() if titles)


def rows_of(sheet: Sheet, columns: Columns) -> Iterator[Row]:
    """The rows as fields. Of two columns for one field the first counts."""
    fields = [field_named(title, columns) for title in sheet.titles]
    for number, cells in sheet.rows:
        told: dict[str, str] = {}
        others: dict[str, str] = {}
        for title, name, cell in zip(sheet.titles, fields, cells, strict=False):
            if name and name not in told:
                told[name] = cell
            elif cell and title:
                others[title] = cell
        yield Row(number, told, others)


def lacking(sheet: Sheet, columns: Columns, needed: Sequence[str]) -> list[RowFault]:
    """A fault for each field that no column gives."""
    there = {field_named(title, columns) for title in sheet.titles}
    return [
        RowFault(
            0, name, "no_column", {"column": _shown(name, columns), "known": _all(name, columns)}
        )
        for name in needed
        if name not in there
    ]


def _shown(name: str, columns: Columns) -> str:
    return (columns.get(name) or (name,))[0]


def _all(name: str, columns: Columns) -> tuple[str, ...]:
    return tuple(columns.get(name) or (name,))
