"""How much of one mail is read: bounds that no mail may exceed, whoever made it."""

from __future__ import annotations

from dataclasses import dataclass

from processor.domain.habits import NO_HABITS, Habits


@dataclass(frozen=True, slots=True)
class ParseLimits:
    """Bounds in bytes and counts. What lies beyond is cut, and a defect names what was cut.

    The bytes themselves are kept whole elsewhere; these bounds only say how far reading goes.
    ``habits`` is what a house adds to how its mails are read.
    """

    message_bytes: int = 50 * 1024 * 1024
    oversize_bytes: int = 8 * 1024 * 1024  # how much of a larger one is looked at
    lines: int = 800_000  # of the whole mail: an opener keeps one object for each
    header_bytes: int = 256 * 1024  # of one header block
    headers: int = 1_000  # fields of one header block
    header_value: int = 64 * 1024  # characters of one field
    composites: int = 100  # multipart/* and message/* announcements in the whole mail
    depth: int = 30  # nesting of parts
    parts: int = 1_000  # leaves that are looked at
    text_bytes: int = 2 * 1024 * 1024  # of one text part, decoded transfer encoding
    text_chars: int = 2_000_000  # of the text as a whole
    reply_chars: int = 400_000  # how far new words are told from quotes
    html_nodes: int = 200_000  # tags and texts of one HTML part
    attachments: int = 200
    addresses: int = 500  # of one field
    references: int = 200
    habits: Habits = NO_HABITS


DEFAULT_LIMITS = ParseLimits()
