"""The notes that parsing takes of what is wrong with the bytes of one mail."""

from __future__ import annotations

import re

MOST = 60
_CHARSET = re.compile(
    rb"charset\s{0,5}=\s{0,5}[\"']?([A-Za-z][\w-]{2,20})|=\?([A-Za-z][\w-]{2,20})\?[bq]\?",
    re.IGNORECASE,
)
_NO_HINT = (b"us-ascii", b"utf-8", b"iso-8859-1", b"windows-1252")
_LOOKED_THROUGH = 65_536


class Defects:
    """A bounded, ordered set of short names such as ``charset-lies:gb2312``.

    ``raw`` is the mail that they are about: what it declares in one place helps where it
    declares nothing.
    """

    __slots__ = ("_hint", "_notes", "_raw")

    def __init__(self, raw: bytes = b"") -> None:
        self._notes: dict[str, None] = {}
        self._raw = raw[:_LOOKED_THROUGH]
        self._hint: str | None = None

    @property
    def hint(self) -> str:
        """The first charset label of the mail that says something of its language, or empty."""
        if self._hint is None:
            self._hint = ""
            for found in _CHARSET.finditer(self._raw):
                label = (found[1] or found[2]).lower()
                if label not in _NO_HINT:
                    self._hint = label.decode("ascii")
                    break
        return self._hint

    def note(self, name: str) -> None:
        """Remember one defect; repetitions and everything after the sixtieth are dropped."""
        if len(self._notes) < MOST:
            self._notes[name[:120]] = None

    def names(self) -> tuple[str, ...]:
        """All defects, in the order in which they were met."""
        return tuple(self._notes)
