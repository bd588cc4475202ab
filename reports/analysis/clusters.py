"""Incidents that are told alike, whatever they were filed under: what a category hides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from sqlalchemy import Connection, select

from processor.store.fact_tables import facts
from processor.store.moments import seconds_of
from processor.store.tables import incidents
from reports.figures.cohorts import COHORTS
from reports.figures.dimensions import conditions
from reports.figures.figure import Cohort
from reports.figures.selection import Selection

MOST_READ = 20_000
"""Incidents whose subjects are read, the newest of the period."""
_MOST_SHAPES = 600  # subjects without their numbers that are compared with each other
_ALIKE = 76.0  # of 100, by rapidfuzz: below, different troubles of one item fall together
_SHORTEST = 4  # characters of a subject that says something
_MARKS = re.compile(r"^(?:\s*(?:re|fw|fwd|回复|答复|转发)\s*[:：])+", re.IGNORECASE)
_NAMES = re.compile(r"[A-Za-z]*[-_]?\d[\w.-]*", re.ASCII)  # a Chinese sign ends a name
_SPACE = re.compile(r"[\s，。、,.!！?？:：;；()（）\[\]【】]+")


@dataclass(frozen=True, slots=True)
class Cluster:
    """``count`` incidents told like ``subject`` (the most frequent wording). ``categories`` are
    those they were filed under, ``items`` what they name, most first; ``numbers`` the newest."""

    subject: str
    count: int
    categories: tuple[tuple[str, int], ...]
    items: tuple[tuple[str, int], ...]
    numbers: tuple[str, ...]


def clusters(
    connection: Connection, selection: Selection, *, least: int = 3, most: int = 10
) -> tuple[Cluster, ...]:
    """Groups of at least ``least`` received incidents with like subjects, the largest first.
    Subjects of confidential records are read for readers with clearance alone."""
    shapes: dict[str, list[_Told]] = {}
    for told in _read(connection, selection):
        shape = shape_of(told.subject)
        if len(shape) >= _SHORTEST:
            shapes.setdefault(shape, []).append(told)
    often = sorted(shapes, key=lambda shape: (-len(shapes[shape]), shape))[:_MOST_SHAPES]
    found = [[told for shape in group for told in shapes[shape]] for group in _gathered(often)]
    large = sorted(
        (members for members in found if len(members) >= least),
        key=lambda members: (-len(members), members[0].number),
    )
    return tuple(_cluster(members) for members in large[:most])


@dataclass(frozen=True, slots=True)
class _Told:
    number: str
    subject: str
    category: str
    ci: str


def _read(connection: Connection, selection: Selection) -> list[_Told]:
    rows, period = COHORTS[Cohort.RECEIVED], selection.period
    query = (
        select(incidents.c.number, incidents.c.subject, facts.c.category, facts.c.ci)
        .select_from(facts.join(incidents, incidents.c.id == facts.c.id))
        .where(*rows.conditions, *conditions(rows, selection))
        .order_by(facts.c.reported.desc(), facts.c.id.desc())
        .limit(MOST_READ)
    )
    if not selection.clearance.names:
        query = query.where(facts.c.confidential == 0)
    asked = {"start": seconds_of(period.start), "end": seconds_of(period.end)}
    return [_Told(*row) for row in connection.execute(query, asked)]


def shape_of(subject: str) -> str:
    """The subject without prefixes of answers, names with numbers in them, and marks."""
    return _SPACE.sub(" ", _NAMES.sub(" ", _MARKS.sub("", subject))).strip().casefold()


def _gathered(shapes: Sequence[str]) -> list[list[str]]:
    """Each shape joins the first group whose first shape it is like; the frequent lead."""
    groups: list[list[str]] = []
    for shape in shapes:
        home = next((g for g in groups if _like(g[0], shape)), None)
        if home is None:
            groups.append([shape])
        else:
            home.append(shape)
    return groups


def _like(one: str, other: str) -> bool:
    return fuzz.ratio(one, other, score_cutoff=_ALIKE) > 0


def _cluster(members: Sequence[_Told]) -> Cluster:
    subjects = Counter(told.subject for told in members)
    subject = min(subjects, key=lambda one: (-subjects[one], one))
    return Cluster(
        subject=subject,
        count=len(members),
        categories=_most(told.category for told in members),
        items=_most(told.ci for told in members),
        numbers=tuple(sorted((told.number for told in members), reverse=True)[:5]),
    )


def _most(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counts = Counter(value for value in values if value)
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:3])
