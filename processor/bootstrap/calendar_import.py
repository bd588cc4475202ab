"""`calendar import`: days off and make-up working days from ICS, CSV or XLSX into
``config/calendars.yaml``, where they can be seen and corrected; comments there stay."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from processor.domain.errors import Refusal
from processor.domain.wording import Words
from processor.parsing.sheets import SheetFault, read_sheet
from processor.services.columns import Imported, RowFault, rows_of
from processor.settings.holidays import chinese_days
from processor.settings.loader import ConfigFaults, load
from processor.settings.settings import Settings

MOST_DAYS = 60  # of one holiday: more is a slip of the year
_OCTOBER = 10  # a year is covered when the last holidays of its notice are known
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T ].*)?")
_APPLE = {"WORK-HOLIDAY": False, "ALTERNATE-WORKDAY": True}


@dataclass(frozen=True, slots=True)
class _Days:
    """``row`` of the file says that people work, or not, from ``first`` to ``last``."""

    row: int
    first: date
    last: date
    works: bool


def import_calendar(settings: Settings, path: Path, name: str, *, dry: bool) -> Imported:
    """Take in a file for the calendar ``name`` ("" = the only one that has days off). The same
    file again changes nothing; rows with faults are named and left out.

    Raises Refusal ``no_calendar``; ConfigFaults when the result would not be sound (and nothing is
    changed then).
    """
    target = settings.home / "config" / "calendars.yaml"
    before = target.read_text("utf-8")
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 100
    document = yaml.load(before)
    entry = _entry(document["calendars"], name)
    done = Imported()
    days = list(_read(settings, path, done))
    off, on = _listed(entry, "closed"), _listed(entry, "open")
    known_off, known_on, announced = chinese_days()
    if entry.get("holidays") != "CN":
        known_off, known_on, announced = frozenset(), frozenset(), frozenset()
    october: set[int] = set()
    for some in days:
        for number in range((some.last - some.first).days + 1):
            day = some.first + timedelta(days=number)
            if day.month == _OCTOBER and not some.works:
                october.add(day.year)
            mine, other = (on, off) if some.works else (off, on)
            known = known_on if some.works else known_off
            moved = day in other
            if day in mine or (day in known and not moved):
                done.same += 1
                continue
            other.discard(day)
            mine.add(day)
            done.changed += moved
            done.added += not moved
    covered = set(entry.get("covered") or ())
    if entry.get("holidays") == "CN":
        covered |= october - announced
    if not dry and (done.added or done.changed):
        _put(entry, "closed", [day.isoformat() for day in sorted(off)])
        _put(entry, "open", [day.isoformat() for day in sorted(on)])
        if covered:
            _put(entry, "covered", sorted(covered))
        buffer = io.StringIO()
        yaml.dump(document, buffer)
        _write(settings.home, target, before, buffer.getvalue())
    return done


def _entry(calendars: Mapping[str, Any], name: str) -> Any:
    fitting = [one for one, entry in calendars.items() if not entry.get("always")]
    if name in fitting:
        return calendars[name]
    if name or len(fitting) != 1:
        raise Refusal("no_calendar", value=name, known=fitting)
    return calendars[fitting[0]]


def _listed(entry: Mapping[str, Any], key: str) -> set[date]:
    return {date.fromisoformat(str(one)) for one in entry.get(key) or ()}


def _put(entry: Any, key: str, values: list[Any]) -> None:
    """Values in place of those before; what was a list in one line stays one."""
    there = entry.get(key)
    if there is None:
        entry[key] = values
    else:
        there[:] = values


def _write(home: Path, target: Path, before: str, after: str) -> None:
    """At once or not at all; a daemon may read it at any moment."""
    fresh = target.with_name(f".{target.name}.new")
    fresh.write_text(after, "utf-8")
    fresh.replace(target)
    try:
        load(home)
    except ConfigFaults:
        fresh.write_text(before, "utf-8")
        fresh.replace(target)
        raise


def _read(settings: Settings, path: Path, done: Imported) -> Iterator[_Days]:
    try:
        raw = path.read_bytes()
    except OSError as fault:
        done.faults.append(RowFault(0, "", "unreadable", {"reason": fault.strerror or ""}))
        return
    if path.suffix.lower() in (".ics", ".ical") or raw.lstrip()[:15].upper() == b"BEGIN:VCALENDAR":
        found = _from_ics(settings.words, raw, done)
    else:
        found = _from_sheet(settings.words, path.name, raw, done)
    for some in found:
        if not 0 <= (some.last - some.first).days < MOST_DAYS:
            params: dict[str, object] = {"first": some.first, "last": some.last}
            done.faults.append(RowFault(some.row, "until", "bad_span", params))
        else:
            yield some


def _from_sheet(
    words: Mapping[str, Words], name: str, raw: bytes, done: Imported
) -> Iterator[_Days]:
    columns = {key: _said(words, f"titles.{key}") for key in ("date", "until", "kind", "name")}
    try:
        sheet = read_sheet(name, raw)
    except SheetFault as fault:
        done.faults.append(RowFault(0, "", "unreadable", {"reason": fault.reason}))
        return
    rows = list(rows_of(sheet, columns))
    if not any("date" in row.fields for row in rows[:1]):
        done.faults.append(RowFault(0, "date", "no_column", {"titles": columns["date"]}))
        return
    works, rests = _said(words, "working"), _said(words, "resting")
    for row in rows:
        first = _date(row.fields.get("date", ""))
        until = row.fields.get("until", "")
        last = _date(until) if until else first
        kind = row.fields.get("kind", "").strip().lower()
        if first is None or last is None:
            wrong = row.fields.get("date", "") if first is None else until
            column = "date" if first is None else "until"
            done.faults.append(RowFault(row.number, column, "bad_date", {"value": wrong}))
        elif kind and kind not in works and kind not in rests:
            params: dict[str, object] = {"value": kind, "known": (rests[0], works[0])}
            done.faults.append(RowFault(row.number, "kind", "bad_kind", params))
        else:
            yield _Days(row.number, first, last, works=kind in works)


def _from_ics(words: Mapping[str, Words], raw: bytes, done: Imported) -> Iterator[_Days]:
    """Events of whole days (RFC 5545); the last day of one is the day before its end."""
    from icalendar import Calendar  # heavy, and only imports need it

    try:
        events = Calendar.from_ical(raw).walk("VEVENT")
    except (ValueError, IndexError, KeyError) as fault:
        done.faults.append(RowFault(0, "", "unreadable", {"reason": str(fault)}))
        return
    marks = _said(words, "working_marks")
    for number, event in enumerate(events, 1):
        begin, end = (
            getattr(event.get("DTSTART"), "dt", None),
            getattr(event.get("DTEND"), "dt", None),
        )
        summary = str(event.get("SUMMARY", ""))
        if begin is None or isinstance(begin, datetime):
            done.faults.append(RowFault(number, "date", "not_a_day", {"value": summary}))
            continue
        if event.get("RRULE") is not None:
            done.faults.append(RowFault(number, "date", "repeats", {"value": summary}))
            continue
        last = end - timedelta(days=1) if isinstance(end, date) and end > begin else begin
        apple = _APPLE.get(str(event.get("X-APPLE-SPECIAL-DAY", "")).upper())
        works = any(mark in summary.lower() for mark in marks) if apple is None else apple
        yield _Days(number, begin, last, works)


def _date(text: str) -> date | None:
    found = _DATE.fullmatch(text.strip())
    if found is None:
        digits = text.strip()
        found = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", digits)
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None


def _said(words: Mapping[str, Words], key: str) -> tuple[str, ...]:
    """The words of both languages, which the catalogue keeps apart by strokes."""
    said = [one.say(f"calendar_import.{key}").split("|") for one in words.values()]
    return tuple(dict.fromkeys(part.strip().lower() for parts in said for part in parts))
