"""Asking an IMAP server for sizes and for octets, never letting one message hide another."""

from __future__ import annotations

import imaplib
import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from processor.intake.imap_session import UID_SET, throttle_seconds

log = logging.getLogger(__name__)

Size = tuple[int, datetime | None]  # bytes, and when the server got the message (UTC)


def sizes(client: IMAPClient, uids: Sequence[int]) -> dict[int, Size]:
    """What the server says of each message that it still has."""
    found: dict[int, Size] = {}
    for start in range(0, len(uids), UID_SET):
        some = list(uids[start : start + UID_SET])
        for uid, answer in client.fetch(some, ["RFC822.SIZE", "INTERNALDATE"]).items():
            found[uid] = (int(answer.get(b"RFC822.SIZE", 0)), _utc(answer.get(b"INTERNALDATE")))
    return found


def whole(client: IMAPClient, uids: list[int]) -> dict[int, bytes]:
    """The whole messages, without marking them as read; those that are gone or refused lack."""
    return _octets(client, uids, "BODY.PEEK[]", b"BODY[]")


def headers(client: IMAPClient, uids: list[int], most: int) -> dict[int, bytes]:
    """The first ``most`` bytes of the messages' headers, likewise."""
    return _octets(client, uids, f"BODY.PEEK[HEADER]<0.{most}>", b"BODY[HEADER]")


def _octets(client: IMAPClient, uids: list[int], item: str, key: bytes) -> dict[int, bytes]:
    if not uids:
        return {}
    try:
        answers = client.fetch(uids, [item])
    except imaplib.IMAP4.abort:
        raise
    except IMAPClientError as error:
        if throttle_seconds(str(error)) is not None:
            raise
        if len(uids) == 1:
            log.warning("UID %d is not handed over: %s", uids[0], error)
            return {}
        # One message that the server cannot read must not hide its neighbours.
        found: dict[int, bytes] = {}
        for uid in uids:
            found |= _octets(client, [uid], item, key)
        return found
    return {
        uid: value
        for uid, answer in answers.items()
        for name, value in answer.items()
        if name.upper().startswith(key) and isinstance(value, bytes)
    }


def _utc(value: Any) -> datetime | None:
    if not isinstance(value, datetime) or value.tzinfo is None:
        return None
    return value.astimezone(UTC)
