"""SMTP against aiosmtpd, willing and unwilling."""

from __future__ import annotations

import ssl
import threading
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.delivery.sender import Outcome, Parcel, Rejection, SenderDown
from processor.delivery.smtp import Security
from tests.servers.certificate import Certificate
from tests.servers.scripted_smtp import DROP_BEFORE_ANSWER, HANG, ScriptedSmtp

RAW = b"Message-ID: <1@desk.test>\r\nSubject: x\r\n\r\n.leading dot\r\n..two\r\nend\r\n"


def parcel(*recipients: str, raw: bytes = RAW, sender: str = "desk@desk.test") -> Parcel:
    return Parcel(1, "opened", "INC-20261122-0001", sender, recipients or ("a@b.test",), raw)


def test_a_mail_arrives_as_it_was_handed_over(smtp_sender: Any) -> None:
    with ScriptedSmtp() as server:
        outcome = smtp_sender(server.port).send(parcel("a@b.test", "c@d.test"))
        assert outcome == Outcome(accepted=("a@b.test", "c@d.test"))
        (taken,) = server.taken
    assert taken.raw == RAW
    assert (taken.sender, taken.recipients) == ("desk@desk.test", ("a@b.test", "c@d.test"))
    assert f"SIZE={len(RAW)}" in taken.options


def test_the_null_return_path(smtp_sender: Any) -> None:
    with ScriptedSmtp() as server:
        smtp_sender(server.port).send(parcel(sender=""))
        assert server.taken[0].sender == "<>"  # what aiosmtpd calls it


def test_the_connection_is_kept(smtp_sender: Any) -> None:
    with ScriptedSmtp() as server:
        sender = smtp_sender(server.port)
        for _ in range(3):
            assert sender.send(parcel()).accepted
        assert server.connections == 1
        sender.close()
        assert sender.send(parcel()).accepted
        assert server.connections == 2


def test_a_connection_that_died_meanwhile_is_replaced(smtp_sender: Any) -> None:
    with ScriptedSmtp() as server:
        sender = smtp_sender(server.port)
        server.faults["DATA"] = [None, "421 4.3.2 shutting down"]
        assert sender.send(parcel()).accepted
        assert not sender.send(parcel()).accepted
        server.drop_connections()
        assert sender.send(parcel()).accepted
        server.drop_connections()
        assert sender.send(parcel()).accepted
        assert server.connections == 3


@pytest.mark.parametrize(
    ("command", "reply", "permanent"),
    [
        ("MAIL", "451 4.3.0 later", False),
        ("MAIL", "550 5.7.1 not you", True),
        ("RCPT", "450 4.2.1 greylisted", False),
        ("RCPT", "550 5.1.1 nobody", True),
        ("DATA", "452 4.3.1 disk full", False),
        ("DATA", "554 5.6.0 spam", True),
        ("MAIL", "421 4.3.2 bye", False),
        ("RCPT", "421 4.3.2 bye", False),
        ("DATA", "421 4.3.2 bye", False),
    ],
)
def test_a_refusal_of_the_mail(smtp_sender: Any, command: str, reply: str, permanent: bool) -> None:
    with ScriptedSmtp() as server:
        server.faults[command] = [reply]
        sender = smtp_sender(server.port)
        outcome = sender.send(parcel())
        assert outcome.accepted == ()
        assert outcome.refused == {
            "a@b.test": Rejection(int(reply[:3]), reply[4:], permanent=permanent)
        }
        assert (outcome.lost == ("a@b.test",)) is permanent
        assert (outcome.waiting == ("a@b.test",)) is not permanent
        assert server.taken == []
        assert sender.send(parcel()).accepted


def test_each_recipient_is_answered_for(smtp_sender: Any) -> None:
    with ScriptedSmtp() as server:
        server.recipients = {"gone@b.test": "550 5.1.1 nobody", "full@b.test": "452 4.2.2 full"}
        outcome = smtp_sender(server.port).send(parcel("gone@b.test", "ok@b.test", "full@b.test"))
    assert outcome.accepted == ("ok@b.test",)
    assert outcome.lost == ("gone@b.test",)
    assert outcome.waiting == ("full@b.test",)
    assert server.taken[0].recipients == ("ok@b.test",)
    assert str(outcome.refused["gone@b.test"]) == "550 5.1.1 nobody"


def test_a_final_refusal_at_data_is_final_for_all(smtp_sender: Any) -> None:
    with ScriptedSmtp() as server:
        server.recipients = {"full@b.test": "452 4.2.2 full"}
        server.faults["DATA"] = ["554 5.6.0 spam"]
        outcome = smtp_sender(server.port).send(parcel("ok@b.test", "full@b.test"))
    assert outcome.lost == ("ok@b.test",)
    assert outcome.waiting == ("full@b.test",)


