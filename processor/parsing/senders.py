"""Sender addresses and names behind which no person sits."""

from __future__ import annotations

import re

from processor.domain.message import Address

_DAEMON_LOCAL = re.compile(
    r"^(?:mailer[-_.]?daemon|poo?st[-_.]?master|mail[-_.]?daemon|mail[-_.]?delivery[-_.]?\w*|mailadm(?:in)?|ndr"
    r"|delivery(?:[-_.]\w+)?|bounces?(?:[-+=].*)?|mdaemon|mail[-_.]?system|mailsystem|system[-_.]?admin\w*|.*anti-?virus.*"
    r"|microsoftexchange[0-9a-f]{10,}.*)$",
    re.IGNORECASE,
)
_DAEMON_NAME = re.compile(
    r"mail(?:er)?[\s-]*(?:delivery|daemon)|delivery\s+(?:sub)?system|post\s?master|system\s+administrator|mail\s+system"
    r"|internet\s+mail\s+delivery|系统退信|退信|郵件系統|邮件系统|邮件投递",
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
    first = senders[0]
    local = first.address.partition("@")[0].rstrip("\\")
    return bool(_DAEMON_LOCAL.match(local)) or bool(_DAEMON_NAME.search(first.name))


def is_robot(senders: tuple[Address, ...]) -> bool:
    """Whether the address says that nobody reads it."""
    return bool(senders) and bool(_ROBOT_LOCAL.match(senders[0].address.rpartition("@")[0]))
