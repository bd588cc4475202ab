"""A hand works when it is woken, says when it is idle, and outlives the faults of its work."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from processor.daemon.hand import Hand

PATIENCE = 20.0


@pytest.fixture
def hired() -> Iterator[Callable[[Callable[[], None]], Hand]]:
    stop = threading.Event()
    hands: list[Hand] = []

    def hire(work: Callable[[], None]) -> Hand:
        hands.append(Hand("test", work, stop, pause=0))
        hands[-1].start()
        return hands[-1]

    yield hire
    stop.set()
    for hand in hands:
        hand.wake()
        hand.join(PATIENCE)
        assert not hand.is_alive()
        assert hand.idle.is_set()


def test_it_works_once_for_each_time_it_is_woken(
    hired: Callable[[Callable[[], None]], Hand],
) -> None:
    done: list[int] = []
    hand = hired(lambda: done.append(1))
    assert hand.idle.is_set()
    for times in (1, 2):
        hand.wake()
        assert hand.idle.wait(PATIENCE)
        assert len(done) == times


def test_woken_while_it_works_it_works_again(hired: Callable[[Callable[[], None]], Hand]) -> None:
    begun, go_on = threading.Event(), threading.Event()
    done: list[int] = []

    def work() -> None:
        begun.set()
        assert go_on.wait(PATIENCE)
        done.append(1)

    hand = hired(work)
    hand.wake()
    assert begun.wait(PATIENCE)
    hand.wake()
    go_on.set()
    assert hand.idle.wait(PATIENCE)
    assert len(done) == 2


def test_a_fault_is_tried_again(hired: Callable[[Callable[[], None]], Hand]) -> None:
    tries: list[int] = []

    def work() -> None:
        tries.append(1)
        if len(tries) < 3:
            raise RuntimeError("not yet")

    hand = hired(work)
    hand.wake()
    assert hand.idle.wait(PATIENCE)
    assert len(tries) == 3
