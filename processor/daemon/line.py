"""A process of our own that answers one question at a time, and is replaced when it dies."""

from __future__ import annotations

import pickle
import socket
import subprocess
import sys
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Any

import structlog

log = structlog.get_logger()

LOST = (EOFError, OSError)
"""What :meth:`Line.ask` raises when the child died, was killed or took too long."""


class Line:
    """The line to a child, which starts with the first question and ends with this process,
    however that ends. ``command`` gets the number of its end of a socket as its last argument.
    For one thread at a time.

    Questions and answers are pickled: both ends are this very program.
    """

    def __init__(self, command: Sequence[str], patience_seconds: float) -> None:
        self._command = tuple(command)
        self._patience = patience_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._end: Connection | None = None

    @property
    def pid(self) -> int | None:
        """The child's process id; None while there is none."""
        return self._process.pid if self._process else None

    @property
    def alive(self) -> bool:
        """Whether there is a child that knows what was asked before."""
        return self._process is not None and self._process.poll() is None

    def ask(self, question: object) -> Any:
        """The child's answer. Raises one of :data:`LOST`; the next question starts a new child."""
        self.say(pickle.dumps(question, pickle.HIGHEST_PROTOCOL))
        return self.hear()

    def say(self, question: bytes) -> None:
        """Put a pickled question, whose answer :meth:`hear` is to give in its turn. Waits when the
        line is full. Raises one of :data:`LOST`."""
        if not self.alive:
            self._wait()
        end = self._end or self._start()
        try:
            end.send_bytes(question)
        except LOST as error:
            self._lost(error)
            raise

    @property
    def answered(self) -> bool:
        """Whether an answer is there (or will never be)."""
        return self._end is not None and self._end.poll(0)

    def hear(self) -> Any:
        """The answer to the oldest question. Raises one of :data:`LOST`."""
        try:
            if self._end is None:
                raise EOFError("nobody is on the line")
            if not self._end.poll(self._patience):
                raise TimeoutError(f"no answer in {self._patience:.0f} s")
            return pickle.loads(self._end.recv_bytes())  # noqa: S301 - our own child's
        except LOST as error:
            self._lost(error)
            raise

    def _lost(self, error: Exception) -> None:
        reason = str(error) or type(error).__name__
        log.warning("child.lost", command=self._command[-1], pid=self.pid, error=reason)
        self.kill()
        self._wait()

    def kill(self) -> None:
        """End the child now, also from another thread that waits for no answer."""
        process = self._process
        if process is not None:
            process.kill()

    def hang_up(self) -> None:
        """Let the child finish what it holds and end; killed when it takes too long."""
        if self._end is not None:
            self._end.close()
            self._end = None
        if self._process is not None:
            try:
                self._process.wait(self._patience)
            except subprocess.TimeoutExpired:
                self.kill()
        self._wait()

    def _start(self) -> Connection:
        ours, theirs = socket.socketpair()
        with theirs:
            number = theirs.fileno()
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                (*self._command, str(number)), pass_fds=(number,), stdin=subprocess.DEVNULL
            )
        self._end = Connection(ours.detach())
        log.info("child.started", command=self._command[-1], pid=self._process.pid)
        return self._end

    def _wait(self) -> None:
        if self._end is not None:
            self._end.close()
            self._end = None
        if self._process is not None:
            self._process.wait()
            self._process = None


def module(name: str) -> tuple[str, ...]:
    """The command that runs one of our modules."""
    return (sys.executable, "-m", name)
