"""Mail servers inside this process, for the demo and for tests: IMAP by pymap, SMTP by aiosmtpd.

They listen on free ports of the loopback interface only and keep everything in memory.
"""

from __future__ import annotations

import asyncio
import threading
from argparse import Namespace
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from proxyprotocol.reader import ProxyProtocolReader
from pymap.backend.dict import Config, Identity, Login
from pymap.concurrent import Subsystem
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.user import Passwords, UserMetadata
from pysasl.hashing import Cleartext

LOOPBACK = "127.0.0.1"
PATIENCE_SECONDS = 20.0  # for servers that start and mails that are put away


class _Config(Config):
    """pymap's settings, without asking DNS for this host's name at every greeting."""

    @property
    def greeting(self) -> bytes:
        return b"postdesk demo"


class DemoServers:
    """One mail domain: whoever has an address here reads his mail by IMAP (``imap_port``, user
    name = address) and sends by SMTP (``smtp_port``; log-in possible, not needed; mail to
    unknown addresses is refused with 550).

    ``desk+anything@…`` reaches ``desk@…``. ``clock`` stamps mails that come by SMTP (aware).
    Use as a context manager, or call :meth:`start` and :meth:`stop`.
    """

    def __init__(
        self,
        passwords: Mapping[str, str],
        *,
        clock: Callable[[], datetime] = lambda: datetime(2026, 1, 1, tzinfo=UTC),
    ) -> None:
        self.imap_port = 0
        self.smtp_port = 0
        self._passwords = {address.lower(): password for address, password in passwords.items()}
        self._clock = clock
        self._received: dict[str, list[bytes]] = {address: [] for address in self._passwords}
        self._news = threading.Condition()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._login: Login | None = None
        self._stop: asyncio.Event | None = None
        self._ready = threading.Event()
        self._fault: BaseException | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Listen; the ports are known afterwards.

        Raises:
            RuntimeError: a server does not start.
        """
        self._ready.clear()
        self._thread = threading.Thread(target=self._run, name="demo-servers", daemon=True)
        self._thread.start()
        if not self._ready.wait(PATIENCE_SECONDS) or self._fault is not None:
            raise RuntimeError("the demo servers do not start") from self._fault

    def stop(self) -> None:
        """Close the ports and every connection; what was received can still be read."""
        thread, self._thread = self._thread, None
        if thread is None or self._loop is None or self._stop is None:
            return
        with suppress(RuntimeError):  # the loop has already ended
            self._loop.call_soon_threadsafe(self._stop.set)
        thread.join(PATIENCE_SECONDS)

    def append(self, address: str, raw: bytes, received_at: datetime) -> None:
        """Put a mail into a mailbox's INBOX, as IMAP's APPEND does: watchers in IDLE are told.
        ``received_at`` is aware.

        Raises:
            KeyError: nobody has that address.
        """
        owner = self.owner(address)
        if owner is None:
            raise KeyError(address)
        if self._loop is None:
            raise RuntimeError("the demo servers do not run")
        work = self._put(owner, raw, received_at)
        asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE_SECONDS)

    def owner(self, address: str) -> str | None:
        """Whose mailbox an address belongs to, or None."""
        local, _, domain = address.lower().rpartition("@")
        plain = f"{local.partition('+')[0]}@{domain}"
        return next((name for name in (address.lower(), plain) if name in self._passwords), None)

    def received(self, address: str) -> list[bytes]:
        """Every mail that the address has ever received, oldest first."""
        with self._news:
            return list(self._received[address.lower()])

    def wait_received(
        self, address: str, count: int, timeout: float = PATIENCE_SECONDS
    ) -> list[bytes]:
        """The same, once there are at least ``count`` or ``timeout`` seconds have passed."""
        with self._news:
            self._news.wait_for(lambda: len(self._received[address.lower()]) >= count, timeout)
        return self.received(address)

    async def _put(self, owner: str, raw: bytes, received_at: datetime) -> None:
        assert self._login is not None
        async with Identity(owner, self._login, None, frozenset()).new_session() as session:
            message = AppendMessage(raw, received_at, frozenset())
            await session.append_messages("INBOX", [message])
        with self._news:
            self._received[owner].append(raw)
            self._news.notify_all()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception as fault:  # noqa: BLE001 - told to whoever waits for the start
            self._fault = fault
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        self._loop = loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        clients: set[asyncio.Task[Any]] = set()
        imap = await asyncio.start_server(
            _tracked(await self._imap_callback(), clients), LOOPBACK, 0
        )
        smtp = await loop.create_server(self._smtp_protocol, LOOPBACK, 0)
        self.imap_port = imap.sockets[0].getsockname()[1]
        self.smtp_port = smtp.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        imap.close()
        smtp.close()
        for task in clients:
            task.cancel()
        await asyncio.gather(*clients, return_exceptions=True)

    async def _imap_callback(self) -> Callable[..., Awaitable[None]]:
        config = _Config(
            Namespace(proxy_protocol=None, passlib_cfg=None),
            demo_data=False,
            demo_user="",
            demo_password="",
            host=LOOPBACK,
            port=0,
            tls_enabled=False,
            secure_auth=False,
            reject_dnsbl=False,
            invalid_user_sleep=0.0,
            hash_context=Cleartext(),
            cpu_subsystem=Subsystem.for_asyncio(),
        )
        config.apply_context()
        self._login = login = Login(config)
        for address, password in self._passwords.items():
            stored = await Passwords(config).hash_password(password)
            login.users_dict[address] = UserMetadata(config, address, password=stored)
        reader = ProxyProtocolReader(config.proxy_protocol)
        server = cast("Callable[..., Awaitable[None]]", IMAPServer(login, config))

        async def serve(*args: Any) -> None:
            await server(*args)

        return cast("Callable[..., Awaitable[None]]", reader.get_callback(serve))

    def _smtp_protocol(self) -> SMTP:
        return SMTP(
            _Reception(self),
            hostname="postdesk.demo",
            ident="postdesk demo",
            enable_SMTPUTF8=True,
            auth_require_tls=False,
            authenticator=self._authenticate,
            loop=self._loop,
        )

    def _authenticate(
        self,
        _server: SMTP,
        _session: Session,
        _envelope: Envelope,
        _mechanism: str,
        data: object,
    ) -> AuthResult:
        right = isinstance(data, LoginPassword) and self._passwords.get(
            data.login.decode().lower()
        ) == data.password.decode("utf-8", "replace")
        return AuthResult(success=right, handled=False)

    async def _take(self, recipients: list[str], raw: bytes) -> None:
        for owner in dict.fromkeys(filter(None, map(self.owner, recipients))):
            await self._put(owner, raw, self._clock())


class _Reception:
    """What aiosmtpd asks when mail comes in."""

    def __init__(self, servers: DemoServers) -> None:
        self._servers = servers

    async def handle_RCPT(  # noqa: N802 - the name is aiosmtpd's
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        if self._servers.owner(address) is None:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - likewise
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        content = envelope.content
        raw = content.encode() if isinstance(content, str) else content or b""
        await self._servers._take(envelope.rcpt_tos, raw)
        return "250 2.0.0 OK"


def _tracked(
    callback: Callable[..., Awaitable[None]], tasks: set[asyncio.Task[Any]]
) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    """The callback, its running tasks kept in ``tasks`` so that they can be ended."""

    async def run(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            await callback(reader, writer)
        finally:
            tasks.discard(task)

    return run
