from __future__ import annotations

import pytest
from sqlalchemy.exc import StatementError

from processor.store.database import Store
from processor.store.outbox_entries import OutboxEntry
from tests.store.records import NAIVE, NOW, later, outgoing, queue, together


def _claim(
    store: Store, seconds: float = 0, limit: int = 100, owner: str = "one"
) -> list[OutboxEntry]:
    with store.begin() as work:
        return work.outbox.claim(later(seconds=seconds), limit, 60, owner)


def _entry(store: Store, entry_id: int) -> OutboxEntry:
    with store.read() as work:
        found = work.outbox.get(entry_id)
    assert found is not None
    return found


def _in(store: Store, state: str) -> list[int]:
    with store.read() as work:
        return [entry.id for entry in work.outbox.list(state)]


def test_a_mail_is_kept_as_it_was_queued(store: Store) -> None:
    mail = outgoing()
    (entry_id,) = queue(store, 1)
    entry = _entry(store, entry_id)
    for name in (
        "message_id",
        "event",
        "number",
        "mailbox",
        "envelope_from",
        "recipients",
        "subject",
        "raw",
    ):
        assert getattr(entry, name) == getattr(mail, name)
    assert (entry.state, entry.queued_at, entry.next_at, entry.attempts) == ("queued", NOW, NOW, 0)
    assert entry.queued_at.tzinfo is not None
    with store.read() as work:
        assert work.outbox.list("queued")[0].raw == b""  # lists stay thin
        assert work.outbox.get(999) is None


def test_one_cause_queues_one_mail(store: Store) -> None:
    with store.begin() as work:
        assert work.outbox.queue(outgoing(1), NOW)
        assert not work.outbox.queue(outgoing(1, subject="again"), later(hours=1))
        assert not work.outbox.queue(outgoing(1, message_id="another@desk.example"), NOW)
        assert not work.outbox.queue(outgoing(2, message_id="1@desk.example"), NOW)
    with store.begin() as work:
        assert not work.outbox.queue(outgoing(1), NOW)
    (entry_id,) = _in(store, "queued")
    assert _entry(store, entry_id).subject == outgoing(1).subject


def test_many_are_queued_in_order_each_cause_once(store: Store) -> None:
    with store.begin() as work:
        assert work.outbox.queue(outgoing(2), NOW)
        batch = [*(outgoing(n) for n in (9, 2, 8, 7)), outgoing(9, subject="again")]
        queued = work.outbox.queue_many(batch, NOW)
        again = work.outbox.queue_many(batch, NOW)
        work.write()
        assert [one.mail for one in queued if one.new] == [batch[0], batch[2], batch[3]]
        assert not any(one.new for one in again)
        assert work.outbox.queue_many([], NOW) == []
    assert [entry.message_id[0] for entry in _claim(store)] == ["2", "9", "8", "7"]


def test_a_cause_that_was_sent_or_dropped_queues_no_second_mail(store: Store) -> None:
    sent, dropped = queue(store, 2)
    with store.begin() as work:
        work.outbox.sent(sent, NOW)
        work.outbox.drop(dropped)
        assert not work.outbox.queue(outgoing(1), NOW)
        assert not work.outbox.queue(outgoing(2), NOW)


def test_claims_come_in_the_order_of_the_queue(store: Store) -> None:
    ids = queue(store, 5)
    first = _claim(store, limit=2)
    assert [entry.id for entry in first] == ids[:2]
    assert {(entry.state, entry.attempts) for entry in first} == {("sending", 1)}
    assert first[0].raw == outgoing(1).raw
    assert [entry.id for entry in _claim(store)] == ids[2:]
    assert _claim(store) == []


def test_nothing_leaves_before_its_time(store: Store) -> None:
    with store.begin() as work:
        work.outbox.queue(outgoing(), later(seconds=10))
    assert _claim(store, 9) == []
    assert len(_claim(store, 10)) == 1


def test_a_lease_that_ran_out_is_anybodys(store: Store) -> None:
    (entry_id,) = queue(store, 1)
    assert len(_claim(store)) == 1
    assert _claim(store, 59, owner="two") == []
    (again,) = _claim(store, 60, owner="two")
    assert (again.id, again.attempts, again.message_id) == (entry_id, 2, "1@desk.example")
    assert _claim(store, 119, owner="three") == []
    assert len(_claim(store, 120, owner="three")) == 1


def test_what_was_sent_is_done(store: Store) -> None:
    (entry_id,) = queue(store, 1)
    _claim(store)
    with store.begin() as work:
        work.outbox.sent(entry_id, later(seconds=1), note="x@y refused")
    assert _claim(store, 999) == []
    assert (_entry(store, entry_id).state, _entry(store, entry_id).error) == ("sent", "x@y refused")
    with store.begin() as work:
        assert not work.outbox.requeue(entry_id, NOW)
        assert not work.outbox.drop(entry_id)
    assert _in(store, "sent") == [entry_id]


