"""Bounces: that a mail came back, for whom, with which code, and whether for good.

Recognised by a report part (RFC 3464, 6522), or by a server as the sender together with words
that say so. A person who forwards a bounce has neither and stays a person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message as Part

from flufl.bounce import all_failures

from processor.domain.message import Address, FailedRecipient
from processor.parsing import bounce_text, charset, delivery_status, senders
from processor.parsing.defects import Defects
from processor.parsing.mime import Layout
from processor.parsing.thread_headers import bare_subject

_SUBJECT = re.compile(
    r"undeliver|non[- ]?deliver|not\s+(?:be(?:en)?\s+)?deliver|deliver\w*\s+(?:status|fail"
    r"|report|notif|problem|error|has|delay|warning|incomplete)"
    r"|(?:mail|message)\s+(?:delivery|system\s+error|could|not|blocked|rejected|failure|status)"
    r"|returned\s+(?:mail|to\s+sender)|returning\s+message"
    r"|fail(?:ure|ed)?\s+(?:notice|notification|delivery)|failure\s+notice|bounce"
    r"|could\s+not\s+be\s+(?:sent|delivered)|delayed|processing\s+error"
    r"|(?:error|problem)\s+(?:sending|delivering)|your\s+(?:mail|message).{0,30}(?:blocked"
    r"|reject|not)|rejected|blocked\s+by"
    r"|退信|退回|未送达|未送達|无法(?:送达|投递|传递|發送|发送)|無法(?:送達|傳遞|投遞)"
    r"|投递(?:失败|状态|延迟)|傳遞失敗|传递(?:失败|状态)|发送失败|遞送失敗|退件"
    r"|不达|配信不能|エラーメール|配信(?:エラー|失敗)|unzustellbar|nicht\s+zugestellt|zustell"
    r"|non\s+remis|échec\s+de|non\s+distribu|no\s+entregado|no\s+se\s+pudo"
    r"|не\s+доставлен|недостав|mancata\s+consegna|não\s+entregue|onbestelbaar",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"could\s?n[o']t\s+be\s+delivered|(?:un|not\s+)deliver(?:able|ed)"
    r"|delivery\s+(?:has\s+)?(?:failed|to\s+the\s+following)|user\s+unknown|unknown\s+user"
    r"|no\s+such\s+user|mailbox\s+(?:is\s+)?(?:full|unavailable|not\s+found|disabled)"
    r"|over\s?quota|permanent\s+(?:error|failure|fatal)|wasn'?t\s+able\s+to\s+deliver"
    r"|unable\s+to\s+deliver|did\s+not\s+reach|host\s+(?:not\s+found|unknown)"
    r"|message\s+was\s+not|rejected|returned\s+to\s+(?:you|sender)|not\s+listed\s+in"
    r"|(?<![\d.])5\d\d[ -]+(?:#?5\.\d|[A-Za-z])|无法(?:送达|投递|到达|传递)|不存在|退信|被退回"
    r"|投递失败|发送失败|拒收|邮箱已满|未能送达"
    r"|не\s+(?:было\s+|может\s+быть\s+)?доставлен|has\s+been\s+delayed"
    r"|not\s+yet\s+been\s+delivered|配信できません|送信できません",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"帮忙|请帮|麻烦|怎么(?:办|回事|处理|解决)|是不是|看一下|看看|能否|可以.{0,12}吗|幫忙|麻煩|怎麼"
    r"|(?:can|could)\s+(?:you|anyone|somebody)|any\s+idea|please\s+(?:have\s+a\s+look|help\s+us)",
    re.IGNORECASE,
)
_SERVERS_WORDS = re.compile(
    r"following\s+(?:recipient|address)|delivery\s+failed\s+\d+\s+attempts|error\s+message\s+below"
    r"|以下(?:收件人|地址)|退信(?:原因|代码)|原邮件信息",
    re.IGNORECASE,
)
_MOST_ASKED = 2000  # characters: what somebody asks he asks at once
_REPORT_TYPES = ("message/delivery-status", "message/global-delivery-status")
_SUCCESS = "delivery-status:success"
_MOST_TEXT = 200_000
_MOST_PARTS = 50


@dataclass(frozen=True, slots=True)
class Bounce:
    """The failed recipients and the signs; no signs, no bounce. ``success``: all was delivered."""

    failed: tuple[FailedRecipient, ...] = ()
    signs: tuple[str, ...] = ()
    success: bool = False


def read(
    root: Part,
    layout: Layout,
    fields: Mapping[str, tuple[str, ...]],
    sender: tuple[Address, ...],
    text: str,
    defects: Defects,
    *,
    written: str,
) -> Bounce:
    """Judge one mail; ``fields`` are decoded, by lower-cased name; ``written`` is the part of
    ``text`` that quotes nobody."""

    def first(name: str) -> str:
        return fields.get(name, ("",))[0]

    subject = first("subject")
    path = first("return-path").strip().lower() if "return-path" in fields else None
    daemon = senders.is_daemon(sender, first("from"))
    weak = False
    null_path = path == "<>" or (path is not None and "mailer-daemon" in path)
    report = _report(layout, defects)
    is_report = layout.type == "multipart/report"
    kind = layout.params.get("report-type", "").lower()
    if is_report and kind and "delivery" not in kind and report is None:
        return Bounce()
    if senders.is_shared(sender) and not (daemon or is_report):
        # a server says so with the null return path; else it may be whoever keeps the server
        if not null_path and _by_hand(subject, written):
            return Bounce()
        daemon = null_path or (senders.is_postmaster(sender) and path is None)
        weak = not daemon
    machine = daemon or null_path or weak
    signs: list[str] = []
    if report is not None and (is_report or machine):
        signs.append("delivery-status")
    if "x-failed-recipients" in fields and (machine or "auto-submitted" in fields):
        signs.append("x-failed-recipients")
    if not signs:
        robot = senders.is_robot(sender)
        if not (machine or robot):
            return Bounce()
        told = bool(_SUBJECT.search(subject))
        said = bool(_WORDS.search(bounce_text.own_words(text)))
        if not (told or said or is_report):
            return Bounce()
        if (robot and not machine) and not (told and said and _in_servers_words(text)):
            return Bounce()
        if null_path and not daemon and not (told and said) and not is_report:
            return Bounce()
        if weak and not _in_servers_words(text):
            return Bounce()
        found = (
            ("daemon", daemon or weak),
            ("null-return-path", null_path),
            ("subject", told),
            ("words", said),
            ("report", is_report),
        )
        signs = [name for name, held in found if held]
    if report is not None and report.success_only:
        return Bounce((), (_SUCCESS,), success=True)
    failed = report.failed if report is not None else ()
    if not failed:
        failed = _from_words(root, layout, fields, sender, subject, text, defects)
    return Bounce(failed, tuple(signs))


def _in_servers_words(text: str) -> bool:
    """Whether a code of SMTP's stands there, or a turn of phrase that only servers use."""
    words = bounce_text.own_words(text)
    return any(
        pattern.search(words)
        for pattern in (delivery_status.STATUS, delivery_status.REPLY, _SERVERS_WORDS)
    )


