"""Whose signature a mail carries intact (DKIM, RFC 6376), judged more strictly than on its way.

A relay asks whether a mail may pass; here a signature stands for a person's word. It must cover
the whole body and every header that says who wrote what to whom.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache

import dkim
from dkim.util import InvalidTagValueList, parse_tag_value
from publicsuffixlist import PublicSuffixList

Keys = Callable[[str], bytes | None]
"""Name of a TXT record → its text; None where there is none or nobody answers."""

COVERED = frozenset({b"from", b"to", b"subject", b"date", b"message-id"})
_ONCE = (b"from", b"to", b"subject", b"date", b"message-id")
_MOST = 3  # signatures that are checked
_MIN_KEY = 1024  # bits, RFC 8301 3.2
_silent = logging.getLogger(f"{__name__}.library")
_silent.addHandler(logging.NullHandler())
_silent.propagate = False


def sealed_by(raw: bytes, domain: str, keys: Keys) -> str:
    """The domain whose intact signature vouches for an author at ``domain``; "" where none does.

    Counted out: signatures of a part of the body (``l=``), those that leave a header of
    :data:`COVERED` open, mails with such a header twice, domains of another organisation. Never
    raises: what cannot be checked proves nothing.
    """
    try:
        return _sealed_by(raw, domain, keys)
    except Exception as fault:  # noqa: BLE001 - the library raises what it likes on odd mails
        _silent.info("unchecked: %s", type(fault).__name__)
        return ""


def aligned(one: str, other: str) -> bool:
    """Whether two domains belong to one organisation (DMARC's relaxed alignment, RFC 7489 3.1)."""
    first, second = organisational(one), organisational(other)
    return bool(first) and first == second


def organisational(domain: str) -> str:
    """The domain below the public suffix: ``corp.com.cn`` of ``mx.corp.com.cn``; "" for suffixes
    themselves, under which anybody may have a domain."""
    return _suffixes().privatesuffix(_ascii(domain)) or ""


def _ascii(domain: str) -> str:
    plain = domain.strip().rstrip(".").lower()
    try:
        return plain.encode("idna").decode("ascii")
    except UnicodeError:
        return plain if plain.isascii() else ""


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=True)


def _sealed_by(raw: bytes, domain: str, keys: Keys) -> str:
    read = dkim.DKIM(raw, logger=_silent, minkey=_MIN_KEY)
    names = [name.lower().strip() for name, _ in read.headers]
    counted = Counter(names)
    if any(counted[name] > 1 for name in _ONCE):
        return ""
    signatures = [
        value
        for (_, value), name in zip(read.headers, names, strict=True)
        if name == b"dkim-signature"
    ]
    for index, value in enumerate(signatures[:_MOST]):
        signer = _signer(value)
        if signer and aligned(signer, domain) and _intact(raw, index, keys):
            return signer
    return ""


def _signer(signature: bytes) -> str:
    """The domain of a signature that covers enough, else ""."""
    try:
        tags = parse_tag_value(signature)
    except InvalidTagValueList:
        return ""
    covered: Iterable[bytes] = (one.strip().lower() for one in tags.get(b"h", b"").split(b":"))
    if b"l" in tags or not set(covered) >= COVERED:
        return ""
    found: bytes = tags.get(b"d", b"")
    return found.decode("ascii", "ignore").strip().lower()


def _intact(raw: bytes, index: int, keys: Keys) -> bool:
    def asked(name: bytes, timeout: float = 0) -> bytes | None:  # noqa: ARG001 - the library's
        return keys(name.decode("ascii").rstrip("."))

    try:
        # a fresh reader for each: one that failed keeps what it read
        return bool(dkim.DKIM(raw, logger=_silent, minkey=_MIN_KEY).verify(index, asked))
    except dkim.DKIMException:
        return False
