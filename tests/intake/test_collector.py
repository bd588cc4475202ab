"""From a source into the spool and back, killed anywhere, with the real store."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from processor.domain.backoff import STEPS
from processor.intake.collector import Collector
from processor.intake.imap import ImapSource
from processor.intake.maildir import MaildirSource
from processor.intake.source import Arrival, Flaw, Known, Receipt, Shelf, SourceDown
from processor.store.database import Store
from tests.intake.takings import mail
from tests.killing import Killed, killer
from tests.servers.dovecot import Dovecot

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
POINTS = ["fetched", "spooled", "moved", "acknowledged"]


@pytest.fixture
def engine_name() -> str:
    """SQLite alone: the store's own tests are told on both."""
    return "sqlite"


class Shelves:
    """A source in memory: ``waiting`` maps UIDs to messages; faults are raised when due."""

    origin = "desk"

    def __init__(self, *raws: bytes, batch: int = 2) -> None:
        self.uidvalidity = 1
        self.waiting = {str(number): raw for number, raw in enumerate(raws, 1)}
        self.shelves: dict[Shelf, list[bytes]] = {shelf: [] for shelf in Shelf}
        self.flaws: dict[str, Flaw] = {}
        self.faults: list[SourceDown | None] = []
        self.closed = 0
        self._batch = batch

    def open(self) -> None:
        pass

    def close(self) -> None:
        self.closed += 1

    def fetch(self, known: Known, limit: int) -> Iterator[list[Arrival]]:
        held = known(self.uidvalidity, list(self.waiting))
        wanted = [uid for uid in self.waiting if uid not in held][:limit]
        for start in range(0, len(wanted), self._batch):
            self._stumble()
            yield [self._arrival(uid) for uid in wanted[start : start + self._batch]]

    def _arrival(self, uid: str) -> Arrival:
        raw = self.waiting[uid]
        return Arrival("desk", self.uidvalidity, uid, raw, None, len(raw), self.flaws.get(uid))

    def acknowledge(self, receipts: Sequence[Receipt]) -> list[Receipt]:
        self._stumble()
        for receipt in receipts:
            if receipt.uidvalidity == self.uidvalidity and receipt.uid in self.waiting:
                self.shelves[receipt.shelf].append(self.waiting.pop(receipt.uid))
        return list(receipts)

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        return True

    def _stumble(self) -> None:
        fault = self.faults.pop(0) if self.faults else None
        if fault is not None:
            raise fault


def settle(store: Store, disposition: str = "opened") -> list[bytes]:
    """What the pipeline does, as far as the mail ends can tell."""
    with store.begin() as work:
        entries = work.spool.pending(1000)
        raws = [work.spool.raw(entry.id) for entry in entries]
        for entry in entries:
            work.spool.settle(
                entry.id,
                disposition=disposition,
                reason="",
                incident_number="",
                at=NOW,
                steps=(),
            )
    return raws


def test_what_arrives_is_spooled_once(store: Store) -> None:
    source = Shelves(mail(1), mail(2), mail(3))
    collector = Collector(source, store)
    assert collector.collect(NOW) == 3
    assert collector.collect(NOW) == 0
    assert settle(store) == [mail(1), mail(2), mail(3)]
    assert collector.collect(NOW) == 0


def test_mail_is_put_away_only_when_it_is_settled(store: Store) -> None:
    source = Shelves(mail(1))
    collector = Collector(source, store)
    collector.collect(NOW)
    assert collector.acknowledge(NOW) == 0
    assert list(source.waiting) == ["1"]
    settle(store)
    assert collector.acknowledge(NOW) == 1
    assert collector.acknowledge(NOW) == 0
    assert source.shelves[Shelf.PROCESSED] == [mail(1)]


def test_what_was_quarantined_goes_to_its_own_shelf(store: Store) -> None:
    source = Shelves(mail(1))
    collector = Collector(source, store)
    collector.collect(NOW)
    settle(store, "quarantined")
    collector.acknowledge(NOW)
    assert source.shelves == {Shelf.PROCESSED: [], Shelf.QUARANTINE: [mail(1)]}


def test_a_limit_is_kept(store: Store) -> None:
    collector = Collector(Shelves(mail(1), mail(2), mail(3)), store, limit=2)
    assert [collector.collect(NOW) for _ in range(3)] == [2, 1, 0]


def test_unreadable_messages_are_told_apart(store: Store) -> None:
    source = Shelves(b"", b"", mail(3))
    source.flaws = {"1": Flaw.UNREADABLE, "2": Flaw.UNREADABLE}
    Collector(source, store).collect(NOW)
    with store.read() as work:
        entries = work.spool.pending(10)
    assert [entry.flaw for entry in entries] == ["unreadable", "unreadable", ""]
    assert settle(store)[0] == b"X-Postdesk-Unreadable: desk/1/1\r\n\r\n"


