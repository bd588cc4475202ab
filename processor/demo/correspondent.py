"""Somebody with a mail program: writes, answers in the thread, clicks a link of a mail."""

from __future__ import annotations

import email
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import format_datetime
from urllib.parse import parse_qs, unquote, urlsplit

_MAILTO = re.compile(r'href="(mailto:[^"]+)"')


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that goes with a mail."""

    name: str
    type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Correspondent:
    """``language`` decides the words that the program itself adds, as mail programs do."""

    name: str
    address: str
    language: str

    def write(
        self,
        to: str,
        subject: str,
        text: str,
        at: datetime,
        *,
        enclosed: Sequence[Enclosed] = (),
        answering: EmailMessage | None = None,
    ) -> bytes:
        """A mail of this person at ``at`` (aware); deterministic, so that a story can be retold."""
        mail = EmailMessage(policy=SMTP)
        local, _, domain = self.address.partition("@")
        mail["From"] = Address(self.name, local, domain)
        mail["To"] = to
        mail["Subject"] = subject
        mail["Date"] = format_datetime(at)
        mail["Message-ID"] = f"<{local}.{at:%Y%m%d%H%M%S}@{domain}>"
        if answering is not None:
            known = str(answering["Message-ID"] or "").strip()
            before = str(answering["References"] or "").split()
            mail["In-Reply-To"] = known
            mail["References"] = " ".join((*before, known))
        mail.set_content(text, cte="base64")
        for file in enclosed:
            kind, _, sub = file.type.partition("/")
            mail.add_attachment(file.content, maintype=kind, subtype=sub, filename=file.name)
        if enclosed:
            mail.set_boundary(f"=_{local}-{at:%H%M%S}")
        return mail.as_bytes()

    def answer(self, raw: bytes, text: str, at: datetime) -> bytes:
        """Answer ``raw`` above its quote, to the address that it asks answers to."""
        mail = read(raw)
        to = str(mail["Reply-To"] or mail["From"])
        subject = str(mail["Subject"] or "")
        prefix = "回复：" if self.language == "zh" else "Re: "
        if not subject.startswith(prefix):
            subject = prefix + subject
        return self.write(to, subject, f"{text}\n\n{self._quoted(mail)}", at, answering=mail)

    def click(self, raw: bytes, command: str, at: datetime, more: str = "") -> bytes:
        """Send the mail that a link of ``raw`` prepares: the one whose text has ``command`` in it.

        Like a real mail program, it knows no thread: only address, subject and text. Raises
        LookupError when no link offers the command.
        """
        for link in links(raw):
            parts = urlsplit(link)
            given = {name: values[0] for name, values in parse_qs(parts.query).items()}
            body = given.get("body", "")
            if command in body:
                text = f"{body}\n{more}" if more else body
                return self.write(unquote(parts.path), given.get("subject", ""), text, at)
        raise LookupError(f"no link offers {command}")

    def away(self, raw: bytes, subject: str, text: str, at: datetime) -> bytes:
        """What this person's server answers while he is away (RFC 3834)."""
        mail = read(raw)
        answer = read(self.write(str(mail["From"]), subject, text, at, answering=mail))
        answer["Auto-Submitted"] = "auto-replied"
        return answer.as_bytes(policy=SMTP)

    def _quoted(self, mail: EmailMessage) -> str:
        body = mail.get_body(("plain",))
        said = str(body.get_content()) if body is not None else ""
        quote = "\n".join(f"> {line}" for line in said.strip().splitlines())
        sender = str(mail["From"])
        if self.language == "zh":
            return f"在 {mail['Date']}，{sender} 写道：\n{quote}"
        return f"On {mail['Date']}, {sender} wrote:\n{quote}"


def read(raw: bytes) -> EmailMessage:
    """A received mail, as a mail program reads it."""
    return email.message_from_bytes(raw, policy=default)


def links(raw: bytes) -> list[str]:
    """Every mailto link of a mail's HTML, in order."""
    body = read(raw).get_body(("html",))
    found = _MAILTO.findall(str(body.get_content())) if body is not None else []
    return [html.unescape(link) for link in found]
