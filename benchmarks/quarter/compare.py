"""The desk's record against the oracle's, subject by subject."""

from __future__ import annotations

from benchmarks.quarter import lists
from benchmarks.quarter.believed import Believed, First, Told
from benchmarks.quarter.covered import covered
from benchmarks.quarter.leaks import leaks
from benchmarks.quarter.lists import Listed
from benchmarks.quarter.oracle import Oracle
from benchmarks.quarter.played import Played
from benchmarks.quarter.row import Row, at
from processor.domain.incident import Clock, ClockKind, Dossier
from processor.store.database import Store

CLOCKS = ("response:", "resolution:")
ESCALATIONS = (*CLOCKS, "raised")  # these letters are all of one kind to their readers
LETTERS = {
    "reminders and silence": frozenset(
        {"confirm-reminder", "question-reminder", "review-reminder", "answer-missing"}
    ),
    "urgent and major incidents": frozenset(
        {"urgent-ask", "urgent-unanswered", "emergency-alarm", "emergency-command"}
        | {"emergency-round", "emergency-ack-ask", "emergency-receipts", "emergency-over"}
        | {"major-news"}
    ),
    "what is owed by a time": frozenset({"duty-given", "duty-near", "duty-overdue"}),
    "the third line": frozenset({"vendor-ask", "vendor-remind", "vendor-overdue"}),
    "problems and their review": frozenset({"problem-new", "problem-review"}),
    "dispatched too often": frozenset({"redispatched"}),
    "reporters, and those of duplicates": frozenset(
        {"opened", "question", "resolved-ask", "closed"}
    ),
}
MOST = 50  # incidents that one list shows; the others are counted


def judge(played: Played, store: Store, *, whole: bool = False) -> list[Row]:
    """Every row of the table. ``whole``: everything has to have happened in the play."""
    with store.read() as work:
        records = {number: work.incidents.dossier(number) for number in played.opened}
    first = {number: _first(record) for number, record in records.items()}
    oracle = Oracle(played, first)
    expected = list(oracle.tells())
    told = [one for one in expected if isinstance(one, Told)]
    listed = [one for one in expected if isinstance(one, Listed)]
    rows = [_deeds(played), _statuses(records, oracle), *_clocks(records, oracle, played)]
    rows += [_steps(records, oracle, told), _escalations(played, told)]
    rows += [_letters(subject, kinds, played, told) for subject, kinds in LETTERS.items()]
    rows += [_lists(played, listed), *leaks(played)]
    if whole:
        rows.append(covered(played, told, oracle.believed.values()))
    return rows


def _first(record: Dossier) -> First:
    return First(
        record.incident.initial_priority,
        _at_opening(record, "group", record.incident.group),
        _at_opening(record, "assignee", record.incident.assignee),
        record.incident.category,
    )


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
    row = Row("statuses, owners, duplicates")
    for number, record in records.items():
        believed = oracle.believed[number]
        row.check(f"{number} status", str(record.incident.status), believed.status)
        row.check(f"{number} priority", record.incident.priority, believed.priority)
        row.check(f"{number} owner", bool(record.incident.owner), True)
        row.check(f"{number} parent", record.incident.parent, believed.parent)
        row.check(f"{number} group", record.incident.group, believed.group)
        row.check(f"{number} assignee", record.incident.assignee, believed.assignee)
        row.check(f"{number} dispatches", record.incident.dispatches, believed.dispatches)
    return row


def _clocks(records: dict[str, Dossier], oracle: Oracle, played: Played) -> tuple[Row, Row]:
    response, resolution = Row("response clocks"), Row("resolution clocks")
    for number, record in records.items():
        believed = oracle.believed[number]
        clocks = {clock.kind: clock for clock in record.clocks}
        _response(response, clocks[ClockKind.RESPONSE], believed)
        _resolution(resolution, clocks[ClockKind.RESOLUTION], believed, played.minutes.count)
    return response, resolution


def _response(row: Row, clock: Clock, one: Believed) -> None:
    answered = one.answered_at()
    terms = one.terms if answered is None else one.terms_at(answered)
    row.check(f"{one.number} began", clock.started_at, at(one.begun))
    row.check(f"{one.number} target", clock.target_minutes, terms.response)
    row.check(f"{one.number} stopped", clock.stopped_at, None if answered is None else at(answered))
    due = terms.hours.after(one.begun, terms.response)
    if due < terms.hours.count:
        row.check(f"{one.number} due", clock.due_at, at(due))
    if answered is not None:  # by the moment that was promised, be it the beginning of a break
        row.check(f"{one.number} met", clock.met, answered <= due)


def _resolution(row: Row, clock: Clock, one: Believed, end: int) -> None:
    ended = one.ended_at()
    terms = one.terms if ended is None else one.terms_at(ended)
    row.check(f"{one.number} began", clock.started_at, at(one.begun))
    row.check(f"{one.number} target", clock.target_minutes, terms.resolution)
    row.check(f"{one.number} stopped", clock.stopped_at, None if ended is None else at(ended))
    until = one.spells[-1][0] if ended is None else ended  # a pause counts when it is over
    stood = one.stood(until, terms)
    row.check(f"{one.number} paused", clock.paused_minutes, float(stood))
    due = terms.hours.after(one.begun, terms.resolution + stood)
    if due < end:
        row.check(f"{one.number} due", clock.due_at, at(due))
    if ended is not None:
        row.check(f"{one.number} met", clock.met, ended <= due)


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
    row = Row("letters of escalation, by the clock and asked for")
    found = [
        f"{at(minute):%m-%d %H:%M} {letter.number} {letter.to}"
        for minute, letter in played.letters
        if letter.event == "escalation"
    ]
    expected = [
        f"{at(one.minute):%m-%d %H:%M} {one.number} {address}"
        for one in told
        if one.step.startswith(ESCALATIONS)
        for address in one.to
    ]
    row.same(found, expected)
    return row


def _letters(subject: str, kinds: frozenset[str], played: Played, told: list[Told]) -> Row:
    row = Row(subject)
    found = [
        f"{at(minute):%m-%d %H:%M} {letter.event} {_of(letter.event, letter.number)} {letter.to}"
        for minute, letter in played.letters
        if letter.event in kinds
    ]
    expected = [
        f"{at(one.minute):%m-%d %H:%M} {one.step} {_of(one.step, one.number)} {address}"
        for one in told
        if one.step in kinds
        for address in one.to
    ]
    row.same(found, expected)
    return row


def _of(kind: str, number: str) -> str:
    """Under which number a problem is recorded is nobody's business here."""
    return "" if kind.startswith("problem-") else number


def _lists(played: Played, listed: list[Listed]) -> Row:
    """Which lists, to whom, when, and every number in them."""
    row = Row("lists of each day and week")
    kinds = set(lists.TIMES)
    expected = {(one.minute, one.kind, one.to): one.numbers for one in listed}
    for minute, letter in played.letters:
        if letter.event not in kinds:
            continue
        key = (minute, letter.event, letter.to)
        wanted = expected.pop(key, None)
        found = tuple(sorted(set(letter.numbers)))
        what = f"{at(minute):%m-%d %H:%M} {letter.event} {letter.to}"
        if wanted is not None and len(wanted) > MOST and letter.event in lists.SHORTENED:
            row.check(f"{what} shows", len(found), MOST)
            row.check(f"{what} shows others", set(found) - set(wanted), set())
        else:
            row.check(what, found, wanted)
    for minute, kind, to in expected:
        row.check(f"{at(minute):%m-%d %H:%M} {kind} {to}", "nothing", "a list")
    return row
