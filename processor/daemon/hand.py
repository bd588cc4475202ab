"""A thread that works whenever it is woken, and says when it has nothing left to do."""

from __future__ import annotations

import threading
from collections.abc import Callable

import structlog

log = structlog.get_logger()

PAUSE_SECONDS = 5.0  # after a fault, before the next try


class Hand(threading.Thread):
    """Calls ``work`` once for each time, or run of times, that it was woken.

    ``idle`` is set while there is nothing to do. A fault of ``work`` is logged and tried again
    after a ``pause`` of seconds: the hand never dies.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[], None],
        stop: threading.Event,
        *,
        pause: float = PAUSE_SECONDS,
    ) -> None:
        super().__init__(name=name)
        self.idle = threading.Event()
        self.idle.set()
        self._woken = threading.Event()
        self._work = work
        self._halt = stop
        self._pause = pause

    def wake(self) -> None:
        """There may be work."""
        self.idle.clear()
        self._woken.set()

    def run(self) -> None:
        """Work until stopped."""
        while True:
            self._woken.wait()
            self._woken.clear()
            if self._halt.is_set():
                self.idle.set()
                return
            try:
                self._work()
            except Exception:
                log.exception("hand.fault", hand=self.name)
                self._halt.wait(self._pause)
                self._woken.set()
                continue
            if not self._woken.is_set():
                self.idle.set()
