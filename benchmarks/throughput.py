"""Mails a second, end to end: IMAP → committed → answer sent; empty and with incidents before.

``python -m benchmarks.throughput [--mails 3000] [--prefill 20000] [--rounds 3]
[--server dovecot|pymap]``
The IMAP server is Dovecot where it is installed, else pymap; SMTP sink and daemon are processes
of their own. The corpus is the made-up one of ``corpus.py``.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.corpus import corpus
from processor.bootstrap.opening import open_store
from processor.bootstrap.wiring import desk_of
from processor.demo.servers import DemoServers
from processor.demo.story import DESK
from processor.domain.incident import IncidentType, Status
from processor.domain.people import Actor, Person, Proof
from processor.pipeline.backlog import TOGETHER
from processor.services import clocks
from processor.services.moving import keep
from processor.services.policy import system
from processor.services.recording import Report, open_incident
from processor.settings.loader import load
from tests.journeys.homes import home_of
from tests.servers.dovecot import PASSWORD, Dovecot

ROOT = Path(__file__).parents[1]
_START = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)


@contextmanager
def mailbox_with(mails: list[bytes], server: str) -> Iterator[tuple[int, str]]:
    """A served mailbox that holds the mails: port and password."""
    if server == "dovecot":
        dovecot = Dovecot()
        new = dovecot.folder / "mail" / DESK / "new"
        for part in ("new", "cur", "tmp"):
            (new.parent / part).mkdir(parents=True)
        for ordinal, raw in enumerate(mails):
            (new / f"{1_700_000_000 + ordinal}.{ordinal}.bench").write_bytes(raw)
        dovecot.start()
        try:
            yield dovecot.port, PASSWORD
        finally:
            dovecot.stop()
        return
    with DemoServers({DESK: PASSWORD}) as running:
        for raw in mails:
            running.append(DESK, raw, _START)
        yield running.imap_port, PASSWORD


@contextmanager
def smtp_sink() -> Iterator[int]:
    """An SMTP server in a process of its own: its port."""
    command = [sys.executable, "-m", "benchmarks.sink"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


def prefill(home: Path, count: int) -> None:
    """Record ``count`` incidents of the past, by the same service that mails use."""
    settings = load(home)
    store = open_store(settings)
    desk = desk_of(settings, store)
    actor = Actor(system("zh"), Proof.PATH, "benchmark")
    for start in range(0, count, TOGETHER):
        with store.begin() as work:
            for ordinal in range(start, min(start + TOGETHER, count)):
                at = _START + timedelta(minutes=20 * ordinal)
                who = Person(f"reporter{ordinal % 5000}@customers.example", "报告人")
                report = Report(
                    reporter=who,
                    subject="打印机无法打印",
                    symptom="打印机无法打印，" * 20,
                    language="zh",
                    type=IncidentType.INCIDENT,
                    group="hardware",
                )
                incident, _ = open_incident(work, desk.policy, report, actor, at)
                # the past is done with: its clocks have stopped, and nothing of it still rings
                before, incident.status = incident.status, Status.CLOSED
                clocks.follow(work, desk.policy, incident, before, at)
                keep(work, incident, actor, at)
    store.close()


@contextmanager
def past_of(count: int) -> Iterator[Path]:
    """The database in which ``count`` incidents were recorded, made once for all runs."""
    folder = Path(tempfile.mkdtemp(prefix="postdesk-bench-"))
    try:
        home = home_of(folder / "home", imap=(1, "none"), smtp=1)
        prefill(home, count)
        yield home / "data" / "postdesk.db"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def measure(mails: list[bytes], past: Path | None, server: str) -> dict[str, float]:
    """One run in a fresh home, or in one with this ``past``."""
    folder = Path(tempfile.mkdtemp(prefix="postdesk-bench-"))
    try:
        with mailbox_with(mails, server) as (port, password), smtp_sink() as sink:
            limits = {"replies_per_sender_hour": 10_000, "replies_per_thread_hour": 10_000}
            home = home_of(folder / "home", imap=(port, password), smtp=sink, limits=limits)
            if past is not None:
                shutil.copy(past, home / "data" / past.name)
            command = [sys.executable, "-m", "benchmarks.daemon_child", str(home), str(len(mails))]
            done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
            result: dict[str, float] = json.loads(done.stdout)
            return result
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Measure in turn, print a line a run, then the best of each kind: what else the machine
    does only ever adds."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--mails", type=int, default=3000)
    options.add_argument("--prefill", type=int, default=20_000)
    options.add_argument("--rounds", type=int, default=3)
    has_dovecot = shutil.which("dovecot") is not None
    options.add_argument("--server", default="dovecot" if has_dovecot else "pymap")
    given = options.parse_args()
    mails = list(corpus(given.mails, desk=DESK))
    mean = sum(map(len, mails)) / len(mails) / 1024
    print(f"{len(mails)} mails, {mean:.1f} KB mean, {given.server}, {os.cpu_count()} cores")
    print(f"{'incidents before':>17} {'mails/s':>8} {'CPU ms/mail':>12} {'peak MB':>8} {'sent':>6}")
    rates: dict[int, list[float]] = {0: [], given.prefill: []}
    costs: dict[int, list[float]] = {0: [], given.prefill: []}
    with past_of(given.prefill) as past:
        for _ in range(given.rounds):
            for before in rates:
                result = measure(mails, past if before else None, given.server)
                rates[before].append(len(mails) / result["seconds"])
                costs[before].append(1000 * result["cpu"] / len(mails))
                print(
                    f"{before:>17,} {rates[before][-1]:>8.0f} {costs[before][-1]:>12.2f}"
                    f" {result['peak_mb']:>8.0f} {result['sent']:>6.0f}",
                    flush=True,
                )
    for before in rates:
        best = f"{max(rates[before]):.0f} mails/s, {min(costs[before]):.2f} ms"
        print(f"best with {before:,} incidents before: {best}")
    ratio = min(costs[given.prefill]) / min(costs[0])
    print(f"cost at {given.prefill:,} incidents / empty: {ratio:.2f}")


if __name__ == "__main__":
    main()
