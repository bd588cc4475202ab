"""The records of a period as rows of the register, and its journal as lines of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import datetime
from typing import IO, Any

from processor.domain.change import Change
from processor.domain.incident import Clock, ClockKind, Incident, JournalEntry
from processor.domain.problem import Problem
from processor.domain.profile import Profile
from processor.domain.veil import Veil
from processor.store.spans import Span
from processor.store.unit_of_work import UnitOfWork
from reports.case.veiling import veils
from reports.incident.clocks import clock_state
from reports.incident.vocabulary import Wordbook
from reports.letterhead import Letterhead
from reports.neighbours.vocabulary import ChangeWords, ProblemWords
from reports.pack.register import Row, Table

_NOT_SHOWN = frozenset({"id", "language", "mailbox", "unreachable"})
_WIDE = frozenset({"subject", "symptom", "cause", "action", "solution", "title", "what", "why"})


class Readers:
    """Who may read names in the pack: nobody, or with ``names`` everybody who has it."""

    def __init__(
        self, work: UnitOfWork, profiles: Mapping[str, Profile], head: Letterhead, *, names: bool
    ) -> None:
        self._work, self._profiles, self._head, self._names = work, profiles, head, names

    def veils(self, incidents: list[Incident]) -> dict[str, Veil]:
        """Number → veil, where there is one."""
        if self._names:
            return {}
        return veils(self._work, incidents, self._profiles, self._head.people)


def incident_table(work: UnitOfWork, span: Span, head: Letterhead, readers: Readers) -> Table:
    """The incidents of the span with both clocks."""
    words = Wordbook(head.people, head.words, head.moments, head.titles)
    names = [one.name for one in fields(Incident) if one.name not in _NOT_SHOWN]
    columns = [(words.field_name(name), 48 if name in _WIDE else 18) for name in names]
    for kind in ClockKind:
        clock = words.coded("clock", kind)
        columns += [
            (f"{clock} {words.say(f'column.{part}')}", 18) for part in ("due", "stopped", "result")
        ]

    def rows() -> Iterator[Row]:
        for page in work.exports.incidents(span):
            clocks = work.overviews.clocks([one.number for one in page])
            hidden = readers.veils(page)
            for incident in page:
                veil = hidden.get(incident.number)
                shown = veil.over(incident) if veil else incident
                told = [_value(words, name, getattr(shown, name), head) for name in names]
                yield [*told, *_clocks(clocks[incident.number], words, head)]

    return Table(words.say("register.incidents"), columns, rows())


def _clocks(clocks: tuple[Clock, ...], words: Wordbook, head: Letterhead) -> list[Any]:
    by_kind = {clock.kind: clock for clock in clocks}
    told: list[Any] = []
    for kind in ClockKind:
        clock = by_kind.get(kind)
        if clock is None:
            told += [None, None, None]
        else:
            state = clock_state(clock, head.now)
            told += [
                _local(clock.due_at, head),
                _local(clock.stopped_at, head),
                words.say(f"clock_result.{state}"),
            ]
    return told


def problem_table(work: UnitOfWork, span: Span, head: Letterhead) -> Table:
    """The problems that were not over before the span, behind its incidents."""
    words = ProblemWords(head.people, head.words, head.moments, head.titles)
    names = [one.name for one in fields(Problem) if one.name not in _NOT_SHOWN]
    columns = [(words.field_name(name), 48 if name in _WIDE else 18) for name in names]
    rows = (
        [_value(words, name, getattr(one, name), head) for name in names]
        for one in work.problems.alive(span)
    )
    return Table(words.say("register.problems"), columns, rows)


def change_table(work: UnitOfWork, span: Span, head: Letterhead) -> Table:
    """The changes that were not over before the span, for its incidents."""
    words = ChangeWords(head.people, head.words, head.moments, head.titles)
    names = [one.name for one in fields(Change) if one.name not in _NOT_SHOWN]
    columns = [(words.field_name(name), 48 if name in _WIDE else 18) for name in names]
    rows = (
        [_value(words, name, getattr(one, name), head) for name in names]
        for one in work.changes.alive(span)
    )
    return Table(words.say("register.changes"), columns, rows)


def _value(words: Wordbook, name: str, raw: Any, head: Letterhead) -> str | int | datetime | None:
    """Times and counts as such, all else in words; nothing where nothing is known."""
    if raw is None or raw in ("", ()):
        return None
    if isinstance(raw, datetime):
        return _local(raw, head)
    if isinstance(raw, int) and not isinstance(raw, bool) and name not in words.coded_fields:
        return raw
    return words.value(name, raw)


def _local(at: datetime | None, head: Letterhead) -> datetime | None:
    return at.astimezone(head.zone).replace(tzinfo=None) if at is not None else None


def write_journal(work: UnitOfWork, span: Span, readers: Readers, stream: IO[bytes]) -> None:
    """What was done on incidents in the span, a line of JSON each; times are UTC."""
    for page in work.exports.journal(span):
        hidden = readers.veils(work.exports.confidential({number for number, _ in page}))
        for number, entry in page:
            veil = hidden.get(number)
            stream.write(_line(number, veil.over(entry) if veil else entry))


def write_neighbour_journal(work: UnitOfWork, span: Span, stream: IO[bytes]) -> None:
    """The same of problems and changes."""
    for page in work.exports.neighbour_journal(span):
        for number, entry in page:
            stream.write(_line(number, entry))


def _line(number: str, entry: JournalEntry) -> bytes:
    told = {"number": number, **{one.name: getattr(entry, one.name) for one in fields(entry)}}
    told["at"] = entry.at.isoformat()
    return (json.dumps(told, ensure_ascii=False) + "\n").encode()
