"""``config/postdesk.yaml``: the desk itself, its ways in and out, its limits."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from processor.settings.schema.kinds import (
    AddressText,
    Bytes,
    Model,
    Name,
    Secret,
    Text,
    Titles,
    Zone,
)
from processor.settings.schema.logins import Login

Security = Literal["tls", "starttls", "none"]


def lacking(key: str, kind: str) -> PydanticCustomError:
    """A key that entries of this kind must have."""
    return PydanticCustomError("lacking", "lacks {key}", {"key": key, "kind": kind})


def admitted(end: Mailbox | Sender) -> None:
    """Raises when an end that must log in has nothing to do it with, or two ways."""
    if end.login and end.auth != "oauth2":
        raise PydanticCustomError("login_unused", "needs oauth2", {"key": "login"})
    if end.password is None and not end.login:
        raise lacking("password", end.kind)


class Mailbox(Model):
    """A service mailbox: people write there, and answers come from there."""

    name: Name
    """Of your own; never change it once mail was taken: the ledger knows messages by it."""
    kind: Literal["imap", "maildir", "folder"]
    """imap: a mail server; maildir: a Maildir on this machine; folder: a folder of .eml files."""
    address: AddressText
    """The mailbox's own address: answers come from it."""
    aliases: tuple[AddressText, ...] = ()
    """Further addresses of the same mailbox."""
    display_name: Titles = Field(default_factory=lambda: {"zh": "服务台", "en": "Service Desk"})
    """The name that readers see, by language."""
    sender: str = ""
    """Name of the way out; empty: the first one."""
    path: str = ""
    """Of a maildir or folder; relative to the home."""
    host: str = ""
    """The IMAP server's name."""
    port: int = Field(default=0, ge=0, le=65535)
    """0: 993, or 143 without tls."""
    security: Security = "tls"
    """tls from the first byte, starttls, or none (a server on this machine)."""
    user: str = ""
    """Log-in name, mostly the address."""
    password: Secret | None = None
    """Where the password lies: env:NAME or file:path."""
    auth: Literal["password", "oauth2"] = "password"
    """How to log in."""
    login: str = ""
    """With oauth2: the login of `logins` whose tokens are used; empty: `password` names a token."""
    folder: Text = "INBOX"
    """Where new mail arrives; levels with /."""
    processed_folder: Text = "postdesk/processed"
    """Where mail goes when it was dealt with."""
    quarantine_folder: Text = "postdesk/quarantine"
    """Where mail goes that a person must look at."""
    subaddress: Literal["+", ""] = ""
    """"+" where the server delivers desk+anything@ to desk@ (most do), else empty."""
    trusted_path: bool = False
    """true only where nobody can hand in mail under another's name: commands then need no proof."""
    authserv_ids: tuple[Text, ...] = ()
    """Names of your own mail servers, as in the Authentication-Results lines that they write."""
    verify_dkim: bool = True
    """Verify DKIM signatures here, with keys from DNS; false where the server has no DNS."""
    staff_text: Literal["note", "reply"] = "note"
    """What free text of staff becomes: an internal note, or a reply to the reporter."""
    rejoin_days: int = Field(default=14, ge=0, le=365)
    """An answer that lost every sign of its thread is known by its author and its subject, for so
    many days after the report; 0: never."""
    profile: str = ""
    """Process profile of what arrives here; empty: the desk's."""
    poll_seconds: int = Field(default=60, ge=1, le=86_400)
    """Seconds between two looks."""
    idle: bool = True
    """Let the server tell of new mail at once (IMAP IDLE)."""
    batch: int = Field(default=50, ge=1, le=1_000)
    """At most so many messages at a time."""
    timeout_seconds: int = Field(default=60, ge=1, le=600)
    """Longest wait for the server's answer."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        needed = ("host", "user") if self.kind == "imap" else ("path",)
        for key in needed:
            if not getattr(self, key):
                raise lacking(key, self.kind)
        if self.kind == "imap":
            admitted(self)
        return self


class Sender(Model):
    """A way out for mail."""

    name: Name
    """Of your own."""
    kind: Literal["smtp", "outbox"]
    """smtp: a mail server; outbox: a folder of .eml files, nothing leaves the house."""
    path: str = ""
    """Of an outbox; relative to the home."""
    host: str = ""
    """The SMTP server's name."""
    port: int = Field(default=0, ge=0, le=65535)
    """0: 587, 465 with tls, 25 with none."""
    security: Security = "starttls"
    """starttls, tls from the first byte, or none (a server on this machine)."""
    user: str = ""
    """Log-in name; empty: no log-in."""
    password: Secret | None = None
    """Where the password lies: env:NAME or file:path."""
    auth: Literal["password", "oauth2"] = "password"
    """How to log in."""
    login: str = ""
    """With oauth2: the login of `logins` whose tokens are used; empty: `password` names a token."""
    pool: int = Field(default=1, ge=1, le=50)
    """Connections at a time."""
    timeout_seconds: int = Field(default=60, ge=1, le=600)
    """Longest wait for the server's answer."""
    envelope_from: str = ""
    """Return path; empty: as each mail says."""
    null_return_path: bool = True
    """false where the server refuses automatic answers' empty return path (most web mailers do):
    they then go under envelope_from, and their headers alone end loops."""
    hello: str = ""
    """Name given to the server; empty: this machine's."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.kind == "smtp" and not self.host:
            raise lacking("host", self.kind)
        if self.kind == "outbox" and not self.path:
            raise lacking("path", self.kind)
        if not self.null_return_path and not self.envelope_from:
            raise lacking("envelope_from", self.kind)
        if self.kind == "smtp" and self.user:
            admitted(self)
        return self


class Database(Model):
    """Where records are kept."""

    url: Text = "sqlite:///data/postdesk.db"
    """sqlite:///path (relative to the home) or postgresql://user@host/name."""
    password: Secret | None = None
    """Where PostgreSQL's password lies: env:NAME or file:path."""

    @model_validator(mode="after")
    def _known(self) -> Self:
        scheme, colon, rest = self.url.partition("://")
        if not colon or scheme not in ("sqlite", "postgresql", "postgresql+psycopg"):
            raise PydanticCustomError("bad_database", "not a database", {"key": "url"})
        if scheme != "sqlite" and ":" in rest.partition("@")[0] and "@" in rest:
            raise PydanticCustomError("plain_secret", "a password in the open", {"key": "url"})
        return self


