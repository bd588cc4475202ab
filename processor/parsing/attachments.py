"""Attachments: names that are safe to write below a folder, whatever the mail calls them."""

from __future__ import annotations

import hashlib
import mimetypes
import re
import unicodedata

from processor.domain.message import Attachment

# Control and format characters (line ends, bidirectional overrides), and what Windows forbids.
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]')
_RESERVED = re.compile(r"^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", re.IGNORECASE)
_MOST_BYTES = 200
_SUFFIXES = {"message/rfc822": ".eml", "text/calendar": ".ics", "text/plain": ".txt"}


def safe_name(name: str) -> str:
    """The last path part without control characters, reserved or hidden names; may be empty.

    Chinese stays as it is (NFC). At most 200 bytes of UTF-8, the suffix kept.
    """
    name = name.encode("utf-8", "replace").decode("utf-8")
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rstrip("/")
    name = _FORBIDDEN.sub("", name.rsplit("/", 1)[-1])
    name = " ".join(name.split()).strip(" .")
    if not name:
        return ""
    name = _RESERVED.sub(lambda found: f"_{found[0]}", name)
    return _shortened(name)


def _shortened(name: str) -> str:
    if len(name.encode()) <= _MOST_BYTES:
        return name
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix.encode()) > 20:
        stem, suffix = name, ""
    tail = dot + suffix if suffix else ""
    room = _MOST_BYTES - len(tail.encode())
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .") + tail


def name_for(media_type: str, number: int) -> str:
    """A name for a part that brings none: ``part-2.png``; ``number`` counts from 1."""
    suffix = _SUFFIXES.get(media_type) or mimetypes.guess_extension(media_type) or ".bin"
    return f"part-{number}{suffix}"


def type_of(name: str) -> str:
    """The media type that a file name suggests; application/octet-stream when none."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def attachment(
    name: str,
    media_type: str,
    content: bytes,
    number: int,
    *,
    inline: bool,
    content_id: str = "",
    logo: bool = False,
) -> Attachment:
    """One attachment with its size in bytes and its SHA-256."""
    return Attachment(
        name=safe_name(name) or name_for(media_type, number),
        type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        inline=inline,
        content=content,
        content_id=content_id,
        logo=logo,
    )
