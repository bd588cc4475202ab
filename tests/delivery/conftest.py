from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from processor.delivery.smtp import Security, SmtpAccount, SmtpSender
from tests.servers.certificate import Certificate, self_signed


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return self_signed(tmp_path_factory.mktemp("tls"))


SenderMaker = Callable[..., SmtpSender]


@pytest.fixture
def smtp_sender() -> Iterator[SenderMaker]:
    made: list[SmtpSender] = []

    def make(port: int, *, pool: int = 1, **account: object) -> SmtpSender:
        details: dict[str, object] = {
            "host": "127.0.0.1",
            "port": port,
            "security": Security.NONE,
            "hello": "desk.test",
            "timeout_seconds": 10.0,
        }
        sender = SmtpSender(SmtpAccount(**(details | account)), pool=pool)
        made.append(sender)
        return sender

    yield make
    for sender in made:
        sender.close()
