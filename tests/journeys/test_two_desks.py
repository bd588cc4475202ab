"""Two processes on one database: nothing is done twice, and nothing is kept apart for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from processor.bootstrap.opening import open_store
from processor.bootstrap.wiring import desk_of
from processor.intake.source import Arrival, Flaw
from processor.pipeline.processing import process, process_pending
from processor.pipeline.state import Desk, Journey
from processor.settings.settings import Settings
from processor.store.spooled import AlreadySettled, SpoolEntry
from tests.journeys.homes import MORNING, settings_of


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_of(tmp_path / "home")


@pytest.fixture
def desk(settings: Settings) -> Iterator[Desk]:
    store = open_store(settings)
    yield desk_of(settings, store)
    store.close()


def _mail(subject: str) -> bytes:
    head = f"From: li@customer.example\r\nMessage-ID: <{subject}@x>\r\nSubject: {subject}\r\n"
    return f"{head}\r\nthe printer is on fire\r\n".encode()


def _spool(desk: Desk, *raws: bytes, flaw: Flaw | None = None) -> list[SpoolEntry]:
    origin = next(iter(desk.mailboxes))
    with desk.store.begin() as work:
        return work.spool.add_many(
            [
                Arrival(origin, 1, str(uid), raw, MORNING, len(raw), flaw)
                for uid, raw in enumerate(raws)
            ],
            MORNING,
        )


def _quarantined(desk: Desk) -> list[tuple[int, str]]:
    with desk.store.read() as work:
        return [(entry.id, entry.reason) for entry in work.spool.quarantined()]


class Faster:
    """Another process, which settles one message while this one is at work on it."""

    def __init__(self, settings: Settings) -> None:
        self.store = open_store(settings)
        self.desk = desk_of(settings, self.store)
        self.wanted: SpoolEntry | None = None

    def __call__(self, point: str) -> None:
        if point == "parse" and self.wanted is not None:
            wanted, self.wanted = self.wanted, None
            process(self.desk, wanted, MORNING)


@pytest.fixture
def faster(settings: Settings) -> Iterator[Faster]:
    made = Faster(settings)
    yield made
    made.store.close()


@pytest.mark.parametrize("count", [1, 4], ids=["alone", "among neighbours"])
def test_what_another_process_settled_is_let_be(desk: Desk, faster: Faster, count: int) -> None:
    entries = _spool(desk, *(_mail(f"mail{n}") for n in range(count)))
    faster.wanted = entries[count // 2]
    ended: list[Journey] = []
    done = process_pending(replace(desk, checkpoint=faster), lambda: MORNING, after=ended.append)
    assert done == len(ended) == count - 1
    with desk.store.read() as work:
        assert len(work.incidents.search()) == count
        letters = [one.event for one in work.outbox.list("queued")]
        assert work.spool.pending(9) == []
    assert letters.count("opened") == count
    assert _quarantined(desk) == []


def test_who_asks_for_one_message_is_told(desk: Desk) -> None:
    (entry,) = _spool(desk, _mail("mail"))
    process(desk, entry, MORNING)
    with pytest.raises(AlreadySettled):
        process(desk, entry, MORNING)
    assert _quarantined(desk) == []


def test_a_release_outlives_the_process_that_began_it(desk: Desk) -> None:
    """Headers of a mail that is too large, let out of quarantine by hand."""
    (entry,) = _spool(desk, _mail("large"), flaw=Flaw.OVERSIZE)
    process(desk, entry, MORNING)
    assert [reason.split(":")[0] for _, reason in _quarantined(desk)] == ["oversize"]
    with desk.store.begin() as work:
        work.spool.release(entry.id)
    ended: list[Journey] = []
    process_pending(desk, lambda: MORNING, after=ended.append)
    assert [str(one.disposition) for one in ended] == ["opened"]


def test_a_message_that_never_came_stays_where_it_is_and_says_so(desk: Desk) -> None:
    entries = _spool(desk, b"", b"", flaw=Flaw.UNREADABLE)
    for entry in entries:
        process(desk, entry, MORNING)
    ids = [entry.id for entry in entries]
    assert _quarantined(desk) == [(one, "unreadable:0") for one in ids]
    with desk.store.begin() as work:
        released = work.spool.release(ids[0])
    assert released is not None
    process(desk, released, MORNING)
    assert _quarantined(desk) == [(ids[0], "absent"), (ids[1], "unreadable:0")]
