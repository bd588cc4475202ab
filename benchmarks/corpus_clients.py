"""How mail programs dress a text: headers, HTML, signature, and the history they quote."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from random import Random

from benchmarks.corpus_phrases import Sender


@dataclass(frozen=True, slots=True)
class Quoted:
    """An earlier mail that a program repeats below the new text."""

    sender: Sender
    to: str
    at: datetime
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Client:
    """``head`` writes the line or block above a quoted mail; ``prefix`` stands before its lines.
    ``paragraph`` wraps a paragraph of the HTML, ``style`` is the head of the HTML document."""

    name: str
    mailer: str
    reply_prefix: str
    head: Callable[[Quoted], str]
    prefix: str
    paragraph: str
    style: str
    separate_references: str = " "
    html: bool = True
    signature: str = ""


def _outlook_zh(mail: Quoted) -> str:
    return (
        f"发件人: {mail.sender.name} <{mail.sender.address}>\n发送时间: {_zh_date(mail.at)}\n"
        f"收件人: {mail.to}\n主题: {mail.subject}\n"
    )


def _foxmail(mail: Quoted) -> str:
    return (
        f" \n发件人： {mail.sender.name}\n发送时间： {mail.at:%Y-%m-%d %H:%M}\n"
        f"收件人： {mail.to}\n主题： {mail.subject}\n"
    )


def _qq(mail: Quoted) -> str:
    return (
        "------------------ 原始邮件 ------------------\n"
        f'发件人: "{mail.sender.name}" <{mail.sender.address}>;\n发送时间: {_zh_date(mail.at)}\n'
        f'收件人: "服务台"<{mail.to}>;\n主题: {mail.subject}\n'
    )


def _netease(mail: Quoted) -> str:
    who = f'"{mail.sender.name}" <{mail.sender.address}>'
    return f"在 {mail.at:%Y-%m-%d %H:%M:%S}，{who} 写道："


def _iphone_zh(mail: Quoted) -> str:
    at = mail.at
    when = f"{at.year}年{at.month}月{at.day}日，{at:%H:%M}"
    return f"发自我的 iPhone\n\n在 {when}，{mail.sender.name} <{mail.sender.address}> 写道："


def _outlook_en(mail: Quoted) -> str:
    return (
        f"From: {mail.sender.name} <{mail.sender.address}>\n"
        f"Sent: {mail.at:%A, %B %d, %Y %I:%M %p}\nTo: {mail.to}\nSubject: {mail.subject}\n"
    )


def _wrote(mail: Quoted) -> str:
    when = f"{mail.at:%a, %b %d, %Y at %I:%M %p}"
    return f"On {when} {mail.sender.name} <{mail.sender.address}> wrote:"


def _zh_date(at: datetime) -> str:
    return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"


# What Word writes into every mail of Outlook; most of the size of a short one.
_FACES = "".join(
    f"@font-face\n\t{{font-family:{face};\n\tpanose-1:2 {n} 6 0 3 1 1 1 1 1;}}\n"
    for n, face in enumerate(("宋体", '"Cambria Math"', "等线", "Calibri", '"\\@宋体"', "Tahoma"))
)
_LEVELS = "".join(
    f"@list l0:level{n}\n\t{{mso-level-number-format:alpha-lower;\n\tmso-level-tab-stop:none;\n"
    f"\tmso-level-number-position:left;\n\tmargin-left:{42 * n}.0pt;\n\ttext-indent:-21.0pt;}}\n"
    for n in range(1, 10)
)
_WORD_STYLE = (
    '<meta name="Generator" content="Microsoft Word 15 (filtered medium)">\n<style><!--\n'
    f"/* Font Definitions */\n{_FACES}/* Style Definitions */\n"
    "p.MsoNormal, li.MsoNormal, div.MsoNormal\n\t{margin:0cm;\n\tfont-size:10.5pt;\n"
    '\tfont-family:"Calibri",sans-serif;}\na:link, span.MsoHyperlink\n\t{mso-style-priority:99;\n'
    "\tcolor:#0563C1;\n\ttext-decoration:underline;}\nspan.EmailStyle17\n"
    "\t{mso-style-type:personal-compose;\n\tcolor:windowtext;}\n.MsoChpDefault\n"
    "\t{mso-style-type:export-only;}\n@page WordSection1\n\t{size:612.0pt 792.0pt;\n"
    "\tmargin:72.0pt 90.0pt 72.0pt 90.0pt;}\ndiv.WordSection1\n\t{page:WordSection1;}\n"
    f"{_LEVELS}--></style>"
)
_WORD_PARAGRAPH = (
    '<p class="MsoNormal"><span lang="EN-US" style="font-size:10.5pt;font-family:&quot;等线&quot;,'
    'sans-serif;color:#1F497D">{}<o:p></o:p></span></p>\n'
)
_WORD_PARAGRAPH_EN = _WORD_PARAGRAPH.replace("等线", "Calibri")
_WORD_STYLE_EN = (
    _WORD_STYLE.replace("宋体", "SimSun").replace("等线", "DengXian").replace("\\@", "")
)
_QQ_STYLE = (
    "<style>body{line-height:1.6;font-size:14px;font-family:'lucida Grande',Verdana}</style>"
)
_DIV = '<div style="line-height:1.7;color:#000000;font-size:14px;font-family:Arial">{}</div>\n'
_GMAIL = '<div dir="ltr" class="gmail_default" style="font-family:arial,sans-serif">{}</div>\n'
_PLAIN = "<div>{}</div>\n"

_OUTLOOK = "Microsoft Outlook 16.0"
_CHINESE = (
    (Client("outlook", _OUTLOOK, "答复: ", _outlook_zh, "", _WORD_PARAGRAPH, _WORD_STYLE), 28),
    (Client("foxmail", "Foxmail 7.2.25.213[cn]", "回复: ", _foxmail, "", _DIV, _QQ_STYLE, ","), 20),
    (Client("qq", "QQMail 2.x", "回复：", _qq, "", _DIV, _QQ_STYLE), 18),
    (Client("netease", "Coremail Webmail Server", "Re:", _netease, "> ", _DIV, ""), 16),
    (Client("iphone", "iPhone Mail (20H19)", "回复：", _iphone_zh, "> ", _PLAIN, ""), 10),
    (Client("script", "", "Re: ", _netease, "> ", _PLAIN, "", html=False), 8),
)
_ENGLISH = (
    (
        Client("outlook", _OUTLOOK, "RE: ", _outlook_en, "", _WORD_PARAGRAPH_EN, _WORD_STYLE_EN),
        38,
    ),
    (Client("gmail", "", "Re: ", _wrote, "> ", _GMAIL, ""), 22),
    (Client("apple", "Apple Mail (2.3774.300.61.1.2)", "Re: ", _wrote, "> ", _PLAIN, ""), 14),
    (Client("thunderbird", "Mozilla Thunderbird", "Re: ", _wrote, "> ", _PLAIN, ""), 12),
    (
        Client(
            "iphone",
            "iPhone Mail (20H19)",
            "Re: ",
            _wrote,
            "> ",
            _PLAIN,
            "",
            signature="Sent from my iPhone",
        ),
        8,
    ),
    (Client("mutt", "Mutt/2.2.12", "Re: ", _wrote, "> ", _PLAIN, "", html=False), 6),
)


def client(rng: Random, language: str) -> Client:
    """One of those in use, as often as they are."""
    table = _CHINESE if language == "zh" else _ENGLISH
    return rng.choices([row[0] for row in table], [row[1] for row in table])[0]


def signature(rng: Random, language: str, sender: Sender) -> str:
    """A company's block below a mail, with the notice that no one reads."""
    if language == "zh":
        notice = "本邮件及其附件含有保密信息，仅限于发送给上面地址中列出的个人或群组。"
        return (
            f"{sender.name}\n{sender.department} | 华信科技有限公司\n手机：{sender.phone}\n"
            f"地址：上海市浦东新区张江路{rng.randrange(1, 900)}号\n{notice * rng.randint(0, 3)}"
        ).rstrip()
    notice = (
        "This e-mail is confidential and intended solely for the addressee. If you are not the "
        "addressee, please delete it and tell the sender. "
    )
    return (
        f"{sender.name}\n{sender.department} | Northwind Ltd\nTel. +44 {sender.phone}\n"
        f"{rng.randrange(1, 300)} Station Road, Reading\n{notice * rng.randint(0, 3)}"
    ).rstrip()


