"""When people work, by a calendar, in words: "Mon to Fri 08:30–12:00, 13:30–18:00"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from processor.domain.business_calendar import BusinessCalendar, Span
from processor.domain.wording import Words


def working_hours(calendar: BusinessCalendar, words: Words) -> str:
    """Days and hours of ``calendar``; neighbouring days of the same hours are told together."""
    if calendar.always:
        return words.say("report.hours.always")
    told = words.say("report.hours.gap").join(_days(calendar, words))
    if not told:
        return words.say("report.hours.never")
    return words.say("report.hours.holidays", hours=told) if calendar.has_holidays else told


def _days(calendar: BusinessCalendar, words: Words) -> Iterator[str]:
    comma = words.say("report.separator")
    for spans, same in groupby(sorted(calendar.week.items()), key=lambda one: one[1]):
        days = [day for day, _ in same]
        if not spans:
            continue
        first, last = (words.say(f"report.weekday.{day + 1}") for day in (days[0], days[-1]))
        span = words.say("report.hours.days", first=first, last=last) if len(days) > 1 else first
        yield words.say("report.hours.line", days=span, hours=comma.join(map(_said, spans)))


def _said(span: Span) -> str:
    begin, end = span
    return f"{begin:%H:%M}–{f'{end:%H:%M}' if end.hour or end.minute else '24:00'}"
