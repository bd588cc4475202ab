"""Outlook's own files (``.msg``, MS-OXMSG) as the mails that they were.

What Outlook saves is written down again in MIME, so that one reader reads all mails.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from processor.parsing.defects import Defects

if TYPE_CHECKING:
    from oxmsg.attachment import Attachment

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SUFFIX = ".msg"
_CLASS, _SUBJECT, _BODY, _HTML = 0x001A, 0x0037, 0x1000, 0x1013
_HEADERS, _MESSAGE_ID, _REFERENCES, _IN_REPLY_TO = 0x007D, 0x1035, 0x1039, 0x1042
_SENDER_NAME, _SENDER_SMTP, _SENDER_ADDRESS = 0x0C1A, 0x5D01, 0x0C1F
_SUBMITTED, _DELIVERED, _CODEPAGE = 0x0039, 0x0E06, 0x3FDE
_RECIPIENT_TYPE, _CONTENT_ID, _SHORT_NAME = 0x0C15, 0x3712, 0x3704
_FIELD_OF = {1: "To", 2: "Cc"}
_LABELS = {
    936: "gbk",
    54936: "gb18030",
    950: "big5",
    65001: "utf-8",
    932: "shift_jis",
    949: "euc-kr",
}
_MIME_FIELD = re.compile(r"(?:content-[\w-]+|mime-version)\s*:", re.IGNORECASE)
_SAFE_TYPE = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,80}")
_MOST = 200  # recipients, files
_BOUNDARY = "=_outlook"
_EPOCH = 1970  # a missing date is told as 1601


def is_outlook(content: bytes) -> bool:
    """Whether it is a compound file, as ``.msg`` files are; old Word files are, too."""
    return content.startswith(MAGIC)


def as_mail(content: bytes, defects: Defects) -> bytes | None:
    """The file as a mail in MIME; None, with a defect, when it is none or cannot be read."""
    from oxmsg import Message as OutlookMessage  # rare, and slow to import

    try:
        told = OutlookMessage.load(content)
        if _text(told.properties, _CLASS) is None:
            raise ValueError("no message class")  # noqa: TRY301 - the one place where it is told
        head = "\r\n".join(_fields(told))
        parts = [*_bodies(told.properties), *_files(told.attachments, defects)]
    except Exception:  # noqa: BLE001 - a stranger's bytes in a stranger's parser
        defects.note("outlook-unreadable")
        return None
    head += (
        f'\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="{_BOUNDARY}"\r\n\r\n'
    )
    inner = b"".join(b"--" + _BOUNDARY.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    return head.encode("utf-8", "replace") + inner + b"--" + _BOUNDARY.encode() + b"--\r\n"


def _text(properties: Any, pid: int) -> str | None:
    try:
        value = properties.str_prop_value(pid)
    except (ValueError, LookupError):
        return None  # written in another code page than the file says
    return value.replace("\x00", "") if isinstance(value, str) else None


def _fields(told: Any) -> Iterator[str]:
    """The fields as they came over the wire; made anew for a mail that never travelled."""
    wire = (_text(told.properties, _HEADERS) or "").replace("\r\n", "\n").strip("\n")
    if ":" in wire:
        keep = True
        for line in wire.split("\n"):
            if line[:1] not in (" ", "\t"):
                keep = not _MIME_FIELD.match(line)
            if keep and line.strip():
                yield line
        return
    name = _text(told.properties, _SENDER_NAME) or ""
    address = _text(told.properties, _SENDER_SMTP) or _text(told.properties, _SENDER_ADDRESS) or ""
    yield f"From: {_mailbox(name, address)}"
    for kind, field in _FIELD_OF.items():
        found = [
            _mailbox(one.name, one.email_address)
            for one in told.recipients[:_MOST]
            if (one.properties.int_prop_value(_RECIPIENT_TYPE) or 1) == kind
        ]
        if found:
            yield f"{field}: {', '.join(found)}"
    yield f"Subject: {_word(_text(told.properties, _SUBJECT) or '')}"
    for pid in (_SUBMITTED, _DELIVERED):
        date = told.properties.date_prop_value(pid)
        if isinstance(date, datetime) and date.year > _EPOCH:
            yield f"Date: {format_datetime(date)}"
            break
    fields = (
        ("Message-ID", _MESSAGE_ID),
        ("In-Reply-To", _IN_REPLY_TO),
        ("References", _REFERENCES),
    )
    for field, pid in fields:
        value = " ".join((_text(told.properties, pid) or "").split())
        if value:
            yield f"{field}: {value}"


def _mailbox(name: str, address: str) -> str:
    clean = "".join(address.split()).strip("<>")
    return f"{_word(name)} <{clean}>" if name else f"<{clean}>"


def _word(text: str) -> str:
    """One encoded word (RFC 2047), however long: nobody but our own reader sees it."""
    return f"=?utf-8?B?{base64.b64encode(text.encode('utf-8', 'replace')).decode()}?="


def _part(fields: str, content: bytes) -> bytes:
    head = f"{fields}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head.encode("utf-8", "replace") + base64.encodebytes(content)


def _bodies(properties: Any) -> Iterator[bytes]:
    """The words as plain text and HTML: alternatives of each other where both are there."""
    bodies = []
    text = _text(properties, _BODY)
    if text and text.strip():
        bodies.append(
            _part("Content-Type: text/plain; charset=utf-8", text.encode("utf-8", "replace"))
        )
    markup = properties.binary_prop_value(_HTML)
    label = _LABELS.get(properties.int_prop_value(_CODEPAGE) or 0, "")
    if not markup:
        markup, label = (_text(properties, _HTML) or "").encode("utf-8", "replace"), "utf-8"
    if markup.strip():
        kind = "Content-Type: text/html" + (f"; charset={label}" if label else "")
        bodies.append(_part(kind, markup))
    mark = f"{_BOUNDARY}_body"
    head = f'Content-Type: multipart/alternative; boundary="{mark}"\r\n\r\n'
    inner = b"".join(f"--{mark}\r\n".encode() + body + b"\r\n" for body in bodies)
    if bodies:
        yield head.encode() + inner + f"--{mark}--\r\n".encode()


def _files(files: tuple[Attachment, ...], defects: Defects) -> Iterator[bytes]:
    for file in files[:_MOST]:
        content = file.file_bytes
        if content is None:
            defects.note("outlook-file-elsewhere")  # a link, or a message inside the message
            continue
        name = _text(file.properties, 0x3707) or _text(file.properties, _SHORT_NAME) or ""
        told = file.mime_type or ""
        kind = told if _SAFE_TYPE.fullmatch(told) else "application/octet-stream"
        content_id = "".join((_text(file.properties, _CONTENT_ID) or "").split()).strip("<>")
        shown = "inline" if content_id else "attachment"
        fields = f"Content-Type: {kind}\r\n"
        fields += f"Content-Disposition: {shown}; filename*=utf-8''{quote(name, safe='')}"
        yield _part(fields + (f"\r\nContent-ID: <{content_id}>" if content_id else ""), content)
