"""The entrance: bytes of one mail to a :class:`Message`; bare text to its new words."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import replace
from email.message import Message as Part

from mailparser.dates import parse_mail_date

from processor.domain.message import Attachment, Message, MessageKind
from processor.parsing import (
    automatic,
    body,
    bounce,
    charset,
    enclosed,
    habits,
    headers,
    html_text,
    outlook,
    returned,
)
from processor.parsing.addresses import addresses
from processor.parsing.defects import Defects
from processor.parsing.language import language_of
from processor.parsing.limits import DEFAULT_LIMITS, ParseLimits
from processor.parsing.line_labels import Verdict
from processor.parsing.mime import Layout, Walk
from processor.parsing.opening import open_tree
from processor.parsing.reply_text import judge
from processor.parsing.thread_headers import message_ids, one_message_id

__all__ = ["ParseLimits", "explain", "explain_plain", "parse", "read_html", "read_plain"]

_ABOUT_MAIL = (MessageKind.BOUNCE, MessageKind.REPORT)
_log = logging.getLogger(__name__)


def parse(raw: bytes, limits: ParseLimits = DEFAULT_LIMITS) -> Message:
    """Understand one mail. Never raises, whatever the bytes; bounded by ``limits``.

    What was wrong or cut is named in ``defects``. ``date`` is aware, in UTC.
    """
    defects = Defects(raw)
    base = Message(sha256=hashlib.sha256(raw).hexdigest(), size=len(raw))
    try:
        if outlook.is_outlook(raw) and len(raw) <= limits.message_bytes:
            raw = outlook.as_mail(raw, defects) or raw
        return _parsed(base, raw, limits, defects)
    except Exception as fault:  # noqa: BLE001 - one bad mail must never stop the desk
        _log.warning("mail %s could not be read: %s", base.sha256[:12], type(fault).__name__)
        defects.note(f"unreadable:{type(fault).__name__}")
        text = raw[: limits.text_bytes].decode("utf-8", "replace")
        return replace(base, text=text, reply_text=text, defects=defects.names())


def explain(raw: bytes, limits: ParseLimits = DEFAULT_LIMITS) -> Verdict:
    """What each line of a mail was held to be and why: the very labels that ``parse`` takes the
    new words from. No lines, where nothing could be read. Never raises."""
    defects = Defects(raw)
    try:
        if outlook.is_outlook(raw) and len(raw) <= limits.message_bytes:
            raw = outlook.as_mail(raw, defects) or raw
        root = open_tree(raw, limits, defects)
        if root is None:
            return Verdict()
        _, files, content = _content(root, limits, defects)
        if not content.text.strip():
            content = enclosed.words_inside(files, limits, defects)
    except Exception as fault:  # noqa: BLE001 - as in parse
        _log.warning("mail could not be explained: %s", type(fault).__name__)
        return Verdict()
    return content.verdict


def read_plain(text: str) -> str:
    """The new words of a bare text body, without quotes and signature."""
    return explain_plain(text).text()


def explain_plain(text: str) -> Verdict:
    """The labelled lines of a bare text body."""
    return judge(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def read_html(html: str) -> str:
    """The new words of a bare HTML body, its quote containers taken into account."""
    return body.html_words(html_text.read(html))


def _parsed(base: Message, raw: bytes, limits: ParseLimits, defects: Defects) -> Message:
    root = open_tree(raw, limits, defects)
    if root is None:
        text = charset.decode(raw[: limits.text_bytes], None, defects)
        return replace(base, text=text, reply_text=text, defects=defects.names())
    fields, raw_fields = _fields(root, limits, defects)
    layout, files, content = _content(root, limits, defects)
    text, reply = content.text, content.reply_text

    def first(name: str) -> str:
        return fields.get(name, ("",))[0]

    subject = habits.bare(first("subject"), limits.habits.subject_tags)
    sent_to = {
        name: tuple(
            address
            for value in raw_fields.get(name, ())
            for address in addresses(value, defects, limits.addresses)
        )
        for name in ("from", "to", "cc", "reply-to")
    }
    came_back = bounce.read(root, layout, fields, sent_to["from"], text, defects, written=reply)
    report_type = ""
    if layout.type == "multipart/report":
        report_type = layout.params.get("report-type", "").lower()
    kind, reasons = automatic.judge(
        fields,
        came_back,
        report_type,
        subject,
        text,
        quotes=content.quotes,
        calendar_reply=_calendar_reply(layout),
    )
    if kind is MessageKind.HUMAN and not text.strip():
        content = enclosed.words_inside(files, limits, defects)
        text, reply = content.text, content.reply_text
    return_path = None
    if "return-path" in raw_fields:
        paths = addresses(raw_fields["return-path"][0], defects)
        return_path = paths[0].address if paths else ""
    date = parse_mail_date(first("date")).value if first("date") else None
    return replace(
        base,
        subject=subject,
        sender=sent_to["from"],
        to=sent_to["to"],
        cc=sent_to["cc"],
        reply_to=sent_to["reply-to"],
        return_path=return_path,
        date=date,
        message_id=one_message_id(first("message-id")),
        in_reply_to=message_ids(first("in-reply-to")),
        references=message_ids(*fields.get("references", ())),
        text=text,
        reply_text=reply,
        language=language_of(reply, text, subject),
        kind=kind,
        kind_reasons=reasons,
        failed_recipients=came_back.failed,
        returned=returned.ids(layout, text) if kind in _ABOUT_MAIL else (),
        attachments=files,
        headers=tuple((name, value) for name, values in fields.items() for value in values),
        defects=defects.names(),
    )


def _calendar_reply(layout: Layout) -> bool:
    return any(
        leaf.type == "text/calendar" and leaf.params.get("method", "").upper() == "REPLY"
        for leaf in layout.all
    )


def _content(
    root: Part, limits: ParseLimits, defects: Defects
) -> tuple[Layout, tuple[Attachment, ...], body.Content]:
    layout = Walk(limits, defects).over(root)
    files, content = enclosed.read(layout, limits, defects, body.read(layout, limits, defects))
    return layout, files, content


def _fields(
    root: Part, limits: ParseLimits, defects: Defects
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    fields: dict[str, tuple[str, ...]] = {}
    raw: dict[str, tuple[str, ...]] = {}
    for count, (name, value) in enumerate(root.raw_items()):
        if count >= limits.headers:
            defects.note("cut:headers")
            break
        key = name.lower()
        shown = str(value)
        if len(shown) > limits.header_value:
            defects.note("cut:header-value")
            shown = shown[: limits.header_value]
        raw[key] = (*raw.get(key, ()), shown)
        fields[key] = (*fields.get(key, ()), headers.decoded(shown, defects))
    return fields, raw
