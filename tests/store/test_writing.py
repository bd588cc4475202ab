"""What waits to be written is found by whoever asks, and is gone when it is rolled back."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, event

from processor.domain.incident import JournalEntry, Link, MailRecord
from processor.domain.outgoing import Outgoing
from processor.domain.people import Person
from processor.store.book_tables import counters
from processor.store.database import Store
from processor.store.spooled import AlreadySettled
from processor.store.unit_of_work import UnitOfWork
from tests.store.records import (
    NOW,
    NUMBER,
    add_incidents,
    arrivals,
    incident,
    later,
    outgoing,
    settle,
    take_in,
)

OTHER = "INC-20261123-0002"
HOUR = timedelta(hours=1)
MAIL = MailRecord(NOW, "in", "a@x", "li@customer.example", ("desk@desk.example",), "s", "t")


@contextmanager
def counted(work: UnitOfWork) -> Iterator[Counter[str]]:
    """How often each table was inserted into, by statement."""
    found: Counter[str] = Counter()

    def note(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.startswith("INSERT INTO "):
            found[statement.split()[2]] += 1

    connection = work.connection
    event.listen(connection, "before_cursor_execute", note)
    yield found
    event.remove(connection, "before_cursor_execute", note)


@contextmanager
def undone(work: UnitOfWork) -> Iterator[None]:
    """A savepoint that is rolled back at its end."""
    with suppress(ZeroDivisionError), work.savepoint():
        yield
        raise ZeroDivisionError


def entry(text: str) -> JournalEntry:
    return JournalEntry(NOW, "a", "note", "shell", text=text)


def texts(work: UnitOfWork, number: str = NUMBER) -> list[str]:
    return [one.text for one in work.journal.of(number)][1:]


def test_rows_of_many_incidents_are_written_together(store: Store) -> None:
    with store.begin() as work, counted(work) as statements:
        for ordinal in range(1, 9):
            number = f"INC-20261123-{ordinal:04}"
            work.incidents.add(incident(number), "a", NOW, "mail:1")
            work.journal.add(number, entry("one"))
            work.mails.add(number, MAIL)
            work.people.seen(Person(f"{ordinal}@x"), NOW)
        assert not statements
        work.write()
        assert set(statements.values()) == {1}
        assert set(statements) == {"incidents", "journal", "mails", "people", "facts"}
    with store.read() as work:
        assert len(work.incidents.search()) == 8
        assert all(work.mails.of(one.number) == (MAIL,) for one in work.incidents.search())


def test_whoever_asks_finds_what_waits_in_its_order(store: Store) -> None:
    with store.begin() as work:
        work.incidents.add(incident(), "a", NOW, "mail:1")
        work.journal.add(NUMBER, entry("one"))
        work.journal.add(NUMBER, entry("two"))
        assert texts(work) == ["one", "two"]
        work.journal.add(NUMBER, entry("three"))
        assert texts(work) == ["one", "two", "three"]
        work.links.add(NUMBER, OTHER, "related")  # written at once: its incident comes before it
        assert work.links.of(NUMBER) == (Link("related", OTHER),)


def test_a_change_right_after_opening(store: Store) -> None:
    with store.begin() as work:
        one = incident()
        work.incidents.add(one, "a", NOW, "mail:1")
        one.subject = "changed"
        work.incidents.save(one, "a", NOW, "mail:1")
    with store.read() as work:
        found = work.incidents.get(NUMBER)
        assert found is not None
        assert found.subject == "changed"


def test_a_rollback_to_a_savepoint_takes_what_waited_in_it(store: Store) -> None:
    with store.begin() as work:
        work.incidents.add(incident(), "a", NOW, "mail:1")
        work.journal.add(NUMBER, entry("before"))
        with undone(work):
            work.journal.add(NUMBER, entry("inside"))
            work.incidents.add(incident(OTHER), "a", NOW, "mail:1")
        with work.savepoint():
            work.journal.add(NUMBER, entry("kept"))
        work.journal.add(NUMBER, entry("after"))
    with store.read() as work:
        assert texts(work) == ["before", "kept", "after"]
        assert work.incidents.get(OTHER) is None


def test_a_failed_transaction_leaves_nothing(store: Store) -> None:
    def fail(work: UnitOfWork) -> None:
        work.incidents.add(incident(), "a", NOW, "mail:1")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), store.begin() as work:
        fail(work)
    with store.read() as work:
        assert work.incidents.search() == []


def test_numbers_go_on_where_the_rollback_left_them(store: Store) -> None:
    with store.begin() as work:
        assert [work.numbers.next("INC") for _ in range(3)] == [1, 2, 3]
        with undone(work):
            assert work.numbers.next("INC") == 4
        assert [work.numbers.next("INC"), work.numbers.next("REQ")] == [4, 1]
    with store.begin() as work:
        assert [work.numbers.next("INC"), work.numbers.next("REQ")] == [5, 2]


def test_nothing_is_settled_twice_in_one_transaction(store: Store) -> None:
    (one,) = take_in(store, *arrivals(1))

    def settle_twice(work: UnitOfWork) -> None:
        for _ in range(2):
            work.spool.settle(
                one.id, disposition="opened", reason="", incident_number="", at=NOW, steps=()
            )

    with pytest.raises(AlreadySettled), store.begin() as work:
        settle_twice(work)
    with store.read() as work:
        assert [entry.id for entry in work.spool.pending(9)] == [one.id]


@pytest.mark.parametrize("asked_before", [False, True])
def test_the_same_message_is_found_while_it_waits(store: Store, asked_before: bool) -> None:
    first, second, third = take_in(store, *arrivals(3))
    settle(store, first.id, message_id="old@x", digest="print")
    given = {"reason": "", "incident_number": "", "at": NOW, "steps": ()}
    with store.begin() as work:
        if asked_before:
            work.spool.look_up(["m@x", "old@x", ""])
        assert work.spool.same_message("m@x", "print", third.id) == []
        work.spool.settle(
            second.id, disposition="opened", message_id="m@x", digest="print", **given
        )
        assert work.spool.same_message("m@x", "print", third.id) == [second.id]
        assert work.spool.same_message("m@x", "other", third.id) == []
        assert work.spool.same_message("m@x", "print", second.id) == []
        assert work.spool.same_message("old@x", "print", third.id) == [first.id]
        assert work.spool.same_message("", "print", third.id) == []


def test_a_thread_is_found_while_it_waits(store: Store) -> None:
    add_incidents(store, incident())
    with store.begin() as work:
        work.mails.look_up(["a@x", "b@x"])
        assert work.mails.incident_of(["a@x", "b@x"]) == []
        work.mails.add(NUMBER, MAIL)
        assert [found[1] for found in work.mails.incident_of(["b@x", "a@x"])] == [NUMBER]
        assert work.mails.last_from(NUMBER) == {"li@customer.example": "a@x"}
        work.mails.add(NUMBER, replace(MAIL, message_id="c@x", sender="LI@customer.example"))
        assert work.mails.last_from(NUMBER) == {"li@customer.example": "c@x"}
        with undone(work):
            work.mails.add(NUMBER, replace(MAIL, message_id="d@x"))
        assert work.mails.last_from(NUMBER) == {"li@customer.example": "c@x"}
        assert work.mails.incident_of(["d@x"]) == []


def test_a_mail_that_was_queued_before_is_not_filed_again(store: Store) -> None:
    def record(mail: Outgoing) -> MailRecord:
        return MailRecord(NOW, "out", mail.message_id, "desk@x", mail.recipients, "s", "t")

    add_incidents(store, incident())
    for _ in range(2):
        with store.begin() as work:
            for queued in work.outbox.queue_many([outgoing(1), outgoing(1), outgoing(2)], NOW):
                work.mails.add_sent(NUMBER, queued, record)
    with store.begin() as work:
        work.mails.add(NUMBER, MAIL)
        (queued,) = work.outbox.queue_many([outgoing(3)], NOW)
        work.mails.add_sent(NUMBER, queued, record)
    with store.read() as work:
        filed = [mail.message_id for mail in work.mails.of(NUMBER)]
        assert filed == ["1@desk.example", "2@desk.example", "a@x", "3@desk.example"]


def test_a_mail_is_asked_for_when_it_is_written_and_no_earlier(store: Store) -> None:
    asked = []

    def written() -> Outgoing:
        asked.append(1)
        return outgoing(1)

    with store.begin() as work:
        work.outbox.queue_written([written], NOW)
        assert not asked
    assert len(asked) == 1
    with pytest.raises(ZeroDivisionError), store.begin() as work:
        work.outbox.queue_written([lambda: outgoing(1 // 0)], NOW)


@pytest.fixture(scope="module")
def two_stores(
    migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Store]]:
    """Two equal stores for all examples of a property; each example empties what it uses."""
    folder = tmp_path_factory.mktemp("two")
    stores = []
    for name in ("one", "two"):
        copied = shutil.copyfile(migrated_sqlite, folder / f"{name}.db")
        stores.append(Store(f"sqlite:///{copied}", blobs=folder))
    yield stores
    for store in stores:
        store.close()


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 90), st.booleans()), max_size=30))
def test_counting_with_and_without_looking_ahead_agrees(
    two_stores: list[Store], hits: list[tuple[str, int, bool]]
) -> None:
    at: datetime = NOW
    found: list[list[int]] = [[], []]
    steps = []
    for key, minutes, commit in hits:
        at += timedelta(minutes=minutes)
        steps.append((key, at, commit))
    for ahead, one in enumerate(two_stores):
        with one.begin() as work:
            work.connection.execute(delete(counters))
        batch: list[tuple[str, datetime]] = []
        for key, when, commit in [*steps, ("a", later(days=9), True)]:
            batch.append((key, when))
            if not commit:
                continue
            with one.begin() as work:
                if ahead:
                    work.counters.look_up({key for key, _ in batch})
                found[ahead] += [work.counters.hit(key, when, HOUR) for key, when in batch]
            batch = []
    assert found[0] == found[1]


def test_what_has_only_come_to_be_starts_at_one(store: Store) -> None:
    with store.begin() as work:
        assert work.counters.hit("a", NOW, HOUR, first=True) == 1
        assert work.counters.hit("a", NOW, HOUR, first=True) == 2
    with store.begin() as work:
        assert work.counters.hit("a", NOW, HOUR) == 3
