"""Taking spooled messages through the journey, none able to stop or spoil the rest.

All that comes of a message is one transaction. While many wait, a few neighbours share theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

import structlog
from sqlalchemy.exc import OperationalError

from processor.pipeline.backlog import BATCH, Taken, groups, taken
from processor.pipeline.quarantine import quarantine
from processor.pipeline.settling import log_end
from processor.pipeline.state import Desk, Journey, Opened
from processor.pipeline.travelling import travel
from processor.store.spooled import AlreadySettled, SpoolEntry

ATTEMPTS = 3  # a message that took the process down so often is kept apart

log = structlog.get_logger()


def process_pending(
    desk: Desk,
    now: Callable[[], datetime],
    stop: Callable[[], bool] = lambda: False,
    after: Callable[[Journey], None] = lambda _journey: None,
) -> int:
    """Settle everything that is pending, oldest first, until nothing is left or ``stop`` says so.

    ``now`` gives the aware time of each message; ``after`` is told of each journey that ended.
    Returns how many did. Nothing is kept: a backlog of any length needs no memory.
    """
    settled = 0
    batch = taken(desk)
    while batch and not stop():
        ahead: list[Taken] = []
        together = list(groups(batch))
        for place, group in enumerate(together):
            if stop():
                return settled
            if place == len(together) // 2 and len(batch) == BATCH:
                # whoever reads elsewhere has the next batch before this one is done with
                ahead = taken(desk, besides=batch)
            for journey in _ended(desk, group, now):
                after(journey)
                settled += 1
        batch = ahead or taken(desk)
    return settled


def _ended(desk: Desk, group: Sequence[Taken], now: Callable[[], datetime]) -> Iterator[Journey]:
    """Lead a group to its ends in one transaction: a commit costs as much as all else of a
    message. When one of them fails, nothing of the group has happened, and each goes alone."""
    if len(group) > 1:
        journeys = [_begun(desk, one.entry, one.raw, now(), opened=one.opened) for one in group]
        try:
            travel(desk, journeys)
        except Exception:
            log.warning("messages.apart", spool=[one.entry.id for one in group], exc_info=True)
        else:
            for journey in journeys:
                log_end(journey)
            yield from journeys
            return
    for one in group:
        try:
            yield _alone(
                desk, one.entry, _begun(desk, one.entry, one.raw, now(), opened=one.opened)
            )
        except AlreadySettled:
            log.info("message.taken", spool=one.entry.id)


def process(desk: Desk, entry: SpoolEntry, now: datetime) -> Journey:
    """Lead one spooled message to its disposition at the time ``now`` (aware). One that was
    released from quarantine is not kept apart for the same reason again.

    A fault of ours sends the message to quarantine with its reason; a database that does not
    answer raises OperationalError, and the message stays pending. Raises AlreadySettled when
    another process settled it meanwhile; then nothing came of it here.
    """
    with desk.store.read() as work:
        raw = work.spool.raw(entry.id)
    return _alone(desk, entry, _begun(desk, entry, raw, now))


def _begun(
    desk: Desk,
    entry: SpoolEntry,
    raw: bytes,
    now: datetime,
    *,
    opened: Opened | None = None,
) -> Journey:
    return Journey(
        spool_id=entry.id,
        mailbox=desk.mailboxes.get(entry.origin) or next(iter(desk.mailboxes.values())),
        raw=raw,
        received_at=entry.received_at,
        now=now,
        opened=opened,
        released=entry.released,
    )


def _alone(desk: Desk, entry: SpoolEntry, journey: Journey) -> Journey:
    if entry.attempts >= ATTEMPTS:
        return quarantine(desk, journey, f"attempts:{entry.attempts}")
    if entry.flaw and not journey.released:
        # only its headers, or nothing of it, could be taken in: it lies where it was
        return quarantine(desk, journey, f"{entry.flaw}:{entry.size}")
    if entry.flaw == "unreadable":
        return quarantine(desk, journey, "absent")  # a release does not bring its bytes here
    try:
        travel(desk, [journey])
    except (OperationalError, AlreadySettled):
        raise
    except Exception as fault:
        log.exception("message.fault", spool=entry.id)
        return quarantine(desk, journey, f"fault:{type(fault).__name__}")
    log_end(journey)
    return journey
