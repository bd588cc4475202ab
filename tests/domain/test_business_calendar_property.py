"""Any calendar agrees with looking at the wall clock every minute, and with itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from processor.domain.business_calendar import BusinessCalendar, Span
from tests.domain.by_the_minute import MINUTE, Watch, wall
from tests.domain.records import WORKING

WATCHED = 4  # days
MINUTES = WATCHED * 1440

ZONES = [
    "Asia/Shanghai",
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
]
STARTS = [  # around leaps of the clocks of the zones above, the new year, and an ordinary week
    "2026-11-20 16:00",
    "2026-03-28 00:00",
    "2026-10-24 00:00",
    "2026-03-07 00:00",
    "2026-10-31 00:00",
    "2026-10-02 00:00",
    "2026-04-03 00:00",
    "2011-12-28 00:00",
    "2026-12-30 00:00",
]

walls = st.integers(0, 1439).map(wall)
spans = st.tuples(walls, walls)
weeks = st.dictionaries(st.integers(0, 6), st.lists(spans, max_size=3).map(tuple), min_size=1)
starts = st.sampled_from(STARTS).map(lambda text: datetime.fromisoformat(text).replace(tzinfo=UTC))


@st.composite
def watched(draw: st.DrawFn) -> tuple[BusinessCalendar, Watch, datetime]:
    """A calendar, the slow way to count in it, and where the watch begins."""
    zone, week, start = ZoneInfo(draw(st.sampled_from(ZONES))), draw(weeks), draw(starts)
    near: list[date] = [(start + timedelta(days=day)).date() for day in range(-2, WATCHED + 1)]
    holidays = draw(st.sets(st.sampled_from(near), max_size=2))
    workdays = draw(st.sets(st.sampled_from(near), max_size=2))
    make_up: tuple[Span, ...] = draw(st.lists(spans, min_size=1, max_size=2).map(tuple))
    return (
        BusinessCalendar("x", zone, week, holidays, workdays, workday_spans=make_up),
        Watch(zone, week, start, WATCHED, holidays, workdays, make_up),
        start,
    )


@settings(max_examples=40, deadline=None)
@given(watched(), st.data())
def test_it_counts_as_the_wall_clock_does(
    case: tuple[BusinessCalendar, Watch, datetime], data: st.DataObject
) -> None:
    calendar, watch, start = case
    assert [calendar.is_open(start + n * MINUTE) for n in range(0, MINUTES, 7)] == watch.open[::7]
    for _ in range(8):
        one = start + data.draw(st.integers(0, MINUTES - 1)) * MINUTE
        other = start + data.draw(st.integers(0, MINUTES - 1)) * MINUTE
        assert calendar.minutes_between(one, other) == watch.between(one, other)
        count = data.draw(st.integers(0, 1500))
        expected = watch.add(one, count)
        if expected is not None:
            assert calendar.add(one, count) == expected


moments = st.datetimes(
    datetime(2025, 6, 1),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2027, 6, 1),  # noqa: DTZ001 - hypothesis adds the zone
    timezones=st.sampled_from([UTC, ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")]),
)


def in_order(*given_out: datetime) -> list[datetime]:
    """Sorted as moments: times of one zone would be compared by what the wall clock shows."""
    return sorted(at.astimezone(UTC) for at in given_out)


@st.composite
def calendars(draw: st.DrawFn) -> BusinessCalendar:
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    found = BusinessCalendar("x", zone, draw(weeks))
    assume(any(found.working_day(date(2026, 6, day)) for day in range(1, 8)))
    return found


some = st.one_of(st.just(WORKING), calendars())


@given(some, moments, st.floats(0, 20_000, allow_nan=False))
def test_between_undoes_add(calendar: BusinessCalendar, start: datetime, minutes: float) -> None:
    """To the microsecond, and no earlier moment would do."""
    try:
        end = calendar.add(start, minutes)
    except ValueError:
        reject()  # a calendar of a few special days has not that much work in a century
    micros = round(minutes * 60_000_000)
    assert round(calendar.minutes_between(start, end) * 60_000_000) == micros
    if micros:
        before = calendar.minutes_between(start, end - timedelta(microseconds=1))
        assert round(before * 60_000_000) == micros - 1


@given(some, moments, moments)
def test_add_undoes_between(calendar: BusinessCalendar, one: datetime, other: datetime) -> None:
    """Up to closed time, in which nothing runs."""
    start, end = in_order(one, other)
    minutes = calendar.minutes_between(start, end)
    reached = calendar.add(start, minutes)
    if calendar.is_open(end):
        assert reached == end
    elif minutes:
        assert reached <= end
        assert calendar.minutes_between(reached, end) == 0
    else:
        assert reached == calendar.next_open(end)


@given(some, moments, st.integers(0, 10_000), st.integers(0, 10_000))
def test_more_work_ends_later(
    calendar: BusinessCalendar, start: datetime, one: int, more: int
) -> None:
    if more:
        assert calendar.add(start, one) < calendar.add(start, one + more)


@given(some, moments, moments, st.integers(0, 10_000))
def test_who_starts_later_ends_no_earlier(
    calendar: BusinessCalendar, one: datetime, other: datetime, minutes: int
) -> None:
    first, second = in_order(one, other)
    assert calendar.add(first, minutes) <= calendar.add(second, minutes)


@given(some, moments, st.integers(1, 10_000), st.integers(1, 10_000))
def test_work_may_be_done_in_two_parts(
    calendar: BusinessCalendar, start: datetime, one: int, other: int
) -> None:
    assert calendar.add(calendar.add(start, one), other) == calendar.add(start, one + other)


@given(some, moments, moments, moments)
def test_time_between_adds_up(
    calendar: BusinessCalendar, one: datetime, two: datetime, three: datetime
) -> None:
    a, b, c = in_order(one, two, three)
    parts = calendar.minutes_between(a, b) + calendar.minutes_between(b, c)
    assert abs(parts - calendar.minutes_between(a, c)) < 1e-6
    assert 0 <= calendar.minutes_between(a, b) <= (b - a) / MINUTE


@given(some, moments)
def test_the_next_opening_is_open_and_nothing_before_it_is(
    calendar: BusinessCalendar, at: datetime
) -> None:
    opening = calendar.next_open(at)
    moment = at.astimezone(UTC)  # a wall clock's time that a leap skips equals nothing (PEP 495)
    assert opening >= moment
    assert calendar.is_open(opening)
    assert calendar.minutes_between(at, opening) == 0
    if calendar.is_open(at):
        assert opening == moment


@given(some, moments, st.integers(0, 5_000))
def test_the_zone_in_which_a_moment_is_told_is_nothing(
    calendar: BusinessCalendar, at: datetime, minutes: int
) -> None:
    told = at.astimezone(ZoneInfo("Pacific/Auckland"))
    assert calendar.add(told, minutes) == calendar.add(at.astimezone(UTC), minutes)
    assert calendar.is_open(told) is calendar.is_open(at.astimezone(UTC))


@given(some, st.dates(date(2025, 6, 1), date(2027, 6, 1)))
def test_work_ends_only_on_working_days_and_then_for_good(
    calendar: BusinessCalendar, day: date
) -> None:
    end = calendar.end_of_work(day)
    assert (end is not None) is calendar.working_day(day)
    if end is not None:
        assert calendar.is_open(end - timedelta(microseconds=1))
