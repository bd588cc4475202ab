"""Marks that share a commit while the database is busy, and lose nothing when it fails."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Self

import pytest

from processor.delivery.dispatcher import TOGETHER, Dispatcher
from processor.delivery.noting import Mark, Noting
from processor.delivery.sender import Outcome, Parcel, SenderDown, in_turn
from tests.delivery.outbox_in_memory import StoreInMemory

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


class Gate(StoreInMemory):
    """A database that lets nobody in while it is shut, and fails while it is broken."""

    def __init__(self) -> None:
        super().__init__()
        self.open = threading.Event()
        self.open.set()
        self.asked = threading.Event()
        self.broken = False

    @contextmanager
    def begin(self) -> Iterator[Self]:
        self.asked.set()
        self.open.wait()
        with super().begin() as work:
            yield work
            if self.broken:
                raise OSError("disk full")


class Way:
    """A way out that shuts the database once a mail has left, and opens it after the last."""

    def __init__(self, store: Gate, shut_at: int, open_at: int) -> None:
        self.store = store
        self.shut_at, self.open_at = shut_at, open_at
        self.sent: list[int] = []

    def send_all(self, parcels: Sequence[Parcel]) -> list[Outcome | Exception]:
        return in_turn(self.send, parcels)

    def send(self, parcel: Parcel) -> Outcome:
        self.sent.append(parcel.id)
        if parcel.id == self.shut_at:
            self.store.open.clear()
        if parcel.id == self.open_at:
            self.store.open.set()
        return Outcome(accepted=parcel.recipients)

    def close(self) -> None:
        pass


def noting(store: StoreInMemory, most: int = 5) -> tuple[Noting, list[int]]:
    passed: list[int] = []
    made = Noting(store, most=most, noted=lambda: passed.append(store.commits))
    return made, passed


def test_while_the_database_is_free_each_mark_has_its_commit() -> None:
    store = StoreInMemory()
    store.queue(NOW, 3)
    made, passed = noting(store)
    for number in (1, 2, 3):
        made.add(Mark(number, NOW, ""))
        made.finish()
    assert passed == [1, 2, 3]
    assert {row.state for row in store.outbox.rows.values()} == {"sent"}
    made.close()


def test_marks_that_come_while_it_is_busy_share_the_next_commit() -> None:
    store = Gate()
    store.queue(NOW, 4)
    store.open.clear()
    made, passed = noting(store)
    for number in (1, 2, 3, 4):
        made.add(Mark(number, NOW, "x" * number))
    store.open.set()
    made.finish()
    assert passed == [1, 1, 1, 1]
    assert [row.error for row in store.outbox.rows.values()] == ["x", "xx", "xxx", "xxxx"]
    made.close()


def test_no_more_than_so_many_wait() -> None:
    store = Gate()
    store.queue(NOW, 3)
    store.open.clear()
    made, _ = noting(store, most=2)
    made.add(Mark(1, NOW, ""))
    made.add(Mark(2, NOW, ""))
    third = threading.Thread(target=made.add, args=(Mark(3, NOW, ""),))
    third.start()
    store.asked.wait()
    assert store.commits == 0
    assert third.is_alive(), "the third waits for room"
    store.open.set()
    third.join()
    made.finish()
    assert store.outbox.rows[3].state == "sent"
    made.close()


def test_what_could_not_be_noted_is_kept_and_noted_later() -> None:
    store = Gate()
    store.queue(NOW, 2)
    made, passed = noting(store)
    store.broken = True
    made.add(Mark(1, NOW, ""))
    with pytest.raises(OSError, match="disk full"):
        made.finish()
    with pytest.raises(OSError, match="disk full"):
        made.resume()
    assert passed == []
    store.broken = False
    made.resume()
    assert store.outbox.rows[1].state == "sent"
    assert store.commits == 1
    made.resume()
    assert store.commits == 1
    made.close()


def test_a_full_waiting_room_of_failed_marks_raises_and_does_not_hang() -> None:
    store = Gate()
    store.queue(NOW, 2)
    made, _ = noting(store, most=1)
    store.broken = True
    made.add(Mark(1, NOW, ""))
    with pytest.raises(OSError, match="disk full"):
        made.add(Mark(2, NOW, ""))
    made.close()


def test_the_dispatcher_sends_on_while_others_hold_the_database() -> None:
    store = Gate()
    store.queue(NOW, 4)
    way = Way(store, shut_at=1, open_at=4)
    made = Dispatcher(store, {"": way}, owner="one", aside=10)
    assert made.run_once(NOW) == 4
    assert way.sent == [1, 2, 3, 4]
    assert {row.state for row in store.outbox.rows.values()} == {"sent"}
    assert store.commits <= 1 + 4
    made.close()


def test_the_dispatcher_notes_what_an_outage_left_before_it_claims_again() -> None:
    store = Gate()
    store.queue(NOW, 1)
    sent: list[int] = []

    class Breaking(Way):
        def send_all(self, parcels: Sequence[Parcel]) -> list[Outcome | Exception]:
            return in_turn(self.send, parcels)

        def send(self, parcel: Parcel) -> Outcome:
            sent.append(parcel.id)
            self.store.broken = True
            return Outcome(accepted=parcel.recipients)

    made = Dispatcher(store, {"": Breaking(store, 0, 0)}, owner="one", aside=10)
    with pytest.raises(OSError, match="disk full"):
        made.run_once(NOW)
    store.broken = False
    # later than the lease, when it could be claimed once more
    assert made.run_once(NOW.replace(hour=12)) == 0
    assert sent == [1]
    assert store.outbox.rows[1].state == "sent"
    made.close()


class Handfuls:
    """Notes what it is handed together; the mails of ``down`` find it out of order."""

    def __init__(self, *down: int) -> None:
        self.handfuls: list[list[int]] = []
        self.down = down

    def send(self, parcel: Parcel) -> Outcome:
        if parcel.id in self.down:
            raise SenderDown("no route")
        return Outcome(accepted=parcel.recipients)

    def send_all(self, parcels: Sequence[Parcel]) -> list[Outcome | Exception]:
        self.handfuls.append([parcel.id for parcel in parcels])
        return in_turn(self.send, parcels)

    def close(self) -> None:
        pass


def test_mails_are_handed_over_by_the_handful() -> None:
    store, way = StoreInMemory(), Handfuls()
    store.queue(NOW, TOGETHER + 3)
    made = Dispatcher(store, {"": way}, owner="one", aside=50)
    assert made.run_once(NOW) == TOGETHER + 3
    assert [len(one) for one in way.handfuls] == [TOGETHER, 3]
    assert {row.state for row in store.outbox.rows.values()} == {"sent"}
    made.close()


def test_two_mails_of_one_incident_to_one_reader_are_not_handed_over_together() -> None:
    store, way = StoreInMemory(), Handfuls()
    store.queue(NOW, 2)
    store.queue(NOW, 2, number="INC-1")
    store.queue(NOW)
    made = Dispatcher(store, {"": way}, owner="one", aside=50)
    made.run_once(NOW)
    assert way.handfuls == [[1, 2, 3], [4, 5]]
    made.close()


def test_a_sender_that_fails_in_a_handful_spares_the_rest_of_it() -> None:
    store, way = StoreInMemory(), Handfuls(2)
    store.queue(NOW, 4)
    made = Dispatcher(store, {"": way}, owner="one", aside=50)
    assert made.run_once(NOW) == 1
    assert [row.state for row in store.outbox.rows.values()] == ["sent", *["queued"] * 3]
    assert made.backoffs[""].failures == 1, "one outage, not three"
    made.close()