@pytest.mark.parametrize("fault", [DROP_BEFORE_ANSWER, HANG])
def test_no_answer_after_the_mail_is_no_yes(smtp_sender: Any, fault: str) -> None:
    with ScriptedSmtp() as server:
        server.recipients = {"gone@b.test": "550 5.1.1 nobody"}
        server.faults["DATA"] = [fault]
        sender = smtp_sender(server.port, timeout_seconds=0.3)
        outcome = sender.send(parcel("a@b.test", "gone@b.test"))
        assert outcome.accepted == ()
        assert outcome.waiting == ("a@b.test",)
        assert outcome.lost == ("gone@b.test",)
        assert sender.send(parcel()).accepted


def test_a_server_that_hangs_early(smtp_sender: Any) -> None:
    with ScriptedSmtp() as server:
        server.faults["RCPT"] = [HANG]
        sender = smtp_sender(server.port, timeout_seconds=0.3)
        assert sender.send(parcel()).waiting == ("a@b.test",)


def test_a_server_that_hangs_is_down_for_the_rest_of_a_handful(smtp_sender: Any) -> None:
    with ScriptedSmtp() as server:
        server.faults["DATA"] = [None, HANG]
        sender = smtp_sender(server.port, timeout_seconds=0.3)
        first, second, third = sender.send_all([parcel(), parcel(), parcel()])
        assert first == Outcome(accepted=("a@b.test",))
        assert second.waiting == ("a@b.test",)
        assert isinstance(third, SenderDown)
        assert len(server.taken) == 1


@pytest.mark.parametrize("command", ["MAIL", "RCPT"])
def test_a_kept_connection_that_is_being_closed_is_replaced_at_once(
    smtp_sender: Any, command: str
) -> None:
    with ScriptedSmtp() as server:
        sender = smtp_sender(server.port)
        assert sender.send(parcel()).accepted
        server.faults[command] = ["421 4.7.0 too many mails"]
        assert sender.send(parcel()).accepted
        assert server.connections == 2
        server.faults[command] = ["421 4.7.0 too many mails"] * 2
        assert sender.send(parcel()).waiting == ("a@b.test",), "not for ever"


def test_a_refused_mail_leaves_the_connection_clean(smtp_sender: Any) -> None:
    with ScriptedSmtp() as server:
        sender = smtp_sender(server.port)
        server.recipients = {"gone@b.test": "550 5.1.1 nobody"}
        assert sender.send(parcel("gone@b.test")).lost
        server.refuse_data = "451 4.3.0 later"
        assert sender.send(parcel()).waiting
        server.refuse_data = ""
        assert sender.send(parcel("c@d.test")).accepted
        assert server.taken[-1].recipients == ("c@d.test",)
        assert server.connections == 1


def test_data_refused_before_it_is_sent(smtp_sender: Any) -> None:
    with ScriptedSmtp() as server:
        server.refuse_data = "554 5.5.1 no data today"
        outcome = smtp_sender(server.port).send(parcel())
    assert outcome.refused["a@b.test"] == Rejection(554, "5.5.1 no data today", permanent=True)


def test_nobody_listens(smtp_sender: Any) -> None:
    with ScriptedSmtp() as server:
        port = server.port
    with pytest.raises(SenderDown, match="127"):
        smtp_sender(port).send(parcel())


def test_a_bad_greeting(smtp_sender: Any) -> None:
    with ScriptedSmtp() as server:
        server.greeting = "554 go away"
        with pytest.raises(SenderDown, match="go away"):
            smtp_sender(server.port).send(parcel())
        server.greeting = ""
        assert smtp_sender(server.port).send(parcel()).accepted


def test_log_in(smtp_sender: Any) -> None:
    with ScriptedSmtp(password="right") as server:
        account = {"user": "desk", "password": lambda: "right"}
        assert smtp_sender(server.port, **account).send(parcel()).accepted
        with pytest.raises(SenderDown, match="log-in refused") as caught:
            smtp_sender(server.port, user="desk", password=lambda: "wrong").send(parcel())
        assert caught.value.refused
        # Without a log-in such a server refuses every mail.
        assert smtp_sender(server.port).send(parcel()).refused


