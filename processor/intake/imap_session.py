"""One logged-in IMAP connection: everything that differs between servers is settled here."""

from __future__ import annotations

import contextlib
import imaplib
import re
import ssl
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError, LoginError

from processor.domain.errors import Fault
from processor.intake.source import SourceDown

IDENTITY = {"name": "postdesk", "vendor": "postdesk", "version": "1"}
UID_SET = 200  # UIDs in one command: some servers cut lines at 8 kB


class Security(StrEnum):
    """How the connection is protected."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"  # for a server on this machine


@dataclass(frozen=True, slots=True)
class ImapAccount:
    """Where a mailbox is and how to get in.

    ``password`` is called at every log-in, so that a changed secret is picked up; ``token``,
    when given, yields an OAuth 2 access token and XOAUTH2 is used instead; ``renew`` yields
    another one for one that the server refused. ``timeout_seconds`` bounds the connection and
    every answer.
    """

    host: str
    user: str
    port: int = 0  # 0: 993 or 143, by ``security``
    security: Security = Security.TLS
    password: Callable[[], str] | None = None
    token: Callable[[], str] | None = None
    renew: Callable[[str], str] | None = None
    timeout_seconds: float = 30.0
    tls_context: ssl.SSLContext | None = None  # None: the system's authorities, host name checked


def connect(account: ImapAccount) -> IMAPClient:
    """Connect, protect, log in and introduce ourselves (RFC 2971; NetEase refuses SELECT to
    clients that do not).

    Raises:
        SourceDown: whatever went wrong on the way.
    """
    with translated(account.host):
        tls = account.security is Security.TLS
        context = account.tls_context
        if context is None and account.security is not Security.NONE:
            context = ssl.create_default_context()
        client = IMAPClient(
            account.host,
            port=account.port or (993 if tls else 143),
            ssl=tls,
            ssl_context=context if tls else None,
            timeout=SocketTimeout(account.timeout_seconds, account.timeout_seconds),
        )
        try:
            # imapclient sets 5, and imaplib then formats every literal for a line nobody reads.
            client._imap.debug = 0
            client.normalise_times = False  # aware dates, not naive local ones
            if account.security is Security.STARTTLS:
                client.starttls(context)
            _log_in(client, account)
            # What a server can do is known only after the log-in: many offer less before.
            if client.has_capability("ID"):
                with contextlib.suppress(IMAPClientError):
                    client.id_(IDENTITY)
        except BaseException:
            hang_up(client)
            raise
        return client


def _log_in(client: IMAPClient, account: ImapAccount) -> None:
    offered = client.capabilities()
    if account.token is not None:
        token = account.token()
        try:
            _by_token(client, account.user, token)
        except LoginError:
            if account.renew is None:
                raise
            _by_token(client, account.user, account.renew(token))
        return
    if b"LOGINDISABLED" in offered:
        raise SourceDown("the server takes no password on this connection: TLS is needed")
    password = account.password() if account.password is not None else ""
    if not (account.user + password).isascii() and b"AUTH=PLAIN" in offered:
        client.plain_login(account.user, password)  # LOGIN can carry ASCII only
    else:
        client.login(account.user, password)


def _by_token(client: IMAPClient, user: str, token: str) -> None:
    try:
        client.oauth2_login(user, token)
    except imaplib.IMAP4.abort:
        raise
    except IMAPClientError as error:
        raise LoginError(str(error)) from error


def hang_up(client: IMAPClient) -> None:
    """Drop the connection without a farewell; never raises, never waits."""
    with contextlib.suppress(Exception):
        client.shutdown()


@contextlib.contextmanager
def translated(where: str) -> Iterator[None]:
    """Turn what IMAP libraries and sockets raise into :class:`SourceDown`."""
    try:
        yield
    except SourceDown:
        raise
    except Fault as fault:  # no password, or no token, to log in with
        raise SourceDown(f"{where}: {fault.reason}") from fault
    except LoginError as error:
        retry_after = throttle_seconds(str(error))
        # imapclient calls a line that broke during the log-in a refusal, too.
        broken = isinstance(error.__context__, imaplib.IMAP4.abort)
        raise SourceDown(
            f"{where}: log-in refused: {error}",
            retry_after=retry_after,
            refused=not broken and retry_after is None and not _passing(str(error)),
        ) from error
    except ssl.SSLCertVerificationError as error:
        raise SourceDown(f"{where}: certificate refused: {error.verify_message}") from error
    except TimeoutError as error:
        raise SourceDown(f"{where}: no answer in time") from error
    except (IMAPClientError, OSError, UnicodeError) as error:
        text = str(error) or type(error).__name__
        raise SourceDown(f"{where}: {text}", retry_after=throttle_seconds(text)) from error


_SUGGESTED = re.compile(r"backoff time:?\s*(\d+)", re.IGNORECASE)  # Exchange, milliseconds
_THROTTLED = re.compile(
    r"\[(LIMIT|OVERQUOTA)\]|throttl|too many|rate limit|bandwidth limit|请求过于频繁|频率",
    re.IGNORECASE,
)
_PASSING = re.compile(r"\[(UNAVAILABLE|INUSE|SERVERBUG)\]|temporar|try again|稍后", re.IGNORECASE)


def throttle_seconds(text: str) -> float | None:
    """How long a server that feels hurried wants to be left alone: its own figure, or five
    minutes when it names none; None when the text is about something else."""
    suggested = _SUGGESTED.search(text)
    if suggested:
        return int(suggested[1]) / 1000
    return 300.0 if _THROTTLED.search(text) else None


def _passing(text: str) -> bool:
    return _PASSING.search(text) is not None


def server_folder(client: IMAPClient, name: str) -> str:
    """The server's own name for a folder that the settings call ``name`` with ``/`` between
    levels: with its separator and, where folders live below a prefix (``INBOX.``), with that."""
    if name.upper() == "INBOX":
        return "INBOX"
    prefix, separator = "", ""
    if client.has_capability("NAMESPACE"):
        personal = client.namespace().personal
        if personal:
            prefix, separator = personal[0][0] or "", personal[0][1] or ""
    if not separator:
        listed = client.list_folders("", "")
        mark = listed[0][1] if listed else None
        separator = mark.decode() if isinstance(mark, bytes) else (mark or "/")
    own = name.replace("/", separator)
    return own if not prefix or own.startswith(prefix) else prefix + own


def ensure_folder(client: IMAPClient, folder: str) -> None:
    """Create the folder unless it is there."""
    if not client.folder_exists(folder):
        try:
            client.create_folder(folder)
        except imaplib.IMAP4.abort:
            raise
        except IMAPClientError:
            # Another node may have made it between the two questions.
            if not client.folder_exists(folder):
                raise
        with contextlib.suppress(IMAPClientError):
            client.subscribe_folder(folder)  # so that people see it in their clients


def move(client: IMAPClient, uids: Sequence[int], folder: str) -> None:
    """Move messages of the selected folder; UIDs that are gone are passed over.

    Without MOVE (RFC 6851): copy, mark, expunge. A crash between the copy and the mark leaves a
    second copy in ``folder``, never a lost message. Without UIDPLUS (RFC 4315) EXPUNGE would
    also remove what somebody else has marked as deleted: then ours stay marked instead.
    """
    for start in range(0, len(uids), UID_SET):
        some = list(uids[start : start + UID_SET])
        if client.has_capability("MOVE"):
            client.move(some, folder)
            continue
        some = client.search(["UID", ",".join(map(str, some)), "UNDELETED"])
        if some:
            client.copy(some, folder)
            client.delete_messages(some, silent=True)
            if client.has_capability("UIDPLUS"):
                client.uid_expunge(some)
            elif set(client.search("DELETED")) <= set(some):
                client.expunge()


def exists_announced(client: IMAPClient) -> bool:
    """Whether EXISTS came amid the answers to other commands, where imapclient drops it, since
    this was last asked."""
    return bool(client._imap.response("EXISTS")[1] != [None])
