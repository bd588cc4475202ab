"""Is a mail lost or misfiled while the configuration changes under load?

    python -m benchmarks.reload_under_load [--rate 55] [--least 50] [--seconds 60] [--every 5]

Mails come into Dovecot at a steady rate; every few seconds a rule is edited, every other time
together with a broken file, which must keep the whole edit out. Each mail must be recorded once,
and filed as the configuration says that its trail names. Fewer than ``--least`` a second that
really came are a failure, too.

The mails are written beforehand and posted by a process of its own: what edits the configuration
works out its version, which takes a good part of a second each time.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from imapclient import IMAPClient

from processor.demo.correspondent import Correspondent
from processor.demo.story import DESK
from processor.settings.loader import load
from tests.journeys.homes import home_of
from tests.servers.dovecot import PASSWORD, Dovecot

RULE = "- name: edition\n  when: {{subject: batch}}\n  then: {{tags: edition-{edition}}}\n"
_FILED = """
    SELECT spool.subject, spool.steps, incidents.tags, spool.disposition
    FROM spool LEFT JOIN incidents ON incidents.number = spool.incident_number
    WHERE spool.state = 'settled'
"""


class Edits:
    """Changes the rule again and again; remembers which configuration makes which edition."""

    def __init__(self, home: Path, every: float) -> None:
        self.home = home
        self.every = every
        self.editions: dict[str, str] = {}
        self.bad = 0
        self.stop = threading.Event()
        self.write(0)

    def write(self, edition: int) -> None:
        path = self.home / "config" / "rules" / "90-edition.yaml"
        fresh = path.with_suffix(".new")
        fresh.write_text(RULE.format(edition=edition), "utf-8")
        fresh.replace(path)
        self.editions[load(self.home).version] = f"edition-{edition}"

    def run(self) -> None:
        edition = 0
        broken = self.home / "config" / "rules" / "91-broken.yaml"
        while not self.stop.wait(self.every):
            edition += 1
            if edition % 2 == 0:
                broken.write_text("- nmae: x\n", "utf-8")
                self.bad += 1
                self.stop.wait(self.every)
                broken.unlink()
            self.write(edition)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=55)
    parser.add_argument("--least", type=float, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--every", type=float, default=5)
    asked = parser.parse_args()
    many = int(asked.rate * asked.seconds)
    server = Dovecot()
    server.start()
    with tempfile.TemporaryDirectory() as folder:
        home = home_of(Path(folder) / "home", imap=(server.port, PASSWORD), language="en")
        edits = Edits(home, asked.every)
        daemon = subprocess.Popen(
            [sys.executable, "-m", "processor", "-c", str(home), "run"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        editing = threading.Thread(target=edits.run)
        with multiprocessing.get_context("spawn").Pool(1) as postman:
            postman.apply(_ready)
            editing.start()
            try:
                came, ended = postman.apply(_post, (server.port, many, asked.rate))
                _wait(home, many)
                behind = time.time() - ended
            finally:
                edits.stop.set()
                editing.join()
                daemon.terminate()
                daemon.wait(60)
                server.stop()
        _judge(home, edits, many, came, behind, asked.least)


def _ready() -> None:
    """The postman has started and read its modules."""


def _post(port: int, many: int, rate: float) -> tuple[float, float]:
    """Put the mails into the mailbox at that rate; gives how many came a second in the end, and
    when (seconds of the epoch) the last one did."""
    at = datetime.now(UTC)
    people = [Correspondent(f"User {n}", f"user{n}@example.com", "en") for n in range(400)]
    mails = [
        people[n % 400].write(DESK, f"batch {n}", "x", at + timedelta(seconds=n))
        for n in range(many)
    ]
    with IMAPClient("127.0.0.1", port, ssl=False) as client:
        client._imap.debug = 0
        client.login(DESK, PASSWORD)
        begun = time.perf_counter()
        for n, raw in enumerate(mails):
            time.sleep(max(0.0, begun + n / rate - time.perf_counter()))
            client.append("INBOX", raw)
        return many / (time.perf_counter() - begun), time.time()


def _wait(home: Path, many: int) -> None:
    """Until all are settled, or nothing happens for a minute."""
    last, since = -1, time.perf_counter()
    while time.perf_counter() - since < 60:
        now = _settled(home)
        if now >= many:
            return
        if now != last:
            last, since = now, time.perf_counter()
        time.sleep(0.2)


def _settled(home: Path) -> int:
    with sqlite3.connect(home / "data" / "postdesk.db", timeout=30) as database:
        (count,) = database.execute("SELECT count(*) FROM spool WHERE state = 'settled'").fetchone()
    return int(count)


def _rows(home: Path) -> list[tuple[str, str, str, str]]:
    path = home / "data" / "postdesk.db"
    if not path.exists():
        return []
    with sqlite3.connect(path, timeout=30) as database:
        try:
            return database.execute(_FILED).fetchall()
        except sqlite3.OperationalError:
            return []  # the tables are not made yet


def _judge(home: Path, edits: Edits, many: int, came: float, behind: float, least: float) -> None:
    rows = _rows(home)
    times = Counter(subject for subject, *_ in rows)
    lost = [n for n in range(many) if f"batch {n}" not in times]
    twice = [subject for subject, count in times.items() if count > 1]
    misfiled = 0
    by_version: Counter[str] = Counter()
    for _, steps, tags, disposition in rows:
        (version,) = {s.split(":")[1] for s in json.loads(steps) if s.startswith("configuration:")}
        by_version[version] += 1
        right = disposition == "opened" and json.loads(tags) == [edits.editions.get(version)]
        misfiled += not right
    shares = sorted(by_version.values())
    print(
        f"{many} mails came at {came:.1f} a second, all settled {behind:.1f} s after the last; "
        f"{len(edits.editions)} editions, {edits.bad} broken"
    )
    print(f"configurations that filed: {len(by_version)}, median {statistics.median(shares):.0f}")
    print(f"lost {len(lost)}, twice {len(twice)}, misfiled {misfiled}")
    if lost or twice or misfiled or len(by_version) < 3 or came < least:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
