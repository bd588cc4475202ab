"""Notes which mails left, each as soon as the database lets it, without holding up the next."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from processor.store.database import Store


@dataclass(frozen=True, slots=True)
class Mark:
    """The mail ``id`` was accepted at ``at``; ``note`` names recipients who refused it."""

    id: int
    at: datetime
    note: str


class Noting:
    """Commits marks on a thread of its own. While the database is free every mark has a commit to
    itself; those that come while others hold it share the next one. No more than ``most`` ever
    wait: so many mails at most could leave a second time after a crash.

    ``noted`` is called after the commit, once for each mark.
    """

    def __init__(self, store: Store, *, most: int, noted: Callable[[], None]) -> None:
        self._store = store
        self._noted = noted
        self._room = threading.Semaphore(most)
        self._marks: list[Mark] = []
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="noting")
        self._begun: list[Future[None]] = []

    def add(self, mark: Mark) -> None:
        """Have ``mark`` committed soon; waits while too many do."""
        while not self._room.acquire(timeout=0.1):
            self._raise_fault()  # else nobody would ever make room
        self._marks.append(mark)
        self._begun = [one for one in self._begun if not one.done() or one.exception()]
        self._begun.append(self._thread.submit(self._commit))

    def resume(self) -> None:
        """Commit what an earlier fault left; raises what stops it again."""
        if self._marks:
            self._begun = [self._thread.submit(self._commit)]
            self.finish()

    def finish(self) -> None:
        """Wait until all is committed; raises what stopped a commit. Its marks are kept, and
        committed with the next one or by :meth:`resume`."""
        begun, self._begun = self._begun, []
        for one in begun:
            one.result()

    def close(self) -> None:
        """End the thread."""
        self._thread.shutdown(wait=True)

    def _raise_fault(self) -> None:
        for one in self._begun:
            if one.done():
                one.result()

    def _commit(self) -> None:
        if not self._marks:
            return
        with self._store.begin() as work:
            # only now: all that came while we waited for the others
            marks = tuple(self._marks)
            for mark in marks:
                work.outbox.sent(mark.id, mark.at, note=mark.note)
        del self._marks[: len(marks)]
        for _ in marks:
            self._room.release()
            self._noted()
