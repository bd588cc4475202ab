"""Numbers of records: one series a type and day, such as INC-20261122-0001."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, tzinfo
from enum import StrEnum
from functools import lru_cache

from processor.domain.incident import IncidentType
from processor.domain.wall_clock import aware


class RecordKind(StrEnum):
    """Records beside incidents that have numbers; the value is the series' prefix."""

    PROBLEM = "PRB"
    CHANGE = "RFC"
    KNOWLEDGE = "KB"
    INVESTIGATION = "INV"


INCIDENT, SERVICE_REQUEST = "INC", "REQ"
LIST = "LIST"  # of a list that went round: no record, but answers to it prove receipt
KINDS = (INCIDENT, SERVICE_REQUEST, *RecordKind)

_DAY = "20[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_GAP = r"[ \t]?[-_]?[ \t]?"
_LETTER = "A-Za-z0-9\u00aa-\u024f\u0370-\u052f"  # a Chinese sign may stand right beside a number
_DASHES = dict.fromkeys(map(ord, "\u2010\u2012\u2013\u2014\u2015\u2043\u2212\u2500\u30fc"), "-")


@lru_cache(maxsize=16)
def pattern_with(prefixes: frozenset[str]) -> re.Pattern[str]:
    """Matches the numbers of every kind of record where profiles number theirs by ``prefixes``."""
    return pattern_for(dict.fromkeys((*KINDS, *sorted(prefixes))))


def pattern_for(prefixes: Iterable[str]) -> re.Pattern[str]:
    """Matches numbers of these series in folded text: kind, day (YYYYMMDD), ordinal.

    Dashes may be lacking, blank or underscores; nothing is found inside a longer word. Its text
    carries its own flags and may be built into longer patterns.
    """
    kinds = "|".join(re.escape(prefix) for prefix in prefixes)
    return re.compile(
        rf"(?ai:(?<![{_LETTER}])({kinds}){_GAP}({_DAY}){_GAP}([0-9]{{4,9}})(?![{_LETTER}]))"
    )


PATTERN = pattern_for(KINDS)
"""Numbers of a desk whose profiles have no prefixes of their own."""


def series(
    kind: IncidentType | RecordKind, at: datetime, zone: tzinfo, prefix: str = INCIDENT
) -> str:
    """The series of a record made at ``at`` (aware): the day is that of ``zone``.

    ``prefix`` is the profile's for its incidents; service requests and other records have their
    own. Raises ValueError for a time without a zone.
    """
    if isinstance(kind, RecordKind):
        prefix = kind.value
    elif kind is IncidentType.SERVICE_REQUEST:
        prefix = SERVICE_REQUEST
    return f"{prefix}-{aware(at).astimezone(zone):%Y%m%d}"


def number(line: str, ordinal: int) -> str:
    """The ``ordinal``-th number (from 1) of a series: four digits, more when a day needs them.

    Raises ValueError for an ordinal below 1.
    """
    if ordinal < 1:
        raise ValueError("numbers count from 1")
    return f"{line}-{ordinal:04d}"


_DIGITS = re.compile(r"\d(?:\D*\d){11}")  # a day and an ordinal, whatever is between them


def find_numbers(text: str, pattern: re.Pattern[str] = PATTERN) -> tuple[str, ...]:
    """Every record's number in ``text`` as it is kept, each once, in order; any case and width,
    any dash, invisible signs between."""
    plain = unicodedata.normalize("NFKC", text)
    if not _DIGITS.search(plain):
        return ()
    plain = "".join(sign for sign in plain if _visible(sign))
    plain = plain.translate(_DASHES)
    hits = (f"{kind.upper()}-{day}-{ordinal}" for kind, day, ordinal in pattern.findall(plain))
    return tuple(dict.fromkeys(hits))


def _visible(sign: str) -> bool:
    return unicodedata.category(sign) != "Cf"  # zero-width blanks, direction marks
