"""What waits in the spool, taken by batches: which messages are read and settled together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from processor.pipeline.state import Desk, Opened
from processor.store.spooled import SpoolEntry

BATCH = 50
BATCH_BYTES = 8 * 2**20  # of messages that are in memory at a time, but for one that is larger
TOGETHER = 10  # neighbours that share a transaction: the longest that others wait for theirs


@dataclass(frozen=True, slots=True)
class Taken:
    """A pending message whose attempt is counted; ``opened`` gives it as a value, for which
    reading may have begun elsewhere."""

    entry: SpoolEntry
    raw: bytes
    opened: Opened

    @property
    def alone(self) -> bool:
        """Whether it must not be settled together with others."""
        return self.entry.attempts > 0 or bool(self.entry.flaw)


def taken(desk: Desk, besides: Sequence[Taken] = ()) -> list[Taken]:
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
    return [Taken(*one) for one in zip(batch, raws, opened, strict=True)]


def _within(size: int, entries: Sequence[SpoolEntry]) -> list[SpoolEntry]:
    """The first of ``entries`` that are no larger together; one at least, where there is one."""
    kept: list[SpoolEntry] = []
    for entry in entries:
        size -= entry.size
        if kept and size < 0:
            break
        kept.append(entry)
    return kept


def groups(batch: Sequence[Taken]) -> Iterator[list[Taken]]:
    """Neighbours that are settled together."""
    group: list[Taken] = []
    for one in batch:
        if group and (one.alone or group[0].alone or len(group) == TOGETHER):
            yield group
            group = []
        group.append(one)
    if group:
        yield group