def test_oauth(smtp_sender: Any) -> None:
    with ScriptedSmtp(bearer="token") as server:
        account = {"user": "desk@desk.test", "token": lambda: "token"}
        assert smtp_sender(server.port, **account).send(parcel()).accepted
        with pytest.raises(SenderDown) as caught:
            smtp_sender(server.port, user="desk", token=lambda: "old").send(parcel())
        assert caught.value.refused
        # one that was voided before its time is renewed, once
        asked: list[str] = []

        def renew(refused: str) -> str:
            asked.append(refused)
            return "token" if len(asked) == 1 else "older"

        account = {"user": "desk@desk.test", "token": lambda: "old", "renew": renew}
        assert smtp_sender(server.port, **account).send(parcel()).accepted
        with pytest.raises(SenderDown):
            smtp_sender(server.port, **account).send(parcel())
        assert asked == ["old", "old"]


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_tls(smtp_sender: Any, certificate: Certificate, security: Security) -> None:
    starttls = security is Security.STARTTLS
    with ScriptedSmtp(certificate.server(), starttls=starttls) as server:
        account = {"security": security, "tls_context": certificate.client()}
        assert smtp_sender(server.port, **account).send(parcel()).accepted
        with pytest.raises(SenderDown, match="certificate verify failed"):
            smtp_sender(server.port, security=security).send(parcel())
        wrong = ssl.create_default_context()
        with pytest.raises(SenderDown):
            smtp_sender(server.port, security=security, tls_context=wrong).send(parcel())


def test_starttls_that_is_not_offered(smtp_sender: Any) -> None:
    with ScriptedSmtp() as server, pytest.raises(SenderDown, match="STARTTLS"):
        smtp_sender(server.port, security=Security.STARTTLS).send(parcel())


def test_a_mail_that_is_too_large_is_not_even_sent(smtp_sender: Any) -> None:
    with ScriptedSmtp(data_size_limit=100) as server:
        sender = smtp_sender(server.port)
        outcome = sender.send(parcel(raw=RAW + b"x" * 200))
        assert outcome.refused["a@b.test"].code == 552
        assert outcome.lost
        assert server.taken == []


def test_internationalised_addresses(smtp_sender: Any) -> None:
    with ScriptedSmtp() as server:
        sender = smtp_sender(server.port)
        assert sender.send(parcel("用户@例子.test")).accepted
        assert "SMTPUTF8" in server.taken[0].options
        assert server.taken[0].recipients == ("用户@例子.test",)
        assert sender.send(parcel("user@例子.test")).accepted
        assert server.taken[1].recipients == ("user@xn--fsqu00a.test",)
        assert "SMTPUTF8" not in server.taken[1].options
        assert sender.send(parcel(raw="Subject: 你好\r\n\r\nx\r\n".encode())).accepted
        assert {"SMTPUTF8", "BODY=8BITMIME"} <= set(server.taken[2].options)


@pytest.mark.parametrize("address", ["a@b.test>\r\nDATA", "a b@c.test", "<a@b.test>", "a\x00@b"])
def test_an_address_cannot_add_commands(smtp_sender: Any, address: str) -> None:
    with ScriptedSmtp() as server:
        sender = smtp_sender(server.port)
        outcome = sender.send(parcel(address, "ok@b.test"))
        assert outcome.accepted == ("ok@b.test",)
        assert outcome.lost == (address,)
        assert sender.send(parcel(sender=address)).lost == ("a@b.test",)
        assert len(server.taken) == 1


def test_a_domain_that_has_no_ascii_form(smtp_sender: Any) -> None:
    with ScriptedSmtp(enable_SMTPUTF8=False) as server:
        address = f"a@{'例' * 64}.test"
        assert smtp_sender(server.port).send(parcel(address)).lost == (address,)


def test_a_server_without_smtputf8(smtp_sender: Any) -> None:
    with ScriptedSmtp(enable_SMTPUTF8=False) as server:
        sender = smtp_sender(server.port)
        outcome = sender.send(parcel("用户@例子.test"))
        assert outcome.refused["用户@例子.test"].permanent
        assert sender.send(parcel("user@例子.test")).accepted


def test_a_pool_sends_side_by_side_and_no_more_than_that(smtp_sender: Any) -> None:
    with ScriptedSmtp() as server:
        sender = smtp_sender(server.port, pool=2)
        threads = [threading.Thread(target=sender.send, args=(parcel(),)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert len(server.taken) == 8
        assert server.connections <= 2


@given(st.lists(st.sampled_from([b".", b"..", b"a", b"", b".\xff"]), max_size=6))
def test_dots_survive(lines: list[bytes]) -> None:
    body = b"".join(line + b"\r\n" for line in lines)
    raw = b"Subject: x\r\n\r\n" + body
    assert _SERVER is not None
    _SENDER.send(parcel(raw=raw))
    assert _SERVER.taken[-1].raw == raw


_SERVER: Any = None
_SENDER: Any = None


@pytest.fixture(autouse=True, scope="module", params=["in turn", "pipelined"])
def _shared(request: pytest.FixtureRequest) -> Any:
    from processor.delivery.smtp import SmtpAccount, SmtpSender

    global _SERVER, _SENDER
    ScriptedSmtp.pipelining = request.param == "pipelined"
    with ScriptedSmtp() as _SERVER:
        _SENDER = SmtpSender(
            SmtpAccount("127.0.0.1", _SERVER.port, Security.NONE, hello="desk.test")
        )
        yield
        _SENDER.close()
    ScriptedSmtp.pipelining = False
