"""Which incidents have which terms: an inverted index in a table of its own, alike on both engines.

An incident's rows are written in its transaction, together with those of its neighbours. Lists are
read from their newest end and never further than a bound, so that a search costs the same however
many incidents there are.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Executable, bindparam, insert, select, text

from processor.domain.rarity import BOUND
from processor.store.association_tables import incident_terms, postings
from processor.store.tables import incidents
from processor.store.writing import Writing

LISTS = 8
"""Lists that one search reads: those of the rarest terms."""
CASES = 6
"""Incidents that one search compares as a whole."""
_NO_TERM = 2**31 - 1
_IDS = select(incidents.c.number, incidents.c.id).where(
    incidents.c.number.in_(bindparam("numbers", expanding=True))
)
_NUMBERS = select(incidents.c.number, incidents.c.id).where(
    incidents.c.id.in_(bindparam("ids", expanding=True))
)
_KEEP = insert(incident_terms)
_UNNEST = text(
    "INSERT INTO postings (term, incident_id) "
    "SELECT * FROM unnest(CAST(:terms AS integer[]), CAST(:ids AS bigint[]))"
    " ON CONFLICT DO NOTHING"
)
_ROWS = "INSERT OR IGNORE INTO postings (term, incident_id) VALUES (?, ?)"


@dataclass(frozen=True, slots=True)
class Case:
    """What of an incident a comparison needs. ``terms`` are all of it, ``titled`` how many of them
    are the subject's."""

    number: str
    subject: str
    status: str
    solution: str
    ci: str
    category: str
    hidden: bool
    terms: Sequence[int]
    titled: int


_NEWEST = """
    (SELECT {join} FROM (
        SELECT incident_id AS id FROM postings WHERE term = :t{place}
        ORDER BY incident_id DESC LIMIT {bound}
    ) AS newest)
"""
_JOIN = {"sqlite": "group_concat(id)", "postgresql": "string_agg(CAST(id AS text), ',')"}
_CASE = """
    SELECT i.number, i.subject, i.status, substr(i.solution, 1, 400), i.ci, i.category,
           i.confidential, i.drill, t.terms
    FROM incident_terms t JOIN incidents i ON i.id = t.incident_id
    WHERE t.incident_id IN ({ids})
"""


@cache
def _lists(dialect: str) -> Executable:
    """One row: the newest entries of each of :data:`LISTS` lists, joined by commas. Words of our
    own, for a built statement of this size costs more to be looked up than to be executed."""
    lists = (
        _NEWEST.format(join=_JOIN[dialect], place=place, bound=BOUND) for place in range(LISTS)
    )
    return text(f"SELECT {', '.join(lists)}")


_CASES = text(_CASE.format(ids=", ".join(f":i{place}" for place in range(CASES))))


class Likenesses:
    """The terms of incidents."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._waiting: dict[str, tuple[Sequence[int], int]] = {}

    def forget(self) -> None:
        """After a rollback: what waited is not to be."""
        self._waiting.clear()

    def keep(self, number: str, terms: Sequence[int], titled: int) -> None:
        """An incident that was just added is known by these different terms."""
        self._waiting[number] = (terms, titled)
        self._writing.bundle(
            self.keep.__qualname__,
            frozenset({postings.name, incident_terms.name}),
            self._write,
            [(number, terms, titled)],
            needs=frozenset({incidents.name}),
        )

    def more(self, number: str, terms: Sequence[int]) -> None:
        """An incident is found by these terms, too; it is compared as before."""
        self._writing.execute(_IDS, {"numbers": []})  # writes an incident that waits
        ids = self._ids([number])
        self._post([(term, ids[number]) for term in terms if number in ids])

    @property
    def waiting(self) -> dict[str, tuple[Sequence[int], int]]:
        """Incidents of this unit of work that no list has yet: number → terms, and how many of
        them are the subject's."""
        return self._waiting

    def lists(self, terms: Sequence[int]) -> list[list[int]]:
        """For each of at most :data:`LISTS` terms the ids of the newest incidents that have it."""
        asked = {f"t{place}": term for place, term in enumerate(terms)}
        asked |= dict.fromkeys((f"t{place}" for place in range(len(terms), LISTS)), _NO_TERM)
        row = self._writing.execute_past(_lists(self._writing.dialect.name), asked).one()
        return [
            list(map(int, row[place].split(","))) if row[place] else []
            for place in range(len(terms))
        ]

    def cases(self, ids: Sequence[int]) -> list[Case]:
        """At most :data:`CASES` incidents by id."""
        asked = {f"i{place}": one for place, one in enumerate(ids)}
        asked |= dict.fromkeys((f"i{place}" for place in range(len(ids), CASES)), 0)
        return [_case(row) for row in self._writing.execute_past(_CASES, asked)]

    def numbers(self, ids: Sequence[int]) -> list[str]:
        """Numbers of incidents by id, in the same order."""
        rows = self._writing.execute_past(_NUMBERS, {"ids": list(ids)}) if ids else ()
        found = {row[1]: row[0] for row in rows}
        return [found[one] for one in ids if one in found]

    def _write(self, rows: list[tuple[str, Sequence[int], int]]) -> None:
        for number, _, _ in rows:
            self._waiting.pop(number, None)
        ids = self._ids([number for number, _, _ in rows])
        packed = [
            {"incident_id": ids[number], "terms": _packed(terms, titled)}
            for number, terms, titled in rows
            if number in ids
        ]
        if packed:
            self._writing.execute_past(_KEEP, packed)
        self._post([(term, ids[n]) for n, terms, _ in rows if n in ids for term in terms])

    def _ids(self, numbers: Sequence[str]) -> dict[str, int]:
        rows = self._writing.execute_past(_IDS, {"numbers": list(numbers)})
        return {row[0]: row[1] for row in rows}

    def _post(self, rows: list[tuple[int, int]]) -> None:
        if not rows:
            return
        if self._writing.dialect.name == "sqlite":
            rows.sort()  # neighbours share their pages
            self._writing.execute_driver(_ROWS, rows)
        else:
            columns = {"terms": [one[0] for one in rows], "ids": [one[1] for one in rows]}
            self._writing.execute_past(_UNNEST, columns)


def _packed(terms: Sequence[int], titled: int) -> bytes:
    values = array("i", [titled, *terms])
    if sys.byteorder == "big":
        values.byteswap()
    return values.tobytes()


def _case(row: Any) -> Case:
    values = array("i")
    values.frombytes(row[8])
    if sys.byteorder == "big":
        values.byteswap()
    return Case(
        number=row[0],
        subject=row[1],
        status=row[2],
        solution=row[3],
        ci=row[4],
        category=row[5],
        hidden=bool(row[6] or row[7]),
        terms=values[1:],
        titled=values[0],
    )
