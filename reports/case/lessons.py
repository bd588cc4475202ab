"""What went well and what did not: findings on figures of the record, and what the team wrote.

Each finding stands on one fact; where there is no fact, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from processor.domain.duty import DutyState
from processor.domain.emergency import MEASURE
from reports.case.case import Case
from reports.case.rows import duty_state
from reports.incident.clocks import clock_state, in_order
from reports.incident.vocabulary import Vocabulary
from reports.word.plain_text import block, line

_WRITTEN = frozenset({"note", "comment", "reply", "resolved"})


@dataclass(frozen=True, slots=True)
class Lesson:
    """``source`` says what it stands on: a figure of the record, or who wrote it."""

    text: str
    source: str


def lessons(case: Case, vocabulary: Vocabulary, now: datetime) -> tuple[list[Lesson], list[Lesson]]:
    """What went well, and what did not."""
    well: list[Lesson] = []
    badly: list[Lesson] = []
    for good, text in _findings(case, vocabulary, now):
        (well if good else badly).append(Lesson(text, vocabulary.say("lesson.record")))
    well += _written(case, vocabulary, "well")
    badly += _written(case, vocabulary, "badly")
    return well, badly


def _findings(case: Case, vocabulary: Vocabulary, now: datetime) -> Iterator[tuple[bool, str]]:
    say, moments = vocabulary.say, vocabulary.moments
    for clock in in_order(case.dossier.clocks):
        state = clock_state(clock, now)
        name = vocabulary.coded("clock", clock.kind)
        target = moments.working(clock.target_minutes)
        if state in ("met", "missed", "overdue"):
            yield state == "met", say(f"lesson.clock_{state}", clock=name, target=target)
    emergency = case.emergency
    if emergency is not None and emergency.silent:
        yield False, say("lesson.silent")
    if emergency is not None and emergency.declared_at and not emergency.silent:
        asked = emergency.asked_at
        if asked is not None and asked < emergency.declared_at:
            took = moments.between(asked, emergency.declared_at)
            yield True, say("lesson.confirmed", duration=took)
    if case.receipts:
        yield from _receipts(case, vocabulary)
    for duty in case.duties:
        state = duty_state(duty, now)
        if duty.kind != MEASURE and state in ("in_time", "late", "overdue"):
            yield state == "in_time", say(f"lesson.duty_{state}", text=line(duty.text, 120))
    incident = case.dossier.incident
    if incident.wrong_dispatches:
        yield False, say("lesson.wrong_dispatches", count=incident.wrong_dispatches)
    if incident.reopens:
        yield False, say("lesson.reopens", count=incident.reopens)
    undone = [one for one in case.duties if one.kind == MEASURE and one.state is DutyState.OPEN]
    late = [one for one in undone if one.overdue(now)]
    if late:
        yield False, say("lesson.measures_late", count=len(late), all=len(undone))


def _receipts(case: Case, vocabulary: Vocabulary) -> Iterator[tuple[bool, str]]:
    told = len(case.receipts)
    acked = [one for one in case.receipts if one.acked_at is not None]
    if len(acked) == told:
        slowest = max(_minutes(one.told_at, one.acked_at) for one in acked)
        took = vocabulary.moments.duration(slowest)
        yield True, vocabulary.say("lesson.receipts_all", count=told, duration=took)
    else:
        missing = told - len(acked)
        yield False, vocabulary.say("lesson.receipts_missing", count=missing, all=told)


def _minutes(start: datetime, end: datetime | None) -> float:
    return (end - start).total_seconds() / 60 if end is not None else 0.0


def _written(case: Case, vocabulary: Vocabulary, which: str) -> Iterator[Lesson]:
    """Lines that the team began with one of the labels: "Went well: the second line was quick"."""
    labels = vocabulary.say(f"lesson.labels_{which}").split("|")
    pattern = re.compile(
        rf"^[\s\-*·•>]*(?:{'|'.join(map(re.escape, labels))})\s*[:：]\s*(.+)$",
        re.IGNORECASE | re.MULTILINE,
    )
    told = set()
    for entry in case.dossier.journal:
        if entry.kind not in _WRITTEN:
            continue
        for hit in pattern.finditer(entry.text):
            text = block(hit.group(1).strip())
            if text not in told:
                told.add(text)
                who = vocabulary.person(entry.actor)
                at = vocabulary.moments.moment(entry.at)
                source = vocabulary.say("lesson.said", who=who, moment=at)
                yield Lesson(text, source)
