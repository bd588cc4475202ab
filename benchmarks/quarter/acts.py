"""What an act and a life are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Act:
    """``who`` is a part (reporter, engineer, desk, manager, vendor, director, general); ``what``
    the deed; ``wait`` minutes after the act before it, of working time where ``working``. Where
    it makes no sense as things stand it is left out, and the ``brings`` acts behind it, too;
    after those in :data:`LAST` nothing more is done."""

    who: str
    what: str
    words: str
    wait: int
    brings: int = 0
    working: bool = True


@dataclass(frozen=True, slots=True)
class Life:
    """One incident's: reported at ``minute`` after the start of the quarter. ``school``: a
    confidential case."""

    ordinal: int
    minute: int
    reporter: int  # place among the reporters
    subject: str
    text: str
    acts: tuple[Act, ...]
    school: bool = False


LAST = frozenset({"reject", "cancel", "merge", "nobody"})
