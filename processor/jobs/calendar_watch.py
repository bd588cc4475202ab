"""A year whose holidays nobody knows: administrators are told once of each such year."""

from __future__ import annotations

from datetime import date, datetime

from processor.domain.events_house import CalendarUncovered
from processor.pipeline.posting import post
from processor.pipeline.state import Desk
from processor.services.policy import system

_AHEAD = 12  # month from which the next year's holidays should be known: they are told in November


def watch_calendars(desk: Desk, now: datetime) -> bool:
    """Mail the administrators about the first year, of this one and (from December on) the next,
    that a calendar does not cover. Returns whether a mail was caused; each year causes one."""
    today = now.astimezone(desk.policy.zone).date()
    for year in (today.year, today.year + 1)[: 2 if today.month >= _AHEAD else 1]:
        calendars = desk.policy.sla.calendars
        open_ones = tuple(n for n in calendars if not calendars[n].covers(date(year, 1, 1)))
        if open_ones and _tell(desk, year, open_ones, now):
            return True
    return False


def _tell(desk: Desk, year: int, calendars: tuple[str, ...], now: datetime) -> bool:
    name = f"calendar:{year}"
    with desk.store.read() as work:
        if work.jobs.last(name) is not None:
            return False
    with desk.store.begin() as work:
        actor = system(desk.policy.language)
        event = CalendarUncovered(at=now, actor=actor, year=year, calendars=calendars)
        mailbox = next(iter(desk.mailboxes.values()))
        post([event], desk, work, now, cause=f"job:{name}", mailbox=mailbox)
        work.jobs.ran(name, now)
    return True
