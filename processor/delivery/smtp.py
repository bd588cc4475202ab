"""SMTP (RFC 5321) as the way out, on connections that are kept for the next mail."""

from __future__ import annotations

import contextlib
import queue
import smtplib
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from processor.delivery.sender import Outcome, Parcel, SenderDown, in_turn
from processor.delivery.smtp_dialogue import End, said_of, transact
from processor.domain.errors import Fault


class Security(StrEnum):
    """How the connection is protected."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"  # for a server on this machine


@dataclass(frozen=True, slots=True)
class SmtpAccount:
    """Where the server is and how to get in. ``password`` is called at every log-in; without
    ``user`` there is no log-in; ``token`` yields an OAuth 2 access token (XOAUTH2) instead, and
    ``renew`` another one for one that the server refused.
    ``hello`` is the name given in EHLO ("" = this host's)."""

    host: str
    port: int = 0  # 0: 465, 587 or 25, by ``security``
    security: Security = Security.STARTTLS
    user: str = ""
    password: Callable[[], str] | None = None
    token: Callable[[], str] | None = None
    renew: Callable[[str], str] | None = None
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
        return self._hand_over(parcel).outcome

    def send_all(self, parcels: Sequence[Parcel]) -> list[Outcome | Exception]:
        """See :meth:`Sender.send_all`. A server that let one mail wait in vain is down for the
        rest: each would wait as long."""
        hung = False

        def send(parcel: Parcel) -> Outcome:
            nonlocal hung
            if hung:
                raise SenderDown(f"{self.account.host}: no answer in time")
            end = self._hand_over(parcel)
            hung = end.hung
            return end.outcome

        return in_turn(send, parcels)

    def _hand_over(self, parcel: Parcel) -> End:
        client = self._pool.get()
        try:
            fresh = client is None
            client = client or self._connect()
            end = transact(client, parcel)
            if end.stale and not fresh:
                # Servers close quiet connections after a few minutes, and busy ones after some
                # mails. Not a byte of this mail was handed over, so a second try doubles nothing.
                _drop(client)
                client = None
                client = self._connect()
                end = transact(client, parcel)
        except BaseException:
            _drop(client)
            self._pool.put(None)
            raise
        if not end.usable:
            _drop(client)
        self._pool.put(client if end.usable else None)
        return end

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
                f"{account.host}: log-in refused: {said_of(error)}",
                refused=error.smtp_code >= 500,
            ) from error
        except Fault as fault:  # no password, or no token, to log in with
            _drop(client)
            raise SenderDown(f"{account.host}: {fault.reason}") from fault
        except (smtplib.SMTPException, OSError, UnicodeError) as error:
            _drop(client)
            raise SenderDown(f"{account.host}: {said_of(error)}") from error
        except BaseException:
            _drop(client)
            raise
        return client

    def _log_in(self, client: smtplib.SMTP) -> None:
        account = self.account
        if account.token is not None:
            token = account.token()
            try:
                _by_token(client, account.user, token)
            except smtplib.SMTPAuthenticationError as error:
                if account.renew is None or error.smtp_code < 500:
                    raise
                _by_token(client, account.user, account.renew(token))
        elif account.user:
            client.login(account.user, account.password() if account.password else "")


def _by_token(client: smtplib.SMTP, user: str, token: str) -> None:
    answer = f"user={user}\x01auth=Bearer {token}\x01\x01"
    # A refusal comes as a challenge that wants an empty answer before the final code.
    client.auth(
        "XOAUTH2",
        lambda challenge=None: answer if challenge is None else "",
        initial_response_ok=True,
    )


def _drop(client: smtplib.SMTP | None) -> None:
    if client is not None:
        with contextlib.suppress(Exception):
            client.close()
