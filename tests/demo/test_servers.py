"""The servers of the demo, seen as a mail program sees them."""

from __future__ import annotations

import smtplib
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from imapclient import IMAPClient

from processor.demo.servers import LOOPBACK, DemoServers
from processor.intake.imap import ImapSource
from processor.intake.imap_session import ImapAccount, Security
from processor.intake.source import Arrival, Receipt

DESK, USER = "desk@demo.test", "wang@demo.test"
AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
RAW = b"Subject: x\r\n\r\n.dot\r\n"


@pytest.fixture
def servers() -> Iterator[DemoServers]:
    with DemoServers({DESK: "desk-secret", USER: "密码"}, clock=lambda: AT) as running:
        yield running


@pytest.fixture
def source(servers: DemoServers) -> Iterator[ImapSource]:
    account = ImapAccount(LOOPBACK, DESK, servers.imap_port, Security.NONE, lambda: "desk-secret")
    source = ImapSource("desk", account)
    yield source
    source.close()


def take(source: ImapSource) -> list[Arrival]:
    return [found for batch in source.fetch(lambda *_: set(), 100) for found in batch]


def test_an_appended_mail_is_taken_and_put_away(servers: DemoServers, source: ImapSource) -> None:
    servers.append("DESK+anything@demo.test", RAW, AT)
    (arrival,) = take(source)
    assert (arrival.raw, arrival.received_at) == (RAW, AT)
    source.acknowledge([Receipt(arrival.uidvalidity, arrival.uid)])
    assert take(source) == []
    with IMAPClient(LOOPBACK, servers.imap_port, ssl=False) as client:
        client.login(DESK, "desk-secret")
        assert client.select_folder("postdesk/processed")[b"EXISTS"] == 1


def test_mail_by_smtp_reaches_the_mailbox_and_wakes_its_reader(
    servers: DemoServers, source: ImapSource
) -> None:
    assert take(source) == []
    woken: list[bool] = []
    waiting = threading.Thread(target=lambda: woken.append(source.wait(60, threading.Event())))
    waiting.start()
    with smtplib.SMTP(LOOPBACK, servers.smtp_port) as client:
        client.login(DESK, "desk-secret")
        refused = client.sendmail(USER, [DESK, "nobody@demo.test"], RAW)
    assert refused["nobody@demo.test"][0] == 550
    waiting.join(50)
    assert woken == [True]
    assert [found.raw for found in take(source)] == [RAW]
    assert servers.wait_received(DESK, 1) == [RAW]
    assert servers.received(USER) == []
    assert servers.wait_received(USER, 1, timeout=0.01) == []


def test_a_wrong_password(servers: DemoServers) -> None:
    with (
        smtplib.SMTP(LOOPBACK, servers.smtp_port) as client,
        pytest.raises(smtplib.SMTPAuthenticationError),
    ):
        client.login(DESK, "wrong")


def test_a_stranger_has_no_mailbox(servers: DemoServers) -> None:
    with pytest.raises(KeyError):
        servers.append("nobody@demo.test", RAW, AT)


def test_stopping_ends_open_connections_and_keeps_what_was_received() -> None:
    servers = DemoServers({DESK: "x"})
    with pytest.raises(RuntimeError):
        servers.append(DESK, RAW, AT)
    servers.start()
    servers.append(DESK, RAW, AT)
    client = IMAPClient(LOOPBACK, servers.imap_port, ssl=False)
    client.login(DESK, "x")
    servers.stop()
    servers.stop()
    assert servers.received(DESK) == [RAW]
    client.shutdown()
    servers.start()
    servers.append(DESK, RAW, AT)
    assert len(servers.received(DESK)) == 2
    servers.stop()
