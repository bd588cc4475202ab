"""What holds for the value of every mail, whatever its bytes were."""

from __future__ import annotations

from processor.domain.message import Message
from processor.parsing.limits import DEFAULT_LIMITS

FORBIDDEN = frozenset('/\\\x00\r\n:*?"<>|')
LONGEST_NAME = 220  # bytes of a file name


def sound(message: Message, raw: bytes | None = None) -> None:
    """Assert it: no fault inside, text that can be written anywhere, safe names, bounds kept."""
    assert not [note for note in message.defects if note.startswith("unreadable")]
    assert raw is None or message.size == len(raw)
    for text in (message.text, message.reply_text, message.subject):
        text.encode("utf-8")
        assert "\x00" not in text
    assert len(message.text) <= DEFAULT_LIMITS.text_chars + DEFAULT_LIMITS.parts
    assert len(message.reply_text) <= DEFAULT_LIMITS.text_chars
    assert len(message.attachments) <= DEFAULT_LIMITS.attachments
    for item in message.attachments:
        assert item.name
        assert not set(item.name) & FORBIDDEN
        assert item.name not in (".", "..")
        assert len(item.name.encode()) <= LONGEST_NAME
        assert item.size == len(item.content)
    assert message.language in ("zh", "en")
    for address in (*message.sender, *message.to, *message.cc, *message.reply_to):
        str(address).encode("utf-8")
    for one in (message.message_id, *message.references, *message.in_reply_to):
        one.encode("utf-8")
    for _, value in message.headers:
        value.encode("utf-8")
    if message.date is not None:
        assert message.date.tzinfo is not None
