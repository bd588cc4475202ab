"""A mail that is ready to leave, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outgoing:
    """``raw`` is the whole message (RFC 5322, CRLF line ends). ``key`` names its cause: the same
    cause never queues a second mail. ``message_id`` has no angle brackets and is fixed here, so
    that a repeated delivery is recognised as the same mail."""

    key: str
    message_id: str
    event: str  # X-Postdesk-Event
    number: str  # of the incident, or ""
    mailbox: str  # the service mailbox that it speaks for
    envelope_from: str  # "" is the null return path
    recipients: tuple[str, ...]
    subject: str
    text: str  # what was newly said, for the record
    internal: bool
    raw: bytes
