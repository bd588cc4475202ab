from __future__ import annotations

import hashlib
from datetime import timedelta, timezone

import pytest

from processor.store.database import Store
from processor.store.spooled import AlreadySettled, SpoolEntry
from tests.store.records import (
    NOW,
    NUMBER,
    Arrival,
    arrivals,
    incident,
    later,
    settle,
    take_in,
    together,
)


def _entry(store: Store, spool_id: int) -> SpoolEntry:
    with store.read() as work:
        found = work.spool.get(spool_id)
    assert found is not None
    return found


def _pending(store: Store, limit: int = 100) -> list[int]:
    with store.read() as work:
        return [entry.id for entry in work.spool.pending(limit)]


def test_a_message_is_kept_as_it_came(store: Store) -> None:
    raw = bytes(range(256)) * 10
    zone = timezone(timedelta(hours=8))
    (entry,) = take_in(store, Arrival(raw, received_at=NOW.astimezone(zone)))
    assert entry.new
    kept = _entry(store, entry.id)
    assert (kept.origin, kept.size, kept.flaw, kept.state) == ("desk", 2560, "", "pending")
    assert kept.sha256 == hashlib.sha256(raw).hexdigest()
    assert (kept.received_at, kept.received_at.utcoffset()) == (NOW, timedelta())
    with store.read() as work:
        assert work.spool.raw(entry.id) == raw


def test_what_has_no_time_of_arrival_came_now(store: Store) -> None:
    (entry,) = take_in(store, Arrival(b"x", received_at=None))
    assert entry.received_at == NOW


def test_a_message_taken_in_again_by_its_uid_is_the_same(store: Store) -> None:
    first = take_in(store, *arrivals(3))
    again = take_in(store, *arrivals(3))
    assert [entry.id for entry in again] == [entry.id for entry in first]
    assert [entry.new for entry in first + again] == [True] * 3 + [False] * 3
    assert len(_pending(store)) == 3


def test_the_same_content_is_one_message_under_all_its_names(store: Store) -> None:
    names = [("desk", 7, "1"), ("desk", 7, "2"), ("desk", 8, "1"), ("other", 7, "1")]
    batch = [Arrival(b"same", uid, origin, validity) for origin, validity, uid in names]
    taken = take_in(store, *batch[:2]) + take_in(store, *batch[2:])
    assert len({entry.id for entry in taken}) == 1
    # within one batch each name tells whether the content was new with that batch
    assert [entry.new for entry in taken] == [True, True, False, False]
    settle(store, taken[0].id)
    with store.read() as work:
        assert [(one.uidvalidity, one.uid) for one in work.spool.unacknowledged("desk")] == [
            (7, "1"),
            (7, "2"),
            (8, "1"),
        ]
        assert len(work.spool.unacknowledged("other")) == 1


def test_messages_that_did_not_come_whole_are_told_apart_by_their_names(store: Store) -> None:
    names = [("desk", 7, "1"), ("desk", 7, "2"), ("desk", 8, "1"), ("other", 7, "1")]
    for flaw, raw in (("unreadable", b""), ("oversize", b"Subject: x\r\n\r\n")):
        batch = [
            Arrival(raw, f"{flaw}{uid}", origin, validity, flaw=flaw)
            for origin, validity, uid in names
        ]
        taken = take_in(store, *batch)
        assert len({entry.id for entry in taken}) == 4
        assert [entry.new for entry in taken] == [True] * 4
        assert {entry.flaw for entry in taken} == {flaw}
        again = take_in(store, *batch)
        assert [entry.id for entry in again] == [entry.id for entry in taken]
        with store.read() as work:
            assert [work.spool.raw(entry.id) for entry in taken] == [raw] * 4
    (whole,) = take_in(store, Arrival(b"Subject: x\r\n\r\n", "9"))
    assert whole.new


