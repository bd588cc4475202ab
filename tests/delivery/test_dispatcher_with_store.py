"""The dispatcher on the real store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from processor.delivery.dispatcher import Dispatcher
from processor.delivery.outbox_folder import OutboxFolder
from processor.domain.outgoing import Outgoing
from processor.store.database import Store
from tests.servers.scripted_smtp import DROP_BEFORE_ANSWER, ScriptedSmtp

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.fixture
def engine_name() -> str:
    """SQLite alone: the store's own tests are told on both."""
    return "sqlite"


def queue(
    store: Store, *numbers: int, recipients: tuple[str, ...] = ("a@b.test",), incident: str = ""
) -> None:
    """A mail for each number, of as many incidents unless ``incident`` is given."""
    with store.begin() as work:
        for number in numbers:
            message_id = f"{number}@desk.test"
            mail = Outgoing(
                key=f"key-{number}",
                message_id=message_id,
                event="opened",
                number=incident or f"INC-20261122-{number:04}",
                mailbox="desk",
                envelope_from="",
                recipients=recipients,
                subject="x",
                text="x",
                internal=False,
                raw=f"Message-ID: <{message_id}>\r\n\r\nx\r\n".encode(),
            )
            assert work.outbox.queue(mail, NOW)


def states(store: Store) -> list[tuple[int, str]]:
    with store.read() as work:
        return sorted(
            (entry.id, entry.state)
            for state in ("queued", "sending", "sent", "dead")
            for entry in work.outbox.list(state)
        )


def test_into_a_folder(store: Store, tmp_path: Path) -> None:
    queue(store, 1, 2)
    made = Dispatcher(store, {"": OutboxFolder(tmp_path / "out")}, owner="one")
    assert made.run_once(NOW) == 2
    assert states(store) == [(1, "sent"), (2, "sent")]
    assert [file.name[:10] for file in sorted((tmp_path / "out").iterdir())] == [
        "0000000001",
        "0000000002",
    ]


def test_a_mail_without_an_answer_is_sent_again_with_its_message_id(
    store: Store, smtp_sender: Any
) -> None:
    queue(store, 1)
    with ScriptedSmtp() as server:
        server.faults["DATA"] = [DROP_BEFORE_ANSWER]
        made = Dispatcher(store, {"": smtp_sender(server.port)}, owner="one")
        assert made.run_once(NOW) == 0
        assert states(store) == [(1, "queued")]
        assert made.run_once(NOW + timedelta(minutes=1)) == 1
        assert states(store) == [(1, "sent")]
        assert len(server.taken) == 2
        assert server.taken[0].raw == server.taken[1].raw


def test_only_those_who_wait_are_tried_again(store: Store, smtp_sender: Any) -> None:
    queue(store, 1, recipients=("ok@b.test", "full@b.test", "gone@b.test"))
    with ScriptedSmtp() as server:
        server.recipients = {"full@b.test": "452 4.2.2 full", "gone@b.test": "550 5.1.1 nobody"}
        made = Dispatcher(store, {"": smtp_sender(server.port)}, owner="one")
        assert made.run_once(NOW) == 0
        server.recipients.clear()
        assert made.run_once(NOW + timedelta(minutes=1)) == 1
    assert [taken.recipients for taken in server.taken] == [("ok@b.test",), ("full@b.test",)]


def test_an_outage_and_its_end(store: Store, smtp_sender: Any) -> None:
    queue(store, 1, 2, 3)
    with ScriptedSmtp() as server:
        server.greeting = "421 4.3.2 busy"
        made = Dispatcher(store, {"": smtp_sender(server.port)}, owner="one")
        assert made.run_once(NOW) == 0
        assert server.connections == 1
        server.greeting = ""
        assert made.run_once(NOW) == 0
        assert made.run_once(NOW + timedelta(seconds=1)) == 3
    made.close()
    assert [state for _, state in states(store)] == ["sent"] * 3


def test_two_dispatchers_share_the_queue(store: Store, smtp_sender: Any) -> None:
    queue(store, 1, 2)
    with store.begin() as work:
        work.outbox.claim(NOW, 1, 300, "other")
    with ScriptedSmtp() as server:
        made = Dispatcher(store, {"": smtp_sender(server.port)}, owner="one")
        assert made.run_once(NOW) == 1
        assert states(store) == [(1, "sending"), (2, "sent")]
        assert made.run_once(NOW + timedelta(seconds=300)) == 1


def test_a_later_mail_waits_for_an_earlier_one(store: Store, smtp_sender: Any) -> None:
    queue(store, 1, 2, incident="INC-20261122-0001")
    queue(store, 3, incident="INC-20261122-0001", recipients=("c@b.test",))
    queue(store, 4)
    with ScriptedSmtp() as server:
        server.faults["DATA"] = ["451 4.3.0 not now"]
        made = Dispatcher(store, {"": smtp_sender(server.port)}, owner="one")
        assert made.run_once(NOW) == 2
        assert states(store) == [(1, "queued"), (2, "queued"), (3, "sent"), (4, "sent")]
        assert made.run_once(NOW + timedelta(seconds=59)) == 0
        assert made.run_once(NOW + timedelta(seconds=60)) == 2
        assert [
            b"Message-ID: <%d@" % n in taken.raw
            for n, taken in zip((3, 4, 1, 2), server.taken, strict=True)
        ] == [True] * 4


def test_a_mail_that_is_given_up_holds_nobody_up(store: Store, smtp_sender: Any) -> None:
    queue(store, 1, 2, incident="INC-20261122-0001")
    with ScriptedSmtp() as server:
        server.faults["DATA"] = ["554 5.7.1 no"]
        made = Dispatcher(store, {"": smtp_sender(server.port)}, owner="one")
        assert made.run_once(NOW) == 1
    assert states(store) == [(1, "dead"), (2, "sent")]
