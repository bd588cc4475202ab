"""Numbers of records: one series a type and day, such as INC-20261122-0001."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, tzinfo

from processor.domain.incident import IncidentType

PREFIXES = {IncidentType.SERVICE_REQUEST: "REQ"}
KINDS = ("INC", "REQ", "PRB", "RFC", "KB", "INV")

PATTERN = re.compile(
    rf"(?<![A-Z0-9])({'|'.join(KINDS)})[-_ ]?(\d{{8}})[-_ ]?(\d{{4,9}})(?![A-Z0-9])", re.IGNORECASE
)


def series(kind: IncidentType, at: datetime, zone: tzinfo, prefix: str = "INC") -> str:
    """The series of a record of ``kind`` reported at ``at`` (aware): the day is the zone's."""
    return f"{PREFIXES.get(kind, prefix)}-{at.astimezone(zone):%Y%m%d}"


def number(line: str, ordinal: int) -> str:
    """The ``ordinal``-th number (from 1) of a series."""
    return f"{line}-{ordinal:04d}"


def find_numbers(text: str) -> tuple[str, ...]:
    """Every record's number in ``text``, each once, in order; any case, width and dash."""
    plain = unicodedata.normalize("NFKC", text)
    plain = re.sub("[\u2010-\u2015\u2212]", "-", plain)
    hits = (f"{kind.upper()}-{day}-{ordinal}" for kind, day, ordinal in PATTERN.findall(plain))
    return tuple(dict.fromkeys(hits))