def _by_hand(subject: str, written: str) -> bool:
    """Whether somebody answers, forwards or asks, which servers do not."""
    handed_on = bare_subject(subject) != subject.strip()
    answers = handed_on and not _in_servers_words(written)
    return answers or bool(_ASKS.search(written[:_MOST_ASKED]))


def _report(layout: Layout, defects: Defects) -> delivery_status.DeliveryStatus | None:
    failed: list[FailedRecipient] = []
    success = False
    seen = False
    for leaf in layout.all:
        named = leaf.type in _REPORT_TYPES
        if not named and not (
            leaf.type.startswith("text/") and b"inal-Recipient:" in leaf.content[:8000]
        ):
            continue
        if not named and leaf.disposition != "attachment" and layout.type == "text/plain":
            continue
        seen = True
        body = charset.decode(leaf.content[:_MOST_TEXT], leaf.params.get("charset"), defects)
        told = delivery_status.read(body.replace("\r\n", "\n").replace("\r", "\n"))
        failed.extend(told.failed)
        success |= told.success_only
    if not seen:
        return None
    return delivery_status.DeliveryStatus(tuple(failed), success and not failed)


def _from_words(
    root: Part,
    layout: Layout,
    fields: Mapping[str, tuple[str, ...]],
    sender: tuple[Address, ...],
    subject: str,
    text: str,
    defects: Defects,
) -> tuple[FailedRecipient, ...]:
    words = bounce_text.own_words(text)
    told = bounce_text.any_address(",".join(fields.get("x-failed-recipients", ())))
    if not told:
        known = (
            _by_flufl(root) if len(text) <= _MOST_TEXT and len(layout.all) <= _MOST_PARTS else ()
        )
        told = tuple(dict.fromkeys((*known, *bounce_text.replied(words))))
    if not told:
        own = {one.address.lower() for one in sender}
        for name in ("to", "delivered-to"):
            own.update(
                one.lower() for one in bounce_text.any_address(" ".join(fields.get(name, ())))
            )
        not_these = frozenset(own)
        told = bounce_text.addresses_told(words, not_these)
        told = told or bounce_text.only_other(words, not_these)
        told = told or _returned_to(layout, defects) or bounce_text.copied_to(text)
    return bounce_text.failures(words, told, subject)


def _returned_to(layout: Layout, defects: Defects) -> tuple[str, ...]:
    """The recipient of the mail that came back with the bounce, when it had but one."""
    for leaf in layout.all:
        if leaf.type in ("message/rfc822", "text/rfc822-headers"):
            block = leaf.content[:_MOST_TEXT]
            head = charset.decode(block, None, defects).replace("\r\n", "\n").split("\n\n", 1)[0]
            found = re.search(r"^To:[ \t]*(.+(?:\n[ \t].+)*)", head, re.IGNORECASE | re.MULTILINE)
            addresses = bounce_text.any_address(found[1]) if found else ()
            if len(addresses) == 1:
                return addresses
    return ()


def _by_flufl(root: Part) -> tuple[str, ...]:
    """flufl.bounce knows dozens of servers' wordings; it may stumble over broken parts."""
    try:
        temporary, permanent = all_failures(root)
    except Exception:  # noqa: BLE001 - a help that fails is no help, and no harm
        return ()
    found = {address.decode("utf-8", "replace") for address in (*permanent, *temporary)}
    return tuple(sorted(address for address in found if "@" in address))
