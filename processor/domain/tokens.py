"""Proofs of receipt: what only the person that we wrote to can send back (spec 2.5 a).

A token is bound to one incident, one recipient and the day it was issued. It stands in the
Message-ID, in the reply address and in the foot of each mail; twenty letters and digits, so that
a local part with it stays below the 64 octets of RFC 5321 4.5.3.1.1.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import re
from datetime import UTC, date, datetime, timedelta

_EPOCH = date(2020, 1, 1)
LENGTH = 20


def issue(secret: bytes, number: str, recipient: str, at: datetime) -> str:
    """A token for ``recipient`` (an address) on the incident ``number``, issued at ``at``."""
    day = (at.astimezone(UTC).date() - _EPOCH).days
    return _encode(secret, number, recipient, day)


def verify(
    secret: bytes, token: str, number: str, recipient: str, now: datetime, valid_days: int
) -> bool:
    """Whether ``token`` was issued to ``recipient`` for ``number`` in the last ``valid_days``."""
    token = token.strip()
    if not token.isascii():  # "ſ" turns into "S" in upper case
        return False
    try:
        raw = base64.b32decode(token.upper() + "====")
    except (binascii.Error, ValueError):
        return False
    if len(raw) != 12:
        return False
    day = int.from_bytes(raw[:2], "big")
    issued = _EPOCH + timedelta(days=day)
    today = now.astimezone(UTC).date()
    if not today - timedelta(days=valid_days) <= issued <= today + timedelta(days=1):
        return False
    return hmac.compare_digest(_encode(secret, number, recipient, day), token.lower())


_SIGNED = re.compile(
    rf"[+-][a-z]{{2,4}}-\d{{8}}-\d{{4,9}}-[a-z2-7]{{{LENGTH}}}(?=@)", re.IGNORECASE
)


def without_proof(address: str) -> str:
    """The plain address of a reply address: what is kept, shown and printed, so that no record,
    report or list hands anybody's token on."""
    return _SIGNED.sub("", address)


def _encode(secret: bytes, number: str, recipient: str, day: int) -> str:
    stamp = day.to_bytes(2, "big")
    seen = b"|".join((stamp, number.upper().encode(), recipient.strip().lower().encode()))
    mac = hmac.digest(secret, seen, "sha256")[:10]
    return base64.b32encode(stamp + mac).decode("ascii").rstrip("=").lower()
