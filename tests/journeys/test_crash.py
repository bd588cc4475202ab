"""Killed between any two steps and started again, the desk loses nothing and doubles nothing."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from processor.demo.correspondent import Correspondent, read
from processor.demo.servers import DemoServers
from processor.demo.story import DESK
from processor.domain.incident import Incident
from processor.pipeline.journey import READING, SETTLING
from processor.store.database import Store
from tests.journeys.crash_child import Desks, crashing_desks
from tests.journeys.homes import MORNING, home_of

REPORTERS = [
    Correspondent(f"报告人{n}", f"reporter{n}@example.com", "zh" if n % 2 else "en")
    for n in range(4)
]
POINTS = (
    "fetched",
    "spooled",
    *(step.__name__ for step in (*READING, *SETTLING)),
    "settled",
    "committed",
    "moved",
    "acknowledged",
    "outbox.claimed",
    "smtp.accepted",
    "outbox.sent",
)
ONCE_A_BATCH = ("fetched", "spooled", "moved", "acknowledged", "outbox.claimed")


@pytest.fixture(scope="module")
def crashing() -> Iterator[Desks]:
    with crashing_desks() as desks:
        yield desks


@pytest.fixture
def servers() -> Iterator[DemoServers]:
    addresses = [DESK, *(one.address for one in REPORTERS)]
    with DemoServers(dict.fromkeys(addresses, "secret")) as running:
        yield running


@pytest.mark.parametrize("point", POINTS)
def test_killed_at_every_point_nothing_is_lost_or_doubled(
    point: str,
    engine_name: str,
    servers: DemoServers,
    crashing: Desks,
    database_url: str,
    tmp_path: Path,
) -> None:
    # the first time and, in the midst of a batch, the second
    nth = 1 if engine_name == "sqlite" or point in ONCE_A_BATCH else 2
    home = home_of(
        tmp_path / "home",
        database=database_url,
        imap=(servers.imap_port, "secret"),
        smtp=servers.smtp_port,
    )
    sent = []
    for one in REPORTERS:
        raw = one.write(DESK, f"打印机坏了 {one.name}", "请看一下，谢谢。", MORNING)
        sent.append(str(read(raw)["Message-ID"]).strip("<>"))
        servers.append(DESK, raw, MORNING)

    killed = crashing.drain(home, 0, point, nth)
    assert killed == -signal.SIGKILL, f"{point} was never passed"
    # later than any lease that the dead process held
    assert crashing.drain(home, 15) == 0

    incidents, taken = _recorded(home, database_url)
    assert sorted(taken) == sorted(sent)
    assert sorted(one.number for one in incidents) == [
        f"INC-20261123-{n:04d}" for n in range(1, len(REPORTERS) + 1)
    ]
    for one in REPORTERS:
        answers = [read(raw) for raw in servers.received(one.address)]
        ids = Counter(str(mail["Message-ID"]) for mail in answers)
        assert len(ids) == 1, "one answer, however often its delivery was tried"
        if point != "smtp.accepted":
            assert sum(ids.values()) == 1


def _recorded(home: Path, database_url: str) -> tuple[list[Incident], list[str]]:
    store = Store(database_url, blobs=home / "data" / "blobs")
    with store.read() as work:
        incidents = work.incidents.search(limit=100)
        taken = [
            mail.message_id
            for one in incidents
            for mail in work.mails.of(one.number)
            if mail.direction == "in"
        ]
    store.close()
    return incidents, taken
