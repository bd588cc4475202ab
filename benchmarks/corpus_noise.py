"""Mail that opens no incident: vacation answers, newsletters, bounces, spam."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from random import Random

from benchmarks import corpus_mime as mime
from benchmarks.corpus_mime import CRLF, Charset
from benchmarks.corpus_phrases import Sender, complaint

KINDS = (("auto_reply", 27), ("newsletter", 30), ("bounce", 16), ("spam", 27))
_ASCII = Charset("us-ascii", "ascii", "7bit")


def kind(rng: Random) -> str:
    return rng.choices([row[0] for row in KINDS], [row[1] for row in KINDS])[0]


@dataclass(frozen=True, slots=True)
class Scene:
    """Who writes to which ``desk``, in which language, and the headers that every mail has."""

    rng: Random
    language: str
    sender: Sender
    desk: str
    head: list[tuple[str, str]]


def noise(
    rng: Random, what: str, language: str, sender: Sender, desk: str, at: datetime, message_id: str
) -> bytes:
    """One piece of it; ``what`` is one of ``KINDS``."""
    head = [("Date", format_datetime(at)), ("Message-ID", message_id), ("To", f"<{desk}>")]
    return _MAKERS[what](Scene(rng, language, sender, desk, head))


def _auto_reply(scene: Scene) -> bytes:
    rng, language, sender = scene.rng, scene.language, scene.sender
    number = f"INC-20261102-{rng.randrange(1, 9_999):04d}"
    if language == "zh":
        subject = f"自动回复: [{number}] 已受理"
        text = f"您好，我正在休假，{rng.randrange(1, 28)}日回来，急事请联系{sender.department}。\n"
    else:
        subject = f"Automatic reply: [{number}] recorded"
        text = f"I am out of the office until the {rng.randrange(1, 28)}th, no access to mail.\n"
    charset = mime.charset(rng, language, sender.name)
    headers = [
        ("Return-Path", "<>"),
        ("From", mime.address(sender.name, sender.address, charset)),
        *scene.head,
        ("Subject", mime.word(subject, charset)),
        ("Auto-Submitted", "auto-replied"),
        ("X-Auto-Response-Suppress", "All"),
    ]
    return mime.message(headers, mime.text_part(text, "plain", charset))


def _newsletter(scene: Scene) -> bytes:
    rng, language = scene.rng, scene.language
    issue = rng.randrange(100, 999)
    articles = [complaint(rng, language, issue) for _ in range(rng.randint(8, 24))]
    cells = "".join(
        '<tr><td style="padding:12px 24px;font:14px/1.6 Arial,sans-serif;color:#333333">'
        f'<h2 style="font-size:18px;margin:0 0 8px">{article.subject}</h2>'
        f"<p>{' '.join(article.sentences)}</p>"
        f'<a href="https://news.example/{issue}/{rng.randrange(10**9)}?utm_source=mail&amp;'
        f'utm_campaign={issue}" style="color:#1a73e8">›››</a></td></tr>\n'
        for article in articles
    )
    html = f'<html><body><table width="640" align="center">{cells}</table></body></html>\n'
    title = f"每周资讯 第{issue}期" if language == "zh" else f"Weekly news, issue {issue}"
    headers = [
        ("Return-Path", f"<bounce+{issue}@news.example>"),
        ("From", mime.address(title, "news@news.example", mime.UTF_8)),
        *scene.head,
        ("Subject", mime.word(title, mime.UTF_8)),
        ("List-Id", "<weekly.news.example>"),
        ("List-Unsubscribe", f"<https://news.example/u/{issue}>"),
        ("Precedence", "bulk"),
    ]
    return mime.message(headers, mime.text_part(html, "html", mime.UTF_8))


def _bounce(scene: Scene) -> bytes:
    rng, sender, desk = scene.rng, scene.sender, scene.desk
    status, why = rng.choice(
        (
            ("5.1.1", "550 5.1.1 User unknown"),
            ("5.2.2", "552 5.2.2 Mailbox full"),
            ("4.4.1", "421 4.4.1 Connection timed out"),
        )
    )
    action = "failed" if status.startswith("5") else "delayed"
    report = (
        f"Reporting-MTA: dns; mx.huaxin.example{CRLF}{CRLF}"
        f"Final-Recipient: rfc822; {sender.address}{CRLF}Action: {action}{CRLF}"
        f"Status: {status}{CRLF}Diagnostic-Code: smtp; {why}{CRLF}"
    )
    back = (
        f"From: <{desk}>{CRLF}To: <{sender.address}>{CRLF}"
        f"Subject: [INC-20261102-{rng.randrange(1, 9_999):04d}] recorded{CRLF}"
        f"Message-ID: <{rng.randrange(16**16):016x}@{desk.partition('@')[2]}>{CRLF}"
    )
    said = f"Your message to {sender.address} could not be delivered:\n\n    {why}\n"
    parts = [
        mime.text_part(said, "plain", _ASCII),
        f"Content-Type: message/delivery-status{CRLF}{CRLF}{report}".encode(),
        f"Content-Type: text/rfc822-headers{CRLF}{CRLF}{back}".encode(),
    ]
    headers = [
        ("Return-Path", "<>"),
        ("From", '"Mail Delivery System" <MAILER-DAEMON@mx.huaxin.example>'),
        *scene.head,
        ("Subject", "Undelivered Mail Returned to Sender"),
        ("Auto-Submitted", "auto-replied"),
    ]
    boundary = f"{rng.randrange(16**20):020x}/mx.huaxin.example"
    entity = mime.multipart("report", parts, boundary, ";\r\n report-type=delivery-status")
    return mime.message(headers, entity)


def _spam(scene: Scene) -> bytes:
    rng, language, sender = scene.rng, scene.language, scene.sender
    amount = rng.randrange(1_000, 99_999)
    if language == "zh":
        subject, said = "代开发票 优惠办理", f"本公司可代开各类发票，点数优惠，电话{sender.phone}。"
    else:
        subject, said = "You have won", f"Dear winner, claim your ${amount} at http://win.example/"
    charset = mime.charset(rng, language, sender.name)
    html = (
        f"<html><body><center><b>{said}</b></center>{'&nbsp;' * rng.randrange(2_000)}</body></html>"
    )
    headers = [
        ("From", mime.address(sender.name, f"promo{amount}@spam.example", charset)),
        *scene.head,
        ("Subject", mime.word(subject, charset)),
        ("X-Spam-Flag", "YES"),
        ("X-Spam-Score", f"{rng.uniform(6, 30):.1f}"),
    ]
    return mime.message(headers, mime.text_part(html, "html", charset))


_MAKERS = {"auto_reply": _auto_reply, "newsletter": _newsletter, "bounce": _bounce, "spam": _spam}
