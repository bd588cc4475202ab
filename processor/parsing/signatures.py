"""Where a signature begins: RFC 3676's ``-- ``, a phone's footer, a ruled-off card, a"
" disclaimer."""

from __future__ import annotations

import re
from collections.abc import Sequence

_DASHES = re.compile(r"^(?:-- ?|__)$")
_RULE_STARTS = frozenset(" \t\xa0-_=*~#+─━—–ᐧ")
_RULE = re.compile(r"^[\s\xa0]*(?:[-_=*~#+─━]{2,}|[—–]+|ᐧ)[\s\xa0ᐧ]*$")
# Footers that programs add. Anchored at both ends: people write of phones, too.
_FOOTER = re.compile(
    r"^\W*(?:"
    r"签名由\s*.{1,20}\s*定制|sent\s+(?:from|via|with|using)\s+(?:my\s+|the\s+|a\s+)?[\w\s.&+'’()/-]{2,50}(?:<[^<>]*>)?"
    r"|sent\s+(?:from|with)\s+\[?[\w .]+\]?\(?(?:https?://\S+)?\)?"
    r"|get\s+outlook\s+for\s+\w+(?:\s*<[^<>]*>)?|(?:下载|获取"
    r"|取得)\s*outlook\s+for\s+\w+(?:\s*<[^<>]*>)?"
    r"|发自我?的?\s*.{1,30}|發自我?的?\s*.{1,30}|来自我的.{1,30}|來自我的.{1,30}"
    r"|来自\s*outlook.{0,20}"
    r"|从我的.{1,24}(?:发送|發送)|從我的.{1,24}(?:传送|傳送|發送)|从\s*windows\s*版邮件发送"
    r"|发送自\s*.{1,40}|發送自\s*.{1,40}|[由用]\s*.{2,20}(?:邮箱|郵箱|手机|手機).{0,6}(?:发送"
    r"|發送|发出)"
    r"|(?:本邮件)?(?:来自|发自)\s*(?:网易邮箱大师|qq\s*邮箱|foxmail|企业微信|钉钉(?:专属|商务)*邮箱"
    r"|飞书(?:邮箱)?|阿里邮箱|新浪邮箱|华为手机|小米手机).{0,10}"
    r"|envoyé\s+(?:de(?:puis)?)\s+.{2,40}|enviado\s+(?:desde|do|a\s+partir)\s+.{2,40}"
    r"|inviato\s+da(?:l(?:la)?)?\s+.{2,40}|(?:von\s+)?(?:meinem|mein)\s+.{2,40}\s+gesendet"
    r"|diese\s+nachricht\s+wurde\s+von\s+.{2,70}gesendet\.?|gesendet\s+(?:mit|von)\s+.{2,40}"
    r"|verzonden\s+(?:vanaf|met|van)\s+.{2,40}|skickat\s+från\s+.{2,40}|sendt\s+fra\s+.{2,40}"
    r"|отправлено\s+(?:с|из)\s+.{2,40}|wysłan[eo]\s+z\s+.{2,40}|lähetetty\s+.{2,40}"
    r"|iphone\s*から送信"
    r")[\s.。]*$",
    re.IGNORECASE,
)
_FOOTER_HINTS = (
    "sent", "outlook", "发自", "發自", "来自", "來自", "从", "從", "发送", "發送", "发出", "envoy",
    "enviado", "inviato", "verzonden", "skickat", "отправ", "wysłan", "lähetetty", "送信", "定制",
)  # fmt: skip
_CONTACT = re.compile(
    r"(?:tel|phone|mobile|fax|e-?mail|mail|skype|wechat|电话|手机|传真|邮箱|邮件|地址|电邮|微信"
    r"|電話|手機|傳真|"
    r"邮编|网址|部门|职务|分机|qq)\s*[.:：]|\b[\w.+-]+@[\w-]+\.[\w.]+|https?://|www\."
    r"|(?<![\d.:-])(?:\+?\d{1,3}[ -])?(?:1[3-9]\d{9}|0\d{2,3}[ -]?\d{7,8}"
    r"|\(?\d{3}\)?[ -]\d{3}[ -]\d{4})(?!\d)",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"^\W*(?:this\s+(?:e-?mail|message"
    r"|communication)(?:\s+message)?(?:\s+\S+){0,14}\s+(?:confidential|privileged|intended)"
    r"|the\s+information\s+(?:contained\s+)?in\s+this\s+(?:e-?mail"
    r"|message)(?:\s+\S+){0,14}\s+(?:confidential|privileged|intended)"
    r"|(?:confidentiality|disclaimer|legal)\s+(?:notice|note)?\s*[:：]"
    r"|(?:本|此)(?:邮件|郵件|电子邮件|電子郵件)(?:及|和|以及|中|所|包含|含|可能|的|内|（"
    r"|\().{0,60}(?:保密|机密|機密|秘密|指定)"
    r"|(?:保密|免责|免責)(?:声明|聲明|提示)\s*[:：]?|caution:\s+this\s+e?-?mail\s+originated)",
    re.IGNORECASE,
)


_LONGEST = 120  # lines
_CARD_LINES = 14
_CELL = re.compile(r"^\|[\s|]*$")


def is_rule(line: str) -> bool:
    """A line that only rules off: dashes, stars, Mailtrack's dot."""
    return len(line) < 120 and line[:1] in _RULE_STARTS and bool(_RULE.match(line))


def may_hold_footer(text: str) -> bool:
    """Whether any line of a text can be such a footer at all: asked once, before each line is."""
    lowered = text.lower()
    return any(hint in lowered for hint in _FOOTER_HINTS)


def is_footer(line: str) -> bool:
    """A line that a phone or a program added: ``发自我的 iPhone``, ``Get Outlook for iOS``."""
    stripped = line.strip()
    if not 4 <= len(stripped) <= 90:
        return False
    return bool(_FOOTER.match(stripped)) and not stripped.endswith(
        ("?", "？", "!", "！", ",", "，")
    )


def start_of(lines: Sequence[str], begin: int, end: int, fenced: Sequence[bool]) -> int:
    """The first line of the signature within lines ``begin`` … ``end`` - 1; ``end`` if none.

    Lines that are ``fenced`` stand in a block of code, which has no signature.
    Only what is marked off counts. Names and telephone numbers that merely stand at the end
    are the person's words: a service desk needs them.
    """
    for at in range(begin, end):
        line = lines[at]
        if fenced[at] or end - at > _LONGEST:
            continue
        if line[:1] in ("-", "_") and _DASHES.match(line.rstrip("\r\n")):
            after = _filled(lines, at + 1, end)
            if len(after) <= (25 if line.startswith("-- ") else _CARD_LINES):
                return at
        elif _CELL.match(line) and len(_filled(lines, at + 1, end)) <= _CARD_LINES:
            # NetEase draws its signature as a table, of which plain text keeps the bars.
            return at
        elif is_rule(line):
            after = _filled(lines, at + 1, end)
            if not after:
                return at
            card = len(after) <= 10 and all(len(one) <= 80 for one in after)
            card = card and not any(is_rule(one) for one in after[:-1])
            if card and any(_CONTACT.search(one) for one in after):
                return at
        elif len(line) > 12 and _DISCLAIMER.match(line):
            after = _filled(lines, at + 1, end)
            if sum(map(len, after)) <= 2000 and not any(is_rule(one) for one in after):
                return at
    return end


def _filled(lines: Sequence[str], begin: int, end: int) -> list[str]:
    return [line.strip() for line in lines[begin:end] if line.strip()]
