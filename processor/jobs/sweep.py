"""The clock's hand: timers that are due ring once, whoever sweeps and however late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog

from processor.domain.people import Actor, Proof
from processor.pipeline.posting import post
from processor.pipeline.state import Desk
from processor.services import timekeeping
from processor.services.clocks import TIMER
from processor.services.policy import system

BATCH = 100

log = structlog.get_logger()


def sweep(desk: Desk, now: datetime, stop: Callable[[], bool] = lambda: False) -> int:
    """Ring every timer due at ``now`` (aware), one transaction each; returns how many rang.

    Marking it as fired, the record's journal and the mails that it causes are one transaction,
    so that a crash repeats the whole or nothing and a second sweep finds nothing left.
    """
    rung = 0
    actor = Actor(system(desk.policy.language), Proof.PATH, "clock")
    while not stop():
        with desk.store.read() as work:
            due = work.timers.due(now, BATCH)
        if not due:
            return rung
        for timer in due:
            with desk.store.begin() as work:
                if not work.timers.fired(timer.id, now):
                    continue  # another node was faster
                events = (
                    timekeeping.ring(work, desk.policy, timer.number, timer.name, actor, now)
                    if timer.kind == TIMER
                    else []
                )
                incident = work.incidents.get(timer.number, lock=False)
                box = incident.mailbox if incident else ""
                mailbox = desk.mailboxes.get(box) or next(iter(desk.mailboxes.values()))
                post(events, desk, work, now, cause=f"timer:{timer.id}", mailbox=mailbox)
                desk.checkpoint("rung")
            rung += 1
            log.info("timer.rung", incident=timer.number, timer=timer.name)
    return rung
