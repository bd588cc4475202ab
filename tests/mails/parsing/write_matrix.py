"""Every client × where the answer stands × text or HTML: one mail for each cell.

A client that copies the quote unmarked into plain text leaves no sign where the quote ends. An
answer below or inside it cannot be told from the quote by its words. Such mails bear the limit
``unmarked-quote`` beside them: the answer must be kept, and the quote may be kept with it.
"""

from __future__ import annotations

from dataclasses import dataclass

import write_replies as known
from craft import headers, part, save

POSITIONS = ("above", "below", "inside")
FORMS = ("text", "html")
CHARSETS = ("gbk", "gb18030", "utf-8")
LIMIT = "unmarked-quote"
WECOM_HEAD = """------------------ Original ------------------
From: "IT服务台"<desk@corp.example>;
Date: Mon, Mar 2, 2026 09:15 AM
To: "王喆"<wangzhe@corp.example>;
Subject: [INC-20260302-0001] 无法登录"""
PHONE_HEAD = "在 2026年3月2日，09:15，IT服务台 <desk@corp.example> 写道："


@dataclass(frozen=True)
class Words:
    """What is asked and answered, in one script."""

    asked: tuple[str, str]
    inside: tuple[str, str]
    whole: str


SIMPLE = Words(("请告知您的工号。", "请告知您的电话。"), known.INSIDE, known.ABOVE)
TRADITIONAL = Words(
    ("請告知您的工號。", "請告知您的電話。"),
    ("好的，工號是 10086。", "電話 6123，上午都在。"),
    known.TRADITIONAL,
)


@dataclass(frozen=True)
class Client:
    """``head`` stands above the quote; ``marked`` says that plain text bears ``>``; ``quote`` is
    the element around the HTML quote, ``frame`` the element around its head."""

    head: str
    marked: bool
    quote: str
    frame: str = "<div>"
    footer: str = ""
    big5: bool = False

    @property
    def words(self) -> Words:
        """The words of its user."""
        return TRADITIONAL if self.big5 else SIMPLE


_BORDER = '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">'
_GREY = '<div style="font-size:12px;background:#efefef;padding:8px;">'
_CITE = '<blockquote type="cite">'
_GMAIL = '<blockquote class="gmail_quote" style="margin:0 0 0 .8ex">'
_NETEASE = '<blockquote id="isReplyContent" style="PADDING-LEFT:1ex;BORDER-LEFT:#ccc 1px solid">'
_FOXMAIL = '<blockquote style="margin-Top:0px;margin-Bottom:0px;margin-Left:0.5em">'
CLIENTS = {
    "outlook": Client(known.OUTLOOK_HEAD, False, "<div>", _BORDER),
    "foxmail": Client(known.FOXMAIL_HEAD.strip(), False, _FOXMAIL, _BORDER),
    "qq": Client(known.QQ_HEAD, False, "<div>", _GREY),
    "netease": Client(known.NETEASE_ZH, True, _NETEASE),
    "coremail": Client(known.COREMAIL_HEAD, False, '<blockquote name="replyContent">'),
    "wecom": Client(WECOM_HEAD, False, "<div>", _GREY, "发自我的企业微信"),
    "dingtalk": Client(known.DINGTALK_HEAD, False, "<blockquote>"),
    "gmail": Client(known.GMAIL_ZH, True, _GMAIL, '<div dir="ltr" class="gmail_attr">'),
    "apple": Client(known.APPLE_HEAD, True, _CITE),
    "thunderbird": Client(known.THUNDERBIRD, True, _CITE, '<div class="moz-cite-prefix">'),
    "phone": Client(PHONE_HEAD, True, _CITE, footer="发自我的iPhone"),
    "outlook-tw": Client(known.OUTLOOK_TW, False, "<div>", _BORDER, big5=True),
    "gmail-tw": Client(known.GMAIL_TW, True, _GMAIL, '<div class="gmail_attr">', big5=True),
}  # fmt: skip


def name_of(client: str, position: str, form: str) -> str:
    """The file of a cell."""
    return f"matrix-{client}-{position}-{form}"


def text(client: Client, position: str) -> str:
    """The plain body."""
    words, mark = client.words, "> " if client.marked else ""
    asked = [mark + line for line in words.asked]
    footer = ["", client.footer] if client.footer else []
    if position == "above":
        lines = [words.whole, *footer, "", client.head, "", *asked]
    elif position == "below":
        lines = [client.head, "", *asked, "", words.whole, *footer]
    else:
        lines = [client.head, "", asked[0], "", words.inside[0], "", asked[1], "", words.inside[1]]
    return "\n".join(lines) + "\n"


def html(client: Client, position: str) -> str:
    """The page; an answer inside splits a blockquote, as the editors do on Enter."""
    words = client.words
    head = client.frame + known.divs(client.head) + "</div>"
    close = "</" + client.quote[1:-1].split()[0] + ">"
    answer = known.divs(words.whole)
    footer = known.divs(client.footer) if client.footer else ""
    if position == "inside":
        pairs = zip(words.asked, words.inside, strict=True)
        parts = (client.quote + known.divs(a) + close + known.divs(b) for a, b in pairs)
        body = head + "".join(parts)
    else:
        quote = head + client.quote + known.divs("\n".join(words.asked)) + close
        body = answer + footer + quote if position == "above" else quote + answer + footer
    return f"<html><body>{body}</body></html>"


def write() -> None:
    """All cells."""
    for row, (key, client) in enumerate(CLIENTS.items()):
        for column, position in enumerate(POSITIONS):
            for layer, form in enumerate(FORMS):
                charset = CHARSETS[(row + column + layer) % 3]
                _write_cell(key, client, position, form, "big5" if client.big5 else charset)


def _write_cell(key: str, client: Client, position: str, form: str, charset: str) -> None:
    words = client.words
    subject = "回覆: 無法登入" if client.big5 else known.SUBJECT
    sender = ("王哲", "w@corp.example") if client.big5 else ("王喆", "wangzhe@corp.example")
    body = text(client, position) if form == "text" else html(client, position)
    kind = "plain" if form == "text" else "html"
    answer = "\n".join(words.inside) if position == "inside" else words.whole
    expect: dict[str, object] = {"reply_text": answer, "reply_lacks": list(words.asked)}
    marked = client.marked if form == "text" else "blockquote" in client.quote
    if position != "above" and not marked:
        expect = {"reply_has": answer.split("\n"), "limit": LIMIT}
    mail = headers(subject, charset=charset, sender=sender) + part(body, charset, kind)
    save(name_of(key, position, form), mail, subject=subject, kind="human", language="zh",
         text_has=list(words.asked), **expect)  # fmt: skip
