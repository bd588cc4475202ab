"""The notes that parsing takes of what is wrong with the bytes of one mail."""

from __future__ import annotations

MOST = 60


class Defects:
    """A bounded, ordered set of short lower-case names such as ``charset-lies:gb2312``."""

    __slots__ = ("_notes",)

    def __init__(self) -> None:
        self._notes: dict[str, None] = {}

    def note(self, name: str) -> None:
        """Remember one defect; repetitions and everything after the sixtieth are dropped."""
        if len(self._notes) < MOST:
            self._notes[name[:120]] = None

    def names(self) -> tuple[str, ...]:
        """All defects, in the order in which they were met."""
        return tuple(self._notes)
