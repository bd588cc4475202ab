"""Killed while it rings, the desk takes each step of the timetable exactly once."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from processor.demo.correspondent import Correspondent, read
from processor.demo.servers import DemoServers
from processor.demo.story import DESK
from processor.store.database import Store
from tests.journeys.crash_child import Desks, crashing_desks
from tests.journeys.homes import MORNING, home_of

LI = Correspondent("李娜", "li.na@example.com", "zh")
DESK_AGENT = "zhao.min@example.com"  # the hardware group has no lead: the manager stands in
MANAGER = "chen.jing@example.com"
NOT_ACCEPTED = 121  # minutes after nine: the response target of P3 is over
WITHIN_THE_TWO_HOURS = 235

ZHOU, DIRECTOR = "zhou.lei@example.com", "it.director@example.com"
HALF = 121  # minutes after nine: half of the four hours of P1
TWO_HOURS_LATER = HALF + 120


@pytest.fixture(scope="module")
def crashing() -> Iterator[Desks]:
    with crashing_desks() as desks:
        yield desks


@pytest.fixture
def servers() -> Iterator[DemoServers]:
    addresses = [DESK, LI.address, DESK_AGENT, MANAGER, ZHOU, DIRECTOR]
    addresses += ["wang.qiang@example.com", "liu.yang@example.com", "general.manager@example.com"]
    with DemoServers(dict.fromkeys(addresses, "secret")) as running:
        yield running


@pytest.mark.parametrize("point", ["rung", "outbox.claimed", "outbox.sent"])
def test_killed_while_ringing_each_step_is_told_once(
    point: str, servers: DemoServers, crashing: Desks, database_url: str, tmp_path: Path
) -> None:
    home = home_of(
        tmp_path / "home",
        database=database_url,
        imap=(servers.imap_port, "secret"),
        smtp=servers.smtp_port,
    )
    servers.append(
        DESK, LI.write(DESK, "打印机卡纸", "整个财务部都打印不了，麻烦看一下。", MORNING), MORNING
    )
    assert crashing.drain(home, 1) == 0
    assert crashing.drain(home, NOT_ACCEPTED, point, 1) == -signal.SIGKILL, (
        f"{point} was never passed"
    )
    # the machine stays down for two hours; then it is started, and once more
    assert crashing.drain(home, WITHIN_THE_TWO_HOURS) == 0
    assert crashing.drain(home, WITHIN_THE_TWO_HOURS + 1) == 0

    for address in (DESK_AGENT, MANAGER):
        mails = [read(raw) for raw in servers.received(address)]
        told = [one for one in mails if one["X-Postdesk-Event"] == "escalation"]
        ids = Counter(str(mail["Message-ID"]) for mail in told)
        assert len(ids) == 1, f"{address}: one step, however often its delivery was tried"
        assert sum(ids.values()) == 1
    assert _steps(home, database_url) == ["clock:response:100:desk+lead:desk+manager"]
    store = Store(database_url, blobs=home / "data" / "blobs")
    with store.read() as work:
        (incident,) = work.incidents.search()
    store.close()
    assert incident.hierarchical_escalations == 1


def test_killed_again_and_again_and_down_for_two_hours_no_step_is_taken_twice_or_left_out(
    servers: DemoServers, crashing: Desks, database_url: str, tmp_path: Path
) -> None:
    """P1, day and night: not accepted after 15 minutes, half of the target after two hours. Killed
    in one ring after the other it never gets far; then the machine is down for two hours, in which
    three quarters and all of the target pass. One mail tells the latest, the others are recorded.
    """
    home = home_of(
        tmp_path / "home",
        database=database_url,
        imap=(servers.imap_port, "secret"),
        smtp=servers.smtp_port,
    )
    servers.append(DESK, LI.write(DESK, "全公司断网", ALL_DOWN, MORNING), MORNING)
    assert crashing.drain(home, 1) == 0
    for nth in (1, 2):
        assert crashing.drain(home, HALF, "rung", nth) == -signal.SIGKILL
    before = _steps(home, database_url)
    assert len(before) <= 1, "two rings were over, and one of them was no step"
    assert crashing.drain(home, TWO_HOURS_LATER, "rung", 2) == -signal.SIGKILL
    assert crashing.drain(home, TWO_HOURS_LATER) == 0
    assert crashing.drain(home, TWO_HOURS_LATER + 1) == 0

    assert sorted(_steps(home, database_url)) == [
        "clock:resolution:100:it_director",
        "clock:resolution:50:lead:skipped",
        "clock:resolution:75:manager:skipped",
        "clock:response:100:desk+lead",
    ]
    told = {
        address: Counter(
            str(mail["Message-ID"])
            for raw in servers.received(address)
            if (mail := read(raw))["X-Postdesk-Event"] == "escalation"
        )
        for address in (DESK_AGENT, ZHOU, MANAGER, DIRECTOR)
    }
    assert {address: list(ids.values()) for address, ids in told.items()} == {
        DESK_AGENT: [1],
        ZHOU: [1],
        MANAGER: [],
        DIRECTOR: [1],
    }


ALL_DOWN = "所有部门都上不了网，业务全部中断，请马上处理！"


def _steps(home: Path, database: str) -> list[str]:
    store = Store(database, blobs=home / "data" / "blobs")
    with store.read() as work:
        (incident,) = work.incidents.search()
        journal = work.journal.of(incident.number)
    store.close()
    steps = [entry.text for entry in journal if entry.kind == "escalation"]
    return [one for one in steps if one.startswith("clock:")]
