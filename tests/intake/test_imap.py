"""IMAP against Dovecot: what a mail server in use does."""

from __future__ import annotations

import threading
from datetime import UTC
from typing import Any

import pytest

from processor.intake.imap_session import Security
from processor.intake.source import Flaw, IntakeLimits, Shelf, SourceDown
from tests.intake.takings import Memory, mail, receipts, take
from tests.servers.certificate import Certificate
from tests.servers.dovecot import Dovecot


def test_mail_is_taken_whole_and_stays_unread(
    dovecot: Dovecot, user: str, imap_source: Any
) -> None:
    dovecot.append(user, mail(1), mail(2))
    arrivals = take(imap_source(dovecot.port))
    assert [arrival.raw for arrival in arrivals] == [mail(1), mail(2)]
    assert [arrival.uid for arrival in arrivals] == ["1", "2"]
    assert {arrival.origin for arrival in arrivals} == {"desk"}
    assert all(arrival.uidvalidity > 0 and arrival.flaw is None for arrival in arrivals)
    assert [arrival.size for arrival in arrivals] == [len(mail(1)), len(mail(2))]
    assert all(arrival.received_at.tzinfo is UTC for arrival in arrivals)
    with dovecot.client(user) as client:
        client.select_folder("INBOX", readonly=True)
        assert client.search("UNSEEN") == [1, 2]


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_over_tls(
    dovecot: Dovecot, user: str, imap_source: Any, certificate: Certificate, security: Security
) -> None:
    dovecot.append(user, mail(1))
    port = dovecot.tls_port if security is Security.TLS else dovecot.port
    account = {"security": security, "tls_context": certificate.client()}
    assert len(take(imap_source(port, account))) == 1


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_an_unknown_certificate_is_refused(
    dovecot: Dovecot, imap_source: Any, security: Security
) -> None:
    port = dovecot.tls_port if security is Security.TLS else dovecot.port
    with pytest.raises(SourceDown, match="certificate refused"):
        imap_source(port, {"security": security}).open()


def test_what_the_ledger_knows_is_not_fetched_again(
    dovecot: Dovecot, user: str, imap_source: Any
) -> None:
    dovecot.append(user, mail(1), mail(2))
    source, memory = imap_source(dovecot.port), Memory()
    memory.note(take(source, memory))
    dovecot.append(user, mail(3))
    assert [found.raw for found in take(source, memory)] == [mail(3)]
    memory.note(take(source, memory))
    assert take(source, memory) == []
    # The known beginning is not even asked about any more.
    assert memory.asked[-1] == 1


def test_a_batch_that_was_not_spooled_is_offered_again(
    dovecot: Dovecot, user: str, imap_source: Any
) -> None:
    dovecot.append(user, mail(1), mail(2), mail(3))
    source, memory = imap_source(dovecot.port), Memory()
    offered = take(source, memory)
    memory.note(offered[2:])
    assert [found.uid for found in take(source, memory)] == ["1", "2"]


def test_batches_are_bounded_by_count_and_bytes(
    dovecot: Dovecot, user: str, imap_source: Any
) -> None:
    dovecot.append(user, *(mail(number, 2000) for number in range(7)), mail(8, 9000), mail(9))
    limits = IntakeLimits(batch_messages=3, batch_bytes=5000)
    batches = list(imap_source(dovecot.port, limits=limits).fetch(Memory(), 1000))
    assert [len(batch) for batch in batches] == [2, 2, 2, 1, 1, 1]
    one_by_one = IntakeLimits(batch_messages=1)
    assert len(list(imap_source(dovecot.port, limits=one_by_one).fetch(Memory(), 4))) == 4


def test_an_oversize_message_comes_as_headers_and_stays(
    dovecot: Dovecot, user: str, imap_source: Any
) -> None:
    dovecot.append(user, mail(1), mail(2, 5000), mail(3))
    limits = IntakeLimits(message_bytes=3000, header_bytes=20)
    arrivals = take(imap_source(dovecot.port, limits=limits))
    assert [found.flaw for found in arrivals] == [None, Flaw.OVERSIZE, None]
    assert arrivals[1].raw == mail(2)[:20]
    assert arrivals[1].size > 5000
    assert len(dovecot.bodies(user)) == 3


@pytest.mark.parametrize("server", ["dovecot", "dovecot_without_move", "bare_dovecot"])
def test_settled_mail_is_moved_whatever_the_server_can(
    server: str, user: str, imap_source: Any, request: pytest.FixtureRequest
) -> None:
    dovecot: Dovecot = request.getfixturevalue(server)
    dovecot.append(user, mail(1), mail(2), mail(3))
    source = imap_source(dovecot.port, processed="desk/处理完", quarantine="desk/隔离")
    arrivals = take(source)
    done = receipts(arrivals[:1]) + receipts(arrivals[1:2], Shelf.QUARANTINE)
    assert source.acknowledge(done) == done
    assert dovecot.bodies(user) == [mail(3)]
    # Dovecot's Maildir separates levels by a dot.
    assert dovecot.bodies(user, "desk.处理完") == [mail(1)]
    assert dovecot.bodies(user, "desk.隔离") == [mail(2)]
    assert source.acknowledge(done) == done
    assert dovecot.bodies(user, "desk.处理完") == [mail(1)]
    assert [found.uid for found in take(source)] == ["3"]


