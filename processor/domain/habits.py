"""What a house adds to how mails are read, as values: `config/parsing.yaml`."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

LABELLED = (
    "symptom", "system", "ci", "error_code", "likely_impact", "fault_vendor", "site",
    "department", "reporter_phone",
)  # fmt: skip
"""Fields of the record that a labelled line of a first report may fill."""
LONG = frozenset({"symptom", "likely_impact"})
"""Those whose value may go on below its label."""


@dataclass(frozen=True, slots=True)
class Habits:
    """RE2 patterns, each searched within one line: ``subject_tags`` are taken off subjects, a line
    with one of ``quote_heads`` announces a quote, one with ``signatures`` begins a signature."""

    subject_tags: tuple[str, ...] = ()
    quote_heads: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()


NO_HABITS = Habits()


@dataclass(frozen=True, slots=True)
class ReadingExample:
    """A mail and what must be read from it: ``expect`` maps ``subject``, ``words`` (what was newly
    written) and the fields of LABELLED to values; ``place`` is file[position]."""

    subject: str
    body: str
    expect: Mapping[str, str]
    place: str = ""


@dataclass(frozen=True, slots=True)
class ReadingPolicy:
    """``labels``: field → its labels, as people write them."""

    habits: Habits = NO_HABITS
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    examples: tuple[ReadingExample, ...] = ()


def label_key(label: str) -> str:
    """A label as it is compared: any width, case and spacing alike."""
    return " ".join(unicodedata.normalize("NFKC", label).casefold().split())
