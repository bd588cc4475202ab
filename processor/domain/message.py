"""One understood mail, as a value: what arrived, free of MIME and of any library's types."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class MessageKind(StrEnum):
    """Who wrote it. Only ``HUMAN`` mails may open, move or command an incident by themselves."""

    HUMAN = "human"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    LIST = "list"
    REPORT = "report"  # read receipts, feedback loops: RFC 8098, RFC 5965


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox: display name (may be empty) and address, lower-cased domain."""

    name: str
    address: str

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address


@dataclass(frozen=True, slots=True)
class FailedRecipient:
    """An address that a bounce reports: enhanced status (RFC 3463, may be empty) and permanence."""

    address: str
    status: str
    permanent: bool


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a mail. ``name`` is already safe to write below a folder; ``sha256`` is hex.

    ``inline`` is a picture that stands in the text; ``logo`` one that stands in its signature.
    """

    name: str
    type: str
    size: int
    sha256: str
    inline: bool
    content: bytes = field(repr=False, default=b"")
    content_id: str = ""
    logo: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """What a careful reader takes from one mail.

    ``text`` is the whole readable text, ``reply_text`` only what the person newly wrote, with
    neither quotes nor signature. ``date`` is the Date header, aware, or None when it is missing
    or unreadable. ``headers`` keeps every header decoded, lower-cased name, in order.
    ``defects`` names each thing that was wrong with the bytes; nothing is ever raised.
    """

    subject: str = ""
    sender: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    return_path: str | None = None  # "" is the null return path, None: no such header
    date: datetime | None = None
    message_id: str = ""  # without angle brackets
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    text: str = ""
    reply_text: str = ""
    language: str = "zh"
    kind: MessageKind = MessageKind.HUMAN
    kind_reasons: tuple[str, ...] = ()  # which signs led to ``kind``
    failed_recipients: tuple[FailedRecipient, ...] = ()
    returned: tuple[str, ...] = ()  # Message-IDs of the mails that a bounce or receipt is about
    attachments: tuple[Attachment, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    defects: tuple[str, ...] = ()
    sha256: str = ""  # of the raw bytes, hex
    size: int = 0  # of the raw bytes

    @property
    def author(self) -> Address | None:
        """The first From address, if there is one."""
        return self.sender[0] if self.sender else None

    def header(self, name: str) -> str:
        """The first header of that name (any case), decoded; empty when there is none."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key == wanted), "")

    def header_all(self, name: str) -> tuple[str, ...]:
        """Every header of that name, in the order of the mail."""
        wanted = name.lower()
        return tuple(value for key, value in self.headers if key == wanted)