def test_a_retry_waits_for_its_time(store: Store) -> None:
    (entry_id,) = queue(store, 1)
    _claim(store)
    with store.begin() as work:
        work.outbox.retry(entry_id, "451 later", later(seconds=30))
    entry = _entry(store, entry_id)
    assert (entry.state, entry.error, entry.attempts) == ("queued", "451 later", 1)
    assert entry.recipients == outgoing().recipients
    assert _claim(store, 29) == []
    assert [entry.attempts for entry in _claim(store, 30)] == [2]


def test_a_retry_can_be_for_those_who_still_lack_it(store: Store) -> None:
    (entry_id,) = queue(store, 1)
    _claim(store)
    with store.begin() as work:
        work.outbox.retry(entry_id, "450 full", later(seconds=30), ("王@客户.example",))
    (entry,) = _claim(store, 30)
    assert entry.recipients == ("王@客户.example",)


def test_a_retry_without_a_time_is_due_as_before(store: Store) -> None:
    (entry_id,) = queue(store, 1)
    _claim(store)
    with store.begin() as work:
        work.outbox.retry(entry_id, "connection lost", None)
    assert _entry(store, entry_id).next_at == NOW
    assert len(_claim(store)) == 1


def test_the_dead_wait_for_a_person(store: Store) -> None:
    (entry_id,) = queue(store, 1)
    _claim(store)
    with store.begin() as work:
        work.outbox.dead(entry_id, "550 no such user", later(seconds=5))
    assert _claim(store, 999) == []
    assert _in(store, "dead") == [entry_id]
    assert _entry(store, entry_id).error == "550 no such user"
    with store.begin() as work:
        assert work.outbox.requeue(entry_id, later(seconds=100))
    assert _claim(store, 99) == []
    (entry,) = _claim(store, 100)
    assert entry.attempts == 1  # counted anew
    assert entry.queued_at == later(seconds=100)


def test_a_person_can_hurry_what_waits(store: Store) -> None:
    (entry_id,) = queue(store, 1)
    _claim(store)
    with store.begin() as work:
        work.outbox.retry(entry_id, "451", later(days=1))
        assert work.outbox.requeue(entry_id, later(seconds=1))
        assert not work.outbox.requeue(999, NOW)
    assert len(_claim(store, 1)) == 1


@pytest.mark.parametrize("state", ["queued", "sending", "dead"])
def test_what_is_dropped_never_leaves(store: Store, state: str) -> None:
    (entry_id,) = queue(store, 1)
    if state != "queued":
        _claim(store)
    with store.begin() as work:
        if state == "dead":
            work.outbox.dead(entry_id, "550", NOW)
        assert work.outbox.drop(entry_id)
        assert not work.outbox.drop(entry_id)
        assert not work.outbox.requeue(entry_id, NOW)
    assert _claim(store, 9999) == []
    assert _in(store, "dropped") == [entry_id]


def test_two_who_claim_at_once_share_two_hundred_mails(store: Store) -> None:
    ids = queue(store, 200)

    def dispatch(owner: str) -> list[int]:
        mine: list[int] = []
        while claimed := _claim(store, limit=7, owner=owner):
            mine += [entry.id for entry in claimed]
            with store.begin() as work:
                for entry in claimed:
                    work.outbox.sent(entry.id, NOW)
        return mine

    one, two = together([lambda: dispatch("one"), lambda: dispatch("two")])
    assert sorted(one + two) == ids
    assert _in(store, "sent") == ids


def test_a_claim_that_was_rolled_back_is_none(store: Store) -> None:
    ids = queue(store, 2)

    def break_off() -> None:
        with store.begin() as work:
            work.outbox.claim(NOW, 10, 60, "one")
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        break_off()
    assert [(entry.id, entry.attempts) for entry in _claim(store)] == [(one, 1) for one in ids]


def test_it_is_known_since_when_each_waits(store: Store) -> None:
    with store.begin() as work:
        for ordinal in range(1, 7):
            work.outbox.queue(outgoing(ordinal), later(seconds=ordinal))
        sending = work.outbox.claim(later(seconds=3), 10, 60, "one")
        assert [entry.queued_at for entry in sending] == [later(seconds=n) for n in (1, 2, 3)]
        work.outbox.sent(sending[0].id, NOW)
        work.outbox.dead(sending[2].id, "550", NOW)
    with store.read() as work:
        assert {name: sorted(found) for name, found in work.outbox.waiting().items()} == {
            "queued": [later(seconds=n) for n in (4, 5, 6)],
            "sending": [later(seconds=2)],
            "dead": [later(seconds=3)],
        }


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with store.begin() as work:
        with pytest.raises(StatementError, match="without a zone"):
            work.outbox.queue(outgoing(), NAIVE)
        with pytest.raises(StatementError, match="without a zone"):
            work.outbox.claim(NAIVE, 1, 60, "one")


