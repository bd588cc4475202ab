"""What a dropped file holds: one mail (Outlook's, too), a whole mbox of them, or a form in want of
an envelope."""

from __future__ import annotations

import hashlib
import mailbox
from collections.abc import Iterator
from contextlib import closing
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from processor.intake.files import modified

FORM_TYPES = {
    ".docx": "vnd.openxmlformats-officedocument.wordprocessingml.document",
}
KINDS = frozenset({".eml", ".msg", ".mbox", *FORM_TYPES})


def content_name(raw: bytes) -> str:
    """The part of a UID that stands for the content: 32 hex digits of its SHA-256."""
    return hashlib.sha256(raw).hexdigest()[:32]


def mbox_messages(path: Path) -> Iterator[bytes]:
    """The messages of an mbox file in order, without the ``From `` lines; the file is only read.

    The standard library finds the places first and then reads one message at a time, so that
    memory holds one message, however large the file.
    """
    with closing(mailbox.mbox(path, create=False)) as box:
        for key in box.iterkeys():
            yield box.get_bytes(key)


def enveloped(path: Path, content: bytes, sender: str) -> bytes:
    """A mail around a dropped document. The same document under the same name gives the same
    bytes, so that a second look does not make a second mail of it."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(addr_spec=sender)
    mail["Subject"] = path.stem
    mail["Date"] = format_datetime(modified(path.stat()))
    mail["Message-ID"] = f"<drop-{content_name(content)}@{sender.rpartition('@')[2]}>"
    mail["X-Postdesk-Channel"] = "folder"
    mail.set_content("")
    mail.add_attachment(
        content,
        maintype="application",
        subtype=FORM_TYPES[path.suffix.lower()],
        filename=path.name,
    )
    mail.set_boundary(f"=_{content_name(content)}")  # by default it is drawn by lot
    return mail.as_bytes()
