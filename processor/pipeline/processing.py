"""Taking spooled messages through the journey, none able to stop or spoil the rest.

All that comes of a message is one transaction. While many wait, a few neighbours share theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy.exc import OperationalError

from processor.domain.events import MessageQuarantined
from processor.domain.message import Message
from processor.pipeline.journey import READING, SETTLING
from processor.pipeline.posting import post, rate_key
from processor.pipeline.state import Desk, Disposition, Journey, Opened
from processor.pipeline.steps.correlate import thread_of
from processor.pipeline.steps.recognise import digest
from processor.services.policy import system
from processor.store.spooled import AlreadySettled, SpoolEntry
from processor.store.unit_of_work import UnitOfWork

ATTEMPTS = 3  # a message that took the process down so often is kept apart
BATCH = 50
BATCH_BYTES = 8 * 2**20  # of messages that are in memory at a time, but for one that is larger
TOGETHER = 10  # neighbours that share a transaction: the longest that others wait for theirs

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
    batch = _taken(desk)
    while batch and not stop():
        ahead: list[_Taken] = []
        groups = list(_groups(batch))
        for place, group in enumerate(groups):
            if stop():
                return settled
            if place == len(groups) // 2 and len(batch) == BATCH:
                # whoever reads elsewhere has the next batch before this one is done with
                ahead = _taken(desk, besides=batch)
            for journey in _ended(desk, group, now):
                after(journey)
                settled += 1
        batch = ahead or _taken(desk)
    return settled


@dataclass(frozen=True, slots=True)
class _Taken:
    """A pending message whose attempt is counted; ``opened`` gives it as a value, for which
    reading may have begun elsewhere."""

    entry: SpoolEntry
    raw: bytes
    opened: Opened

    @property
    def alone(self) -> bool:
        """Whether it must not be settled together with others."""
        return self.entry.attempts > 0 or bool(self.entry.flaw)


def _taken(desk: Desk, besides: Sequence[_Taken] = ()) -> list[_Taken]:
    """The oldest pending messages with their bytes, each attempt counted before it is made; of
    those ``besides`` the ones that are being settled only such as were never tried."""
    at_hand = {one.entry.id for one in besides}
    with desk.store.begin() as work:
        entries = [
            entry for entry in work.spool.pending(BATCH + len(at_hand)) if entry.id not in at_hand
        ][:BATCH]
        fresh = [entry for entry in entries if entry.attempts == 0]
        # one that failed before is tried alone, so that it can't spoil its neighbours' record
        batch = _within(BATCH_BYTES, fresh or (() if besides else entries[:1]))
        work.spool.begin_attempts(entry.id for entry in batch)
        bytes_of = work.spool.raws([entry.id for entry in batch])
        raws = [bytes_of[entry.id] for entry in batch]
    opened = desk.understand(raws, desk.parse_limits)
    return [_Taken(*one) for one in zip(batch, raws, opened, strict=True)]


def _within(size: int, entries: Sequence[SpoolEntry]) -> list[SpoolEntry]:
    """The first of ``entries`` that are no larger together; one at least, where there is one."""
    kept: list[SpoolEntry] = []
    for entry in entries:
        size -= entry.size
        if kept and size < 0:
            break
        kept.append(entry)
    return kept


def _groups(batch: Sequence[_Taken]) -> Iterator[list[_Taken]]:
    """Neighbours that are settled together."""
    group: list[_Taken] = []
    for one in batch:
        if group and (one.alone or group[0].alone or len(group) == TOGETHER):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _ended(desk: Desk, group: Sequence[_Taken], now: Callable[[], datetime]) -> Iterator[Journey]:
    """Lead a group to its ends in one transaction: a commit costs as much as all else of a
    message. When one of them fails, nothing of the group has happened, and each goes alone."""
    if len(group) > 1:
        journeys = [_begun(desk, one.entry, one.raw, now(), opened=one.opened) for one in group]
        try:
            _travel(desk, journeys)
        except Exception:
            log.warning("messages.apart", spool=[one.entry.id for one in group], exc_info=True)
        else:
            for journey in journeys:
                _report(journey)
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
        return _quarantine(desk, journey, f"attempts:{entry.attempts}")
    if entry.flaw and not journey.released:
        # only its headers, or nothing of it, could be taken in: it lies where it was
        return _quarantine(desk, journey, f"{entry.flaw}:{entry.size}")
    if entry.flaw == "unreadable":
        return _quarantine(desk, journey, "absent")  # a release does not bring its bytes here
    try:
        _travel(desk, [journey])
    except (OperationalError, AlreadySettled):
        raise
    except Exception as fault:
        log.exception("message.fault", spool=entry.id)
        return _quarantine(desk, journey, f"fault:{type(fault).__name__}")
    _report(journey)
    return journey


def _travel(desk: Desk, journeys: Sequence[Journey]) -> None:
    for journey in journeys:
        _read(desk, journey)
    with desk.store.begin() as work:
        if len(journeys) > 1:
            _look_ahead(work, [journey.message for journey in journeys])
        for journey in journeys:
            _act(desk, journey, work)
    for _ in journeys:
        desk.checkpoint("committed")


def _look_ahead(work: UnitOfWork, messages: Sequence[Message]) -> None:
    """Ask once for all what each message would ask for by itself."""
    work.spool.look_up([message.message_id for message in messages])
    threads = (one for message in messages for one in thread_of(message))
    work.mails.look_up(list(dict.fromkeys(threads)))
    authors = {message.author.address.lower() for message in messages if message.author}
    work.counters.look_up([rate_key(address) for address in authors])


def _read(desk: Desk, journey: Journey) -> None:
    for read in READING:
        read(journey, desk)
        desk.checkpoint(read.__name__)
        if journey.ended:
            break
    if journey.disposition is Disposition.QUARANTINED:
        # the administrator's notice goes out in the same transaction
        _tell_administrators(desk, journey)


def _act(desk: Desk, journey: Journey, work: UnitOfWork) -> None:
    for step in SETTLING:
        if journey.ended and not _still_due(step.__name__, journey):
            continue
        step(journey, desk, work)
        if journey.disposition is Disposition.QUARANTINED and not journey.events:
            _tell_administrators(desk, journey)
        desk.checkpoint(step.__name__)
    _settle(journey, work)
    desk.checkpoint("settled")


def _still_due(name: str, journey: Journey) -> bool:
    """After its end only the answers of a journey are still to be posted."""
    return name == "reply" and bool(journey.events)


def _settle(journey: Journey, work: UnitOfWork) -> None:
    work.spool.settle(
        journey.spool_id,
        disposition=str(journey.disposition),
        reason=journey.reason,
        incident_number=journey.number,
        at=journey.now,
        steps=journey.trail,
        message_id=journey.message.message_id,
        digest=digest(journey) if journey.message.message_id else "",
        subject=journey.message.subject,
        sender=journey.message.author.address if journey.message.author else "",
    )


def _quarantine(desk: Desk, journey: Journey, reason: str) -> Journey:
    """Keep the message apart, whole, and tell the administrators; where even the notice cannot
    be written, the log and the list have to do, for the message must not stop the others."""
    try:
        return _keep_apart(desk, journey, reason, tell=True)
    except (OperationalError, AlreadySettled):
        raise
    except Exception:
        log.exception("quarantine.notice", spool=journey.spool_id)
        return _keep_apart(desk, journey, reason, tell=False)


def _keep_apart(desk: Desk, journey: Journey, reason: str, *, tell: bool) -> Journey:
    fresh = Journey(
        spool_id=journey.spool_id,
        mailbox=journey.mailbox,
        raw=journey.raw,
        received_at=journey.received_at,
        now=journey.now,
        message=journey.message,
        trail=journey.trail,
    )
    fresh.end(Disposition.QUARANTINED, reason)
    if tell:
        _tell_administrators(desk, fresh)
    with desk.store.begin() as work:
        post(fresh.events, desk, work, journey.now, cause=fresh.via, mailbox=fresh.mailbox)
        _settle(fresh, work)
    _report(fresh)
    return fresh


def _tell_administrators(desk: Desk, journey: Journey) -> None:
    message: Message = journey.message
    journey.events.append(
        MessageQuarantined(
            at=journey.now,
            actor=system(desk.policy.language),
            spool_id=journey.spool_id,
            mailbox=journey.mailbox.name,
            sender=message.author.address if message.author else "",
            subject=message.subject,
            reason=journey.reason,
        )
    )


def _report(journey: Journey) -> None:
    log.info(
        "message.settled",
        spool=journey.spool_id,
        message=journey.message.message_id,
        disposition=str(journey.disposition),
        incident=journey.number or None,
        reason=journey.reason,
    )
