from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from processor.intake.imap import ImapSource
from processor.intake.imap_session import ImapAccount, Security
from tests.servers.certificate import Certificate, self_signed
from tests.servers.dovecot import BARE, NO_MOVE, PASSWORD, Dovecot, require_dovecot

_users = itertools.count(1)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return self_signed(tmp_path_factory.mktemp("tls"))


def _running(tls: Certificate | None = None, extra: str = "") -> Iterator[Dovecot]:
    require_dovecot()
    server = Dovecot(tls, extra)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def dovecot(certificate: Certificate) -> Iterator[Dovecot]:
    yield from _running(certificate)


@pytest.fixture(scope="session")
def dovecot_without_move() -> Iterator[Dovecot]:
    yield from _running(extra=f"imap_capability = {NO_MOVE}")


@pytest.fixture(scope="session")
def bare_dovecot() -> Iterator[Dovecot]:
    yield from _running(extra=f"imap_capability = {BARE}")


@pytest.fixture
def user() -> str:
    """A mailbox of its own for every test."""
    return f"user{next(_users)}"


SourceMaker = Callable[..., ImapSource]


@pytest.fixture
def imap_source(user: str) -> Iterator[SourceMaker]:
    """Sources of this test's user; closed afterwards."""
    made: list[ImapSource] = []

    def make(port: int, account: dict[str, Any] | None = None, **options: Any) -> ImapSource:
        details: dict[str, Any] = {
            "host": "127.0.0.1",
            "user": user,
            "port": port,
            "security": Security.NONE,
            "password": lambda: PASSWORD,
            "timeout_seconds": 10.0,
        }
        source = ImapSource("desk", ImapAccount(**(details | (account or {}))), **options)
        made.append(source)
        return source

    yield make
    for source in made:
        source.close()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder
