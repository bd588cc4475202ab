"""Working time by example: lunch, weekends, holidays, make-up days, nights, leaps of the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from processor.domain.business_calendar import ROUND_THE_CLOCK, WORKING_WEEK, BusinessCalendar
from tests.domain.records import SHANGHAI, SPANS, WORKING, local, utc

# National Day 2026: 1 to 7 October off, Sunday 20 September and Saturday 10 October worked
NATIONAL_DAY = [date(2026, 10, day) for day in range(1, 8)]
MAKE_UP = [date(2026, 9, 20), date(2026, 10, 10)]
CHINESE = BusinessCalendar(
    "cn", SHANGHAI, WORKING_WEEK, NATIONAL_DAY, MAKE_UP, covered_years={2026}
)
NIGHTS = BusinessCalendar("nights", SHANGHAI, {4: ((time(22), time(6)),)})  # Friday nights
BERLIN = ZoneInfo("Europe/Berlin")
EVERY_DAY = {day: ((time(1, 30), time(4)),) for day in range(7)}
SPRING = BusinessCalendar("berlin", BERLIN, EVERY_DAY)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-11-23 08:29", False),
        ("2026-11-23 08:30", True),
        ("2026-11-23 11:59", True),
        ("2026-11-23 12:00", False),
        ("2026-11-23 13:30", True),
        ("2026-11-23 18:00", False),
        ("2026-11-22 10:00", False),
    ],
)
def test_people_work_by_default_on_weekdays_but_not_at_lunch(at: str, expected: bool) -> None:
    assert WORKING.is_open(local(at)) is expected
    assert WORKING.is_open(local(at).astimezone(UTC)) is expected


@pytest.mark.parametrize(
    ("start", "minutes", "expected"),
    [
        ("2026-11-23 09:00", 60, "2026-11-23 10:00"),
        ("2026-11-23 11:30", 60, "2026-11-23 14:00"),
        ("2026-11-23 11:30", 30, "2026-11-23 12:00"),  # not after lunch
        ("2026-11-23 17:30", 60, "2026-11-24 09:00"),
        ("2026-11-27 17:30", 31, "2026-11-30 08:31"),  # over the weekend
        ("2026-11-22 10:00", 0, "2026-11-23 08:30"),
        ("2026-11-22 10:00", 1, "2026-11-23 08:31"),
        ("2026-11-23 12:00", 0, "2026-11-23 13:30"),
        ("2026-11-23 09:00", 0, "2026-11-23 09:00"),
        ("2026-11-23 09:00", 0.5, "2026-11-23 09:00:30"),
        ("2026-12-31 18:00", 0, "2027-01-01 08:30"),
        ("2026-12-31 17:00", 90, "2027-01-01 09:00"),
        ("2026-11-23 08:30", 40 * 60, "2026-11-27 18:00"),
    ],
)
def test_working_time_is_added(start: str, minutes: float, expected: str) -> None:
    assert WORKING.add(local(start), minutes) == local(expected)


def test_answers_are_utc() -> None:
    assert WORKING.add(local("2026-11-23 09:00"), 1).tzinfo is UTC
    assert WORKING.next_open(local("2026-11-23 09:00")).tzinfo is UTC
    assert ROUND_THE_CLOCK.add(local("2026-11-23 09:00"), 1).tzinfo is UTC


def test_working_time_between_is_counted() -> None:
    friday, monday = local("2026-11-27 11:00"), local("2026-11-30 09:00")
    assert WORKING.minutes_between(friday, monday) == 60 + 270 + 30
    assert WORKING.minutes_between(monday, friday) == 0
    assert WORKING.minutes_between(friday, friday) == 0
    assert WORKING.minutes_between(local("2026-11-28 01:00"), local("2026-11-29 23:00")) == 0


def test_holidays_are_off_and_make_up_days_are_worked() -> None:
    assert not CHINESE.working_day(date(2026, 10, 1))
    assert CHINESE.working_day(date(2026, 10, 10))
    assert CHINESE.working_day(date(2026, 9, 20))
    assert not CHINESE.working_day(date(2026, 9, 27))
    assert CHINESE.add(local("2026-09-30 17:00"), 120) == local("2026-10-08 09:30")
    assert CHINESE.minutes_between(local("2026-10-09 18:00"), local("2026-10-11 00:00")) == 480


def test_a_make_up_day_has_its_own_hours_where_they_are_given() -> None:
    short = ((time(9), time(12)),)
    given = BusinessCalendar("x", SHANGHAI, WORKING_WEEK, workdays=MAKE_UP, workday_spans=short)
    assert given.end_of_work(date(2026, 10, 10)) == local("2026-10-10 12:00")
    weekday = BusinessCalendar(
        "x", SHANGHAI, WORKING_WEEK, workdays=[date(2026, 10, 9)], workday_spans=short
    )
    assert weekday.end_of_work(date(2026, 10, 9)) == local("2026-10-09 18:00")


def test_a_day_both_off_and_worked_is_worked() -> None:
    day = date(2026, 10, 1)
    assert BusinessCalendar("x", SHANGHAI, WORKING_WEEK, [day], [day]).working_day(day)


def test_a_calendar_says_which_years_it_knows() -> None:
    assert CHINESE.covers(date(2026, 12, 31))
    assert not CHINESE.covers(date(2027, 1, 1))
    assert WORKING.covers(date(2999, 1, 1))
    assert ROUND_THE_CLOCK.covers(date(1999, 1, 1))
    some = BusinessCalendar("x", SHANGHAI, WORKING_WEEK, covered_years=())
    assert not some.covers(date(2026, 1, 1))


def test_work_ends_with_the_last_span_of_the_day() -> None:
    assert WORKING.end_of_work(date(2026, 11, 23)) == local("2026-11-23 18:00")
    assert WORKING.end_of_work(date(2026, 11, 22)) is None
    assert NIGHTS.end_of_work(date(2026, 11, 27)) == local("2026-11-28 06:00")
    assert ROUND_THE_CLOCK.end_of_work(date(2026, 11, 22)) == utc("2026-11-23 00:00")


def test_working_days_are_counted() -> None:
    friday = date(2026, 11, 27)
    assert WORKING.working_day_after(friday, 0) == friday
    assert WORKING.working_day_after(friday, 1) == date(2026, 11, 30)
    assert WORKING.working_day_after(friday, 6) == date(2026, 12, 7)
    assert CHINESE.working_day_after(date(2026, 9, 30), 3) == date(2026, 10, 10)
    assert ROUND_THE_CLOCK.working_day_after(friday, 2) == date(2026, 11, 29)


def test_a_night_shift_belongs_to_the_day_it_begins_on() -> None:
    assert NIGHTS.is_open(local("2026-11-28 05:59"))
    assert not NIGHTS.is_open(local("2026-11-28 06:00"))
    assert NIGHTS.working_day(date(2026, 11, 27))
    assert not NIGHTS.working_day(date(2026, 11, 28))
    assert NIGHTS.add(local("2026-11-28 05:00"), 90) == local("2026-12-04 22:30")


def test_a_night_shift_goes_on_over_the_new_year() -> None:
    new_year = BusinessCalendar("x", SHANGHAI, {3: ((time(22), time(6)),)})  # 2026-12-31
    assert new_year.is_open(local("2027-01-01 03:00"))
    assert new_year.add(local("2026-12-31 23:00"), 120) == local("2027-01-01 01:00")
    assert new_year.minutes_between(local("2026-12-31 23:00"), local("2027-01-01 12:00")) == 420
    assert new_year.minutes_between(local("2027-01-01 05:00"), local("2027-01-01 12:00")) == 60


def test_midnight_ends_the_day() -> None:
    late = BusinessCalendar("x", SHANGHAI, {0: ((time(20), time(0)),)})
    assert late.minutes_between(local("2026-11-23 00:00"), local("2026-11-25 00:00")) == 240
    whole = BusinessCalendar("x", SHANGHAI, {0: ((time(0), time(0)),)})
    assert whole.minutes_between(local("2026-11-22 00:00"), local("2026-11-25 00:00")) == 1440


def test_spans_in_any_order_that_overlap_count_once() -> None:
    spans = ((time(13), time(15)), (time(9), time(12)), (time(11), time(14)), (time(9), time(10)))
    messy = BusinessCalendar("x", SHANGHAI, {0: spans})
    assert messy.minutes_between(local("2026-11-23 00:00"), local("2026-11-24 00:00")) == 360
    assert messy.end_of_work(date(2026, 11, 23)) == local("2026-11-23 15:00")
    nights = BusinessCalendar("x", SHANGHAI, {0: ((time(22), time(9)),), 1: SPANS})
    assert nights.minutes_between(local("2026-11-24 08:00"), local("2026-11-24 10:00")) == 120


def test_an_hour_that_is_skipped_is_not_worked() -> None:
    """02:00 became 03:00: from 01:30 to 04:00 there were 90 minutes."""
    night = datetime(2026, 3, 29, tzinfo=BERLIN)
    assert SPRING.minutes_between(night, night + timedelta(hours=12)) == 90


def test_an_hour_that_comes_twice_is_worked_twice() -> None:
    night = datetime(2026, 10, 25, tzinfo=BERLIN)
    assert SPRING.minutes_between(night, night + timedelta(hours=12)) == 210


def test_a_span_inside_the_leap_is_nothing() -> None:
    inside = BusinessCalendar("x", BERLIN, {6: ((time(2, 10), time(2, 50)),)})
    assert not inside.working_day(date(2026, 3, 29))
    assert inside.end_of_work(date(2026, 3, 29)) is None
    assert inside.working_day(date(2026, 4, 5))


def test_round_the_clock_is_always_open() -> None:
    at = local("2026-10-01 03:00")
    assert ROUND_THE_CLOCK.is_open(at)
    assert ROUND_THE_CLOCK.working_day(at.date())
    assert ROUND_THE_CLOCK.next_open(at) == at
    assert ROUND_THE_CLOCK.add(at, 15) == at + timedelta(minutes=15)
    assert ROUND_THE_CLOCK.minutes_between(at, at + timedelta(days=1)) == 1440
    assert ROUND_THE_CLOCK.minutes_between(at, at - timedelta(days=1)) == 0


def test_years_of_work_are_added() -> None:
    start = local("2026-11-23 08:30")
    end = WORKING.add(start, 8 * 60 * 5 * 52 * 20)
    assert end == local("2046-10-26 18:00")  # the Friday of the 1,040th week
    assert WORKING.minutes_between(start, end) == 8 * 60 * 5 * 52 * 20


@pytest.mark.parametrize(
    "calendar",
    [
        BusinessCalendar("never", SHANGHAI, {}),
        BusinessCalendar("never", SHANGHAI, {}, workdays=[date(2026, 11, 22)]),
    ],
)
def test_a_calendar_that_never_opens_says_so(calendar: BusinessCalendar) -> None:
    at = local("2026-11-23 09:00")
    with pytest.raises(ValueError, match="never"):
        calendar.add(at, 1)
    with pytest.raises(ValueError, match="never"):
        calendar.next_open(at)
    with pytest.raises(ValueError, match="never"):
        calendar.working_day_after(at.date(), 1)
    assert not calendar.is_open(at)
    assert calendar.minutes_between(at, at + timedelta(days=9)) == 0


def test_working_time_does_not_run_backward() -> None:
    with pytest.raises(ValueError, match="forward"):
        WORKING.add(local("2026-11-23 09:00"), -1)


@pytest.mark.parametrize("calendar", [WORKING, ROUND_THE_CLOCK])
def test_a_time_without_a_zone_is_refused(calendar: BusinessCalendar) -> None:
    naive = datetime(2026, 11, 23, 9)  # noqa: DTZ001 - the mistake itself
    at = local("2026-11-23 09:00")
    with pytest.raises(ValueError, match="zone"):
        calendar.is_open(naive)
    with pytest.raises(ValueError, match="zone"):
        calendar.add(naive, 1)
    with pytest.raises(ValueError, match="zone"):
        calendar.minutes_between(naive, at)
    with pytest.raises(ValueError, match="zone"):
        calendar.minutes_between(at, naive)


def test_a_calendar_is_called_by_its_name() -> None:
    assert repr(WORKING) == "BusinessCalendar('working', Asia/Shanghai)"
