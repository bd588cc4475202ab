"""Chinese working days, against the State Council's notices for 2025 and 2026."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from processor.settings.holidays import working_calendar
from processor.settings.schema.agreements import Calendar
from processor.settings.schema.kinds import read_spans

ZONE = "Asia/Shanghai"
OFFICE = {"week": {"mon-fri": "08:30-12:00, 13:30-18:00"}, "holidays": "CN"}

# 国办发明电〔2024〕12号 and 〔2025〕7号: first and last day off, then the make-up working days.
NOTICES: dict[int, tuple[tuple[tuple[str, str], ...], tuple[str, ...]]] = {
    2025: (
        (
            ("01-01", "01-01"),  # 元旦
            ("01-28", "02-04"),  # 春节
            ("04-04", "04-06"),  # 清明
            ("05-01", "05-05"),  # 劳动节
            ("05-31", "06-02"),  # 端午
            ("10-01", "10-08"),  # 国庆、中秋
        ),
        ("01-26", "02-08", "04-27", "09-28", "10-11"),
    ),
    2026: (
        (
            ("01-01", "01-03"),
            ("02-15", "02-23"),
            ("04-04", "04-06"),
            ("05-01", "05-05"),
            ("06-19", "06-21"),
            ("09-25", "09-27"),
            ("10-01", "10-07"),
        ),
        ("01-04", "02-14", "02-28", "05-09", "09-20", "10-10"),
    ),
}


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@pytest.mark.parametrize("year", NOTICES)
def test_every_day_of_the_year_is_as_announced(year: int) -> None:
    calendar = working_calendar("office", Calendar.model_validate(OFFICE), ZONE)
    off, on = NOTICES[year]
    holidays = {
        day
        for first, last in off
        for day in days(date.fromisoformat(f"{year}-{first}"), date.fromisoformat(f"{year}-{last}"))
    }
    make_up = {date.fromisoformat(f"{year}-{day}") for day in on}
    wrong = [
        day
        for day in days(date(year, 1, 1), date(year, 12, 31))
        if calendar.working_day(day)
        is not (day in make_up or (day.weekday() < 5 and day not in holidays))
    ]
    assert wrong == []
    assert calendar.covers(date(year, 12, 31))


def test_a_make_up_saturday_has_the_hours_of_a_weekday() -> None:
    calendar = working_calendar("office", Calendar.model_validate(OFFICE), ZONE)
    end = calendar.end_of_work(date(2026, 2, 28))
    assert end == datetime(2026, 2, 28, 10, 0, tzinfo=UTC)  # 18:00 in Shanghai


def test_a_target_runs_over_the_spring_festival() -> None:
    calendar = working_calendar("office", Calendar.model_validate(OFFICE), ZONE)
    # the make-up Saturday 14 February, 17:00; nine days off; on from Tuesday the 24th, 08:30
    start = datetime(2026, 2, 14, 17, 0, tzinfo=ZoneInfo(ZONE))
    assert calendar.add(start, 120) == datetime(2026, 2, 24, 9, 30, tzinfo=ZoneInfo(ZONE))


def test_a_year_not_announced_counts_monday_to_friday_and_says_so() -> None:
    calendar = working_calendar("office", Calendar.model_validate(OFFICE), ZONE)
    year = 2099
    assert not calendar.covers(date(year, 1, 1))
    for day in days(date(year, 1, 1), date(year, 12, 31)):
        assert calendar.working_day(day) is (day.weekday() < 5)


def test_own_days_go_before_the_holidays() -> None:
    own = {**OFFICE, "closed": ["2026-12-25", "2026-02-28"], "open": ["2026-10-01", "2026-12-26"]}
    calendar = working_calendar("office", Calendar.model_validate(own), ZONE)
    worked = ["2026-10-01", "2026-12-26"]
    free = ["2026-12-25", "2026-02-28", "2026-10-02"]
    assert all(calendar.working_day(date.fromisoformat(day)) for day in worked)
    assert not any(calendar.working_day(date.fromisoformat(day)) for day in free)


def test_a_year_that_an_administrator_wrote_down_is_covered() -> None:
    own = {**OFFICE, "closed": ["2099-10-01"], "open": ["2099-10-10"], "covered": [2099]}
    calendar = working_calendar("office", Calendar.model_validate(own), ZONE)
    assert calendar.covers(date(2099, 1, 1))
    assert calendar.covers(date(2026, 1, 1))
    assert not calendar.covers(date(2098, 1, 1))
    assert not calendar.working_day(date(2099, 10, 1))
    assert calendar.working_day(date(2099, 10, 10))


def test_a_calendar_without_holidays_covers_every_year() -> None:
    entry = Calendar.model_validate({"zone": "Europe/Berlin", "week": {"mon-fri": "09:00-17:00"}})
    calendar = working_calendar("abroad", entry, ZONE)
    assert calendar.covers(date(2099, 1, 1))
    assert calendar.zone == ZoneInfo("Europe/Berlin")
    assert calendar.working_day(date(2026, 10, 1))


def test_a_single_day_goes_before_the_range_that_holds_it() -> None:
    entry = Calendar.model_validate(
        {"week": {"fri": "09:00-12:00", "mon-fri": "09:00-17:00", "sat-sun": "22:00-24:00"}}
    )
    calendar = working_calendar("short-friday", entry, "UTC")
    assert calendar.end_of_work(date(2026, 11, 20)) == datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert calendar.end_of_work(date(2026, 11, 19)) == datetime(2026, 11, 19, 17, tzinfo=UTC)
    assert calendar.end_of_work(date(2026, 11, 21)) == datetime(2026, 11, 22, tzinfo=UTC)


def test_always_is_always() -> None:
    calendar = working_calendar("on", Calendar(always=True), ZONE)
    assert calendar.is_open(datetime(2026, 2, 17, 3, tzinfo=UTC))
    assert calendar.covers(date(2099, 1, 1))


def test_spans_are_read_with_any_dash_and_blanks() -> None:
    assert read_spans(" 8:30 – 12:00 ,13:30-24:00") == (
        (time(8, 30), time(12, 0)),
        (time(13, 30), time(0)),
    )


@pytest.mark.parametrize(
    "spans",
    ["", "08:30", "12:00-08:30", "08:30-08:30", "08:30-12:00,12:00", "25:00-26:00", "a-b",
     "10:00-12:00, 08:00-09:00", "20:00-24:00, 21:00-22:00", "08:30-12:60", "24:00-24:00x"],
)  # fmt: skip
def test_other_hours_are_faults(spans: str) -> None:
    with pytest.raises(ValidationError):
        Calendar.model_validate({"week": {"mon": spans}})
