"""What is done first: priority, effort, due time; and nothing waits for ever."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.domain.incident import Clock, ClockKind
from processor.domain.work_order import Ageing, Worked, queue_order
from tests.domain.records import incident, local

NOW = local("2026-11-23 09:00")


def work(number: str, *, days: float = 0, due: float | None = None, **given: Any) -> Worked:
    """Reported ``days`` ago, the solution due in so many days."""
    reported = NOW - timedelta(days=days)
    record = incident(number=number, reported_at=reported, **given)
    clocks = [Clock(ClockKind.RESPONSE, 30, "working", reported, NOW - timedelta(days=99))]
    if due is not None:
        until = NOW + timedelta(days=due)
        clocks.append(Clock(ClockKind.RESOLUTION, 480, "working", reported, until))
    return record, tuple(clocks)


def order(*works: Worked, **options: Any) -> str:
    mixed = list(works)
    random.Random(len(works)).shuffle(mixed)
    return "".join(one.number for one, _ in queue_order(mixed, NOW, **options))


def test_higher_priority_goes_first() -> None:
    assert order(*(work(str(p), priority=p) for p in (1, 2, 3, 4))) == "1234"


def test_among_equals_the_smaller_effort_goes_first() -> None:
    works = [work(n, priority=3, effort_minutes=m) for n, m in (("a", 10), ("b", 30), ("c", 240))]
    assert order(*works) == "abc"
    assert order(work("a", priority=2, effort_minutes=500), *works[1:]) == "abc"


@pytest.mark.parametrize("priority", [1, 2, 3, 4])
def test_effort_goes_before_age_while_nothing_is_old(priority: int) -> None:
    works = [
        work(n, priority=priority, effort_minutes=m, days=d)
        for n, m, d in (("a", 10, 1), ("b", 30, 6))
    ]
    assert order(*works) == "ab"


def test_an_effort_that_nobody_gave_is_taken_as_usual() -> None:
    works = [work(n, priority=3, effort_minutes=m) for n, m in (("a", 59), ("b", 0), ("c", 61))]
    assert order(*works) == "abc"
    assert order(*works, assumed_effort=90) == "acb"


def test_among_equal_efforts_the_earlier_due_goes_first() -> None:
    works = [work(n, priority=3, due=d) for n, d in (("a", -1), ("b", 1), ("c", 2))]
    assert order(*works) == "abc"


def test_what_has_no_solution_clock_counts_from_its_report() -> None:
    assert order(work("a", priority=3, days=2), work("b", priority=3, due=-1)) == "ab"


def test_equals_in_all_go_by_number() -> None:
    assert order(work("c", due=1), work("a", due=1), work("b", due=1)) == "abc"


def test_age_lifts_in_the_order_and_leaves_the_priority() -> None:
    old = work("a", priority=4, days=8, due=-3)
    assert order(old, work("b", priority=3, due=1), work("c", priority=4)) == "abc"
    assert order(work("a", priority=3, due=1), work("b", priority=4, days=6, due=-3)) == "ab"
    assert old[0].priority == 4


def test_no_age_passes_an_emergency() -> None:
    assert order(work("a", priority=1, due=1), work("b", priority=4, days=900, due=-800)) == "ab"


def test_what_has_aged_beyond_its_place_goes_before_its_equals_the_oldest_first() -> None:
    big = {"effort_minutes": 5000, "due": 9.0}
    assert (
        order(
            work("a", priority=1, days=8, **big),
            work("b", priority=1),
            work("c", priority=4, days=30, **big),
            work("d", priority=2, days=8, **big),
            work("e", priority=2),
        )
        == "abcde"
    )


def test_ageing_is_to_be_configured() -> None:
    works = (work("a", priority=3, days=2, due=-1), work("b", priority=2))
    assert order(*works) == "ba"
    assert order(*works, ageing=Ageing(timedelta(days=1))) == "ab"
    emergency = (work("a", priority=2, days=9, due=-1), work("b", priority=1))
    assert order(*emergency, ageing=Ageing(timedelta(days=1), ceiling=1)) == "ab"
    with pytest.raises(ValueError, match="takes time"):
        Ageing(timedelta())


def test_a_report_from_the_future_is_not_punished() -> None:
    works = (work("a", priority=3, days=-20, due=1), work("b", priority=4))
    assert order(*works) == "ab"


@given(
    st.integers(2, 4),
    st.integers(0, 10_000),
    st.integers(1, 4),
    st.integers(0, 10_000),
    st.integers(0, 1000),
)
def test_nothing_but_an_emergency_passes_the_old_for_ever(
    priority: int, effort: int, other: int, small: int, days: int
) -> None:
    """Three weeks on, no new work but an emergency goes before it, however small."""
    old = work("a", priority=priority, effort_minutes=effort, days=22 + days, due=1)
    new = work("b", priority=other, effort_minutes=small, due=1)
    assert order(old, new) == ("ba" if other == 1 else "ab")