def plain(client: Client, text: str, sign: str, history: Sequence[Quoted]) -> str:
    """The text part: new text, signature, and each earlier mail below the next."""
    whole = ""
    for depth, mail in enumerate(history, start=1):
        prefix = client.prefix * depth
        quoted = "\n".join(prefix + line for line in mail.text.split("\n"))
        whole += f"\n\n{client.head(mail)}\n{quoted}"
    separator = "\n\n-- \n" if client.name in ("thunderbird", "mutt", "gmail") else "\n\n"
    return text + (separator + sign if sign else "") + whole + "\n"


def html(
    client: Client, text: str, sign: str, history: Sequence[Quoted], pictures: Sequence[str]
) -> str:
    """The HTML part, with inline pictures by their content ids."""
    body = _paragraphs(client, text)
    body += "".join(f'<p><img src="cid:{cid}" width="480"></p>\n' for cid in pictures)
    if sign:
        body += f'<div class="signature">{_paragraphs(client, sign)}</div>\n'
    for mail in history:
        head = _paragraphs(client, client.head(mail).strip("\n"))
        opening = '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm">'
        body += (
            f"{opening}{head}</div>\n<blockquote>{_paragraphs(client, mail.text)}</blockquote>\n"
        )
    return (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>'
        f"{client.style}</head>\n<body>\n{body}</body></html>\n"
    )


def _paragraphs(client: Client, text: str) -> str:
    return "".join(client.paragraph.format(escape(line) or "&nbsp;") for line in text.split("\n"))