def test_without_uidplus_nobody_elses_deleted_mail_is_expunged(
    bare_dovecot: Dovecot, user: str, imap_source: Any
) -> None:
    bare_dovecot.append(user, mail(1), mail(2))
    source = imap_source(bare_dovecot.port)
    arrivals = take(source)
    with bare_dovecot.client(user) as client:
        client.select_folder("INBOX")
        client.delete_messages([2])
        source.acknowledge(receipts(arrivals[:1]))
        source.acknowledge(receipts(arrivals[:1]))
        client.noop()
        assert client.search() == [1, 2]
    assert bare_dovecot.bodies(user, "postdesk.processed") == [mail(1)]


def test_without_shelves_mail_stays(dovecot: Dovecot, user: str, imap_source: Any) -> None:
    dovecot.append(user, mail(1))
    source = imap_source(dovecot.port, processed="", quarantine="")
    done = receipts(take(source))
    assert source.acknowledge(done) == done
    assert dovecot.bodies(user) == [mail(1)]


def test_another_folder_by_its_chinese_name(dovecot: Dovecot, user: str, imap_source: Any) -> None:
    with dovecot.client(user) as client:
        client.create_folder("服务台.新 & 急")
        client.append("服务台.新 & 急", mail(1))
    source = imap_source(dovecot.port, folder="服务台/新 & 急")
    assert [found.raw for found in take(source)] == [mail(1)]


def test_a_folder_that_is_missing(dovecot: Dovecot, imap_source: Any) -> None:
    with pytest.raises(SourceDown, match="nowhere"):
        imap_source(dovecot.port, folder="nowhere").open()


def test_a_changed_uidvalidity_makes_everything_new(
    dovecot: Dovecot, user: str, imap_source: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with dovecot.client(user) as client:
        client.create_folder("work")
        client.append("work", mail(1))
        source, memory = imap_source(dovecot.port, folder="work"), Memory()
        before = take(source, memory)
        memory.note(before)
        client.delete_folder("work")
        client.create_folder("work")
        client.append("work", mail(1))
        client.append("work", mail(2))
        source.close()
        after = take(source, memory)
        assert [found.raw for found in after] == [mail(1), mail(2)]
        assert {found.uidvalidity for found in after}.isdisjoint({before[0].uidvalidity})
        assert "UIDVALIDITY" in caplog.text
        # What was settled under the old number must not move its namesake of today.
        assert source.acknowledge(receipts(before)) == receipts(before)
        client.select_folder("work")
        assert len(client.search()) == 2


def test_a_wrong_password_says_so(dovecot: Dovecot, imap_source: Any) -> None:
    with pytest.raises(SourceDown) as caught:
        imap_source(dovecot.port, {"password": lambda: "wrong"}).open()
    assert caught.value.refused
    assert "log-in refused" in caught.value.reason


def test_a_password_beyond_ascii(dovecot: Dovecot, imap_source: Any) -> None:
    with pytest.raises(SourceDown) as caught:
        imap_source(dovecot.port, {"password": lambda: "密码"}).open()
    assert caught.value.refused


@pytest.mark.parametrize("idle", [True, False])
def test_waiting_ends_when_mail_comes(
    dovecot: Dovecot, user: str, imap_source: Any, idle: bool
) -> None:
    source, stop, woken = (
        imap_source(dovecot.port, idle=idle, noop_seconds=0.05),
        threading.Event(),
        [],
    )
    assert take(source) == []
    waiting = threading.Thread(target=lambda: woken.append(source.wait(60, stop)))
    waiting.start()
    dovecot.append(user, mail(1))
    waiting.join(50)
    assert woken == [True]
    assert [found.raw for found in take(source)] == [mail(1)]


@pytest.mark.parametrize("idle", [True, False])
def test_waiting_ends_in_time_or_when_told(dovecot: Dovecot, imap_source: Any, idle: bool) -> None:
    source, stop = imap_source(dovecot.port, idle=idle, idle_renew_seconds=0.05), threading.Event()
    source.open()
    assert source.wait(0.2, stop) is False
    stop.set()
    assert source.wait(600, stop) is False
    assert take(source) == []


def test_idle_over_tls(
    dovecot: Dovecot, user: str, imap_source: Any, certificate: Certificate
) -> None:
    account = {"security": Security.TLS, "tls_context": certificate.client()}
    source, stop, woken = imap_source(dovecot.tls_port, account), threading.Event(), []
    assert take(source) == []
    waiting = threading.Thread(target=lambda: woken.append(source.wait(60, stop)))
    waiting.start()
    dovecot.append(user, mail(1))
    waiting.join(50)
    assert woken == [True]
    assert len(take(source)) == 1


def test_waiting_without_a_connection_sees_stop(imap_source: Any) -> None:
    stop = threading.Event()
    stop.set()
    assert imap_source(1).wait(600, stop) is False
