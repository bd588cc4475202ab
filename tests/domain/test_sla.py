"""Clocks by example: targets, pauses, reopening, other priorities, lost calendars."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta

import pytest

from processor.domain.business_calendar import ROUND_THE_CLOCK
from processor.domain.errors import Fault
from processor.domain.incident import ClockKind, Status
from processor.domain.sla import DEFAULT_TARGETS, SlaPolicy, Target
from tests.domain.records import POLICY, WORKING, clock, local, response


@pytest.mark.parametrize(
    ("priority", "answered", "solved"),
    [
        (1, "2026-11-23 17:15", "2026-11-23 21:00"),
        (2, "2026-11-23 17:30", "2026-11-24 17:00"),
        (3, "2026-11-24 09:30", "2026-11-26 17:00"),
        (4, "2026-11-24 11:30", "2026-11-30 17:00"),
    ],
)
def test_targets_run_in_their_calendar(priority: int, answered: str, solved: str) -> None:
    reported = local("2026-11-23 17:00")
    first, second = POLICY.start(priority, reported)
    assert (first.kind, second.kind) == (ClockKind.RESPONSE, ClockKind.RESOLUTION)
    assert (first.due_at, second.due_at) == (local(answered), local(solved))
    assert first.started_at == second.started_at == reported
    assert first.running
    assert second.running
    assert second.target_minutes == DEFAULT_TARGETS[priority].resolution_minutes
    assert first.calendar == DEFAULT_TARGETS[priority].calendar


@pytest.mark.parametrize(("answer", "solution"), [(0, 60), (60, 0), (-1, 60)])
def test_a_target_takes_time(answer: int, solution: int) -> None:
    with pytest.raises(ValueError, match="takes time"):
        Target(answer, solution, "7x24")


def test_a_target_in_no_calendar_is_refused() -> None:
    with pytest.raises(ValueError, match="working"):
        SlaPolicy(DEFAULT_TARGETS, {"7x24": ROUND_THE_CLOCK})


def test_by_default_only_the_wait_for_the_user_pauses() -> None:
    assert POLICY.pauses == {Status.PENDING_USER}


def test_a_pause_moves_due_by_the_working_time_that_it_took() -> None:
    it = clock(3)  # due on the 26th at 09:00
    assert it.due_at == local("2026-11-26 09:00")
    POLICY.pause(it, local("2026-11-23 11:00"))
    assert POLICY.due_for(it, 100) is None
    POLICY.resume(it, local("2026-11-23 14:30"))
    assert it.running
    assert it.paused_minutes == 120  # lunch is not working time
    assert it.due_at == local("2026-11-26 11:00")


def test_a_pause_over_the_night_takes_nothing() -> None:
    it = clock(3)
    POLICY.pause(it, local("2026-11-23 18:00"))
    POLICY.resume(it, local("2026-11-24 08:30"))
    assert it.paused_minutes == 0
    assert it.due_at == local("2026-11-26 09:00")


def test_the_share_stands_still_while_paused() -> None:
    it = clock(2, "2026-11-23 09:00")
    POLICY.pause(it, local("2026-11-23 11:00"))
    assert POLICY.share_at(it, local("2026-11-23 11:00")) == 25.0
    assert POLICY.share_at(it, local("2026-11-24 17:00")) == 25.0
    POLICY.resume(it, local("2026-11-24 17:00"))
    assert POLICY.share_at(it, local("2026-11-24 17:00")) == 25.0
    assert POLICY.share_at(it, local("2026-11-24 18:00")) == 37.5


def test_the_response_clock_never_pauses() -> None:
    it = response(3)
    before = replace(it)
    POLICY.pause(it, local("2026-11-23 10:00"))
    POLICY.resume(it, local("2026-11-23 15:00"))
    assert it == before
    POLICY.stop(it, local("2026-11-23 15:00"))
    POLICY.restart(it, local("2026-11-23 16:00"))
    assert it.stopped_at == local("2026-11-23 15:00")


def test_stopping_in_time_meets_and_later_misses() -> None:
    met, missed = clock(2), clock(2)
    POLICY.stop(met, met.due_at)
    POLICY.stop(missed, missed.due_at + timedelta(microseconds=1))
    assert met.met is True
    assert missed.met is False


def test_a_clock_stops_once() -> None:
    it = clock(2)
    POLICY.stop(it, local("2026-11-23 10:00"))
    stopped = replace(it)
    POLICY.stop(it, local("2026-11-25 10:00"))
    POLICY.pause(it, local("2026-11-25 10:00"))
    POLICY.resume(it, local("2026-11-25 11:00"))
    POLICY.retarget(it, 4)
    assert it == stopped
    assert POLICY.due_for(it, 100) is None
    assert POLICY.share_at(it, local("2026-12-25 11:00")) == 12.5


def test_stopping_ends_a_pause() -> None:
    it = clock(2)
    POLICY.pause(it, local("2026-11-23 10:00"))
    POLICY.stop(it, local("2026-11-24 10:00"))
    assert it.paused_since is None
    assert it.paused_minutes == 480
    assert it.met is True


def test_reopened_it_goes_on_where_it_stopped() -> None:
    it = clock(2)
    POLICY.stop(it, local("2026-11-23 10:00"))
    POLICY.restart(it, local("2026-11-25 10:00"))
    assert it.running
    assert POLICY.share_at(it, local("2026-11-25 10:00")) == 12.5
    assert it.due_at == local("2026-11-26 09:00")
    running = replace(it)
    POLICY.restart(it, local("2026-11-25 11:00"))
    assert it == running


def test_going_on_without_a_pause_changes_nothing() -> None:
    it = clock(2)
    before = replace(it)
    POLICY.resume(it, local("2026-11-23 15:00"))
    assert it == before


def test_pausing_twice_counts_from_the_first() -> None:
    it = clock(2)
    POLICY.pause(it, local("2026-11-23 10:00"))
    POLICY.pause(it, local("2026-11-23 11:00"))
    assert it.paused_since == local("2026-11-23 10:00")


def test_no_moment_is_paused_twice_nor_before_the_start() -> None:
    it = clock(2)
    POLICY.pause(it, local("2026-11-20 10:00"))
    POLICY.resume(it, local("2026-11-23 10:00"))
    assert it.paused_minutes == 60
    POLICY.pause(it, local("2026-11-23 09:30"))  # a mail that was late
    POLICY.resume(it, local("2026-11-23 10:30"))
    assert it.paused_minutes == 90


def test_a_pause_that_ends_at_once_leaves_no_trace() -> None:
    it = clock(2)
    before = replace(it)
    POLICY.pause(it, local("2026-11-23 11:00"))
    POLICY.resume(it, local("2026-11-23 11:00"))
    assert it == before


def test_a_pause_that_ends_before_it_began_took_nothing() -> None:
    it = clock(2)
    due = it.due_at
    POLICY.pause(it, local("2026-11-23 11:00"))
    POLICY.resume(it, local("2026-11-23 10:00"))
    assert it.running
    assert it.due_at == due


def test_another_priority_counts_from_the_report() -> None:
    it, answer = clock(3), response(3)
    POLICY.retarget(it, 2)
    POLICY.retarget(answer, 2)
    assert it.due_at == local("2026-11-24 09:00")
    assert it.target_minutes == 480
    assert answer.target_minutes == 30
    assert it.started_at == answer.started_at == local("2026-11-23 09:00")


def test_another_priority_keeps_the_pauses() -> None:
    it = clock(3)
    POLICY.pause(it, local("2026-11-23 10:00"))
    POLICY.resume(it, local("2026-11-23 11:00"))
    POLICY.retarget(it, 2)
    assert it.paused_minutes == 60
    assert it.due_at == local("2026-11-24 10:00")


def test_another_calendar_counts_the_pauses_its_own_way() -> None:
    """Lunch was no working time, but it is time on the clock that runs day and night."""
    it = clock(3)
    POLICY.pause(it, local("2026-11-23 11:00"))
    POLICY.resume(it, local("2026-11-23 14:30"))
    POLICY.retarget(it, 1)
    assert it.paused_minutes == 210
    assert it.due_at == local("2026-11-23 16:30")
    POLICY.retarget(it, 3)
    assert it.paused_minutes == 120


def test_a_pause_goes_on_over_another_priority() -> None:
    it = clock(3)
    POLICY.pause(it, local("2026-11-23 11:00"))
    POLICY.retarget(it, 1)
    assert not it.running
    POLICY.resume(it, local("2026-11-23 14:30"))
    assert it.due_at == local("2026-11-23 16:30")


def test_pauses_of_which_only_the_length_is_known_keep_it() -> None:
    it = clock(3)
    it.paused_minutes = 60
    POLICY.pause(it, local("2026-11-23 11:00"))
    POLICY.resume(it, local("2026-11-23 14:30"))
    POLICY.retarget(it, 1)
    assert it.paused_minutes == 60 + 210


def test_a_calendar_that_was_taken_away_is_told_of() -> None:
    it = clock(3)
    it.calendar = "gone"
    with pytest.raises(Fault, match="gone"):
        POLICY.share_at(it, local("2026-11-23 15:00"))
    with pytest.raises(Fault, match="gone"):
        POLICY.due_for(it, 100)


def test_another_priority_saves_a_clock_whose_calendar_was_taken_away() -> None:
    for known in (True, False):
        it = clock(3)
        POLICY.pause(it, local("2026-11-23 11:00"))
        POLICY.resume(it, local("2026-11-23 14:30"))
        it.calendar = "gone"
        it.pauses = it.pauses if known else ()
        POLICY.retarget(it, 1)
        assert it.paused_minutes == (210 if known else 120)


def test_shares_of_the_target_fall_due_in_order() -> None:
    it = clock(2)
    shares = [POLICY.due_for(it, share) for share in (0, 50, 75, 100, 150)]
    assert shares == [
        local(f"2026-11-{at}")
        for at in ("23 09:00", "23 14:30", "23 16:30", "24 09:00", "24 14:30")
    ]
    assert shares[3] == it.due_at == local("2026-11-24 09:00")


def test_before_the_report_nothing_has_run() -> None:
    assert POLICY.share_at(clock(2), local("2026-11-20 09:00")) == 0.0


def test_other_contracts_have_other_figures() -> None:
    policy = SlaPolicy({1: Target(5, 10, "working")}, {"working": WORKING})
    assert policy.start(1, local("2026-11-23 11:55"))[1].due_at == local("2026-11-23 13:35")


def test_how_long_a_clock_ran_is_kept_while_it_stands_still() -> None:
    """So that no report has to know the calendar of those days."""
    running = clock(3, "2026-11-23 09:00")
    assert asdict(running)["elapsed_minutes"] is None
    POLICY.pause(running, local("2026-11-23 10:00"))
    POLICY.resume(running, local("2026-11-23 14:30"))  # after lunch, and an hour more
    POLICY.stop(running, local("2026-11-23 15:00"))
    assert running.elapsed_minutes == 90
    POLICY.restart(running, local("2026-11-24 09:00"))
    assert asdict(running)["elapsed_minutes"] is None
    POLICY.stop(running, local("2026-11-24 09:30"))
    assert running.elapsed_minutes == 120
