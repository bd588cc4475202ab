from __future__ import annotations

from itertools import chain

import pytest
from sqlalchemy.exc import StatementError

from processor.store.database import Store
from tests.store.records import NAIVE, NOW, NUMBER, add_incidents, incident, later, together

OTHER = "INC-20261123-0002"


@pytest.fixture(autouse=True)
def two_incidents(store: Store) -> None:
    add_incidents(store, incident(), incident(OTHER))


def _put(
    store: Store, name: str, minutes: float, number: str = NUMBER, kind: str = "clock"
) -> None:
    with store.begin() as work:
        work.timers.put(number, kind, {name: later(minutes=minutes)})


def _due(store: Store, minutes: float, limit: int = 100) -> list[str]:
    with store.read() as work:
        return [timer.name for timer in work.timers.due(later(minutes=minutes), limit)]


def _ring(store: Store, minutes: float) -> list[str]:
    """Rings all that is due, as the sweep does."""
    with store.begin() as work:
        due = work.timers.due(later(minutes=minutes), 100)
        return [timer.name for timer in due if work.timers.fired(timer.id, NOW)]


def test_a_timer_is_due_at_its_moment_and_not_before(store: Store) -> None:
    _put(store, "response:100", 30)
    assert _due(store, 29.99) == []
    assert _due(store, 30) == ["response:100"]
    with store.read() as work:
        (timer,) = work.timers.due(later(hours=1), 1)
        assert (timer.number, timer.kind, timer.due_at) == (NUMBER, "clock", later(minutes=30))
        assert timer.due_at.tzinfo is not None


def test_the_longest_overdue_comes_first_and_no_more_than_asked(store: Store) -> None:
    for name, minutes in (("b", 2.0), ("a", 1.0), ("later", 99.0), ("c", 2.0)):
        _put(store, name, minutes)
    assert _due(store, 10) == ["a", "b", "c"]
    assert _due(store, 10, limit=2) == ["a", "b"]
    with store.read() as work:
        assert work.timers.overdue(later(minutes=10)) == 3


def test_a_timer_rings_once(store: Store) -> None:
    _put(store, "response:50", 1)
    with store.begin() as work:
        (timer,) = work.timers.due(later(minutes=1), 10)
        assert work.timers.fired(timer.id, later(minutes=1))
        assert not work.timers.fired(timer.id, later(minutes=2))
    assert _due(store, 99) == []
    _put(store, "response:50", 5)
    assert _due(store, 99) == []
    with store.read() as work:
        assert work.timers.overdue(later(minutes=99)) == 0


def test_a_timer_that_is_set_again_moves(store: Store) -> None:
    _put(store, "response:50", 10)
    _put(store, "response:50", 20)
    assert _due(store, 15) == []
    assert _due(store, 20) == ["response:50"]
    _put(store, "response:50", 5)
    assert _due(store, 5) == ["response:50"]


def test_a_cancelled_timer_does_not_ring_until_it_is_set_again(store: Store) -> None:
    _put(store, "response:50", 10)
    with store.begin() as work:
        work.timers.cancel(NUMBER, "clock", ["never set", "response:50"])
        work.timers.cancel(NUMBER, "clock", [])
    assert _due(store, 99) == []
    _put(store, "response:50", 30)
    assert _ring(store, 99) == ["response:50"]


def test_cancelling_what_rang_does_not_let_it_ring_again(store: Store) -> None:
    _put(store, "response:50", 10)
    assert _ring(store, 10) == ["response:50"]
    with store.begin() as work:
        work.timers.cancel(NUMBER, "clock", ["response:50"])
    _put(store, "response:50", 20)
    assert _ring(store, 99) == []


def test_several_timers_are_set_together(store: Store) -> None:
    with store.begin() as work:
        work.timers.put(NUMBER, "clock", {"b": later(minutes=2), "a": later(minutes=1)})
        work.timers.put(NUMBER, "clock", {})
    assert _due(store, 2) == ["a", "b"]


def test_incident_kind_and_name_together_make_one_timer(store: Store) -> None:
    _put(store, "a", 1)
    _put(store, "a", 2, number=OTHER)
    _put(store, "a", 3, kind="reminder")
    with store.begin() as work:
        work.timers.cancel(OTHER, "reminder", ["a"])
        assert [(t.number, t.kind) for t in work.timers.due(later(hours=1), 10)] == [
            (NUMBER, "clock"),
            (OTHER, "clock"),
            (NUMBER, "reminder"),
        ]
        work.timers.cancel(NUMBER, "clock", ["a"])
        assert [(t.number, t.kind) for t in work.timers.due(later(hours=1), 10)] == [
            (OTHER, "clock"),
            (NUMBER, "reminder"),
        ]


def test_a_ring_that_was_rolled_back_rings_again(store: Store) -> None:
    _put(store, "a", 1)

    def break_off() -> None:
        with store.begin() as work:
            (timer,) = work.timers.due(later(minutes=1), 10)
            assert work.timers.fired(timer.id, NOW)
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        break_off()
    assert _ring(store, 1) == ["a"]


def test_of_many_sweeps_at_once_one_rings_each_timer(store: Store) -> None:
    names = [f"{n:02d}" for n in range(20)]
    for name in names:
        _put(store, name, 1)

    def sweep() -> list[str]:
        rung = []
        with store.read() as work:
            due = work.timers.due(later(minutes=1), 100)
        for timer in due:
            with store.begin() as work:
                if work.timers.fired(timer.id, NOW):
                    rung.append(timer.name)
        return rung

    rung = together([sweep] * 3)
    assert sorted(chain.from_iterable(rung)) == names


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(StatementError, match="without a zone"), store.begin() as work:
        work.timers.put(NUMBER, "clock", {"a": NAIVE})
    with store.read() as work, pytest.raises(StatementError, match="without a zone"):
        work.timers.due(NAIVE, 1)
