"""SMTP (RFC 5321) as the way out, on connections that are kept for the next mail."""

from __future__ import annotations

import contextlib
import queue
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from processor.delivery.sender import Outcome, Parcel, Rejection, SenderDown, all_refused

CLOSING = 421  # "service not available, closing transmission channel", at any point


class Security(StrEnum):
    """How the connection is protected."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"  # for a server on this machine


@dataclass(frozen=True, slots=True)
class SmtpAccount:
    """Where the server is and how to get in. ``password`` is called at every log-in; without
    ``user`` there is no log-in; ``token`` yields an OAuth 2 access token (XOAUTH2) instead.
    ``hello`` is the name given in EHLO ("" = this host's)."""

    host: str
    port: int = 0  # 0: 465, 587 or 25, by ``security``
    security: Security = Security.STARTTLS
    user: str = ""
    password: Callable[[], str] | None = None
    token: Callable[[], str] | None = None
    hello: str = ""
    timeout_seconds: float = 60.0
    tls_context: ssl.SSLContext | None = None  # None: the system's authorities, host name checked


class SmtpSender:
    """See :class:`~processor.delivery.sender.Sender`. May be called from several threads; at
    most ``pool`` connections are open at a time, further calls wait for one."""

    def __init__(self, account: SmtpAccount, *, pool: int = 1) -> None:
        self.account = account
        self._pool: queue.LifoQueue[smtplib.SMTP | None] = queue.LifoQueue()
        for _ in range(pool):
            self._pool.put(None)

    def send(self, parcel: Parcel) -> Outcome:
        """See :meth:`Sender.send`. A connection lost after the mail was handed over, before the
        server's answer, is reported as a passing refusal: the mail may arrive twice, with one
        Message-ID, but never not at all."""
        client = self._pool.get()
        try:
            client = self._alive(client)
            outcome, usable = _transact(client, parcel)
        except BaseException:
            _drop(client)
            self._pool.put(None)
            raise
        if not usable:
            _drop(client)
        self._pool.put(client if usable else None)
        return outcome

    def check(self) -> None:
        """Connect and log in, as for a mail. Raises SenderDown."""
        _drop(self._connect())

    def close(self) -> None:
        """Say goodbye on the idle connections."""
        kept = []
        while True:
            try:
                kept.append(self._pool.get_nowait())
            except queue.Empty:
                break
        for client in kept:
            if client is not None:
                with contextlib.suppress(smtplib.SMTPException, OSError):
                    client.quit()
                _drop(client)
            self._pool.put(None)

    def _alive(self, client: smtplib.SMTP | None) -> smtplib.SMTP:
        if client is not None:
            # Servers close quiet connections after a few minutes; RSET finds out and clears
            # whatever the last mail may have left.
            try:
                if client.rset()[0] == 250:
                    return client
            except (smtplib.SMTPException, OSError):
                pass
            _drop(client)
        return self._connect()

    def _connect(self) -> smtplib.SMTP:
        account = self.account
        tls = account.security is Security.TLS
        context = account.tls_context
        if context is None and account.security is not Security.NONE:
            context = ssl.create_default_context()
        port = account.port or {"tls": 465, "starttls": 587, "none": 25}[account.security]
        hello = account.hello or None
        client: smtplib.SMTP | None = None
        try:
            if tls:
                client = smtplib.SMTP_SSL(
                    account.host, port, hello, timeout=account.timeout_seconds, context=context
                )
            else:
                client = smtplib.SMTP(account.host, port, hello, timeout=account.timeout_seconds)
            client.ehlo_or_helo_if_needed()
            if account.security is Security.STARTTLS:
                client.starttls(context=context)
                client.ehlo_or_helo_if_needed()
            self._log_in(client)
        except smtplib.SMTPAuthenticationError as error:
            _drop(client)
            raise SenderDown(
                f"{account.host}: log-in refused: {_reply(error)}",
                refused=error.smtp_code >= 500,
            ) from error
        except (smtplib.SMTPException, OSError, UnicodeError) as error:
            _drop(client)
            raise SenderDown(f"{account.host}: {_reply(error)}") from error
        except BaseException:
            _drop(client)
            raise
        return client

    def _log_in(self, client: smtplib.SMTP) -> None:
        account = self.account
        if account.token is not None:
            answer = f"user={account.user}\x01auth=Bearer {account.token()}\x01\x01"
            # A refusal comes as a challenge that wants an empty answer before the final code.
            client.auth(
                "XOAUTH2",
                lambda challenge=None: answer if challenge is None else "",
                initial_response_ok=True,
            )
        elif account.user:
            client.login(account.user, account.password() if account.password else "")


def _transact(client: smtplib.SMTP, parcel: Parcel) -> tuple[Outcome, bool]:
    """One mail on an open connection; also whether the connection may be used again."""
    refused: dict[str, Rejection] = {}
    recipients = parcel.recipients
    if not _sendable(parcel.envelope_from):
        return all_refused(recipients, _NO_ADDRESS), True
    options, misfit = _options(client, parcel)
    if misfit is not None:
        return all_refused(recipients, misfit), True
    try:
        code, text = client.mail(_wire(parcel.envelope_from), options)
        if code != 250:
            return all_refused(recipients, _rejection(code, text)), code != CLOSING
        accepted = []
        for recipient in recipients:
            if not _sendable(recipient):
                refused[recipient] = _NO_ADDRESS
                continue
            code, text = client.rcpt(_wire(recipient))
            if code in (250, 251):
                accepted.append(recipient)
            else:
                refused[recipient] = _rejection(code, text)
            if code == CLOSING:
                rest = _rejection(code, text)
                return all_refused(recipients, rest), False
        if not accepted:
            return Outcome(refused=refused), True
        try:
            code, text = client.data(parcel.raw)
        except smtplib.SMTPDataError as error:  # DATA itself was refused: an answer as well
            code, text = error.smtp_code, _bytes(error.smtp_error)
    except (smtplib.SMTPException, OSError) as error:
        # Nobody said yes: whoever was not refused for good before is still waiting.
        lost = Rejection(getattr(error, "smtp_code", 0) or 0, _reply(error), permanent=False)
        final = {name: why for name, why in refused.items() if why.permanent}
        return Outcome(refused={name: final.get(name, lost) for name in recipients}), False
    if code != 250:
        refused |= dict.fromkeys(accepted, _rejection(code, text))
        return Outcome(refused=refused), code != CLOSING
    return Outcome(accepted=tuple(accepted), refused=refused), True


def _options(client: smtplib.SMTP, parcel: Parcel) -> tuple[list[str], Rejection | None]:
    """Options of MAIL, or why this server cannot take this mail (RFC 1870, 6152, 6531)."""
    options = []
    if client.has_extn("size"):
        options.append(f"SIZE={len(parcel.raw)}")
        most = client.esmtp_features.get("size", "")
        if most.isdigit() and 0 < int(most) < len(parcel.raw):
            text = f"5.3.4 the mail has {len(parcel.raw)} bytes, the server takes {most}"
            return [], Rejection(552, text, permanent=True)
    head = parcel.raw.partition(b"\r\n\r\n")[0]
    wires = [_wire(address) for address in (parcel.envelope_from, *parcel.recipients)]
    if not (all(wire.isascii() for wire in wires) and head.isascii()):
        if not client.has_extn("smtputf8"):
            text = "5.6.7 the server takes no internationalised addresses"
            return [], Rejection(553, text, permanent=True)
        options.append("SMTPUTF8")
        client.command_encoding = "utf-8"
    else:
        client.command_encoding = "ascii"
    if not parcel.raw.isascii() and client.has_extn("8bitmime"):
        options.append("BODY=8BITMIME")
    return options, None


_NO_ADDRESS = Rejection(553, "5.1.3 not an address", permanent=True)


def _sendable(address: str) -> bool:
    """Whether the address may stand in a command: a line end or bracket in it would let whoever
    wrote it add commands of his own."""
    return address.isprintable() and not any(mark in address for mark in " <>")


def _wire(address: str) -> str:
    """The address with its domain in ASCII (RFC 5890) where only the domain is not."""
    local, at, domain = address.rpartition("@")
    if domain.isascii() or not local.isascii():
        return address
    try:
        return f"{local}{at}{domain.encode('idna').decode()}"
    except UnicodeError:
        return address


def _rejection(code: int, text: bytes | str) -> Rejection:
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return Rejection(code, said, permanent=500 <= code < 600)


def _bytes(text: bytes | str) -> bytes:
    return text.encode() if isinstance(text, str) else text


def _reply(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return str(_rejection(error.smtp_code, error.smtp_error))
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return str(error) or type(error).__name__


def _drop(client: smtplib.SMTP | None) -> None:
    if client is not None:
        with contextlib.suppress(Exception):
            client.close()
