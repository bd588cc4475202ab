"""Rounds at set times of the working calendar: each once a period, whoever asks and however often.

A round that could not be held in time is held later on the same day; after that it is skipped, and
the job ``skipped/<round>/<day>`` remembers it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import structlog
from sqlalchemy.exc import OperationalError

from processor.domain.business_calendar import BusinessCalendar
from processor.domain.events import Event
from processor.domain.events_closing import ListEvent
from processor.domain.people import Actor, Proof
from processor.domain.rounds import Due, RoundPlan, due_between
from processor.domain.wall_clock import instant
from processor.pipeline.posting import post
from processor.pipeline.state import Desk
from processor.services.policy import system
from processor.services.rounding import ROUNDS
from processor.settings.settings import MailboxSettings

LOOK_BACK = timedelta(days=31)  # further back nobody asks what was skipped

log = structlog.get_logger()


def run_rounds(desk: Desk, now: datetime, stop: Callable[[], bool] = lambda: False) -> int:
    """Hold every round that is due at ``now`` (aware), one transaction each; returns how many.

    The claim of the period and the mails are one transaction: a crash repeats the whole or nothing,
    and of several nodes one is the first.
    """
    calendar = desk.policy.sla.calendars.get(desk.policy.rounds.calendar)
    if calendar is None:
        return 0
    held = 0
    for plan in desk.policy.rounds.plans:
        if stop():
            break
        try:
            held += _hold(desk, plan, calendar, now)
        except OperationalError:
            raise
        except Exception:  # the next look tries it again; the others do not wait for it
            log.exception("round.fault", round=plan.name)
    return held


def _hold(desk: Desk, plan: RoundPlan, calendar: BusinessCalendar, now: datetime) -> int:
    zone = desk.policy.zone
    today = now.astimezone(zone).date()
    with desk.store.read() as work:
        last = work.jobs.last(_job(plan))
    known = last.astimezone(zone).date() if last else None
    after = max(known or date.min, today - LOOK_BACK)
    due = due_between(plan, calendar, zone, after, now)
    if not due:
        return 0
    latest = due[-1]
    held = latest.at.astimezone(zone).date() == today
    missed = due[:-1] if held else due
    actor = Actor(system(desk.policy.language), Proof.PATH, f"round:{plan.name}")
    with desk.store.begin() as work:
        if not work.jobs.claim(_job(plan), instant(latest.day, time(0), zone)):
            return 0  # another node was faster
        for one in missed if known else ():  # before the first time there was none to be missed
            work.jobs.ran(f"skipped/{plan.name}/{one.day.isoformat()}", now)
            log.warning("round.skipped", round=plan.name, day=one.day.isoformat())
        if held:
            events = ROUNDS[plan.name](work, desk.policy, actor, latest.day, now)
            for ordinal, event in enumerate(events):
                post(
                    [event],
                    desk,
                    work,
                    now,
                    cause=_cause(plan, latest, ordinal),
                    mailbox=_mailbox(desk, event),
                )
            log.info("round.held", round=plan.name, day=latest.day.isoformat(), told=len(events))
        desk.checkpoint("round")
    return int(held)


def _job(plan: RoundPlan) -> str:
    return f"round/{plan.name}"


def _cause(plan: RoundPlan, due: Due, ordinal: int) -> str:
    return f"round:{plan.name}:{due.day.isoformat()}:{ordinal}"


def _mailbox(desk: Desk, event: Event) -> MailboxSettings:
    """Customers hear from the mailbox that they wrote to."""
    listed = event.incidents if isinstance(event, ListEvent) else ()
    box = listed[0][0].mailbox if listed else ""
    return desk.mailboxes.get(box) or next(iter(desk.mailboxes.values()))
