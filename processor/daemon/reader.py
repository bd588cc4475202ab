"""Messages are understood in a process of their own, ahead of the hand that settles them.

Reading is a third of the work and touches no row. While few messages wait it is done here, so
that a small desk stays one process; with a backlog the second process starts, and stays.
"""

from __future__ import annotations

import pickle
import socket
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection

import structlog

from processor.domain.errors import Fault
from processor.domain.message import Message
from processor.parsing.parse import ParseLimits
from processor.pipeline.state import Opened, when_asked

FEW = 4  # messages that are read here as fast as another process could be asked
PATIENCE_SECONDS = 120.0  # for one message; the worst that are known take a few
TRIES = 2  # a process may be killed for no fault of the message that it had

_CHILD = (sys.executable, "-m", "processor.daemon.reading_child")

log = structlog.get_logger()


class ReadingFailed(Fault):
    """A message took the process that read it down, or took too long, each time."""


class Reader:
    """Understands messages in order. ``child`` is the command that reads, given a descriptor as
    its last argument; ``few`` messages at a time are read here.

    A child that dies or hangs is replaced; the message that did it is tried once more, and then
    fails alone. The child ends with this process, however that ends.
    """

    def __init__(
        self,
        *,
        child: Sequence[str] = _CHILD,
        few: int = FEW,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self._command = tuple(child)
        self._few = few
        self._patience = patience_seconds
        self._turns = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reader")
        self._process: subprocess.Popen[bytes] | None = None
        self._line: Connection | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The child's process id; None while there is none."""
        return self._process.pid if self._process else None

    def understand(self, raws: Sequence[bytes], limits: ParseLimits) -> list[Opened]:
        """Begin to understand ``raws``; each result waits for its message, or raises
        :class:`ReadingFailed`."""
        if len(raws) <= self._few:
            return when_asked(raws, limits)
        return [self._turns.submit(self._read, raw, limits).result for raw in raws]

    def close(self) -> None:
        """End the child; what was begun is given up."""
        self._closed = True
        process = self._process
        if process is not None:
            process.kill()  # nobody waits for the message that it may be at
        self._turns.shutdown(wait=True, cancel_futures=True)
        self._end()

    def _read(self, raw: bytes, limits: ParseLimits) -> Message:
        trouble = ""
        for _ in range(TRIES):
            if self._closed:
                break
            try:
                return self._ask(raw, limits)
            except (EOFError, OSError, TimeoutError) as error:
                trouble = str(error) or type(error).__name__
                log.warning("reader.lost", error=trouble, size=len(raw))
                self._end()
        raise ReadingFailed(f"could not be read in {TRIES} tries: {trouble or 'closed'}")

    def _ask(self, raw: bytes, limits: ParseLimits) -> Message:
        line = self._line or self._start()
        line.send_bytes(pickle.dumps((raw, limits), pickle.HIGHEST_PROTOCOL))
        if not line.poll(self._patience):
            raise TimeoutError(f"no answer in {self._patience:.0f} s")
        message: Message = pickle.loads(line.recv_bytes())  # noqa: S301 - our own child's
        return message

    def _start(self) -> Connection:
        ours, theirs = socket.socketpair()
        with theirs:
            descriptor = theirs.fileno()
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                (*self._command, str(descriptor)), pass_fds=(descriptor,), stdin=subprocess.DEVNULL
            )
        self._line = Connection(ours.detach())
        log.info("reader.started", pid=self._process.pid)
        return self._line

    def _end(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None
        if self._process is not None:
            self._process.kill()  # it holds nothing that could be lost
            self._process.wait()
            self._process = None