def test_a_name_stays_with_the_first_content_that_had_it(store: Store) -> None:
    (first,) = take_in(store, Arrival(b"first", "1"))
    (second,) = take_in(store, Arrival(b"second", "1"))
    assert second.new
    for entry in (first, second):
        settle(store, entry.id)
    with store.read() as work:
        assert [one.spool_id for one in work.spool.unacknowledged("desk")] == [first.id]


def test_nothing_in_a_batch_is_nothing(store: Store) -> None:
    assert take_in(store) == []


def test_a_batch_that_fails_leaves_nothing(store: Store) -> None:
    def break_off() -> None:
        with store.begin() as work:
            work.spool.add_many(arrivals(2), NOW)
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        break_off()
    assert _pending(store) == []
    with store.read() as work:
        assert work.spool.known("desk", 7, ["0", "1"]) == set()


def test_a_big_batch_is_taken_in_whole_and_in_order(store: Store) -> None:
    taken = take_in(store, *arrivals(1100))
    assert _pending(store, 2000) == [entry.id for entry in taken]
    with store.read() as work:
        assert work.spool.known("desk", 7, [str(n) for n in range(1200)]) == {
            str(n) for n in range(1100)
        }


def test_two_mailboxes_take_in_one_mail_at_the_same_time(store: Store) -> None:
    mails = [b"mail %d" % n for n in range(60)]

    def taking(origin: str, order: int) -> list[SpoolEntry]:
        batch = [Arrival(raw, str(n), origin) for n, raw in enumerate(mails)][::order]
        return [entry for entry in take_in(store, *batch) if entry.new]

    one, two = together([lambda: taking("one", 1), lambda: taking("two", -1)])
    assert len(one) + len(two) == 60
    assert len(_pending(store)) == 60


def test_pending_comes_oldest_first_and_no_more_than_asked(store: Store) -> None:
    ids = [entry.id for entry in take_in(store, *arrivals(5))]
    settle(store, ids[0])
    settle(store, ids[2], "quarantined")
    assert _pending(store) == [ids[1], ids[3], ids[4]]
    assert _pending(store, 2) == [ids[1], ids[3]]


def test_settling_writes_down_how_it_ended(store: Store) -> None:
    (entry,) = take_in(store, Arrival(b"x"))
    settle(
        store,
        entry.id,
        reason="because",
        incident_number="INC-20261123-0001",
        steps=["read", "apply"],
        sender="李 <li@customer.example>",
        subject="打印机",
    )
    kept = _entry(store, entry.id)
    assert (kept.state, kept.disposition, kept.reason) == ("settled", "opened", "because")
    assert (kept.incident_number, kept.subject) == ("INC-20261123-0001", "打印机")
    assert kept.sender == "李 <li@customer.example>"


@pytest.mark.parametrize("first", ["opened", "quarantined"])
def test_a_message_is_settled_once(store: Store, first: str) -> None:
    (entry,) = take_in(store, Arrival(b"x"))
    settle(store, entry.id, first, reason="first")
    with pytest.raises(AlreadySettled, match=str(entry.id)) as raised:
        settle(store, entry.id, "updated", reason="second")
    assert raised.value.spool_id == entry.id
    kept = _entry(store, entry.id)
    assert (kept.disposition, kept.reason) == (first, "first")
    with pytest.raises(AlreadySettled):
        settle(store, 999)


def test_of_two_who_settle_a_message_one_leaves_no_trace(store: Store) -> None:
    (entry,) = take_in(store, Arrival(b"x"))

    def open_one() -> bool:
        try:
            with store.begin() as work:
                number = f"{NUMBER[:-4]}{work.numbers.next('INC'):04}"
                work.incidents.add(incident(number), "a", NOW, "mail:1")
                work.spool.settle(
                    entry.id,
                    disposition="opened",
                    reason="",
                    incident_number=number,
                    at=NOW,
                    steps=(),
                )
        except AlreadySettled:
            return False
        return True

    assert sorted(together([open_one] * 4)) == [False, False, False, True]
    with store.read() as work:
        assert [one.number for one in work.incidents.search()] == [NUMBER]
    assert _entry(store, entry.id).incident_number == NUMBER


