"""An SMTP server (aiosmtpd) that takes mail, or refuses it as a test says."""

from __future__ import annotations

import asyncio
import base64
import ssl
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, AnyStr, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

DROP_BEFORE_ANSWER = "drop"  # DATA: the mail is kept, then the line is cut instead of 250
HANG = "hang"


@dataclass(frozen=True)
class Taken:
    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    options: tuple[str, ...]


class ScriptedSmtp:
    """``faults[command]`` (MAIL, RCPT, DATA) is a list of replies used up one by one; None takes
    the mail. ``recipients[address]`` is a standing reply for one recipient. ``taken`` holds every
    mail that was taken, also those whose 250 was never sent."""

    pipelining = False  # of every server made from now on

    def __init__(
        self,
        tls: ssl.SSLContext | None = None,
        *,
        starttls: bool = False,
        password: str = "",
        bearer: str = "",
        **options: Any,
    ) -> None:
        self.taken: list[Taken] = []
        self.connections = 0
        self.faults: dict[str, list[str | None]] = defaultdict(list)
        self.recipients: dict[str, str] = {}
        self.greeting = ""  # said instead of the usual one; then the line is cut
        self.refuse_data = ""  # said to the DATA command itself
        self._open: list[SMTP] = []
        self._password = password
        self.bearer = bearer
        if password or bearer:
            options |= {
                "authenticator": self._authenticate,
                "auth_require_tls": False,
            }
        self._controller = _Controller(
            self,
            hostname="127.0.0.1",
            port=0,
            ssl_context=None if starttls else tls,
            tls_context=tls if starttls else None,
            **options,
        )

    @property
    def port(self) -> int:
        server = self._controller.server
        assert isinstance(server, asyncio.Server)
        return int(server.sockets[0].getsockname()[1])

    def __enter__(self) -> Self:
        self._controller.start()
        self.connections = 0
        return self

    def __exit__(self, *exc: object) -> None:
        asyncio.run_coroutine_threadsafe(self._cut(), self._controller.loop).result(10)
        self._controller.stop()

    async def _cut(self) -> None:
        for protocol in self._open:
            if isinstance(protocol.transport, asyncio.Transport):
                protocol.transport.abort()
        self._open.clear()
        for _ in range(3):  # the transports close their sockets in the rounds after this one
            await asyncio.sleep(0)

    def drop_connections(self) -> None:
        """Cut every line, as a server does that has waited too long."""
        asyncio.run_coroutine_threadsafe(self._cut(), self._controller.loop).result(10)

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:
        said = base64.b64decode(args[1]).decode()
        if f"auth=Bearer {self.bearer}\x01" in said:
            return AuthResult(success=True, auth_data=b"bearer")
        await server.push("334 eyJzdGF0dXMiOiI0MDEifQ==")
        assert server._reader is not None
        await server._reader.readline()
        return AuthResult(success=False, handled=False)

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, name: str, replies: list[str]
    ) -> list[str]:
        session.host_name = name
        return [*replies[:-1], *(["250-PIPELINING"] if self.pipelining else []), replies[-1]]

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if (self._password or self.bearer) and not session.authenticated:
            return "530 5.7.0 log in first"
        fault = await self._fault("MAIL", server)
        if fault:
            return fault
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        fault = await self._fault("RCPT", server) or self.recipients.get(address)
        if fault:
            return fault
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        fault = self.faults["DATA"].pop(0) if self.faults["DATA"] else None
        if fault in (None, DROP_BEFORE_ANSWER):
            assert isinstance(envelope.content, bytes)
            self.taken.append(
                Taken(
                    envelope.mail_from or "",
                    tuple(envelope.rcpt_tos),
                    envelope.content,
                    tuple(envelope.mail_options),
                )
            )
        return await self._play(fault, server) or "250 OK"

    async def _fault(self, command: str, server: SMTP) -> str | None:
        faults = self.faults[command]
        return await self._play(faults.pop(0) if faults else None, server)

    async def _play(self, fault: str | None, server: SMTP) -> str | None:
        if fault == DROP_BEFORE_ANSWER:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            await asyncio.Event().wait()
        if fault == HANG:
            await asyncio.Event().wait()
        return fault

    def _authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
    ) -> AuthResult:
        right = isinstance(data, LoginPassword) and data.password.decode() == self._password
        return AuthResult(success=right, handled=False)


class _Protocol(SMTP):
    script: ScriptedSmtp

    async def push(self, status: AnyStr) -> None:
        greeting = self.script.greeting
        if greeting and isinstance(status, str) and status.startswith("220"):
            await super().push(greeting)
            assert self.transport is not None
            self.transport.close()
            return
        await super().push(status)

    async def smtp_DATA(self, arg: str) -> None:
        if self.script.refuse_data:
            await self.push(self.script.refuse_data)
        else:
            await super().smtp_DATA(arg)


class _Controller(Controller):
    def __init__(self, script: ScriptedSmtp, **options: Any) -> None:
        super().__init__(script, **options)
        self._script = script

    def factory(self) -> SMTP:
        self._script.connections += 1
        made = _Protocol(self.handler, **self.SMTP_kwargs)
        made.script = self._script
        self._script._open.append(made)
        return made

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # aiosmtpd's
