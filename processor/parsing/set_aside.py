"""Long runs of base64 are set aside while a mail is taken apart, and put back afterwards.

The library that takes it apart looks at every line by itself, in Python; the lines of attached
files, by far the most, can be neither boundary nor header. A picture of a megabyte has 14,000.
"""

from __future__ import annotations

import hashlib
import re
from email.message import Message as Part

# Whole lines as every encoder writes them (RFC 2045, 6.8: 76 characters; PEM: 64). Possessive, so
# that a run of a million lines is one step and nothing is kept to come back to.
_RUN = re.compile(rb"^(?:[A-Za-z0-9+/]{60,78}+\r?+\n){16,}", re.MULTILINE)
_PLACE = re.compile(r"aside/[0-9a-f]{64}/(\d+)/")


class SetAside:
    """The mail without its runs: ``data``. In the place of each stands a line that no mail can
    hold, since it is made from a fingerprint of the whole."""

    def __init__(self, data: bytes) -> None:
        self._runs: list[bytes] = []
        self._mark = b""
        self._whole = data
        self.data = _RUN.sub(self._take, data) if b"base64" in data.lower() else data
        self._whole = b""

    def put_back(self, message: object) -> None:
        """Into the tree that was made of ``data``."""
        if not self._runs or not isinstance(message, Part):
            return
        mark = self._mark.decode("ascii")
        for part in message.walk():
            # not by get_payload(), which would give 8-bit bytes back as characters
            held = vars(part)
            for name in ("preamble", "epilogue", "_payload"):
                text = held[name]
                if isinstance(text, str) and mark in text:
                    held[name] = _PLACE.sub(self._run, text)

    def _run(self, place: re.Match[str]) -> str:
        mine = place[0].startswith(self._mark.decode("ascii"))
        return self._runs[int(place[1])].decode("ascii") if mine else place[0]

    def _take(self, hit: re.Match[bytes]) -> bytes:
        if not self._mark:
            fingerprint = hashlib.sha256(self._whole).hexdigest()
            self._mark = b"aside/" + fingerprint.encode("ascii") + b"/"
        run = hit[0]
        end = b"\r\n" if run.endswith(b"\r\n") else b"\n"
        self._runs.append(run[: -len(end)])
        return self._mark + str(len(self._runs) - 1).encode("ascii") + b"/" + end