def test_attempts_are_counted_before_they_are_made(store: Store) -> None:
    ids = [entry.id for entry in take_in(store, *arrivals(3))]
    with store.begin() as work:
        work.spool.begin_attempts(ids[:2])
    with store.begin() as work:
        work.spool.begin_attempts(iter(ids[:1]))
        work.spool.begin_attempts([])
    assert [_entry(store, one).attempts for one in ids] == [2, 1, 0]


def test_the_same_message_is_known_by_id_and_fingerprint_together(store: Store) -> None:
    first, second, third, waiting = (entry.id for entry in take_in(store, *arrivals(4)))
    settle(store, first, message_id="a@x", digest="one")
    settle(store, second, message_id="a@x", digest="one")
    settle(store, third, "quarantined", message_id="b@x", digest="two")
    with store.read() as work:
        same = work.spool.same_message
        assert same("a@x", "one", waiting) == [first, second]
        assert same("a@x", "one", first) == [second]
        assert same("a@x", "two", waiting) == []
        assert same("c@x", "one", waiting) == []
        assert same("b@x", "two", waiting) == []  # kept apart, so nothing came of it
        assert same("", "", waiting) == []


def test_messages_without_an_id_are_never_the_same(store: Store) -> None:
    first, second = (entry.id for entry in take_in(store, *arrivals(2)))
    settle(store, first, message_id="", digest="one")
    with store.read() as work:
        assert work.spool.same_message("", "one", second) == []


def test_quarantine_is_left_by_release_or_by_drop(store: Store) -> None:
    one, two, three = (entry.id for entry in take_in(store, *arrivals(3)))
    with store.begin() as work:
        work.spool.begin_attempts([one, two])
    for spool_id in (one, two):
        settle(store, spool_id, "quarantined", reason="fault:KeyError")
    with store.begin() as work:
        assert [entry.id for entry in work.spool.quarantined()] == [one, two]
        assert [entry.id for entry in work.spool.quarantined(1)] == [one]
        released = work.spool.release(one)
        assert released is not None
        assert (released.state, released.attempts) == ("pending", 0)
        assert (released.disposition, released.reason) == ("", "")
        assert released.released
        assert work.spool.drop(two, later(hours=1))
    assert _pending(store) == [one, three]
    assert not _entry(store, three).released
    settle(store, one)
    assert _entry(store, one).released  # for good
    assert (_entry(store, two).state, _entry(store, two).reason) == ("dropped", "fault:KeyError")
    with store.begin() as work:
        assert work.spool.quarantined() == []
        assert work.spool.release(two) is None
        assert work.spool.release(three) is None
        assert not work.spool.drop(two, NOW)
        assert not work.spool.drop(three, NOW)
        assert not work.spool.drop(999, NOW)


def test_it_is_known_since_when_each_waits_and_when_the_last_came(store: Store) -> None:
    with store.read() as work:
        assert work.spool.waiting() == {"pending": [], "quarantined": []}
    ids = [
        entry.id
        for entry in take_in(
            store,
            *(Arrival(b"%d" % n, str(n), received_at=later(minutes=-n)) for n in range(4)),
        )
    ]
    settle(store, ids[3])
    settle(store, ids[1], "quarantined")
    with store.read() as work:
        assert {name: sorted(found) for name, found in work.spool.waiting().items()} == {
            "pending": [later(minutes=-2), NOW],
            "quarantined": [later(minutes=-1)],
        }
        origin = work.spool.get(ids[0]).origin
        # the newest is the one that was taken in last, whatever its date
        assert work.spool.last_from([origin, "nobody"]) == {origin: later(minutes=-3)}


def test_what_is_not_there_is_not_found(store: Store) -> None:
    with store.read() as work:
        assert work.spool.get(999) is None
        with pytest.raises(LookupError, match="999"):
            work.spool.raw(999)