def test_renumbered_mail_is_known_by_its_content_and_put_away(store: Store) -> None:
    source = Shelves(mail(1))
    collector = Collector(source, store)
    collector.collect(NOW)
    settle(store)
    source.uidvalidity = 2
    collector.collect(NOW)
    assert settle(store) == []
    assert collector.acknowledge(NOW) == 2
    assert source.shelves[Shelf.PROCESSED] == [mail(1)]


def test_an_outage_keeps_what_came_before_and_rests(store: Store) -> None:
    source = Shelves(mail(1), mail(2), mail(3))
    source.faults = [None, SourceDown("cut")]
    collector = Collector(source, store)
    assert collector.collect(NOW) == 2
    assert source.closed == 1
    assert collector.backoff.last_error == "cut"
    assert collector.collect(NOW) == 0
    assert collector.collect(NOW + timedelta(seconds=STEPS[0])) == 1
    assert collector.backoff.failures == 0


def test_an_outage_while_putting_away(store: Store) -> None:
    source = Shelves(mail(1))
    collector = Collector(source, store)
    collector.collect(NOW)
    settle(store)
    source.faults = [SourceDown("throttled", retry_after=90)]
    assert collector.acknowledge(NOW) == 0
    assert collector.acknowledge(NOW + timedelta(seconds=89)) == 0
    assert collector.acknowledge(NOW + timedelta(seconds=90)) == 1


def test_waiting_and_closing_are_the_sources(store: Store) -> None:
    source = Shelves()
    collector = Collector(source, store)
    assert collector.wait(1, threading.Event()) is True
    source.faults = [SourceDown("cut", retry_after=3600)]
    source.waiting = {"1": mail(1)}
    collector.collect(NOW)
    # A source that rests is not asked; the wait is the shorter of the two.
    assert collector.wait(0.01, threading.Event()) is False
    collector.close()
    assert source.closed == 2


def run(collector: Collector, store: Store, settled: list[bytes]) -> None:
    """One turn of the desk."""
    while collector.collect(NOW):
        settled += settle(store)
    settled += settle(store)
    while collector.acknowledge(NOW):
        pass


@pytest.mark.parametrize("after", [0, 1, 2])
@pytest.mark.parametrize("point", POINTS)
def test_killed_anywhere_nothing_is_lost_or_doubled(store: Store, point: str, after: int) -> None:
    raws = [mail(number) for number in range(6)]
    settled: list[bytes] = []
    source = Shelves(*raws)
    crashing = Collector(source, store, checkpoint=killer(point, after))
    if point in ("moved", "acknowledged") and after:
        run(crashing, store, settled)  # reached once in a turn: it lives
    else:
        with pytest.raises(Killed):
            run(crashing, store, settled)
    run(Collector(source, store), store, settled)
    assert sorted(settled) == sorted(raws)
    assert sorted(source.shelves[Shelf.PROCESSED]) == sorted(raws)
    assert source.waiting == {}
    with store.read() as work:
        assert work.spool.unacknowledged("desk") == []


@pytest.mark.parametrize("point", POINTS)
def test_killed_anywhere_before_a_real_mail_server(
    store: Store, dovecot: Dovecot, user: str, imap_source: Any, point: str
) -> None:
    raws = [mail(number) for number in range(5)]
    dovecot.append(user, *raws)
    first: ImapSource = imap_source(dovecot.port)
    settled: list[bytes] = []
    with pytest.raises(Killed):
        run(Collector(first, store, checkpoint=killer(point, 0)), store, settled)
    run(Collector(imap_source(dovecot.port), store), store, settled)
    assert sorted(settled) == sorted(raws)
    assert dovecot.bodies(user) == []
    assert sorted(dovecot.bodies(user, "postdesk.processed")) == sorted(raws)


@pytest.mark.parametrize("point", POINTS)
def test_killed_anywhere_over_a_maildir(store: Store, tmp_path: Path, point: str) -> None:
    source = MaildirSource("desk", tmp_path / "Maildir")
    source.open()
    raws = [mail(number) for number in range(5)]
    for number, raw in enumerate(raws):
        (source.path / "new" / f"{number}.host").write_bytes(raw)
    settled: list[bytes] = []
    with pytest.raises(Killed):
        run(Collector(source, store, checkpoint=killer(point, 0)), store, settled)
    run(Collector(source, store), store, settled)
    assert sorted(settled) == sorted(raws)
    assert list((source.path / "new").iterdir()) == []
    assert len(list((source.path / "cur").iterdir())) == 5
