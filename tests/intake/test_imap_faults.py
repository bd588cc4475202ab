"""IMAP against a server that misbehaves."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from processor.intake import imap as imap_module
from processor.intake.imap import REFUSALS
from processor.intake.imap_session import Security, throttle_seconds
from processor.intake.source import Flaw, IntakeLimits, SourceDown
from tests.intake.takings import Memory, mail, nothing_known, receipts, take
from tests.servers.scripted_imap import CLOSE, HANG, ScriptedImap

QUICK = {"timeout_seconds": 0.3}


def test_our_identity_is_told_before_select(imap_source: Any) -> None:
    """NetEase answers "NO SELECT Unsafe Login" to clients that did not."""
    with ScriptedImap(capabilities="ID") as server:
        imap_source(server.port).open()
        names = [line.partition(" ")[0] for line in server.log]
    assert names.index("ID") < names.index("SELECT")
    assert '"postdesk"' in server.log[names.index("ID")]


def test_no_identity_is_told_where_it_is_not_asked_for(imap_source: Any) -> None:
    with ScriptedImap() as server:
        imap_source(server.port).open()
    assert not any(line.startswith("ID") for line in server.log)


def test_a_server_that_dislikes_the_identity_is_used_all_the_same(imap_source: Any) -> None:
    with ScriptedImap({1: mail(1)}, capabilities="ID") as server:
        server.faults["ID"] = [b"{tag} BAD what?\r\n"]
        assert len(take(imap_source(server.port))) == 1


def test_never_asked_to_mark_as_read(imap_source: Any) -> None:
    with ScriptedImap({1: mail(1), 2: mail(2, 500)}) as server:
        limits = IntakeLimits(message_bytes=200)
        assert len(take(imap_source(server.port, limits=limits))) == 2
    fetched = [line for line in server.log if "FETCH" in line and "BODY" in line]
    assert len(fetched) == 2
    assert all("BODY.PEEK[" in line for line in fetched)
    assert not any("STORE" in line or "RFC822)" in line for line in server.log)


@pytest.mark.parametrize(
    ("command", "answer", "reason"),
    [
        ("LOGIN", b"{tag} NO [AUTHENTICATIONFAILED] wrong\r\n", "log-in refused"),
        ("LOGIN", b"{tag} NO [UNAVAILABLE] try again\r\n", "log-in refused"),
        ("LOGIN", b"* BYE going down\r\n" + CLOSE, None),
        ("SELECT", b"{tag} NO Unsafe Login. Please contact kefu@188.com\r\n", "Unsafe Login"),
        ("SELECT", CLOSE, None),
        ("SEARCH", b"* BYE going down\r\n" + CLOSE, None),
        ("SEARCH", b"{tag} BAD no\r\n", "no"),
        ("FETCH", b"* 1 FETCH (UID 1 RFC8" + CLOSE, None),
        ("FETCH", b"garbage\r\n" + CLOSE, None),
    ],
)
def test_an_outage_is_told_and_the_next_try_begins_anew(
    imap_source: Any, command: str, answer: bytes, reason: str | None
) -> None:
    with ScriptedImap({1: mail(1)}) as server:
        server.faults[command] = [answer]
        source = imap_source(server.port)
        with pytest.raises(SourceDown, match=reason) as caught:
            take(source)
        assert caught.value.refused == (b"AUTHENTICATIONFAILED" in answer)
        assert [found.raw for found in take(source)] == [mail(1)]
        assert server.connections == 2


def test_goodbye_instead_of_a_greeting(imap_source: Any) -> None:
    with ScriptedImap({1: mail(1)}) as server:
        server.greeting = [b"* BYE too many connections\r\n" + CLOSE]
        source = imap_source(server.port)
        with pytest.raises(SourceDown):
            source.open()
        assert len(take(source)) == 1


def test_nobody_listens(imap_source: Any) -> None:
    with ScriptedImap() as server:
        port = server.port
    with pytest.raises(SourceDown, match=r"127\.0\.0\.1"):
        imap_source(port).open()


@pytest.mark.parametrize("command", ["LOGIN", "SELECT", "SEARCH", "FETCH"])
def test_a_server_that_falls_silent(imap_source: Any, command: str) -> None:
    with ScriptedImap({1: mail(1)}) as server:
        server.faults[command] = [HANG]
        source = imap_source(server.port, QUICK)
        with pytest.raises(SourceDown, match=r"no answer in time|timed out"):
            take(source)
        assert len(take(source)) == 1


def test_cut_in_the_second_batch_keeps_the_first(imap_source: Any) -> None:
    with ScriptedImap({number: mail(number) for number in (1, 2, 3)}) as server:
        server.faults["FETCH"] = [None, None, b"* 2 FETCH (UID 2 BODY[] {50}\r\nMess" + CLOSE]
        source = imap_source(server.port, limits=IntakeLimits(batch_messages=1))
        memory = Memory()
        fetching = source.fetch(memory, 100)
        memory.note(next(fetching))
        with pytest.raises(SourceDown):
            next(fetching)
        assert [found.uid for found in take(source, memory)] == ["2", "3"]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("[LIMIT] slow down", 300),
        ("[OVERQUOTA] Account exceeded command or bandwidth limits", 300),
        ("Request is throttled. Suggested Backoff Time: 90000 milliseconds", 90),
        ("Too many simultaneous connections", 300),
        ("请求过于频繁", 300),
        ("no such message", None),
    ],
)
def test_throttling_is_recognised(text: str, seconds: float | None) -> None:
    assert throttle_seconds(text) == seconds


@pytest.mark.parametrize("command", ["LOGIN", "SEARCH", "FETCH"])
def test_throttling_asks_for_a_pause_and_blames_no_message(imap_source: Any, command: str) -> None:
    answer = b"{tag} NO Request is throttled. Suggested Backoff Time: 90000 milliseconds\r\n"
    with ScriptedImap({1: mail(1), 2: mail(2)}) as server:
        server.faults[command] = [None, answer] if command == "FETCH" else [answer]
        with pytest.raises(SourceDown) as caught:
            take(imap_source(server.port))
    assert caught.value.retry_after == 90
    assert not caught.value.refused


def test_a_message_that_the_server_cannot_read_does_not_hide_the_others(
    imap_source: Any, caplog: pytest.LogCaptureFixture
) -> None:
    refusal = b"{tag} NO internal error\r\n"
    with ScriptedImap({number: mail(number) for number in (1, 2, 3)}) as server:
        source, memory = imap_source(server.port), Memory()
        server.faults["FETCH"] = [None, refusal, None, refusal, None]
        first = take(source, memory)
        assert [found.uid for found in first] == ["1", "3"]
        memory.note(first)
        for _ in range(REFUSALS - 2):
            server.faults["FETCH"] = [None, refusal]
            assert take(source, memory) == []
        server.faults["FETCH"] = [None, refusal]
        given_up = take(source, memory)
    assert [(found.uid, found.flaw, found.raw) for found in given_up] == [
        ("2", Flaw.UNREADABLE, b"")
    ]
    assert "UID 2" in caplog.text


def test_a_message_that_is_gone_meanwhile_is_passed_over(imap_source: Any) -> None:
    with ScriptedImap({1: mail(1), 2: mail(2)}) as server:
        server.before["FETCH"] = lambda: server.messages.pop(1, None)
        for _ in range(REFUSALS + 1):
            assert [found.uid for found in take(imap_source(server.port))] == ["2"]


def test_gone_between_size_and_body(imap_source: Any) -> None:
    with ScriptedImap({1: mail(1), 2: mail(2)}) as server:
        server.faults["FETCH"] = [None, b"{tag} OK nothing\r\n"]
        server.before["FETCH"] = lambda: [
            server.messages.pop(1, None) for _ in server.log if "BODY.PEEK" in _
        ]
        assert take(imap_source(server.port)) == []


def test_password_is_not_sent_where_login_is_disabled(imap_source: Any) -> None:
    with (
        ScriptedImap(capabilities="LOGINDISABLED") as server,
        pytest.raises(SourceDown, match="TLS is needed"),
    ):
        imap_source(server.port).open()
    assert not any("LOGIN " in line for line in server.log)


def test_starttls_that_is_not_offered(imap_source: Any) -> None:
    with ScriptedImap() as server, pytest.raises(SourceDown, match="STARTTLS"):
        imap_source(server.port, {"security": Security.STARTTLS}).open()


def test_oauth(imap_source: Any) -> None:
    tokens = iter(["first", "second"])
    with ScriptedImap({1: mail(1)}, capabilities="AUTH=XOAUTH2 SASL-IR") as server:
        server.faults["AUTHENTICATE"] = [
            b"{tag} NO AUTHENTICATE failed\r\n",
            b"+ \r\n",
        ]
        source = imap_source(server.port, {"token": lambda: next(tokens)})
        with pytest.raises(SourceDown) as caught:
            source.open()
        assert caught.value.refused
    assert server.log[-1].startswith("AUTHENTICATE XOAUTH2")


def test_the_folder_for_processed_mail_is_made_once(imap_source: Any) -> None:
    with ScriptedImap(capabilities="MOVE") as server:
        source = imap_source(server.port, quarantine="")
        source.open()
        source.close()
        source.open()
    assert [line for line in server.log if line.startswith("CREATE")] == [
        'CREATE "postdesk/processed"'
    ]


def test_a_folder_that_another_node_makes_first(imap_source: Any) -> None:
    with ScriptedImap({1: mail(1)}) as server:
        server.faults["CREATE"] = [b"{tag} NO [ALREADYEXISTS] there\r\n"]
        server.before["CREATE"] = lambda: server.folders.add("postdesk/processed")
        assert len(take(imap_source(server.port, quarantine=""))) == 1


def test_a_folder_that_may_not_be_made(imap_source: Any) -> None:
    with ScriptedImap() as server:
        server.faults["CREATE"] = [b"{tag} NO permission denied\r\n"]
        with pytest.raises(SourceDown, match="permission denied"):
            imap_source(server.port).open()


def test_folders_below_a_prefix(imap_source: Any) -> None:
    with ScriptedImap({1: mail(1)}, capabilities="NAMESPACE MOVE") as server:
        server.faults["NAMESPACE"] = [
            b'* NAMESPACE (("INBOX." ".")) NIL NIL\r\n{tag} OK done\r\n'
        ] * 9
        source = imap_source(server.port, quarantine="INBOX.quarantine")
        source.acknowledge(receipts(take(source)))
    assert 'CREATE "INBOX.postdesk.processed"' in server.log
    assert 'CREATE "INBOX.quarantine"' in server.log
    assert 'UID MOVE 1 "INBOX.postdesk.processed"' in server.log
    assert 'SELECT "INBOX"' in server.log


def test_a_refused_move_is_an_outage_of_that_try_only(imap_source: Any) -> None:
    with ScriptedImap({1: mail(1)}, capabilities="MOVE") as server:
        source = imap_source(server.port)
        done = receipts(take(source))
        server.faults["MOVE"] = [b"{tag} NO [TRYCREATE] no such folder\r\n"]
        with pytest.raises(SourceDown):
            source.acknowledge(done)
        assert source.acknowledge(done) == done
        assert server.messages == {}


def test_a_huge_mailbox_is_searched_in_pieces(imap_source: Any) -> None:
    window = imap_module.SEARCH_WINDOW
    uids = [1, window - 1, window, window + 1, 3 * window]
    with ScriptedImap({uid: mail(uid) for uid in uids}) as server:
        server.faults["SELECT"] = [
            b"* %d EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n* OK [UIDNEXT %d] x\r\n{tag} OK ok\r\n"
            % (window + 1, 3 * window + 1)
        ]
        source = imap_source(server.port)
        assert [found.uid for found in take(source)] == [str(uid) for uid in uids]
        assert [found.uid for found in take(source, limit=2)] == ["1", str(window - 1)]
    spans = [line for line in server.log if "SEARCH" in line]
    assert spans == [
        f"UID SEARCH UID 1:{window}",
        f"UID SEARCH UID {window + 1}:{2 * window}",
        f"UID SEARCH UID {2 * window + 1}:*",
        f"UID SEARCH UID 1:{window}",
    ]


def _woken(
    source: Any, server: ScriptedImap, act: Callable[[], None], stop: threading.Event
) -> bool:
    woken: list[bool] = []
    waiting = threading.Thread(target=lambda: woken.append(source.wait(600, stop)))
    waiting.start()
    assert server.idling.wait(20)
    act()
    waiting.join(20)
    return woken == [True]


def test_idle_is_woken_by_exists_that_comes_in_pieces(imap_source: Any) -> None:
    with ScriptedImap(capabilities="IDLE") as server:
        source = imap_source(server.port)
        source.open()

        def act() -> None:
            server.say(b"* 1 EXI")
            server.say(b"STS\r\n")

        assert _woken(source, server, act, threading.Event())


def test_idle_is_woken_by_exists_in_one_packet_with_its_start(imap_source: Any) -> None:
    with ScriptedImap(capabilities="IDLE") as server:
        # Time stands still: no renewal of IDLE comes to the rescue.
        source, stop, woken = imap_source(server.port, tick=lambda: 0.0), threading.Event(), []
        source.open()
        server.faults["IDLE"] = [b"+ idling\r\n* 1 EXISTS\r\n"]
        waiting = threading.Thread(target=lambda: woken.append(source.wait(600, stop)))
        waiting.start()
        waiting.join(10)
        woken_by_itself = list(woken)
        stop.set()
        waiting.join(10)
        assert woken_by_itself == [True]


def test_idle_is_woken_by_the_end_of_the_line(
    imap_source: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with ScriptedImap(capabilities="IDLE") as server:
        source = imap_source(server.port)
        source.open()
        assert _woken(source, server, server.drop, threading.Event())
        assert "lost while waiting" in caplog.text
        assert take(source) == []
        assert server.connections == 2


def test_idle_is_woken_by_goodbye(imap_source: Any) -> None:
    with ScriptedImap(capabilities="IDLE") as server:
        source = imap_source(server.port)
        source.open()
        assert _woken(source, server, lambda: server.say(b"* BYE\r\n"), threading.Event())


def test_exists_that_comes_amid_another_answer_is_not_lost(imap_source: Any) -> None:
    """It is announced once only: waiting for IDLE to repeat it would be waiting in vain."""
    with ScriptedImap(capabilities="IDLE") as server:
        source = imap_source(server.port)
        source.open()

        def arrive() -> None:
            server.messages[7] = mail(7)
            server.before.clear()

        server.before["SEARCH"] = arrive
        server.faults["SEARCH"] = [b"* SEARCH\r\n* 1 EXISTS\r\n{tag} OK done\r\n"]
        assert source.wait(600, threading.Event()) is True
        assert not any(line == "IDLE" for line in server.log)


def test_stop_ends_idle_at_once(imap_source: Any) -> None:
    with ScriptedImap(capabilities="IDLE") as server:
        source, stop = imap_source(server.port), threading.Event()
        source.open()
        assert not _woken(source, server, stop.set, stop)
        assert take(source, nothing_known) == []
        assert server.connections == 1
