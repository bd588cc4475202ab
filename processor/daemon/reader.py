"""Messages are understood in a process of their own, ahead of the hand that settles them.

Reading is a third of the work and touches no row. While few messages wait it is done here, so
that a small desk stays one process; with a backlog the second process starts, and stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

from processor.daemon.line import LOST, Line, module
from processor.domain.errors import Fault
from processor.domain.message import Message
from processor.parsing.parse import ParseLimits
from processor.pipeline.state import Opened, when_asked

FEW = 4  # messages that are read here as fast as another process could be asked
PATIENCE_SECONDS = 120.0  # for one message; the worst that are known take a few
HANDFUL = 5  # messages that are asked for at a time, …
HANDFUL_BYTES = 2**19  # … if they are small
TRIES = 2  # a process may be killed for no fault of the message that it had
CHILD = module("processor.daemon.reading_child")


class ReadingFailed(Fault):
    """A message took the process that read it down, or took too long, each time."""


class Reader:
    """Understands messages in order. ``child`` is the command that reads (see
    :class:`~processor.daemon.line.Line`); ``few`` messages at a time are read here.

    A child that dies or hangs is replaced; the message that did it is tried once more, and then
    fails alone.
    """

    def __init__(
        self,
        *,
        child: Sequence[str] = CHILD,
        few: int = FEW,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self._line = Line(child, patience_seconds)
        self._few = few
        self._turns = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reader")
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The child's process id; None while there is none."""
        return self._line.pid

    def understand(self, raws: Sequence[bytes], limits: ParseLimits) -> list[Opened]:
        """Begin to understand ``raws``; each result waits for its message, or raises
        :class:`ReadingFailed`."""
        if len(raws) <= self._few:
            return when_asked(raws, limits)
        opened: list[Opened] = []
        for handful in _handfuls(raws):
            read = self._turns.submit(self._read_all, handful, limits)
            opened.extend(partial(_one_of, read, place) for place in range(len(handful)))
        return opened

    def close(self) -> None:
        """End the child; what was begun is given up."""
        self._closed = True
        self._line.kill()  # nobody waits for the message that it may be at
        self._turns.shutdown(wait=True, cancel_futures=True)
        self._line.hang_up()

    def _read_all(
        self, raws: Sequence[bytes], limits: ParseLimits
    ) -> list[Message | ReadingFailed]:
        if len(raws) > 1 and not self._closed:
            try:
                messages: list[Message | ReadingFailed] = self._line.ask((raws, limits))
            except LOST:
                pass  # one of them did it: each is asked for by itself
            else:
                return messages
        return [self._read(raw, limits) for raw in raws]

    def _read(self, raw: bytes, limits: ParseLimits) -> Message | ReadingFailed:
        trouble = "closed"
        for _ in range(TRIES):
            if self._closed:
                break
            try:
                (message,) = self._line.ask(([raw], limits))
            except LOST as error:
                trouble = str(error) or type(error).__name__
            else:
                read: Message = message
                return read
        return ReadingFailed(f"could not be read: {trouble}")


def _handfuls(raws: Sequence[bytes]) -> Iterator[list[bytes]]:
    """Small neighbours together: each turn to the child and back costs as much as a small mail."""
    handful: list[bytes] = []
    room = HANDFUL_BYTES
    for raw in raws:
        room -= len(raw)
        if handful and (room < 0 or len(handful) == HANDFUL):
            yield handful
            handful, room = [], HANDFUL_BYTES - len(raw)
        handful.append(raw)
    if handful:
        yield handful


def _one_of(read: Future[list[Message | ReadingFailed]], place: int) -> Message:
    message = read.result()[place]
    if isinstance(message, ReadingFailed):
        raise message
    return message
