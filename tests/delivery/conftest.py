from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from processor.delivery.smtp import Security, SmtpAccount, SmtpSender
from tests.servers.certificate import Certificate, self_signed


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return self_signed(tmp_path_factory.mktemp("tls"))


SenderMaker = Callable[..., SmtpSender]


def account_at(port: int, **changes: object) -> SmtpAccount:
    """An account of a server on this machine that asks for nothing."""
    details: dict[str, Any] = {
        "host": "127.0.0.1",
        "port": port,
        "security": Security.NONE,
        "hello": "desk.test",
        "timeout_seconds": 10.0,
    }
    return SmtpAccount(**(details | changes))


@pytest.fixture
def smtp_sender() -> Iterator[SenderMaker]:
    made: list[SmtpSender] = []

    def make(port: int, *, pool: int = 1, **account: object) -> SmtpSender:
        sender = SmtpSender(account_at(port, **account), pool=pool)
        made.append(sender)
        return sender

    yield make
    for sender in made:
        sender.close()
