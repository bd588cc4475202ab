"""Sender addresses and names behind which no person sits."""

from __future__ import annotations

import re

from processor.domain.message import Address

_DAEMON_LOCAL = re.compile(
    r"^(?:mailer[-_.]?daemon|mail[-_.]?daemon|mail[-_.]?delivery[-_.]?\w*|ndr|bounces?(?:[-+=].*)?"
    r"|mdaemon|mail[-_.]?system|mailsystem|microsoftexchange[0-9a-f]{10,}.*)$",
    re.IGNORECASE,
)
# Addresses that servers write from, and people sit behind as well: whoever keeps the mail server,
# the department that delivers goods.
_SHARED_LOCAL = re.compile(
    r"^(?:poo?st[-_.]?master|mailadm(?:in)?|delivery(?:[-_.]\w+)?|system[-_.]?admin\w*"
    r"|.*anti-?virus.*)$",
    re.IGNORECASE,
)
_POSTMASTER = re.compile(r"^poo?st[-_.]?master$", re.IGNORECASE)
_DAEMON_NAME = re.compile(
    r"mail(?:er)?[\s-]*(?:delivery|daemon)|delivery\s+(?:sub)?system|internet\s+mail\s+delivery"
    r"|^\W*(?:系统退信|退信|邮件投递)\W*$",
    re.IGNORECASE,
)
_SHARED_NAME = re.compile(
    r"^\W*(?:post\s?master|system\s+administrator|mail\s+system|(?:邮件|郵件)系[统統])\W*$",
    re.IGNORECASE,
)
_ROBOT_LOCAL = re.compile(
    r"^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|noreply.*|auto[-_.]?(?:reply|mailer)|robot)$",
    re.IGNORECASE,
)


def is_daemon(senders: tuple[Address, ...], raw_from: str) -> bool:
    """Whether a mail server itself writes: its address, its name, or an empty From."""
    if not senders:
        return bool(raw_from.strip()) and bool(_DAEMON_NAME.search(raw_from) or "<>" in raw_from)
    return bool(_DAEMON_LOCAL.match(_local(senders)) or _DAEMON_NAME.search(senders[0].name))


def is_postmaster(senders: tuple[Address, ...]) -> bool:
    """Whether a server may write, or the person who keeps it (RFC 5321 4.5.1)."""
    return bool(senders) and bool(_POSTMASTER.match(_local(senders)))


def is_shared(senders: tuple[Address, ...]) -> bool:
    """Whether the address, or its name, is one that servers and people write from."""
    return bool(senders) and bool(
        _SHARED_LOCAL.match(_local(senders)) or _SHARED_NAME.search(senders[0].name)
    )


def _local(senders: tuple[Address, ...]) -> str:
    return senders[0].address.partition("@")[0].rstrip("\\")


def is_robot(senders: tuple[Address, ...]) -> bool:
    """Whether the address says that nobody reads it."""
    return bool(senders) and bool(_ROBOT_LOCAL.match(senders[0].address.rpartition("@")[0]))
