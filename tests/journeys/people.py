"""People of the stories: what they write, answer and click, and what they find in their mail."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from processor.demo.correspondent import Correspondent, Enclosed, links
from processor.demo.story import DESK

if TYPE_CHECKING:
    from tests.journeys.desk import Story

CHECKED_BY = "mx.example.com"  # our own server's name in Authentication-Results


class Person:
    """Somebody with a mailbox and a mail program at one desk."""

    def __init__(self, desk: Story, name: str, address: str, language: str) -> None:
        self.desk = desk
        self.address = address
        self._program = Correspondent(name, address, language)

    def __repr__(self) -> str:
        return self.address

    # ---- what people do ------------------------------------------------------------------------

    def writes(
        self,
        subject: str,
        text: str,
        *,
        to: str = DESK,
        headers: Sequence[tuple[str, str]] = (),
        enclosed: Sequence[Enclosed] = (),
        answering: EmailMessage | None = None,
    ) -> bytes:
        """A new mail of this person; what he hands in is given back."""
        raw = self._program.write(
            to, subject, text, self.desk.tick(), enclosed=enclosed, answering=answering
        )
        return self.desk.post(_with(raw, headers))

    def answers(
        self,
        event: str,
        text: str,
        *,
        headers: Sequence[tuple[str, str]] = (),
        mail: EmailMessage | None = None,
    ) -> bytes:
        """Answers the last mail of that kind (X-Postdesk-Event) that he got, above its quote."""
        raw = self._program.answer((mail or self.got(event)).as_bytes(), text, self.desk.tick())
        return self.desk.post(_with(raw, headers))

    def clicks(self, event: str, command: str, more: str = "") -> bytes:
        """Sends the mail that a button of the last mail of that kind prepares."""
        raw = self._program.click(self.got(event).as_bytes(), command, self.desk.tick(), more)
        return self.desk.post(raw)

    def answers_strangely(self, event: str, text: str, **gone: Any) -> bytes:
        """Answers from a mail program that keeps only what is not named in ``gone``: the address
        (``address=True`` loses the signed one), the ``thread`` headers, the ``quote``, the
        ``tag`` of the subject."""
        mail = self.got(event)
        subject = str(mail["Subject"])
        if gone.get("tag"):
            subject = subject.partition("[")[0].strip()
        to = DESK if gone.get("address") else str(mail["Reply-To"])
        quote = "" if gone.get("quote") else "\n\n" + self._program._quoted(mail)
        thread = None if gone.get("thread") else mail
        return self.writes(f"回复：{subject}", text + quote, to=to, answering=thread)

    def says(self, text: str, ordinal: int = 1, subject: str = "") -> bytes:
        """A fresh mail about an incident, named in the subject, which his own provider has signed
        and our server has checked: proof enough without any token."""
        number = self.desk.numbers[ordinal - 1]
        domain = self.address.rpartition("@")[2]
        passed = f"{CHECKED_BY}; dkim=pass header.d={domain}"
        headers = [("Authentication-Results", passed)]
        return self.writes(f"{subject or '关于'} [{number}]", text, headers=headers)

    def asks(self, text: str) -> bytes:
        """The same without naming any incident."""
        domain = self.address.rpartition("@")[2]
        headers = [("Authentication-Results", f"{CHECKED_BY}; dkim=pass header.d={domain}")]
        return self.writes("请教", text, headers=headers)

    # ---- what they find ------------------------------------------------------------------------

    @property
    def mails(self) -> list[EmailMessage]:
        """Everything that he ever got, oldest first."""
        return [mail for mail in self.desk.sent() if self.address in str(mail["To"])]

    @property
    def news(self) -> list[str]:
        """Kinds of the mails that came in the desk's last turn."""
        return [
            str(mail["X-Postdesk-Event"])
            for mail in self.desk.sent(self.desk.seen)
            if self.address in str(mail["To"])
        ]

    def got(self, event: str) -> EmailMessage:
        """The last mail of that kind that he got."""
        mail: EmailMessage
        for mail in reversed(self.mails):
            if mail["X-Postdesk-Event"] == event:
                return mail
        raise LookupError(f"{self.address} got no {event}, but {self.news}")

    def reads(self, event: str) -> str:
        """Subject and text of that mail."""
        return told(self.got(event))

    def buttons(self, event: str) -> str:
        """Everything that the buttons of that mail would send."""
        return unquote("\n".join(links(self.got(event).as_bytes())))


def told(mail: EmailMessage) -> str:
    """Subject and plain text of a mail."""
    body = mail.get_body(("plain",))
    assert body is not None
    return f"{mail['Subject']}\n{body.get_content()}"


def html_of(mail: EmailMessage) -> str:
    """The page that the mail is."""
    body = mail.get_body(("html",))
    assert body is not None
    return str(body.get_content())


def _with(raw: bytes, headers: Sequence[tuple[str, str]]) -> bytes:
    """Further headers on top, as servers on the way add them."""
    top = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return top.encode() + raw
