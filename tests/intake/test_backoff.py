"""When to try again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from processor.domain.backoff import REFUSED_STEPS, STEPS, Backoff

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def test_pauses_grow_by_fixed_steps_up_to_the_last() -> None:
    backoff = Backoff()
    assert backoff.may_try(NOW)
    delays = [backoff.failed(NOW, "down") for _ in range(len(STEPS) + 2)]
    assert delays == [*STEPS, STEPS[-1], STEPS[-1]]
    assert not backoff.may_try(NOW + timedelta(seconds=STEPS[-1] - 1))
    assert backoff.may_try(NOW + timedelta(seconds=STEPS[-1]))


def test_the_first_failure_is_remembered_until_it_works_again() -> None:
    backoff = Backoff()
    backoff.failed(NOW, "one")
    backoff.failed(NOW + timedelta(minutes=1), "two")
    assert (backoff.failing_since, backoff.last_error, backoff.failures) == (NOW, "two", 2)
    backoff.succeeded()
    assert (backoff.failing_since, backoff.last_error, backoff.failures) == (None, "", 0)
    assert backoff.may_try(NOW)


def test_a_refused_log_in_waits_longer_and_the_servers_own_wish_counts() -> None:
    backoff = Backoff()
    assert backoff.failed(NOW, "x", refused=True) == REFUSED_STEPS[0]
    assert Backoff().failed(NOW, "x", retry_after=90) == 90
    assert Backoff().failed(NOW, "x", retry_after=0.1) == STEPS[0]
