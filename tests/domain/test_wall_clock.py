"""Wall times that come once, twice, or not at all."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.domain.wall_clock import aware, instant
from tests.domain.records import SHANGHAI, utc

BERLIN = ZoneInfo("Europe/Berlin")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
APIA = ZoneInfo("Pacific/Apia")


@pytest.mark.parametrize(
    ("zone", "day", "wall", "expected"),
    [
        (SHANGHAI, "2026-11-23", "08:30", "2026-11-23 00:30"),
        (UTC, "2026-11-23", "08:30", "2026-11-23 08:30"),
        (timezone(timedelta(hours=-5)), "2026-11-23", "20:00", "2026-11-24 01:00"),
        # spring: 02:00 becomes 03:00 at 01:00 UTC
        (BERLIN, "2026-03-29", "01:59", "2026-03-29 00:59"),
        (BERLIN, "2026-03-29", "02:00", "2026-03-29 01:00"),
        (BERLIN, "2026-03-29", "02:30", "2026-03-29 01:00"),
        (BERLIN, "2026-03-29", "03:00", "2026-03-29 01:00"),
        (BERLIN, "2026-03-29", "03:30", "2026-03-29 01:30"),
        # autumn: 03:00 becomes 02:00 at 01:00 UTC
        (BERLIN, "2026-10-25", "02:30", "2026-10-25 00:30"),
        (BERLIN, "2026-10-25", "03:00", "2026-10-25 02:00"),
        # half an hour only
        (LORD_HOWE, "2026-10-04", "02:15", "2026-10-03 15:30"),
        # a whole day that never was: the leap was at 2011-12-30 10:00 UTC
        (APIA, "2011-12-30", "00:00", "2011-12-30 10:00"),
        (APIA, "2011-12-30", "12:00", "2011-12-30 10:00"),
        (APIA, "2011-12-31", "00:00", "2011-12-30 10:00"),
    ],
)
def test_a_wall_time_is_the_first_moment_that_shows_or_passes_it(
    zone: tzinfo, day: str, wall: str, expected: str
) -> None:
    found = instant(date.fromisoformat(day), time.fromisoformat(wall), zone)
    assert found == utc(expected)
    assert found.tzinfo is UTC


ZONES = st.sampled_from([SHANGHAI, BERLIN, LORD_HOWE, ZoneInfo("America/New_York"), APIA])
WALLS = st.datetimes(datetime(2010, 1, 1), datetime(2030, 1, 1))  # noqa: DTZ001 - a wall time has no zone


@given(ZONES, WALLS, WALLS)
def test_a_later_wall_time_is_never_an_earlier_moment(
    zone: tzinfo, one: datetime, other: datetime
) -> None:
    first, second = sorted((one, other))
    assert instant(first.date(), first.time(), zone) <= instant(second.date(), second.time(), zone)


@given(ZONES, WALLS)
def test_the_clock_shows_what_was_asked_unless_it_leaps(zone: tzinfo, shown: datetime) -> None:
    found = instant(shown.date(), shown.time(), zone).astimezone(zone).replace(tzinfo=None)
    assert found >= shown
    if found != shown:
        just_before = instant(shown.date(), shown.time(), zone) - timedelta(microseconds=1)
        assert just_before.astimezone(zone).replace(tzinfo=None) < shown


def test_a_time_without_a_zone_is_no_moment() -> None:
    at = utc("2026-11-23 08:30")
    assert aware(at) is at
    with pytest.raises(ValueError, match="zone"):
        aware(at.replace(tzinfo=None))
