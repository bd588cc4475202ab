"""A changed configuration reaches the clocks of what is open, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog

from processor.domain.people import Actor, Proof
from processor.pipeline.state import Desk
from processor.services.policy import system
from processor.services.renewing import renew

_FAMILY = "agreed:"  # job names: one for each configuration whose terms were carried out

log = structlog.get_logger()


def follow_configuration(
    desk: Desk, now: datetime, stop: Callable[[], bool] = lambda: False
) -> int:
    """Recompute every open incident's due times if the configuration is not the one that they were
    last computed by. Returns how many incidents moved; does nothing when nothing changed.

    One transaction an incident; when it is broken off, the next call begins anew, which is the
    same again for those that were done.
    """
    policy = desk.policy
    with desk.store.read() as work:
        if work.jobs.latest(_FAMILY) == policy.version:
            return 0
        numbers = work.incidents.open_numbers()
    actor = Actor(system(policy.language), Proof.PATH, "clock")
    moved = 0
    for number in numbers:
        if stop():
            return moved
        with desk.store.begin() as work:
            moved += renew(work, policy, number, actor, now)
    with desk.store.begin() as work:
        work.jobs.ran(f"{_FAMILY}{policy.version}", now)
    if moved:
        log.info("agreements.renewed", incidents=moved)
    return moved
