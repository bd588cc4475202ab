"""Mails are written by a process of its own while the next message is settled.

Writing is a third of settling and touches no row. The mails of one transaction are dictated as it
goes on and collected at its end. A small desk, without a backlog, writes them itself; so it does
whenever the process fails, for the same dictation gives the same bytes everywhere.
"""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import structlog

from processor.daemon.line import LOST, Line, module
from processor.domain.outgoing import Outgoing
from processor.replies.dictation import Dictation, Writer, Written

CHILD = module("processor.daemon.scribe_child")
PATIENCE_SECONDS = 60.0  # for the mails of one message; the largest take milliseconds
LARGEST = 2**15  # bytes of a dictation; one with files is written here
ROOM = 2**16  # bytes that are dictated ahead: what a socket takes without anybody reading
TRIES = 3  # processes, before all is written here

log = structlog.get_logger()


@dataclass(slots=True)
class _Sheet:
    """The dictations of one message and, once they are collected, their mails."""

    dictations: Sequence[Dictation]
    size: int
    mails: Sequence[Outgoing] | None = None


class Scribe:
    """See :class:`~processor.replies.dictation.Writer`. For one thread at a time.

    ``child`` is the command of the process (see :class:`~processor.daemon.line.Line`).
    """

    def __init__(
        self,
        composer: Writer,
        *,
        child: Sequence[str] = CHILD,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self._composer = composer
        self._line = Line(child, patience_seconds)
        self._tries = 0
        self._ready = False
        self._sheets: deque[_Sheet] = deque()  # dictated and not collected, in order

    @property
    def pid(self) -> int | None:
        """The child's process id; None while there is none."""
        return self._line.pid

    def hire(self) -> None:
        """There is a backlog: have the process started. Until it is ready, all is written here."""
        if self._tries < TRIES and not self._line.alive:
            self._tries += 1
            self._ready = False
            try:
                self._line.say(pickle.dumps(self._composer, pickle.HIGHEST_PROTOCOL))
            except LOST:
                self._give_up()

    def take(self, dictations: Sequence[Dictation]) -> list[Written]:
        """See :meth:`Writer.take`."""
        question = pickle.dumps(dictations, pickle.HIGHEST_PROTOCOL) if self._usable() else b""
        if not question or len(question) > LARGEST:
            return self._composer.take(dictations)
        try:
            while self._sheets and self._line.answered:
                self._collect()  # or it would wait with the next ones until there is room
            while self._sheets and sum(one.size for one in self._sheets) + len(question) > ROOM:
                self._collect()
            self._line.say(question)
        except LOST:
            self._give_up()
            return self._composer.take(dictations)
        sheet = _Sheet(dictations, len(question))
        self._sheets.append(sheet)
        return [partial(self._mail, sheet, place) for place in range(len(dictations))]

    def close(self) -> None:
        """End the process; what it was told is given up."""
        self._line.kill()
        self._line.hang_up()

    def _usable(self) -> bool:
        if self._ready and not self._line.alive:
            self._give_up()
        if not self._ready and self._line.alive and self._line.answered:
            try:
                self._line.hear()
                self._ready = True
            except LOST:
                self._give_up()
        return self._ready

    def _mail(self, sheet: _Sheet, place: int) -> Outgoing:
        try:
            while sheet.mails is None and self._sheets:
                self._collect()
        except LOST:
            self._give_up()
        if sheet.mails is None:  # here it can be seen what is wrong, if it was not the process
            sheet.mails = [written() for written in self._composer.take(sheet.dictations)]
        return sheet.mails[place]

    def _collect(self) -> None:
        """The oldest sheet's mails; none for a sheet that could not be written there."""
        sheet = self._sheets[0]
        mails: Sequence[Outgoing] | None = self._line.hear()
        self._sheets.popleft()
        if mails is None:
            mails = [written() for written in self._composer.take(sheet.dictations)]
        sheet.mails = mails

    def _give_up(self) -> None:
        self._ready = False
        self._sheets.clear()
        self._line.kill()
        log.warning("scribe.lost", tries=self._tries)
