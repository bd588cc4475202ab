"""Bounces without a report part: the address and the code read from the words themselves."""

from __future__ import annotations

import re

from processor.domain.message import FailedRecipient
from processor.parsing.delivery_status import REPLY, STATUS

_ADDR = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~\-]{1,64}@[A-Za-z0-9][A-Za-z0-9.\-]{0,200}[A-Za-z0-9]"
_ANY_ADDR = re.compile(_ADDR)
# Where the returned mail begins: addresses from here on are no failures.
_RETURNED = re.compile(
    r"^(?:[-> \t*]*+(?:this\s+is\s+a\s+copy\s+of|below\s+this\s+line\s+is\s+a\s+copy"
    r"|original\s+message\s+(?:follows|headers?)"
    r"|(?:the\s+)?headers?\s+of\s+the\s+(?:original|message)|unsent\s+message\s+(?:follows"
    r"|below)|included\s+is\s+a\s+copy"
    r"|message\s+headers?\s+follows?|the\s+first\s+\d+\s+lines|begin\s+message"
    r"|start\s+of\s+returned\s+message"
    r"|the\s+original\s+message\s+follows|original\s+message)\b|-+[ \t]*(?:原始?邮件|原信"
    r"|邮件原文)[ \t]*-+|(?:邮件原文|原始?邮件内容)[ \t]*[:：]?[ \t]*$"
    r"|received:\s*(?:from|by)\b|return-path:\s*<|message-id:\s*<|to:\s*<|dkim-signature:)",
    re.IGNORECASE | re.MULTILINE,
)
# The address stands in words that say it failed.
_TOLD = (
    re.compile(
        r"(?:收件人|收信人|收件地址|邮箱地址|邮件地址|對方|对方|目标)[^\n@]{0,40}?"
        rf"[（(<\[“\"：: ]\s*({_ADDR})"
    ),
    re.compile(
        rf"({_ADDR})[^\n@]{{0,30}}"
        r"(?:不存在|无法送达|无法投递|投递失败|发送失败|被拒|已满|停用|冻结|失败)"
    ),
    re.compile(
        r"(?:无法(?:将|把)?[^\n@]{0,20}(?:送达|投递|发送)[^\n@]{0,12}"
        rf"|(?:退回|失败)的?(?:收件人|地址)[^\n@]{{0,10}})[：: <]*({_ADDR})"
    ),
    re.compile(rf"^[ \t]*<({_ADDR})>[ \t]*(?::|\(|\.{{3}}|$|[-–,])", re.MULTILINE),
    re.compile(rf"^[ \t]*<?({_ADDR})>?[ \t]*(?::|\.{{3}}|[-–])[ \t\r\n]", re.MULTILINE),
    re.compile(rf"RCPT\s+TO\s*:\s*<({_ADDR})>", re.IGNORECASE),
    re.compile(
        r"(?:recipients?|addresse?s?|mailbox|account|user|delivery\s+to|delivered\s+to"
        r"|deliver\s+to|undeliverable\s+to|could\s+not\s+be\s+(?:sent|delivered)\s+to"
        rf"|message\s+to)[^\n@<]{{0,40}}[:<\[(“\"'\s]\s*<?({_ADDR})",
        re.IGNORECASE,
    ),
    re.compile(rf"\b[45]\d\d[ -][^\n@]{{0,80}}<({_ADDR})>"),
    re.compile(
        rf"<?({_ADDR})>?[^\n@]{{0,60}}"
        r"(?:unknown|does\s?n[o']t\s+exist|not\s+(?:found|exist|listed)|rejected|over\s+quota"
        r"|disabled|unavailable|undeliverable)",
        re.IGNORECASE,
    ),
    re.compile(rf"^[ \t]*<?({_ADDR})>?[ \t]*$", re.MULTILINE),
)
_TEMPORARY = re.compile(
    r"warning|delayed|will\s+(?:be\s+)?(?:retr|continue|keep)"
    r"|not\s+(?:yet\s+)?been\s+delivered\s+(?:yet|after)|still\s+(?:being|trying)"
    r"|(?:仍|还|將|将)(?:会|在)?(?:继续|繼續)?(?:尝试|重试|嘗試)|暂时|延迟|延遲",
    re.IGNORECASE,
)
_GIVEN_UP = re.compile(
    r"given?\s+up|giving\s+up|permanent|fatal|failed\s+permanently|永久|退信|最终失败",
    re.IGNORECASE,
)
_FIRST = 20_000


def own_words(text: str) -> str:
    """What the server says, without the mail that it returns."""
    head = text[:_FIRST]
    cut = _RETURNED.search(head)
    return head[: cut.start()] if cut else head


def addresses_told(words: str, not_these: frozenset[str]) -> tuple[str, ...]:
    """Addresses of which the words say that they failed, by the first manner of saying that fits.

    ``not_these`` are lower-cased addresses that cannot be the failure: the sender of the bounce
    and the one to whom it came.
    """
    for pattern in _TOLD:
        found: dict[str, str] = {}
        for match in pattern.finditer(words):
            address = match[1].strip(".'`")
            lowered = address.lower()
            if lowered not in not_these and not lowered.startswith(
                ("postmaster@", "mailer-daemon@")
            ):
                found.setdefault(lowered, address)
        if found:
            return tuple(found.values())
    return ()


_REPLIED = re.compile(rf"^[ \t]*[45]\d\d[ \t]+<({_ADDR})>\.\.\.", re.MULTILINE)
_COPIED = re.compile(r"^To:[ \t]*(.+)$", re.IGNORECASE | re.MULTILINE)


def replied(words: str) -> tuple[str, ...]:
    """Addresses of sendmail's transcript, ``550 <a@b>... User unknown``."""
    return tuple(dict.fromkeys(_REPLIED.findall(words)))


def only_other(words: str, not_these: frozenset[str]) -> tuple[str, ...]:
    """The one address that the words name besides those of the bounce itself, if it is one."""
    servers = ("postmaster@", "mailer-daemon@")
    found = {
        one.lower(): one.strip(".'`")
        for one in _ANY_ADDR.findall(words)
        if one.lower() not in not_these and not one.lower().startswith(servers)
    }
    return tuple(found.values()) if len(found) == 1 else ()


def copied_to(text: str) -> tuple[str, ...]:
    """The recipient of the returned mail as its copied header shows, when it is one."""
    cut = _RETURNED.search(text[:_FIRST])
    found = _COPIED.search(text, cut.start()) if cut else None
    addresses = any_address(found[1]) if found else ()
    return addresses if len(addresses) == 1 else ()


def failures(words: str, addresses: tuple[str, ...], subject: str) -> tuple[FailedRecipient, ...]:
    """Code and permanence for each address, from the words that follow it."""
    told = STATUS.search(words)
    general = told[1] if told else ""
    replied = REPLY.search(words)
    temporary = bool(_TEMPORARY.search(subject)) or bool(
        _TEMPORARY.search(words[:1500]) and not _GIVEN_UP.search(words[:3000])
    )
    out = []
    for address in addresses:
        at = words.lower().find(address.lower())
        near = STATUS.search(words, at, at + 1200) if at >= 0 else None
        status = near[1] if near else general
        if status.startswith("2"):
            status = ""
        if not status and replied:
            status = f"{replied[1][0]}.0.0"
        permanent = not temporary and not status.startswith("4")
        out.append(FailedRecipient(address, status, permanent))
    return tuple(out)


def any_address(text: str) -> tuple[str, ...]:
    """Every address in a short text, as written."""
    return tuple(dict.fromkeys(_ANY_ADDR.findall(text)))
