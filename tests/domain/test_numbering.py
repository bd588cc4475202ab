"""Numbers are given by type and local day, and found however people write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.domain.incident import IncidentType
from processor.domain.numbering import (
    KINDS,
    PATTERN,
    RecordKind,
    find_numbers,
    number,
    pattern_for,
    series,
)
from tests.domain.records import SHANGHAI, local, utc

NUMBER = "INC-20261122-0001"
YEARS = (datetime(2020, 1, 1), datetime(2099, 12, 31))  # noqa: DTZ001 - hypothesis adds the zone


@pytest.mark.parametrize(
    ("kind", "prefix"),
    [
        (IncidentType.INCIDENT, "INC"),
        (IncidentType.ALERT, "INC"),
        (IncidentType.FINDING, "INC"),
        (IncidentType.SERVICE_REQUEST, "REQ"),
        (RecordKind.PROBLEM, "PRB"),
        (RecordKind.CHANGE, "RFC"),
        (RecordKind.KNOWLEDGE, "KB"),
        (RecordKind.INVESTIGATION, "INV"),
    ],
)
def test_each_type_has_its_series(kind: IncidentType | RecordKind, prefix: str) -> None:
    assert series(kind, local("2026-11-22 10:00"), SHANGHAI) == f"{prefix}-20261122"


def test_the_day_of_a_series_is_the_zones() -> None:
    at = utc("2026-11-22 16:00")
    assert series(IncidentType.INCIDENT, at, SHANGHAI) == "INC-20261123"
    assert series(IncidentType.INCIDENT, at, UTC) == "INC-20261122"


def test_a_profile_has_its_own_prefix_but_for_requests() -> None:
    at = local("2026-11-22 10:00")
    assert series(IncidentType.INCIDENT, at, SHANGHAI, "SAF") == "SAF-20261122"
    assert series(IncidentType.SERVICE_REQUEST, at, SHANGHAI, "SAF") == "REQ-20261122"
    assert find_numbers("SAF-20261122-0001") == ()
    assert find_numbers("SAF-20261122-0001", pattern_for((*KINDS, "SAF"))) == ("SAF-20261122-0001",)


def test_a_time_without_a_zone_is_of_no_day() -> None:
    with pytest.raises(ValueError, match="zone"):
        series(IncidentType.INCIDENT, datetime(2026, 11, 22), SHANGHAI)  # noqa: DTZ001 - the mistake itself


def test_numbers_have_four_digits_and_more_when_needed() -> None:
    assert number("INC-20261122", 1) == NUMBER
    assert number("INC-20261122", 9999) == "INC-20261122-9999"
    assert number("INC-20261122", 12345) == "INC-20261122-12345"
    with pytest.raises(ValueError, match="from 1"):
        number("INC-20261122", 0)


@pytest.mark.parametrize(
    "written",
    [
        "INC-20261122-0001",
        "inc-20261122-0001",
        "Inc-20261122-0001",
        "ＩＮＣ－２０２６１１２２－０００１",
        "INC—20261122—0001",
        "INC‑20261122‑0001",
        "INC−20261122–0001",
        "INC20261122-0001",
        "INC202611220001",
        "INC 20261122 0001",
        "INC - 20261122 - 0001",
        "INC_20261122_0001",
        "INC\u3000２０２６１１２２\u30000001",
        "INC-\u200b20261122-0001",
        "\u202aINC-20261122-0001\u202c",
    ],
)
@pytest.mark.parametrize(
    "around", ["{}", "[{}]", "事件{}的进展", "请看：{}。", "a {}, b", "x.{}.docx"]
)
def test_a_number_is_found_in_any_spelling(written: str, around: str) -> None:
    assert find_numbers(around.format(written)) == (NUMBER,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PRINC-20261122-0001",
        "XINC-20261122-0001",
        "1INC-20261122-0001",
        "éINC-20261122-0001",
        "ИINC-20261122-0001",
        "INC-20261122-0001a",
        "INC-20261122-0001é",
        "INC-20261122-1234567890",
        "INC-20261122-001",
        "INC-20261322-0001",
        "INC-20261132-0001",
        "INC-00001122-0001",
        "ABC-20261122-0001",
        "ınc-20261122-0001",
        "20261122-0001",
        "INC-20261122\n-0001",
        "INC--20261122-0001",
    ],
)
def test_what_is_no_number_is_not_found(text: str) -> None:
    assert find_numbers(text) == ()


def test_each_is_named_once_in_order_of_the_text() -> None:
    text = "REQ-20261120-0002, inc202611220001; REQ-20261120-0002 KB-20260101-0003"
    assert find_numbers(text) == ("REQ-20261120-0002", NUMBER, "KB-20260101-0003")


def test_the_pattern_may_be_built_into_others() -> None:
    longer = re.compile(rf"#\w+\s+({PATTERN.pattern})")
    found = longer.search("#accept inc-20261122-0001")
    assert found
    assert found.group(1) == "inc-20261122-0001"


@given(
    st.sampled_from(list(IncidentType) + list(RecordKind)),
    st.datetimes(*YEARS, timezones=st.just(UTC)),
    st.integers(1, 999_999_999),
)
def test_every_number_that_is_given_is_found(
    kind: IncidentType | RecordKind, at: datetime, ordinal: int
) -> None:
    given_out = number(series(kind, at, SHANGHAI), ordinal)
    assert find_numbers(f"Re: [{given_out}] 回复") == (given_out,)
    assert find_numbers(given_out.lower().replace("-", "")) == (given_out,)


@given(st.text())
def test_no_text_makes_it_fail_and_what_it_finds_it_finds_again(text: str) -> None:
    found = find_numbers(text + " " + NUMBER)
    assert found[-1] == NUMBER or NUMBER in found
    assert find_numbers(" ".join(found)) == found
