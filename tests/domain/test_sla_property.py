"""Whatever happens to a clock, it agrees with counting every minute in which it ran."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processor.domain.agreement import Agreement, Promise
from processor.domain.business_calendar import (
    ROUND_THE_CLOCK,
    WORKING_HOURS,
    WORKING_WEEK,
    BusinessCalendar,
    Span,
)
from processor.domain.escalation import (
    DEFAULT_TIMETABLE,
    catch_up,
    overtaken,
    steps_due,
    steps_of,
)
from processor.domain.incident import Clock, ClockKind
from processor.domain.sla import DEFAULT_TARGETS, SlaPolicy
from tests.domain.by_the_minute import MINUTE, Watch
from tests.domain.records import SHANGHAI

BEGIN = datetime(2026, 10, 20, tzinfo=UTC)  # a Tuesday; Berlin's clocks go back on the 25th
DAYS = 24
HOLIDAYS = {date(2026, 10, 22), date(2026, 10, 28)}
MAKE_UP = {date(2026, 10, 24), date(2026, 11, 1)}  # a Saturday and a Sunday
BERLIN = ZoneInfo("Europe/Berlin")
BERLIN_WEEK: dict[int, tuple[Span, ...]] = {
    **dict.fromkeys(range(4), ((time(8), time(12)), (time(13), time(17)))),
    4: ((time(8), time(12)),),
    5: ((time(22), time(6)),),  # a night shift, through the hour that comes twice
}
POLICY = SlaPolicy(
    DEFAULT_TARGETS,
    {
        "working": BusinessCalendar("working", SHANGHAI, WORKING_WEEK, HOLIDAYS, MAKE_UP),
        "abroad": BusinessCalendar("abroad", BERLIN, BERLIN_WEEK),
        "7x24": ROUND_THE_CLOCK,
    },
)
CONTRACT = Agreement(
    contract="HT-1",
    promises={
        1: Promise(10, 90, "working"),
        2: Promise(20, 900, "abroad"),
        3: Promise(30, 700, "7x24"),
        4: Promise(60, 3000),
    },
)
TERMS = {False: POLICY, True: CONTRACT.over(POLICY)}
"""What holds in general, and under a contract that turns calendars round."""

happenings = st.lists(
    st.tuples(
        st.sampled_from(["pause", "resume", "stop", "restart", "retarget", "contract"]),
        st.integers(0, 900),
        st.integers(1, 4),
    ),
    max_size=10,
)
priorities = st.integers(1, 4)
minutes = st.integers(0, 4 * 1440)


Watches = Mapping[str, Watch]


@pytest.fixture(scope="module")
def watches() -> Watches:
    """Of each calendar with breaks."""
    office = Watch(SHANGHAI, WORKING_WEEK, BEGIN, DAYS, HOLIDAYS, MAKE_UP, WORKING_HOURS)
    return {"working": office, "abroad": Watch(BERLIN, BERLIN_WEEK, BEGIN, DAYS)}


@dataclass
class Counted:
    """A clock as a tally: in which minutes since the start did it run?"""

    watches: Watches
    start: datetime
    priority: int
    contract: bool = False
    state: str = "running"
    ran: list[bool] = field(default_factory=list)

    def until(self, at: datetime) -> None:
        self.ran += [self.state == "running"] * ((at - self.start) // MINUTE - len(self.ran))

    def happen(self, what: str, priority: int) -> None:
        if what == "retarget" and self.state != "stopped":
            self.priority = priority
        if what == "contract" and self.state != "stopped":
            self.contract = not self.contract
        after = {
            ("running", "pause"): "paused",
            ("paused", "resume"): "running",
            ("running", "stop"): "stopped",
            ("paused", "stop"): "stopped",
            ("stopped", "restart"): "running",
        }
        self.state = after.get((self.state, what), self.state)

    def counts(self, index: int) -> bool:
        watch = self.watches.get(TERMS[self.contract].targets[self.priority].calendar)
        return watch is None or watch.open[watch.index(self.start) + index]

    @property
    def run(self) -> int:
        return sum(ran and self.counts(index) for index, ran in enumerate(self.ran))

    @property
    def target(self) -> int:
        return TERMS[self.contract].targets[self.priority].resolution_minutes

    def due(self) -> datetime | None:
        """When the target will have run, if it goes on from now; None beyond the watch."""
        left, index = self.target - self.run, len(self.ran)
        while left > 0:
            if (self.start - BEGIN) // MINUTE + index >= DAYS * 1440:
                return None
            left -= self.counts(index)
            index += 1
        return self.start + index * MINUTE


def _live(
    watches: Watches, priority: int, offset: int, story: list[tuple[str, int, int]]
) -> tuple[Clock, Counted, datetime]:
    at = BEGIN + offset * MINUTE
    clock, counted = POLICY.start(priority, at)[1], Counted(watches, at, priority)
    for what, later, new in story:
        at += later * MINUTE
        counted.until(at)
        counted.happen(what, new)
        if what in ("retarget", "contract"):
            TERMS[counted.contract].retarget(clock, counted.priority)
        else:
            getattr(POLICY, what)(clock, at)
    return clock, counted, at


@settings(deadline=None)
@given(priorities, minutes, happenings, st.integers(0, 900))
def test_share_and_due_are_those_of_the_minutes_that_ran(
    watches: Watches, priority: int, offset: int, story: list[tuple[str, int, int]], later: int
) -> None:
    clock, counted, at = _live(watches, priority, offset, story)
    now = at + later * MINUTE
    counted.until(now)
    assert POLICY.share_at(clock, now) == pytest.approx(100 * counted.run / counted.target)
    assert clock.running is (counted.state == "running")
    if counted.state == "running" and counted.run < counted.target:
        expected = counted.due()
        assert expected is None or clock.due_at == expected
    if counted.state == "running" and counted.run > counted.target:
        assert clock.due_at < now
    if counted.state == "stopped" and counted.run != counted.target:
        assert clock.met is (counted.run < counted.target)


@settings(deadline=None)
@given(priorities, minutes, happenings)
def test_the_parts_of_a_clock_agree(
    watches: Watches, priority: int, offset: int, story: list[tuple[str, int, int]]
) -> None:
    clock, counted, _at = _live(watches, priority, offset, story)
    calendar = POLICY.calendars[clock.calendar]
    known = sum(calendar.minutes_between(*pause) for pause in clock.pauses)
    assert clock.paused_minutes == pytest.approx(known)
    ends = [moment for pause in clock.pauses for moment in pause]
    assert ends == sorted(ends)
    assert clock.started_at == counted.start
    assert all(begin < end for begin, end in clock.pauses)
    assert clock.due_at == calendar.add(
        clock.started_at, clock.target_minutes + clock.paused_minutes
    )
    assert not (clock.stopped_at and clock.paused_since)


@settings(deadline=None)
@given(priorities, minutes, happenings, st.integers(0, 900), st.integers(0, 900))
def test_time_never_runs_backward(
    watches: Watches,
    priority: int,
    offset: int,
    story: list[tuple[str, int, int]],
    one: int,
    two: int,
) -> None:
    clock, _, at = _live(watches, priority, offset, story)
    shares = [POLICY.share_at(clock, at + n * MINUTE) for n in (0, one, one + two)]
    assert shares == sorted(shares)
    if not clock.running:
        assert len(set(shares)) == 1


@settings(deadline=None)
@given(priorities, minutes, happenings, st.floats(0, 300), st.floats(0, 300))
def test_a_greater_share_falls_due_no_earlier_and_is_reached_then(
    watches: Watches,
    priority: int,
    offset: int,
    story: list[tuple[str, int, int]],
    one: float,
    two: float,
) -> None:
    clock, _, at = _live(watches, priority, offset, story)
    less, more = sorted((one, two))
    first, second = POLICY.due_for(clock, less), POLICY.due_for(clock, more)
    if not clock.running:
        assert first is second is None
        return
    assert first is not None
    assert second is not None
    assert first <= second
    if second > at:
        assert POLICY.share_at(clock, second) == pytest.approx(more, abs=1e-4)


@settings(deadline=None)
@given(priorities, minutes, happenings, st.integers(1, 900))
def test_a_pause_or_a_stop_gives_back_all_its_time(
    watches: Watches, priority: int, offset: int, story: list[tuple[str, int, int]], length: int
) -> None:
    clock, _counted, at = _live(watches, priority, offset, story)
    if not clock.running:
        return
    paused, stopped, end = replace(clock), replace(clock), at + length * MINUTE
    POLICY.pause(paused, at)
    POLICY.resume(paused, end)
    POLICY.stop(stopped, at)
    POLICY.restart(stopped, end)
    assert paused == stopped
    assert POLICY.share_at(paused, end) == pytest.approx(POLICY.share_at(clock, at))
    assert paused.due_at >= clock.due_at
    assert paused.due_at - clock.due_at <= timedelta(days=DAYS)


@settings(deadline=None)
@given(priorities, minutes, happenings, priorities)
def test_a_priority_that_is_taken_back_leaves_no_trace(
    watches: Watches, priority: int, offset: int, story: list[tuple[str, int, int]], other: int
) -> None:
    clock, counted, _at = _live(watches, priority, offset, story)
    before = replace(clock)
    TERMS[not counted.contract].retarget(clock, other)
    TERMS[counted.contract].retarget(clock, counted.priority)
    assert replace(clock, paused_minutes=0) == replace(before, paused_minutes=0)
    assert clock.paused_minutes == pytest.approx(before.paused_minutes)


@settings(deadline=None)
@given(priorities, minutes, happenings, st.lists(st.integers(0, 3000), max_size=6))
def test_steps_are_taken_once_in_order_when_their_share_has_run(
    watches: Watches,
    priority: int,
    offset: int,
    story: list[tuple[str, int, int]],
    looks: list[int],
) -> None:
    """However often and however late somebody looks: the steps of the timetable whose share of the
    minutes has run are taken, each once, one told at a time and those before it recorded."""
    clock, counted, at = _live(watches, priority, offset, story)
    terms = replace(TERMS[counted.contract], timetable=DEFAULT_TIMETABLE)
    steps = steps_of(terms, ClockKind.RESOLUTION, counted.priority)
    taken: list[str] = []
    now = at
    for later in sorted(looks):
        now = at + later * MINUTE
        told = [
            one.name
            for one in steps_due(terms, clock, steps, now, taken)
            if not overtaken(terms, clock, one, steps, now)
        ]
        due = steps_due(terms, clock, steps, now, taken)
        found = catch_up(due)
        assert told == ([found.latest.name] if found else [])
        taken += [one.name for one in due]
    counted.until(now)
    if looks and clock.running:
        share = 100 * counted.run / counted.target
        sure = [s.name for s in steps if s.share < share - 1e-6]
        most = [s.name for s in steps if s.share <= share + 1e-6]
        assert sure == taken[: len(sure)]
        assert taken == most[: len(taken)]
    else:
        assert taken == []
