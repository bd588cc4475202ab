"""Periods: as they are written, named, parted and bounded."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from processor.settings.words import catalogue
from reports.periods import Period, PeriodError, PeriodKind, current, parse_period
from tests.domain.records import SHANGHAI

BERLIN = ZoneInfo("Europe/Berlin")

WRITTEN = [
    # text, first, last, before, a year before, Chinese, English
    (
        "2026-11-28",
        "2026-11-28",
        "2026-11-28",
        "2026-11-27",
        "2025-11-28",
        "2026年11月28日",
        "28 November 2026",
    ),
    (
        "2024-02-29",
        "2024-02-29",
        "2024-02-29",
        "2024-02-28",
        "2023-02-28",
        "2024年2月29日",
        "29 February 2024",
    ),
    ("2026-W01", "2025-12-29", "2026-01-04", "2025-W52", "2025-W01", "2026年第1周", "Week 1, 2026"),
    (
        "2026-W53",
        "2026-12-28",
        "2027-01-03",
        "2026-W52",
        "2025-W52",
        "2026年第53周",
        "Week 53, 2026",
    ),
    ("2026-01", "2026-01-01", "2026-01-31", "2025-12", "2025-01", "2026年1月", "January 2026"),
    ("2024-02", "2024-02-01", "2024-02-29", "2024-01", "2023-02", "2024年2月", "February 2024"),
    ("2026-Q1", "2026-01-01", "2026-03-31", "2025-Q4", "2025-Q1", "2026年第1季度", "Q1 2026"),
    ("2026", "2026-01-01", "2026-12-31", "2025", "2025", "2026年", "2026"),
    (
        "2026-12-20..2027-01-10",
        "2026-12-20",
        "2027-01-10",
        "2026-11-28..2026-12-19",
        "2025-12-20..2026-01-10",
        "2026年12月20日至2027年1月10日",
        "20 December 2026 to 10 January 2027",
    ),
    (
        "2026-01..2026-02",
        "2026-01-01",
        "2026-02-28",
        "2025-11-01..2025-12-31",
        "2025-01-01..2025-02-28",
        "2026年1月1日至2026年2月28日",
        "1 January 2026 to 28 February 2026",
    ),
]


@pytest.mark.parametrize("case", WRITTEN, ids=lambda case: case[0])
def test_a_period_is_what_is_written(case: tuple[str, ...]) -> None:
    text, first, last, before, year, chinese, english = case
    period = parse_period(f" {text} ", SHANGHAI)
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)
    assert (period.previous().code, period.last_year().code) == (before, year)
    assert parse_period(period.code, SHANGHAI) == period
    names = [period.name(catalogue(one)) for one in ("zh", "en")]
    assert names == [chinese, english]
    assert all(period.short_name(catalogue(one)) for one in ("zh", "en"))
    days = period.split(PeriodKind.DAY)
    assert len(days) == period.days == (period.last - period.first).days + 1
    for part in PeriodKind:
        parts = period.split(part)
        assert (parts[0].start, parts[-1].end) == (period.start, period.end)
        assert all(a.end == b.start for a, b in pairwise(parts))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "form"),
        ("x", "form"),
        ("2026-Q5", "form"),
        ("202-11", "form"),
        ("2026-11-28..", "form"),
        ("2026/11", "form"),
        ("２０２６", "form"),
        ("2026-13", "date"),
        ("2026-02-30", "date"),
        ("2025-W53", "date"),
        ("0001", "date"),
        ("2026-11..2026-10", "order"),
    ],
)
def test_what_is_no_period_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(PeriodError) as fault:
        parse_period(text, SHANGHAI)
    assert (fault.value.text, fault.value.reason) == (text, reason)


@pytest.mark.parametrize(
    ("zone", "day", "hours", "start"),
    [
        ("Europe/Berlin", "2026-03-29", 23, "2026-03-28T23:00"),
        ("Europe/Berlin", "2026-10-25", 25, "2026-10-24T22:00"),
        ("America/Sao_Paulo", "2018-11-04", 23, "2018-11-04T03:00"),  # there was no midnight
        ("America/Sao_Paulo", "2018-02-17", 25, "2018-02-17T02:00"),  # there were two
        ("America/Havana", "2018-11-04", 25, "2018-11-04T04:00"),
        ("Africa/Monrovia", "1972-01-07", 23, "1972-01-07T00:44"),  # forty-four and a half minutes
        ("Asia/Shanghai", "2026-11-28", 24, "2026-11-27T16:00"),
    ],
)
def test_days_begin_when_the_zone_says(zone: str, day: str, hours: int, start: str) -> None:
    period = parse_period(day, ZoneInfo(zone))
    assert round((period.end - period.start) / timedelta(hours=1)) == hours
    assert period.start.replace(second=0) == datetime.fromisoformat(start).replace(tzinfo=UTC)
    assert not period.covers(period.start - timedelta(seconds=1))
    assert period.covers(period.start)
    assert period.covers(period.end - timedelta(seconds=1))
    assert not period.covers(period.end)


def test_parts_at_the_edges_are_cut() -> None:
    weeks = [one.code for one in parse_period("2026-02", BERLIN).split(PeriodKind.WEEK)]
    assert weeks == [
        "2026-02-01..2026-02-01", "2026-W06", "2026-W07", "2026-W08", "2026-02-23..2026-02-28",
    ]  # fmt: skip
    months = parse_period("2026-12-20..2027-01-10", BERLIN).split(PeriodKind.MONTH)
    assert [one.kind for one in months] == [PeriodKind.RANGE] * 2


def test_the_last_periods_and_the_one_that_is_now() -> None:
    now = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)  # the next year has begun in Shanghai
    month = current(PeriodKind.MONTH, now, SHANGHAI)
    assert month.code == "2027-01"
    assert not month.over(now)
    assert month.previous().over(now)
    assert [one.code for one in month.back(3)] == ["2026-11", "2026-12", "2027-01"]
    assert current(PeriodKind.RANGE, now, SHANGHAI).days == 1


def test_a_period_does_not_end_before_it_begins() -> None:
    with pytest.raises(PeriodError):
        Period(date(2026, 2, 1), date(2026, 1, 31), PeriodKind.RANGE, BERLIN)
