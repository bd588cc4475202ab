"""From the outbox to the senders, killed and refused at every step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.delivery.dispatcher import (
    GIVE_UP,
    RETRY_SECONDS,
    Dispatcher,
    retry_pause,
    tries_within,
)
from processor.delivery.sender import Outcome, Parcel, Rejection, SenderDown, all_refused, in_turn
from processor.domain.backoff import STEPS
from tests.delivery.outbox_in_memory import StoreInMemory
from tests.killing import Killed, killer

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
LATER = Rejection(451, "4.3.0 later", permanent=False)
NEVER = Rejection(550, "5.1.1 nobody", permanent=True)


class Recorder:
    """A way out that plays ``answers`` one by one, then accepts."""

    def __init__(self, *answers: Outcome | Exception | None) -> None:
        self.answers = list(answers)
        self.sent: list[Parcel] = []
        self.closed = False

    def send_all(self, parcels: Sequence[Parcel]) -> list[Outcome | Exception]:
        return in_turn(self.send, parcels)

    def send(self, parcel: Parcel) -> Outcome:
        self.sent.append(parcel)
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, Exception):
            raise answer
        return answer or Outcome(accepted=parcel.recipients)

    def close(self) -> None:
        self.closed = True


def dispatcher(store: StoreInMemory, sender: Recorder, **options: Any) -> Dispatcher:
    return Dispatcher(store, {"": sender}, owner="one", **options)


def state(store: StoreInMemory, number: int = 1) -> str:
    return store.outbox.rows[number].state


def test_mails_leave_in_order_each_with_a_commit_of_its_own() -> None:
    store, sender = StoreInMemory(), Recorder()
    store.queue(NOW, 3)
    assert dispatcher(store, sender).run_once(NOW) == 3
    assert [parcel.id for parcel in sender.sent] == [1, 2, 3]
    assert store.commits == 1 + 3
    row = store.outbox.rows[2]
    assert (row.state, row.sent_at, row.error) == ("sent", NOW, "")
    assert (sender.sent[1].raw, sender.sent[1].envelope_from) == (row.raw, row.envelope_from)
    assert dispatcher(store, sender).run_once(NOW) == 0


def test_each_mailbox_has_its_way_out() -> None:
    store, desk, other = StoreInMemory(), Recorder(), Recorder()
    store.queue(NOW, mailbox="desk")
    store.queue(NOW, mailbox="elsewhere")
    made = Dispatcher(store, {"desk": desk, "": other}, owner="one")
    assert made.run_once(NOW) == 2
    assert [parcel.id for parcel in desk.sent] == [1]
    assert [parcel.id for parcel in other.sent] == [2]
    made.close()
    assert desk.closed
    assert other.closed


def test_a_mailbox_without_any_way_out_waits() -> None:
    store = StoreInMemory()
    store.queue(NOW, mailbox="elsewhere")
    assert Dispatcher(store, {"desk": Recorder()}, owner="one").run_once(NOW) == 0
    assert state(store) == "queued"
    assert "elsewhere" in store.outbox.rows[1].error


def test_a_passing_refusal_is_tried_again_by_the_schedule() -> None:
    store = StoreInMemory()
    store.queue(NOW)
    sender = Recorder(*[all_refused(["a@b.test"], LATER)] * 4)
    made, now = dispatcher(store, sender), NOW
    for pause in RETRY_SECONDS[:4]:
        assert made.run_once(now) == 0
        assert store.outbox.rows[1].next_at == now + timedelta(seconds=pause)
        assert "451 4.3.0 later" in store.outbox.rows[1].error
        assert made.run_once(now + timedelta(seconds=pause - 1)) == 0
        now += timedelta(seconds=pause)
    assert made.run_once(now) == 1
    assert len(sender.sent) == 5
    assert len({parcel.raw for parcel in sender.sent}) == 1


def test_given_up_after_three_days() -> None:
    store, now = StoreInMemory(), NOW
    store.queue(NOW)
    sender = Recorder(*[all_refused(["a@b.test"], LATER)] * 100)
    made = dispatcher(store, sender)
    while state(store) != "dead":
        made.run_once(now)
        now = store.outbox.rows[1].next_at or now
    assert GIVE_UP - timedelta(hours=4) <= now - NOW <= GIVE_UP + timedelta(hours=4)
    assert "451" in store.outbox.rows[1].error


def test_refused_by_all_for_good_is_dead_at_once() -> None:
    store = StoreInMemory()
    store.queue(NOW)
    assert dispatcher(store, Recorder(all_refused(["a@b.test"], NEVER))).run_once(NOW) == 0
    assert state(store) == "dead"
    assert store.outbox.rows[1].error == "a@b.test: 550 5.1.1 nobody"


def test_a_partial_final_refusal_is_noted_on_the_sent_mail() -> None:
    store = StoreInMemory()
    store.queue(NOW, recipients=("a@b.test", "gone@b.test"))
    outcome = Outcome(accepted=("a@b.test",), refused={"gone@b.test": NEVER})
    assert dispatcher(store, Recorder(outcome)).run_once(NOW) == 1
    assert state(store) == "sent"
    assert "gone@b.test: 550" in store.outbox.rows[1].error


def test_who_was_accepted_for_gets_no_second_copy() -> None:
    store = StoreInMemory()
    store.queue(NOW, recipients=("a@b.test", "full@b.test", "gone@b.test"))
    outcome = Outcome(accepted=("a@b.test",), refused={"full@b.test": LATER, "gone@b.test": NEVER})
    sender = Recorder(outcome)
    made = dispatcher(store, sender)
    assert made.run_once(NOW) == 0
    assert made.run_once(NOW + timedelta(minutes=1)) == 1
    assert sender.sent[1].recipients == ("full@b.test",)
    assert state(store) == "sent"


def test_a_sender_that_is_down_spares_the_mails_and_rests() -> None:
    store = StoreInMemory()
    store.queue(NOW, 3)
    sender = Recorder(SenderDown("no connection"))
    made = dispatcher(store, sender)
    assert made.run_once(NOW) == 0
    assert len(sender.sent) == 1
    assert {row.next_at for row in store.outbox.rows.values()} == {
        NOW + timedelta(seconds=STEPS[0])
    }
    assert made.backoffs[""].failing_since == NOW
    assert made.run_once(NOW + timedelta(seconds=STEPS[0])) == 3
    assert made.backoffs[""].failures == 0


def test_mailboxes_that_share_a_sender_share_its_rest() -> None:
    store = StoreInMemory()
    store.queue(NOW, mailbox="desk")
    store.queue(NOW, mailbox="other")
    sender = Recorder(SenderDown("no connection"))
    Dispatcher(store, {"desk": sender, "other": sender}, owner="one").run_once(NOW)
    assert len(sender.sent) == 1


def through_an_outage(made: Dispatcher, sender: Recorder) -> datetime:
    """Four days without a connection, tried every hour; when it is over."""
    now = NOW
    while now < NOW + timedelta(days=4):
        sender.answers = [SenderDown("no connection")]
        made.run_once(now)
        now += timedelta(hours=1)
    return now


def test_an_outage_of_four_days_loses_no_mail() -> None:
    store = StoreInMemory()
    store.queue(NOW)
    sender = Recorder()
    made = dispatcher(store, sender)
    now = through_an_outage(made, sender)
    sender.answers = []
    assert made.run_once(now) == 1


def test_a_mail_that_makes_the_sender_stumble_does_not_stop_the_others(
    caplog: pytest.LogCaptureFixture,
) -> None:
    store = StoreInMemory()
    store.queue(NOW, 2)
    assert dispatcher(store, Recorder(ValueError("odd"))).run_once(NOW) == 1
    assert (state(store, 1), state(store, 2)) == ("queued", "sent")
    assert store.outbox.rows[1].error == "ValueError: odd"
    assert "odd" in caplog.text


def test_a_lease_that_runs_out_is_left_to_others() -> None:
    times = iter([NOW, NOW, NOW + timedelta(seconds=51)])
    store, sender = StoreInMemory(), Recorder()
    store.queue(NOW, 3)
    made = dispatcher(store, sender, lease_seconds=100, clock=lambda: next(times))
    assert made.run_once(NOW) == 1
    assert [state(store, number) for number in (1, 2, 3)] == ["sent", "sending", "sending"]
    assert dispatcher(store, sender).run_once(NOW + timedelta(seconds=100)) == 2
    assert len(sender.sent) == 3


@given(
    point=st.sampled_from(["outbox.claimed", "smtp.accepted", "outbox.sent"]),
    after=st.integers(0, 5),
    count=st.integers(1, 5),
)
def test_killed_anywhere_every_mail_leaves_and_doubles_only_in_the_gap(
    point: str, after: int, count: int
) -> None:
    store, sender = StoreInMemory(), Recorder()
    store.queue(NOW, count)
    killed = 0
    try:
        dispatcher(store, sender, checkpoint=killer(point, after)).run_once(NOW)
    except Killed:
        killed = 1
    dispatcher(store, sender).run_once(NOW + timedelta(hours=1))
    assert {row.state for row in store.outbox.rows.values()} == {"sent"}
    doubles = len(sender.sent) - count
    assert doubles == (killed if point == "smtp.accepted" else 0)
    assert len({parcel.raw for parcel in sender.sent}) == count


def test_pauses() -> None:
    assert [retry_pause(tries) for tries in (1, 2, 5, 99)] == [60, 300, 14400, 14400]


def test_tries_that_the_schedule_can_have_made() -> None:
    ages = [0, 59, 60, 359, 360, 1260, 4860, 19259, 19260]
    assert [tries_within(timedelta(seconds=age)) for age in ages] == [1, 1, 2, 2, 3, 4, 5, 5, 6]


def test_after_an_outage_a_greylisted_mail_begins_the_schedule_anew() -> None:
    store = StoreInMemory()
    store.queue(NOW)
    sender = Recorder()
    made = dispatcher(store, sender)
    now = through_an_outage(made, sender)
    sender.answers = [all_refused(["a@b.test"], LATER)]
    made.run_once(now)
    assert state(store) == "queued"
    assert store.outbox.rows[1].next_at == now + timedelta(seconds=RETRY_SECONDS[0])


def test_a_desk_that_slept_for_days_does_not_give_up_at_the_first_refusal() -> None:
    store = StoreInMemory()
    store.queue(NOW)
    late = NOW + timedelta(days=5)
    dispatcher(store, Recorder(all_refused(["a@b.test"], LATER))).run_once(late)
    assert state(store) == "queued"
    assert store.outbox.rows[1].next_at == late + timedelta(seconds=RETRY_SECONDS[0])
