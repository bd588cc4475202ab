"""The timeline of a major incident: numbered rows, and a chart of the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from processor.domain.incident import JournalEntry
from reports.case.course import key_moments, milestones
from reports.charts.model import Event, Timeline
from reports.incident import journal
from reports.incident.vocabulary import Wordbook
from reports.word.plain_text import line

_MOST = 30  # marks that a chart of a page's width can number
_NAME = 80  # characters of a mark's name in the chart's workbook


@dataclass(frozen=True, slots=True)
class NumberedRow:
    """``number`` is that of the mark in the chart."""

    number: str
    when: str
    who: str
    how: str
    text: str


def timeline(
    entries: Sequence[JournalEntry], words: Wordbook, until: datetime
) -> tuple[list[NumberedRow], Timeline]:
    """The key moments of the journal ``entries``, and the chart of those by ``until`` (aware; what
    came long after would press the rest together). Where there are more than a chart can number,
    the milestones alone."""
    chosen = key_moments(entries)
    if len(_strokes(chosen)) > _MOST:
        chosen = milestones(entries)
    moments = _strokes(chosen)
    rows = journal.timeline(chosen, words)
    numbered = [
        NumberedRow(str(at), row.when, row.who, row.how, row.text)
        for at, row in enumerate(rows, start=1)
    ]
    zone = words.moments.zone
    events = tuple(
        Event(first.at.astimezone(zone), line(row.text, _NAME))
        for first, row in zip(moments, rows, strict=True)
        if first.at <= until
    )
    title = words.say("heading.timeline")
    x_title = words.say("time_axis", zone=zone.key)
    return numbered, Timeline(title, events if len(events) <= _MOST else (), x_title)


def _strokes(entries: Sequence[JournalEntry]) -> list[JournalEntry]:
    """The first entry of each row."""
    groups = groupby(entries, key=lambda entry: (entry.at, entry.actor, entry.via))
    return [next(group) for _, group in groups]