class Limits(Model):
    """What the desk takes, and how much it answers."""

    message_bytes: Bytes = Field(default=50 * 1024**2, ge=10_000)
    """Larger mails go to quarantine unread."""
    header_bytes: Bytes = Field(default=1024**2, ge=1_000)
    """Larger headers go to quarantine unread."""
    attachment_bytes: Bytes = Field(default=25 * 1024**2, ge=1_000)
    """Larger attachments are named but not kept."""
    attachments: int = Field(default=50, ge=0, le=1_000)
    """Attachments kept of one mail."""
    replies_per_sender_hour: int = Field(default=20, ge=1)
    """Answers to one sender in an hour; then one digest, then silence."""
    replies_per_thread_hour: int = Field(default=10, ge=1)
    """Answers to one sender on one incident in an hour."""


class PostdeskFile(Model):
    """The desk itself."""

    language: Literal["zh", "en"] = "zh"
    """The desk's language where a person's own is not known."""
    zone: Zone = "Asia/Shanghai"
    """Time zone (IANA name)."""
    organisation: Text
    """Whom the desk works for; letters and reports say it."""
    secret: Secret = "file:data/secret.key"  # noqa: S105 - where it lies, not what it is
    """Where the key of all tokens lies (32 bytes); another key voids what was already sent."""
    database: Database = Database()
    mailboxes: tuple[Mailbox, ...] = Field(min_length=1)
    """Ways in; the first one is written from where no other is meant."""
    senders: tuple[Sender, ...] = Field(min_length=1)
    """Ways out; mailboxes without a sender of their own use the first."""
    logins: tuple[Login, ...] = ()
    """Logins by OAuth 2 that mailboxes and senders can name."""
    profile: str = ""
    """Process profile where no mailbox, form or rule says another; empty: the first by name."""
    public_mail_domains: tuple[Text, ...] = ()
    """Domains that anybody has an address at: two people there are not colleagues."""
    limits: Limits = Limits()
