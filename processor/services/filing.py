"""Keeping mails and files with an incident."""

from __future__ import annotations

from datetime import datetime

from processor.domain import tokens
from processor.domain.incident import Incident, MailRecord, StoredAttachment
from processor.domain.message import Message
from processor.store.blobs import Blobs
from processor.store.unit_of_work import UnitOfWork

_LOGO_BYTES = 100_000  # larger pictures show something
_HABIT = 2  # earlier incidents with the same picture
_MOST_ASKED = 10  # pictures of one mail


def keep_mail(
    work: UnitOfWork,
    blobs: Blobs,
    incident: Incident,
    message: Message,
    text: str,
    *,
    at: datetime,
    spool_id: int,
    event: str,
    internal: bool,
    attachment_bytes: int,
) -> None:
    """File an incoming mail and its attachments. ``text`` is what was newly written.

    Of an attachment larger than ``attachment_bytes`` only its name and size are kept here; the
    whole mail stays in the spool. Blobs are written before the commit: one that no row names is
    harmless, a row without its blob is not.
    """
    record = incoming(message, text, at=at, event=event, internal=internal)
    work.mails.add(incident.number, record, spool_id=spool_id)
    logos = _logos(work, incident.number, message)
    for attached in message.attachments:
        if attached.size <= attachment_bytes:
            blobs.put(attached.sha256, attached.content)
    work.attachments.add(
        incident.number,
        *(
            StoredAttachment(
                name=attached.name,
                type=attached.type,
                size=attached.size,
                sha256=attached.sha256,
                inline=attached.inline,
                logo=attached.sha256 in logos,
                message_id=message.message_id,
            )
            for attached in message.attachments
        ),
        sender=record.sender,
    )


def incoming(
    message: Message, text: str, *, at: datetime, event: str, internal: bool
) -> MailRecord:
    """A mail that came in as records keep it: no proof that it was sent to stays readable."""
    author = message.author
    return MailRecord(
        at=at,
        direction="in",
        message_id=message.message_id,
        sender=author.address if author else "",
        recipients=tuple(tokens.without_proof(a.address) for a in (*message.to, *message.cc)),
        subject=message.subject,
        text=text,
        event=event,
        internal=internal,
    )


def _logos(work: UnitOfWork, number: str, message: Message) -> frozenset[str]:
    """The contents (SHA-256) that only dress the sender's mails: pictures in signatures, and small
    ones within the text that came with mails of the sender's domain on other incidents before. A
    screenshot is new with each incident, however often answers carry it along within one."""
    found = {one.sha256 for one in message.attachments if one.logo}
    domain = message.author.address.rpartition("@")[2].lower() if message.author else ""
    small = {
        one.sha256
        for one in message.attachments
        if one.inline and one.type.startswith("image/") and one.size <= _LOGO_BYTES
    }
    for sha256 in sorted(small - found)[:_MOST_ASKED] if domain else ():
        if work.attachments.incidents_with(sha256, domain, besides=number) >= _HABIT:
            found.add(sha256)
    return frozenset(found)
