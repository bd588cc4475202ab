"""A mail that another one encloses as a file: ``.eml``, ``message/rfc822``, Outlook's ``.msg``."""

from __future__ import annotations

from processor.domain.message import Message
from processor.parsing import outlook
from processor.parsing.limits import DEFAULT_LIMITS, ParseLimits
from processor.parsing.parse import parse

_MAIL = "message/rfc822"


def attached_mail(message: Message, limits: ParseLimits = DEFAULT_LIMITS) -> Message | None:
    """The first attached mail that names its author, understood; None where there is none."""
    for file in message.attachments:
        saved = file.name.lower().endswith(outlook.SUFFIX) and outlook.is_outlook(file.content)
        if file.type == _MAIL or saved:
            inner = parse(file.content, limits)
            if inner.author is not None and inner.author.address:
                return inner
    return None
