"""The clock's hand: timers that are due ring once, whoever sweeps and however late; those of
incidents, and those of problems and changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy.exc import OperationalError

from processor.domain.incident import Incident
from processor.domain.neighbours import Neighbour
from processor.domain.people import Actor, Proof
from processor.jobs.bells import BELLS, NEIGHBOUR_BELLS, Bell
from processor.pipeline.posting import post
from processor.pipeline.state import Desk
from processor.services import neighbours
from processor.services.policy import system
from processor.store.timers import Timer, Timers
from processor.store.unit_of_work import UnitOfWork

BATCH = 100

log = structlog.get_logger()


def sweep(desk: Desk, now: datetime, stop: Callable[[], bool] = lambda: False) -> int:
    """Ring every timer due at ``now`` (aware), one transaction each; returns how many rang.

    Marking it as fired, the record's journal and the mails that it causes are one transaction,
    so that a crash repeats the whole or nothing and a second sweep finds nothing left.
    """
    return sum(_sweep(desk, family, now, stop) for family in _FAMILIES)


@dataclass(frozen=True, slots=True)
class _Family:
    """The timers of one family of records, what they ring for, and by what name they are causes
    of mails."""

    timers: Callable[[UnitOfWork], Timers]
    record: Callable[[UnitOfWork, str], Incident | Neighbour | None]
    bells: Mapping[str, Bell]
    cause: str


_FAMILIES = (
    _Family(
        timers=lambda work: work.timers,
        record=lambda work, number: work.incidents.get(number, lock=False),
        bells=BELLS,
        cause="timer",
    ),
    _Family(
        timers=lambda work: work.neighbour_timers,
        record=neighbours.find,
        bells=NEIGHBOUR_BELLS,
        cause="neighbour-timer",
    ),
)


def _sweep(desk: Desk, family: _Family, now: datetime, stop: Callable[[], bool]) -> int:
    rung = 0
    failed: set[int] = set()
    while not stop():
        with desk.store.read() as work:
            due = [one for one in family.timers(work).due(now, BATCH) if one.id not in failed]
        if not due:
            return rung
        for timer in due:
            try:
                rung += _ring(desk, family, timer, now)
            except OperationalError:
                raise
            except Exception:  # the next sweep tries it again; the others do not wait for it
                log.exception("timer.fault", incident=timer.number, timer=timer.name)
                failed.add(timer.id)
    return rung


def _ring(desk: Desk, family: _Family, timer: Timer, now: datetime) -> bool:
    actor = Actor(system(desk.policy.language), Proof.PATH, "clock")
    with desk.store.begin() as work:
        if not family.timers(work).fired(timer.id, now):
            return False  # another node was faster
        bell = family.bells.get(timer.kind)
        events = bell(work, desk.policy, timer.number, timer.name, actor, now) if bell else []
        record = family.record(work, timer.number)
        mailbox = desk.mailboxes.get(record.mailbox if record else "") or next(
            iter(desk.mailboxes.values())
        )
        post(events, desk, work, now, cause=f"{family.cause}:{timer.id}", mailbox=mailbox)
        desk.checkpoint("rung")
    log.info("timer.rung", incident=timer.number, timer=timer.name)
    return True
