"""When rounds are due: working days, lunch, make-up days, weeks with holidays."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from processor.domain.business_calendar import WORKING_WEEK, BusinessCalendar
from processor.domain.follow_up import Reminders, working_days_after
from processor.domain.rounds import RoundPlan, due_between

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = BusinessCalendar(
    "working",
    ZONE,
    WORKING_WEEK,
    holidays=[date(2026, 10, day) for day in range(1, 8)],
    workdays=[date(2026, 10, 10)],
)
BEFORE_END = RoundPlan("unsolved", minutes=60)
FRIDAYS = RoundPlan("callbacks", at=time(15), weekday=4)


def _local(*parts: int) -> datetime:
    return datetime(*parts).replace(tzinfo=ZONE)  # noqa: DTZ001 - it gets its zone here


def test_the_end_of_work_is_that_of_the_afternoon() -> None:
    assert BEFORE_END.moment(date(2026, 11, 23), CALENDAR, ZONE) == _local(2026, 11, 23, 17)


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2026, 11, 24), date(2026, 11, 27)),
        (date(2026, 9, 29), date(2026, 9, 30)),  # Thursday and Friday are off
        (date(2026, 10, 5), date(2026, 10, 9)),
    ],
)
def test_a_week_has_its_last_working_day_up_to_the_friday(day: date, held: date) -> None:
    assert FRIDAYS.day_of(day, CALENDAR) == held


def test_in_a_week_without_earlier_work_the_first_day_after_it() -> None:
    off = BusinessCalendar(
        "w", ZONE, WORKING_WEEK, [date(2026, 10, d) for d in range(5, 10)], [date(2026, 10, 10)]
    )
    assert FRIDAYS.day_of(date(2026, 10, 6), off) == date(2026, 10, 10)
    idle = BusinessCalendar("w", ZONE, WORKING_WEEK, [date(2026, 10, d) for d in range(5, 10)])
    assert FRIDAYS.day_of(date(2026, 10, 6), idle) is None


def test_days_off_have_none_and_make_up_days_have() -> None:
    found = due_between(BEFORE_END, CALENDAR, ZONE, date(2026, 9, 29), _local(2026, 10, 12, 9))
    days = [one.day for one in found]
    assert days == [date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 9), date(2026, 10, 10)]


def test_not_before_its_time_and_not_again() -> None:
    before, at = _local(2026, 11, 23, 16, 59), _local(2026, 11, 23, 17)
    assert due_between(BEFORE_END, CALENDAR, ZONE, date(2026, 11, 22), before) == []
    assert len(due_between(BEFORE_END, CALENDAR, ZONE, date(2026, 11, 22), at)) == 1
    assert due_between(BEFORE_END, CALENDAR, ZONE, date(2026, 11, 23), at) == []


def test_the_end_of_a_night_shift_lies_on_the_next_day() -> None:
    night = BusinessCalendar("night", ZONE, {0: ((time(22), time(6)),)})
    found = due_between(BEFORE_END, night, ZONE, date(2026, 11, 22), _local(2026, 11, 24, 5))
    assert [(one.day, one.at) for one in found] == [
        (date(2026, 11, 23), _local(2026, 11, 24, 5).astimezone(UTC))
    ]


def test_working_days_keep_the_time_of_day_and_move_out_of_lunch() -> None:
    def after(days: int, *parts: int) -> datetime:
        return working_days_after(_local(*parts), days, CALENDAR, ZONE).astimezone(ZONE)

    assert after(1, 2026, 11, 23, 10, 5) == _local(2026, 11, 24, 10, 5)
    assert after(1, 2026, 11, 27, 12, 30) == _local(2026, 11, 30, 13, 30)
    assert after(1, 2026, 9, 30, 20, 0) == _local(2026, 10, 9, 8, 30)
    assert after(3, 2026, 10, 8, 9, 0) == _local(2026, 10, 12, 9, 0)


def test_a_chain_of_reminders() -> None:
    chain = Reminders((1, 2), 3)
    assert [chain.next_after(told) for told in (0, 1, 2)] == [1, 2, 3]
    assert (chain.is_last(1), chain.is_last(2)) == (False, True)
    assert Reminders((), 3).next_after(0) == 0, "nobody is taken to be silent who was not asked"
