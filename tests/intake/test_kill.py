"""kill -9 while collecting from a real IMAP server, then a new process."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from processor.store.database import Store
from tests.intake.takings import mail
from tests.servers.dovecot import PASSWORD, Dovecot

TURN = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from processor.intake.collector import Collector
from processor.intake.imap import ImapSource
from processor.intake.imap_session import ImapAccount, Security
from processor.intake.source import IntakeLimits
from processor.store.database import Store

folder, port, user, password, deadly = sys.argv[1:]
now = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)

def checkpoint(point):
    if point == deadly:
        os.kill(os.getpid(), signal.SIGKILL)

store = Store(f"sqlite:///{folder}/desk.db", blobs=Path(folder) / "blobs")
store.upgrade()
account = ImapAccount("127.0.0.1", user, int(port), Security.NONE, lambda: password)
source = ImapSource("desk", account, limits=IntakeLimits(batch_messages=3))
collector = Collector(source, store, checkpoint=checkpoint)
while collector.collect(now):
    pass
with store.begin() as work:
    for entry in work.spool.pending(100):
        work.spool.settle(entry.id, disposition="opened", reason="", incident_number="",
                          at=now, steps=())
collector.acknowledge(now)
collector.close()
store.close()
"""


@pytest.mark.parametrize("point", ["fetched", "spooled", "moved", "acknowledged"])
def test_killed_and_started_again(dovecot: Dovecot, user: str, tmp_path: Path, point: str) -> None:
    raws = [mail(number) for number in range(7)]
    dovecot.append(user, *raws)

    def turn(deadly: str) -> int:
        known = [str(tmp_path), str(dovecot.port), user, PASSWORD, deadly]
        return subprocess.run([sys.executable, "-c", TURN, *known], timeout=60).returncode

    assert turn(point) == -signal.SIGKILL
    assert turn("") == 0
    assert dovecot.bodies(user) == []
    assert sorted(dovecot.bodies(user, "postdesk.processed")) == sorted(raws)
    store = Store(f"sqlite:///{tmp_path}/desk.db", blobs=tmp_path / "blobs")
    with store.read() as work:
        ids = range(1, 8)
        assert sorted(work.spool.raw(one) for one in ids) == sorted(raws)
        assert work.spool.get(8) is None
        assert work.spool.unacknowledged("desk") == []
    store.close()
