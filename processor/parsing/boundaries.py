"""Boundaries go by the same few names while a mail is taken apart, and by their own afterwards.

The library that takes it apart builds a regular expression for each boundary, which costs more than
all lines of an ordinary mail; for names that it knows already it does not.
"""

from __future__ import annotations

import re
from email.message import Message as Part

_SAID = b"boundary="
# Names drawn by lot, as programs make them: a word such as "boundary" stands elsewhere, too.
_NAME = re.compile(rb'"?(?=[^"\s;]{0,68}[0-9])([^"\s;\\]{12,70})')
# None can overlap itself or another, so that what is put back is what was taken.
_MARK = b"/boundary/=|"
_STAND_INS = tuple(b"<=%d=" % place + _MARK for place in range(4))


class Boundaries:
    """The mail with other boundaries: ``data``. A mail that holds one of the other names already
    keeps its own."""

    def __init__(self, data: bytes) -> None:
        self._own: list[tuple[str, str]] = []
        self.data = data
        if _MARK in data:
            return
        names = sorted(_names(data), key=len, reverse=True)  # one may be the beginning of another
        for name, instead in zip(names, _STAND_INS, strict=False):
            self.data = self.data.replace(name, instead)
            self._own.append((instead.decode("ascii"), name.decode("ascii", "surrogateescape")))

    def put_back(self, message: object) -> None:
        """Into the tree that was made of ``data``."""
        if not self._own or not isinstance(message, Part):
            return
        for part in message.walk():
            held = vars(part)
            for name in ("preamble", "epilogue", "_payload"):
                text = held[name]
                if isinstance(text, str):
                    held[name] = self._named(text)
            held["_headers"] = [(name, self._named(value)) for name, value in held["_headers"]]

    def _named(self, text: str) -> str:
        for instead, own in reversed(self._own):
            if instead in text:
                text = text.replace(instead, own)
        return text


def _names(data: bytes) -> set[bytes]:
    """The first names that the mail gives to boundaries."""
    found: set[bytes] = set()
    at = data.find(_SAID)
    while at >= 0 and len(found) < len(_STAND_INS):
        name = _NAME.match(data, at + len(_SAID))
        if name:
            found.add(name[1])
        at = data.find(_SAID, at + len(_SAID))
    return found
