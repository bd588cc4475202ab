"""The desk's record against the oracle's, subject by subject."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.quarter import lists
from benchmarks.quarter.cast import START
from benchmarks.quarter.lists import Listed
from benchmarks.quarter.oracle import ENDED, RUNS, TARGETS, Believed, Oracle, Told
from benchmarks.quarter.play import Played
from processor.domain.incident import Clock, ClockKind, Dossier
from processor.store.database import Store

SECRETS = ("内部机密", "内部原因")  # stand in notes and causes alone
OURS = "@example.com"
CLOCKS = ("response:", "resolution:")
LETTERS = {
    "reminders": frozenset(
        {"confirm-reminder", "question-reminder", "review-reminder", "answer-missing"}
    ),
    "urgent and major incidents": frozenset({"urgent-unanswered", "emergency-round"}),
}
ROSTERED = frozenset({"urgent-unanswered", "emergency-round"})  # handlers hear of them, too
_NUMBER = re.compile(r"\b(?:INC|REQ)-\d{8}-\d{4}\b")


@dataclass(slots=True)
class Row:
    """One line of the table: how many were compared, and what differed."""

    subject: str
    compared: int = 0
    differences: list[str] = field(default_factory=list)

    def check(self, what: str, found: object, expected: object) -> None:
        """Compare one thing."""
        self.compared += 1
        if found != expected:
            self.differences.append(f"{what}: found {found}, expected {expected}")

    def same(self, found: Iterable[str], expected: Iterable[str]) -> None:
        """Compare two collections, in which the same thing may stand several times."""
        have, want = Counter(found), Counter(expected)
        self.compared += sum((have & want).values())
        self.differences += [f"too much: {one}" for one in (have - want).elements()]
        self.differences += [f"missing: {one}" for one in (want - have).elements()]


def at(minute: float) -> datetime:
    """A minute of the quarter as a moment."""
    return START + timedelta(minutes=minute)


def judge(played: Played, store: Store) -> list[Row]:
    """Every row of the table."""
    with store.read() as work:
        records = {number: work.incidents.dossier(number) for number in played.opened}
    first = {
        number: (
            one.incident.initial_priority,
            _at_opening(one, "group", one.incident.group),
            _at_opening(one, "assignee", one.incident.assignee),
        )
        for number, one in records.items()
    }
    oracle = Oracle(played, first)
    expected = list(oracle.tells())
    told = [one for one in expected if isinstance(one, Told)]
    listed = [one for one in expected if isinstance(one, Listed)]
    rows = [_deeds(played), _statuses(records, oracle), *_clocks(records, oracle, played)]
    rows += [_steps(records, oracle, told), _escalations(played, told)]
    rows += [_letters(subject, kinds, played, told) for subject, kinds in LETTERS.items()]
    rows += [_lists(played, listed), _secrets(played)]
    return rows


def _at_opening(record: Dossier, name: str, now: str) -> str:
    changes = [entry for entry in record.journal if entry.kind == "field" and entry.field == name]
    opening = [one for one in changes if one.at == record.incident.reported_at and not one.old]
    if opening and opening[0].via.startswith(("mail:", "rule:")) and opening[0].actor == "postdesk":
        return opening[0].new or ""
    return (changes[0].old or "") if changes else now


def _deeds(played: Played) -> Row:
    row = Row("acts that the desk took")
    row.compared = len(played.deeds)
    row.differences = list(played.refused)
    return row


def _statuses(records: dict[str, Dossier], oracle: Oracle) -> Row:
    row = Row("statuses and owners")
    for number, record in records.items():
        believed = oracle.believed[number]
        row.check(f"{number} status", str(record.incident.status), believed.status)
        row.check(f"{number} priority", record.incident.priority, believed.priority)
        row.check(f"{number} owner", bool(record.incident.owner), True)
    return row


def _clocks(records: dict[str, Dossier], oracle: Oracle, played: Played) -> tuple[Row, Row]:
    response, resolution = Row("response clocks"), Row("resolution clocks")
    for number, record in records.items():
        believed = oracle.believed[number]
        clocks = {clock.kind: clock for clock in record.clocks}
        _response(response, number, clocks[ClockKind.RESPONSE], believed, played)
        _resolution(resolution, number, clocks[ClockKind.RESOLUTION], believed, played)
    return response, resolution


def _response(row: Row, number: str, clock: Clock, believed: Believed, played: Played) -> None:
    answered = believed.answered_at()
    row.check(f"{number} began", clock.started_at, at(believed.begun))
    row.check(f"{number} stopped", clock.stopped_at, None if answered is None else at(answered))
    target = TARGETS[believed.priority][0]
    if answered is None:
        row.check(f"{number} target", clock.target_minutes, target)
    always = clock.target_minutes == TARGETS[1][0]
    if answered is not None:
        ran = played.minutes.between(believed.begun, answered, always=always)
        row.check(f"{number} met", clock.met, ran <= clock.target_minutes)


def _resolution(row: Row, number: str, clock: Clock, believed: Believed, played: Played) -> None:
    minutes = played.minutes
    row.check(f"{number} began", clock.started_at, at(believed.begun))
    row.check(f"{number} target", clock.target_minutes, TARGETS[believed.priority][1])
    ended = believed.spells[-1][0] if believed.status in ENDED else None
    if ended is not None:  # confirmed and approved later than it was solved
        ended = next(
            start
            for start, status in reversed(
                [
                    spell
                    for place, spell in enumerate(believed.spells)
                    if spell[1] in ENDED
                    and (place == 0 or believed.spells[place - 1][1] not in ENDED)
                ]
            )
        )
    row.check(f"{number} stopped", clock.stopped_at, None if ended is None else at(ended))
    until = minutes.count if ended is None else ended
    row.check(f"{number} paused", clock.paused_minutes, float(believed.stood(until, minutes)))
    if believed.status in RUNS or ended is not None:
        due = _due(believed, until, played)
        if due is not None:
            row.check(f"{number} due", clock.due_at, at(due))
    if ended is not None:
        ran = believed.ran(ended, minutes)
        row.check(f"{number} met", clock.met, ran <= clock.target_minutes)


def _due(believed: Believed, until: int, played: Played) -> int | None:
    """The minute at which target and pauses have passed; None beyond the quarter."""
    wanted = TARGETS[believed.priority][1] + believed.stood(until, played.minutes)
    if believed.always:
        return believed.begun + wanted
    due = played.minutes.after(believed.begun, wanted)
    return due if due < played.minutes.count else None


def _steps(records: dict[str, Dossier], oracle: Oracle, told: list[Told]) -> Row:
    row = Row("steps of the timetable")
    found = [
        f"{number} {entry.at:%m-%d %H:%M} {_step(entry.text)}"
        for number, record in records.items()
        for entry in record.journal
        if entry.kind == "escalation" and entry.text.startswith("clock:")
    ]
    expected = [
        f"{one.number} {at(one.minute):%m-%d %H:%M} {one.step}"
        for one in told
        if one.step.startswith(CLOCKS)
    ]
    for believed in oracle.believed.values():
        expected += [
            f"{believed.number} {at(tick):%m-%d %H:%M} {step} skipped"
            for tick, step in believed.skipped
        ]
    row.same(found, expected)
    return row


def _step(text: str) -> str:
    """``clock:resolution:75:lead[:skipped|:manager]`` without who stood in."""
    parts = text.split(":")
    return ":".join(parts[1:4]) + (" skipped" if parts[-1] == "skipped" else "")


def _escalations(played: Played, told: list[Told]) -> Row:
    row = Row("letters of the timetable")
    found = [
        f"{at(minute):%m-%d %H:%M} {letter.number} {letter.to}"
        for minute, letter in played.letters
        if letter.event == "escalation"
    ]
    expected = [
        f"{at(one.minute):%m-%d %H:%M} {one.number} {address}"
        for one in told
        if one.step.startswith(CLOCKS)
        for address in one.to
    ]
    row.same(found, expected)
    return row


def _letters(subject: str, kinds: frozenset[str], played: Played, told: list[Told]) -> Row:
    row = Row(subject)
    readers = {one.step: set(one.to) for one in told if one.step in ROSTERED}
    found = [
        f"{at(minute):%m-%d %H:%M} {letter.event} {letter.number} {letter.to}"
        for minute, letter in played.letters
        if letter.event in kinds and letter.to in readers.get(letter.event, {letter.to})
    ]
    expected = [
        f"{at(one.minute):%m-%d %H:%M} {one.step} {one.number} {address}"
        for one in told
        if one.step in kinds
        for address in one.to
    ]
    row.same(found, expected)
    return row


def _lists(played: Played, listed: list[Listed]) -> Row:
    """Which lists, to whom, when, and every number in them."""
    row = Row("lists of each day and week")
    kinds = set(lists.TIMES)
    found = [
        f"{at(minute):%m-%d %H:%M} {letter.event} {letter.to} {_numbers(letter.words)}"
        for minute, letter in played.letters
        if letter.event in kinds
    ]
    expected = [
        f"{at(one.minute):%m-%d %H:%M} {one.kind} {one.to} {' '.join(one.numbers)}"
        for one in listed
    ]
    row.same(found, expected)
    return row


def _numbers(words: str) -> str:
    return " ".join(sorted(set(_NUMBER.findall(words))))


def _secrets(played: Played) -> Row:
    """Nothing that only the team may know has left the house."""
    row = Row("letters to outsiders, no note in any")
    for _, letter in played.letters:
        outside = [one for one in letter.to.split(", ") if not one.endswith(OURS)]
        if outside:
            words = letter.words
            leaked = [secret for secret in SECRETS if secret in words]
            row.check(f"{letter.number} {letter.event} to {outside}", leaked, [])
    return row


def fingerprint(home: Path) -> str:
    """Of every mail in the outbox, in order, byte for byte."""
    digest = hashlib.sha256()
    for path in sorted((home / "outbox").glob("*.eml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
