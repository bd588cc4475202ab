"""The daemon in earnest: threads, servers in this process, a process that is told to stop."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, timedelta
from pathlib import Path

import pytest

from processor.bootstrap.clock import wall_clock
from processor.bootstrap.wiring import App, wire
from processor.daemon.locking import sole
from processor.daemon.service import Service
from processor.demo.correspondent import Correspondent, read
from processor.demo.servers import DemoServers
from processor.demo.story import DESK
from processor.domain.errors import Refusal
from processor.intake.collector import Collector
from processor.settings.loader import load
from tests.journeys.desk import Story
from tests.journeys.homes import MORNING, home_of

PATIENCE = 30.0
LI = Correspondent("李娜", "li.na@example.com", "zh")


@pytest.fixture
def servers() -> Iterator[DemoServers]:
    with DemoServers(dict.fromkeys((DESK, LI.address, "wang.qiang@example.com"), "x")) as running:
        yield running


@contextmanager
def at_work(app: App) -> Iterator[Service]:
    """The daemon on threads of this process; at the end it is told to stop and does."""
    service = Service(app)
    thread = threading.Thread(target=service.run, kwargs={"signals": False})
    thread.start()
    try:
        yield service
    finally:
        service.stop.set()
        thread.join(PATIENCE)
        app.close()
    assert not thread.is_alive()


class Passing:
    """A checkpoint that can be waited for."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}
        self._news = threading.Condition()

    def __call__(self, name: str) -> None:
        with self._news:
            self._seen[name] = self._seen.get(name, 0) + 1
            self._news.notify_all()

    def wait(self, name: str, times: int = 1) -> None:
        with self._news:
            assert self._news.wait_for(lambda: self._seen.get(name, 0) >= times, PATIENCE), name


def test_a_mail_that_comes_while_it_waits_is_answered(servers: DemoServers, tmp_path: Path) -> None:
    home = home_of(tmp_path / "home", imap=(servers.imap_port, "x"), smtp=servers.smtp_port)
    passing = Passing()
    with at_work(wire(load(home), wall_clock, checkpoint=passing)):
        for n in (1, 2):
            raw = LI.write(DESK, f"{n} 楼打印机卡纸", "麻烦看一下", MORNING + timedelta(minutes=n))
            servers.append(DESK, raw, MORNING)
            answers = servers.wait_received(LI.address, n, PATIENCE)
            assert len(answers) == n
        passing.wait("acknowledged", 2)
    assert {read(raw)["X-Postdesk-Event"] for raw in answers} == {"opened"}


def test_it_ends_when_told_to_and_is_alone_on_its_home(
    servers: DemoServers, tmp_path: Path
) -> None:
    home = home_of(tmp_path / "home", imap=(servers.imap_port, "x"), smtp=servers.smtp_port)
    command = [sys.executable, "-m", "processor", "-c", str(home), "run"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        servers.append(DESK, LI.write(DESK, "打印机卡纸", "麻烦看一下", MORNING), MORNING)
        assert servers.wait_received(LI.address, 1, PATIENCE)
        second = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
        assert second.returncode == 1
        assert str(process.pid) in second.stderr
        assert "Traceback" not in second.stderr
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 0, told
    assert "daemon.stopped" in told
    with sole(home):
        pass  # the lock is free again


def test_only_one_holds_a_home(tmp_path: Path) -> None:
    with sole(tmp_path), pytest.raises(Refusal) as refused, sole(tmp_path):
        raise AssertionError
    assert refused.value.code == "daemon_runs"


def test_a_locked_database_is_ridden_out(servers: DemoServers, tmp_path: Path) -> None:
    home = home_of(tmp_path / "home", imap=(servers.imap_port, "x"), smtp=servers.smtp_port)
    passing = Passing()
    with at_work(wire(load(home), wall_clock, checkpoint=passing)):
        blocker = sqlite3.connect(home / "data" / "postdesk.db", isolation_level=None)
        blocker.execute("BEGIN IMMEDIATE")
        servers.append(DESK, LI.write(DESK, "打印机卡纸", "麻烦看一下", MORNING), MORNING)
        passing.wait("fetched")  # what comes next needs the lock
        blocker.execute("ROLLBACK")
        blocker.close()
        assert servers.wait_received(LI.address, 1, PATIENCE)


def test_clocks_that_ran_out_while_it_was_down_are_told_at_once(tmp_path: Path) -> None:
    with Story(tmp_path) as desk:
        desk.printer_jam()
        desk.at("11:01")
        passing = Passing()
        with at_work(wire(desk.settings, desk.clock, checkpoint=passing)):
            passing.wait("outbox.sent")
        assert [str(mail["X-Postdesk-Event"]) for mail in desk.zhao.mails] == ["escalation"]


class StumblingSource:
    """A mailbox that breaks, once, in a way that nobody foresaw."""

    def __init__(self, real: Collector) -> None:
        self._real = real.source
        self.origin = real.source.origin
        self.stumbles = ["fetch", "acknowledge"]

    def __getattr__(self, name: str) -> object:
        if name in self.stumbles:
            self.stumbles.remove(name)
            raise RuntimeError(f"{name} broke")
        return getattr(self._real, name)


def test_an_unforeseen_fault_of_a_mailbox_is_tried_again(tmp_path: Path) -> None:
    with Story(tmp_path, box={"poll_seconds": 0}) as desk:
        passing = Passing()
        app = wire(desk.settings, desk.clock, once=True, checkpoint=passing)
        (collector,) = app.collectors
        stumbling = Collector(StumblingSource(collector), app.store, checkpoint=passing)
        desk.li.writes("打印机卡纸", "麻烦看一下")
        with at_work(replace(app, collectors=(stumbling,))):
            passing.wait("outbox.sent", 2)
            passing.wait("acknowledged")
        assert [str(mail["X-Postdesk-Event"]) for mail in desk.li.mails] == ["opened"]


def test_once_drains_and_names_what_cannot_be_reached(tmp_path: Path) -> None:
    with Story(tmp_path) as desk:
        desk.li.writes("打印机卡纸", "麻烦看一下")
        app = wire(desk.settings, desk.clock, once=True)
        result = Service(app).once()
        assert result.dispositions == {"opened": 1}
        assert (result.fetched, result.settled, result.sent, result.unreachable) == (1, 1, 2, ())
        again = Service(app).once()
        assert (again.fetched, again.settled, again.sent, again.rung) == (0, 0, 0, 0)
        app.close()
        desk.at("14:31")
        late = wire(desk.settings, lambda: desk.now.astimezone(UTC), once=True)
        assert Service(late).once().rung == 1, "nobody took it in its four working hours"
        late.close()


def test_a_year_without_holidays_is_told_to_the_administrators_once(tmp_path: Path) -> None:
    with Story(tmp_path) as desk:
        calendar = desk.settings.calendars["working-time"]
        unknown = next(y for y in range(2026, 2100) if not calendar.covers(date(y, 1, 1)))
        desk.now = desk.now.replace(year=unknown, month=3)
        app = wire(desk.settings, desk.clock, once=True)
        assert Service(app).once().sent == 1
        assert Service(app).once().sent == 0
        app.close()
        assert [str(mail["X-Postdesk-Event"]) for mail in desk.sun.mails] == ["calendar-uncovered"]
