"""Invitations (RFC 5545, RFC 5546) as lines that a person reads, in the notation of the standard:
its words for what is asked (REQUEST, CANCEL, REPLY), dates in figures, zones by their names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from processor.parsing import charset
from processor.parsing.defects import Defects

TYPES = frozenset(["text/calendar", "application/ics"])
SUFFIX = ".ics"
_LONGEST = 48 * 1024  # bytes: an invitation has a few hundred lines
_MOST_EVENTS = 10
_MOST_WORDS = 4_000  # characters of a description
# Rules of zones could be unrolled for ever; only the zone's name is shown.
_ZONES = re.compile(r"^BEGIN:VTIMEZONE\b.*?^END:VTIMEZONE\b[^\n]*\n?", re.DOTALL | re.MULTILINE)
_SHOWN = ("VEVENT", "VTODO")


def is_calendar(media_type: str, name: str) -> bool:
    """Whether a part is one, by its type or its name."""
    return media_type in TYPES or name.lower().endswith(SUFFIX)


def as_text(content: bytes, label: str | None, defects: Defects) -> str:
    """What it says: what is asked and the title, when, where, who, and the description.

    Empty, with a defect, when it cannot be read; never longer than a screen or two.
    """
    from icalendar import Calendar  # rare, and slow to import

    text = charset.decode(content[:_LONGEST], label or "utf-8", defects).replace("\r\n", "\n")
    if len(content) > _LONGEST:
        defects.note("cut:calendar")
        text = text[: text.rfind("\n")] + "\nEND:VEVENT\nEND:VCALENDAR\n"
    try:
        calendar = Calendar.from_ical(_ZONES.sub("", text))
        method = _line(calendar.get("METHOD"))
        events = [one for one in calendar.walk() if one.name in _SHOWN]
        told = ["\n".join(_lines(one, method)) for one in events[:_MOST_EVENTS]]
    except Exception:  # noqa: BLE001 - a stranger's bytes in a stranger's parser
        defects.note("calendar-unreadable")
        return ""
    return "\n\n".join(told)


def _lines(event: Any, method: str) -> Iterator[str]:
    title = _line(event.get("SUMMARY"))
    yield ": ".join(part for part in (method, title) if part)
    yield from filter(None, [_when(event), _line(event.get("LOCATION"))])
    people = [event.get("ORGANIZER")]
    if method == "REPLY":
        attendee = event.get("ATTENDEE")
        people += attendee if isinstance(attendee, list) else [attendee]
    for person in people[:_MOST_EVENTS]:
        if person is not None:
            yield _person(person)
    words = str(event.get("DESCRIPTION", "")).replace("\r\n", "\n").strip()[:_MOST_WORDS]
    if words:
        yield ""
        yield words


def _line(value: object) -> str:
    return " ".join(str(value).split()) if value is not None else ""


def _person(value: Any) -> str:
    """Name, address, and for an answer what it is: ``王喆 <w@corp.example> ACCEPTED``."""
    address = re.sub(r"^mailto:", "", _line(value), flags=re.IGNORECASE)
    name = _line(value.params.get("CN")).strip("\"'")
    shown = f"{name} <{address}>" if name and name != address else address
    return f"{shown} {_line(value.params.get('PARTSTAT'))}".strip()


def _when(event: Any) -> str:
    start, end = event.get("DTSTART"), event.get("DTEND", event.get("DUE"))
    if start is None:
        return ""
    first = start.dt
    last = end.dt if end is not None else None
    length = event.get("DURATION")
    if last is None and length is not None and isinstance(length.dt, timedelta):
        last = first + length.dt
    zone = _line(start.params.get("TZID"))
    if isinstance(first, datetime):
        zone = zone or (first.tzname() or "" if first.tzinfo else "")
        shown = f"{first:%Y-%m-%d %H:%M}"
        if isinstance(last, datetime) and last > first:
            same = last.date() == first.date()
            shown += f" – {last:%H:%M}" if same else f" – {last:%Y-%m-%d %H:%M}"
    else:
        shown = f"{first:%Y-%m-%d}"
        # The end of whole days is the day after the last one.
        if isinstance(last, date) and last - timedelta(days=1) > first:
            shown += f" – {last - timedelta(days=1):%Y-%m-%d}"
    rule = event.get("RRULE")
    again = f"; {rule.to_ical().decode()[:200]}" if hasattr(rule, "to_ical") else ""
    return shown + (f" ({zone})" if zone else "") + again
