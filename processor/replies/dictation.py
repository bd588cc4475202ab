"""What is to be written, told beforehand: a letter and all that its mail depends on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from processor.domain.incident import Clock
from processor.domain.outgoing import Outgoing
from processor.replies.letters import Letter


@dataclass(frozen=True, slots=True)
class Dictation:
    """One mail to be written. ``cause`` names what it answers (``mail:17``) and ``ordinal`` its
    place among the letters of that cause. ``in_reply_to`` and ``references`` are ids without angle
    brackets of mails that the recipient knows; ``answering`` says that his own mail set this off.
    ``mailbox`` names the one to speak for where no incident does; ``at`` is aware; ``clocks`` are
    the incident's where the event brings none."""

    letter: Letter
    at: datetime
    cause: str
    ordinal: int
    mailbox: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    answering: bool = False
    clocks: tuple[Clock, ...] = ()


Written = Callable[[], Outgoing]
"""Gives the mail, once it is written; raises what stopped that."""


class Writer(Protocol):
    """Who writes mails: the composer, or somebody who has one."""

    def take(self, dictations: Sequence[Dictation]) -> list[Written]:
        """Begin to write; the mails are the same whoever writes them, and whenever."""
        ...