@pytest.fixture
def lanes(store: Store) -> list[int]:
    """Two mails in one lane, one to somebody else, one of another incident, two of none."""
    with store.begin() as work:
        batch = [
            outgoing(1),
            outgoing(2, recipients=tuple(reversed(outgoing().recipients))),
            outgoing(3, recipients=("zhao@customer.example",)),
            outgoing(4, number="INC-20261123-0002"),
            outgoing(5, number=""),
            outgoing(6, number=""),
        ]
        queued = work.outbox.queue_many(batch, NOW)
    assert all(one.new for one in queued)
    return _in(store, "queued")


def test_mails_of_one_incident_to_one_reader_go_together_and_in_order(
    store: Store, lanes: list[int]
) -> None:
    assert [entry.id for entry in _claim(store)] == lanes


def test_none_is_taken_while_an_earlier_one_is_being_sent(store: Store, lanes: list[int]) -> None:
    assert [entry.id for entry in _claim(store, limit=1)] == lanes[:1]
    assert [entry.id for entry in _claim(store, owner="two")] == lanes[2:]
    assert _claim(store, 59, owner="two") == []
    with store.begin() as work:
        work.outbox.sent(lanes[0], NOW)
    assert [entry.id for entry in _claim(store, owner="two")] == [lanes[1]]


@pytest.mark.parametrize("end", ["dead", "drop"])
def test_what_was_given_up_holds_nobody_up(store: Store, lanes: list[int], end: str) -> None:
    _claim(store, limit=1)
    with store.begin() as work:
        if end == "dead":
            work.outbox.dead(lanes[0], "550", NOW)
        else:
            work.outbox.drop(lanes[0])
    assert [entry.id for entry in _claim(store)] == lanes[1:]


def test_none_passes_an_earlier_one_that_waits_for_its_retry(
    store: Store, lanes: list[int]
) -> None:
    claimed = _claim(store)
    with store.begin() as work:
        work.outbox.retry(lanes[0], "451", later(seconds=30))
    second = _entry(store, lanes[1])
    assert (second.state, second.attempts, second.next_at) == ("queued", 0, later(seconds=30))
    assert {_entry(store, one.id).state for one in claimed[2:]} == {"sending"}
    assert _claim(store, 29) == []
    assert [(entry.id, entry.attempts) for entry in _claim(store, 30)] == [
        (lanes[0], 2),
        (lanes[1], 1),
    ]


def test_a_mail_queued_later_waits_too(store: Store, lanes: list[int]) -> None:
    _claim(store)
    with store.begin() as work:
        work.outbox.retry(lanes[0], "451", later(seconds=30))
        work.outbox.queue(outgoing(7), later(seconds=1))
    assert _claim(store, 29) == []
    _claim(store, 30, owner="two")
    with store.begin() as work:
        for one in lanes[:2]:
            work.outbox.sent(one, NOW)
    assert [entry.message_id for entry in _claim(store, 31)] == ["7@desk.example"]


def test_a_lane_is_taken_up_where_a_dead_process_left_it(store: Store, lanes: list[int]) -> None:
    _claim(store)
    assert [entry.id for entry in _claim(store, 60, owner="two")] == lanes


def test_a_retry_at_once_takes_those_behind_along(store: Store, lanes: list[int]) -> None:
    _claim(store)
    with store.begin() as work:
        work.outbox.retry(lanes[0], "connection lost", None)
    assert [entry.id for entry in _claim(store)] == lanes[:2]


def test_many_that_wait_behind_one_hide_nobody(store: Store) -> None:
    with store.begin() as work:
        work.outbox.queue_many([outgoing(n) for n in range(1, 40)], NOW)
        work.outbox.queue(outgoing(50, number="INC-20261123-0002"), NOW)
    (first,) = _claim(store, limit=1)
    assert [entry.message_id for entry in _claim(store, limit=5)] == ["50@desk.example"]
    with store.begin() as work:
        work.outbox.retry(first.id, "451", later(seconds=30))
    assert [entry.id for entry in _claim(store, 30, limit=5)] == [first.id + n for n in range(5)]


@pytest.mark.parametrize("late", ["retry", "dead", "sent"])
def test_what_was_sent_or_dropped_stays_so(store: Store, late: str) -> None:
    sent, dropped = queue(store, 2)
    _claim(store)
    with store.begin() as work:
        work.outbox.sent(sent, NOW, note="first")
        work.outbox.drop(dropped)
        for one in (sent, dropped):
            if late == "retry":
                work.outbox.retry(one, "late", later(seconds=1))
            elif late == "dead":
                work.outbox.dead(one, "late", NOW)
            else:
                work.outbox.sent(one, NOW, note="late")
    assert (_entry(store, sent).state, _entry(store, sent).error) == ("sent", "first")
    assert (_entry(store, dropped).state, _entry(store, dropped).error) == ("dropped", "")
    assert _claim(store, 9999) == []
