"""Mails that leave by a process of its own, against real servers."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from processor.daemon.courier import CHILD, Courier
from processor.delivery.sender import Outcome, Parcel, SenderDown
from processor.domain.errors import Fault
from processor.settings.secret_refs import SecretRef
from tests.daemon.children import MORTAL
from tests.delivery.conftest import account_at
from tests.servers.scripted_smtp import ScriptedSmtp

RAW = b"Message-ID: <1@desk.test>\r\nSubject: x\r\n\r\n.leading dot\r\nend\r\n"

CourierMaker = Callable[..., Courier]


def parcel(*recipients: str) -> Parcel:
    return Parcel(
        1, "opened", "INC-20261122-0001", "desk@desk.test", recipients or ("a@b.test",), RAW
    )


@pytest.fixture
def courier() -> Iterator[CourierMaker]:
    made: list[Courier] = []

    def make(port: int, child: tuple[str, ...] = CHILD, **account: Any) -> Courier:
        made.append(Courier(account_at(port, **account), child=child))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_a_mail_arrives_as_it_was_handed_over(courier: CourierMaker) -> None:
    with ScriptedSmtp() as server:
        outcome = courier(server.port).send(parcel("a@b.test", "c@d.test"))
        assert outcome == Outcome(accepted=("a@b.test", "c@d.test"))
        (taken,) = server.taken
    assert taken.raw == RAW
    assert (taken.sender, taken.recipients) == ("desk@desk.test", ("a@b.test", "c@d.test"))


def test_one_process_and_one_connection_serve_many_mails(courier: CourierMaker) -> None:
    with ScriptedSmtp() as server:
        made = courier(server.port)
        assert made.pid is None, "it starts with the first mail"
        pids: set[int | None] = set()
        for _ in range(3):
            assert made.send(parcel()).accepted
            pids.add(made.pid)
        assert len(pids) == 1
        assert os.getpid() not in pids
        assert server.connections == 1


def test_refusals_come_back_whole(courier: CourierMaker) -> None:
    with ScriptedSmtp() as server:
        made = courier(server.port)
        server.faults["RCPT"] = ["550 5.1.1 nobody", None]
        outcome = made.send(parcel("gone@b.test", "a@b.test"))
    assert outcome.accepted == ("a@b.test",)
    assert outcome.lost == ("gone@b.test",)
    assert str(outcome.refused["gone@b.test"]) == "550 5.1.1 nobody"


def test_a_server_that_is_down_is_told_as_such(courier: CourierMaker) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        made = courier(free.getsockname()[1])
        with pytest.raises(SenderDown, match=r"127\.0\.0\.1") as down:
            made.send(parcel())
        assert not down.value.refused
        with pytest.raises(SenderDown):
            made.check()


def test_a_courier_that_was_killed_is_replaced(courier: CourierMaker) -> None:
    with ScriptedSmtp() as server:
        made = courier(server.port)
        made.send(parcel())
        killed = made.pid
        assert killed is not None
        os.kill(killed, signal.SIGKILL)
        os.waitid(os.P_PID, killed, os.WEXITED | os.WNOWAIT)  # dead, not yet buried
        assert made.send(parcel()).accepted
        assert made.pid not in (None, killed)
        assert len(server.taken) == 2


def test_one_that_dies_holding_a_mail_leaves_it_to_the_schedule(courier: CourierMaker) -> None:
    made = courier(25, (sys.executable, "-c", MORTAL))
    outcome = made.send(parcel("a@b.test", "c@d.test"))
    assert outcome.accepted == ()
    assert outcome.waiting == ("a@b.test", "c@d.test")
    assert made.pid is None


def test_signals_for_the_group_do_not_cut_a_mail_short(courier: CourierMaker) -> None:
    with ScriptedSmtp() as server:
        made = courier(server.port)
        made.send(parcel())
        child = made.pid
        assert child is not None
        os.kill(child, signal.SIGTERM)
        os.kill(child, signal.SIGINT)
        assert made.send(parcel()).accepted
        assert made.pid == child


def test_closed_it_leaves_no_process(courier: CourierMaker) -> None:
    with ScriptedSmtp() as server:
        made = courier(server.port)
        made.send(parcel())
        child = made.pid
        assert child is not None
        made.close()
    assert made.pid is None
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_the_secret_is_read_when_it_is_needed(courier: CourierMaker, tmp_path: Path) -> None:
    """What tells the password travels, not the password: a changed one is taken up."""
    with ScriptedSmtp() as server:
        made = courier(server.port, user="desk", password=SecretRef("file", "pass", tmp_path))
        with pytest.raises(Fault, match="secret file pass"):
            made.send(parcel())
        (tmp_path / "pass").write_text("secret")
        with pytest.raises(SenderDown, match="AUTH"):  # this server knows no log-in
            made.send(parcel())
