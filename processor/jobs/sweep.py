"""The clock's hand: timers that are due ring once, whoever sweeps and however late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog
from sqlalchemy.exc import OperationalError

from processor.domain.people import Actor, Proof
from processor.jobs.bells import BELLS
from processor.pipeline.posting import post
from processor.pipeline.state import Desk
from processor.services.policy import system
from processor.store.timers import Timer

BATCH = 100

log = structlog.get_logger()


def sweep(desk: Desk, now: datetime, stop: Callable[[], bool] = lambda: False) -> int:
    """Ring every timer due at ``now`` (aware), one transaction each; returns how many rang.

    Marking it as fired, the record's journal and the mails that it causes are one transaction,
    so that a crash repeats the whole or nothing and a second sweep finds nothing left.
    """
    rung = 0
    failed: set[int] = set()
    while not stop():
        with desk.store.read() as work:
            due = [one for one in work.timers.due(now, BATCH) if one.id not in failed]
        if not due:
            return rung
        for timer in due:
            try:
                rung += _ring(desk, timer, now)
            except OperationalError:
                raise
            except Exception:  # the next sweep tries it again; the others do not wait for it
                log.exception("timer.fault", incident=timer.number, timer=timer.name)
                failed.add(timer.id)
    return rung


def _ring(desk: Desk, timer: Timer, now: datetime) -> bool:
    actor = Actor(system(desk.policy.language), Proof.PATH, "clock")
    with desk.store.begin() as work:
        if not work.timers.fired(timer.id, now):
            return False  # another node was faster
        bell = BELLS.get(timer.kind)
        events = bell(work, desk.policy, timer.number, timer.name, actor, now) if bell else []
        incident = work.incidents.get(timer.number, lock=False)
        box = incident.mailbox if incident else ""
        mailbox = desk.mailboxes.get(box) or next(iter(desk.mailboxes.values()))
        post(events, desk, work, now, cause=f"timer:{timer.id}", mailbox=mailbox)
        desk.checkpoint("rung")
    log.info("timer.rung", incident=timer.number, timer=timer.name)
    return True
