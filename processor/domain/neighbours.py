"""Records of the neighbouring processes (spec 1.8) as far as they are alike: they have numbers,
people write and command on them by mail."""

from __future__ import annotations

from dataclasses import dataclass

from processor.domain.change import Change
from processor.domain.incident import Incident, JournalEntry, MailRecord
from processor.domain.numbering import RecordKind
from processor.domain.problem import Problem

Neighbour = Problem | Change


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Everything that is known of a problem or change: for `show`, for replies. ``incidents`` are
    those that it is linked with, ``changes`` a problem's."""

    record: Neighbour
    incidents: tuple[Incident, ...] = ()
    changes: tuple[Change, ...] = ()
    journal: tuple[JournalEntry, ...] = ()
    mails: tuple[MailRecord, ...] = ()


def is_neighbour(number: str) -> bool:
    """Whether the number is one of a problem or a change."""
    return number.partition("-")[0].upper() in (RecordKind.PROBLEM, RecordKind.CHANGE)
