"""What a mail says to those who read of it elsewhere: never nothing, whatever it is made of."""

from __future__ import annotations

import re

from processor.domain.message import Message

_PICTURE = re.compile(r"\[cid:([^\[\]]*)\]")
NOTHING = "—"


def words_of(message: Message, note: str) -> str:
    """The newly written words, pictures among them by their names; without any, the names of the
    files; without those, what else the mail holds: its quotes, its subject."""
    names = {one.content_id: one.name for one in message.attachments if one.content_id}

    def named(hit: re.Match[str]) -> str:
        return f"[{names.get(hit[1], hit[1])}]"

    words = _PICTURE.sub(named, note.strip() or message.reply_text.strip())
    if words.strip():
        return words
    files = [f"[{one.name}]" for one in message.attachments if not one.logo]
    return " ".join(files) or message.text.strip() or message.subject.strip() or NOTHING


def says_nothing(message: Message, note: str) -> bool:
    """Whether there is neither a new word nor a file: an answer that was sent by mistake, or of
    which a mail program has left nothing."""
    files = [one for one in message.attachments if not one.logo]
    return not (note.strip() or message.reply_text.strip() or files)
