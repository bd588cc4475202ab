"""What is looked after beside the incidents: trends every few minutes, the review of problems once
a month; each once, whoever of several nodes is first."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import structlog
from sqlalchemy.exc import OperationalError

from processor.domain.people import Actor, Proof
from processor.domain.wall_clock import instant
from processor.pipeline.posting import post
from processor.pipeline.state import Desk
from processor.services import trends
from processor.services.policy import system

TRENDS = "trends"
REVIEW = "problem-review"

log = structlog.get_logger()


def look_after(desk: Desk, now: datetime) -> int:
    """Do what is due at ``now`` (aware), each in a transaction of its own; returns how much."""
    done = 0
    for part in (_trends, _review):
        try:
            done += part(desk, now)
        except OperationalError:
            raise
        except Exception:  # the next look tries it again; the other does not wait for it
            log.exception("upkeep.fault", part=part.__name__)
    return done


def _trends(desk: Desk, now: datetime) -> int:
    every = timedelta(minutes=desk.policy.problems.trend.minutes)
    with desk.store.read() as work:
        last = work.jobs.last(TRENDS)
    if last is not None and now < last + every:
        return 0
    actor = Actor(system(desk.policy.language), Proof.PATH, "rule:trend")
    mailbox = next(iter(desk.mailboxes.values()))
    with desk.store.begin() as work:
        if not work.jobs.claim(TRENDS, now):
            return 0
        events = trends.look(work, desk.policy, actor, now)
        post(events, desk, work, now, cause=f"trends:{now.isoformat()}", mailbox=mailbox)
    return len(events)


def _review(desk: Desk, now: datetime) -> int:
    zone = desk.policy.zone
    today = now.astimezone(zone).date()
    due = trends.review_at(desk.policy, today)
    if due is None or now < due:
        return 0
    begin = instant(today, time(0), zone)
    with desk.store.read() as work:
        last = work.jobs.last(REVIEW)
    if last is not None and last >= begin:
        return 0
    actor = Actor(system(desk.policy.language), Proof.PATH, "round:problem-review")
    mailbox = next(iter(desk.mailboxes.values()))
    with desk.store.begin() as work:
        if not work.jobs.claim(REVIEW, begin):
            return 0
        events = trends.review(work, actor, now)
        post(events, desk, work, now, cause=f"problem-review:{today}", mailbox=mailbox)
    return len(events)
