"""``winmail.dat``: what Outlook wraps in TNEF (MS-OXTNEF) when it should not."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from processor.domain.message import Attachment
from processor.parsing import attachments, charset, tnef_bounds
from processor.parsing.defects import Defects

_TYPES = ("application/ms-tnef", "application/vnd.ms-tnef")
_SIGNATURE = b"\x78\x9f\x3e\x22"
_MOST_FILES = 100
# The library reports each oddity of strangers' bytes; the mail's defects say it once.
logging.getLogger("tnef-decode").setLevel(logging.CRITICAL)
logging.getLogger("tnefparse").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """The files inside, and the body if one is inside: HTML source and plain text."""

    files: tuple[Attachment, ...] = ()
    html: str = ""
    text: str = ""


def is_tnef(media_type: str, content: bytes) -> bool:
    """Whether a part is a TNEF stream, by its type or name's usual bytes."""
    return media_type in _TYPES or content[:4] == _SIGNATURE


def unwrap(content: bytes, first_number: int, defects: Defects) -> Unwrapped | None:
    """What is inside; None, with a defect, when the stream cannot be read."""
    from tnefparse import TNEF  # rare, and slow to import

    try:
        if not tnef_bounds.believable(content):
            raise ValueError("counts beyond its bytes")  # noqa: TRY301 - as below
        tnef = TNEF(content, do_checksum=False)
        found = [
            (_characters(one.long_filename() or one.name, defects), bytes(one.data))
            for one in tnef.attachments[:_MOST_FILES]
        ]
        html, text = tnef.htmlbody or b"", tnef.body or b""
        if not (found or html or text):
            raise ValueError("nothing inside")  # noqa: TRY301 - the one place where it is told
    except Exception:  # noqa: BLE001 - a stranger's bytes in a stranger's parser
        defects.note("tnef-unreadable")
        return None
    files = tuple(
        attachments.attachment(name, attachments.type_of(name), data, number, inline=False)
        for number, (name, data) in enumerate(found, first_number)
    )
    return Unwrapped(files, _characters(html, defects), _characters(text, defects))


def _characters(value: bytes | str, defects: Defects) -> str:
    text = charset.decode(value, None, defects) if isinstance(value, bytes) else value
    return text.replace("\r\n", "\n").replace("\x00", "")
