"""What is analysed equals what the exported records say by hand; and claims no more than it can."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from processor.store.database import Store
from processor.store.unit_of_work import UnitOfWork
from reports.analysis import clusters, spread
from reports.analysis.forecast import FEWEST, Method, forecast
from reports.analysis.hours import heat_map
from reports.analysis.repeated import repeated
from reports.analysis.shares import counts_differ, differ, interval, stands_out
from reports.figures.figure import Value
from reports.figures.selection import Clearance, Filters, Selection
from reports.periods import parse_period
from tests.reports import by_hand
from tests.reports.replayed import NOW, exported, lives, play
from tests.store.records import add_incidents, incident

KATHMANDU = ZoneInfo("Asia/Kathmandu")  # five hours and three quarters


def test_analyses_equal_what_the_records_say(store: Store) -> None:
    play(store, lives(260, 200, seed=3))
    records = by_hand.counted(exported(store))
    for text, filters in (("2026-Q4", Filters()), ("2027-01", Filters(priorities=(2, 3)))):
        selection = Selection(parse_period(text, KATHMANDU), NOW, filters)
        chosen: list[Any] = by_hand.chosen(records, selection)
        with store.read() as work:
            see_hours(work, selection, chosen)
            see_bins(work, selection, chosen)
            see_repeats(work, selection, chosen, records)


def see_hours(work: UnitOfWork, selection: Selection, chosen: list[Any]) -> None:
    found = heat_map(work.connection, selection)
    times = [datetime.fromisoformat(one["reported_at"]) for one in chosen]
    here = [at.astimezone(KATHMANDU) for at in times if selection.period.covers(at)]
    expected = Counter((at.weekday(), at.hour) for at in here)
    assert found.total == len(here) > 0
    assert all(found.received[d][h] == expected[d, h] for d in range(7) for h in range(24))
    assert sum(found.days) == selection.period.days
    busiest = found.busiest()
    assert busiest is not None
    assert found.mean(*busiest) == max(found.mean(d, h) for d in range(7) for h in range(24))


def see_bins(work: UnitOfWork, selection: Selection, chosen: list[Any]) -> None:
    covers, as_of = selection.period.covers, min(selection.period.end, NOW)
    solved = [
        by_hand.solving_seconds(one) / 3600
        for one in chosen
        if one["resolved_at"] and covers(datetime.fromisoformat(one["resolved_at"]))
    ]
    late = [
        by_hand.solving_seconds(one) > by_hand.target_seconds(one, "resolution")
        for one in chosen
        if one["resolved_at"] and covers(datetime.fromisoformat(one["resolved_at"]))
    ]
    bins = spread.resolution_times(work.connection, selection)
    for one in bins:
        high = one.high or 1e9
        assert one.count == sum(one.low <= hours < high for hours in solved)
        assert one.count == sum(one.by_priority.values())
    assert sum(one.late for one in bins) == sum(late)
    ages = [
        (as_of - datetime.fromisoformat(one["reported_at"])) / timedelta(days=1)
        for one in chosen
        if datetime.fromisoformat(one["reported_at"]) < as_of
        and ((end := by_hand.ended(one)) is None or end >= as_of)
    ]
    for one in spread.ageing(work.connection, selection):
        assert one.count == sum(one.low <= age < (one.high or 1e9) for age in ages)


def see_repeats(
    work: UnitOfWork, selection: Selection, chosen: list[Any], records: list[Any]
) -> None:
    found = repeated(work.connection, selection, most=1000)
    assert found
    for one in found:
        members = [r for r in chosen if (r["ci"], r["category"]) == (one.ci, one.category)]
        by_code = by_hand.figures(members, records, selection)
        assert (one.received, one.repeats) == (by_code["received"], by_code["repeats"])
    whole = by_hand.figures(chosen, records, selection)
    assert sum(one.repeats for one in found) == whole["repeats"]


def test_alike_subjects_are_found_and_confidential_ones_are_not_read(store: Store) -> None:
    subjects = (
        "打印机 PRN-01 卡纸", "回复：打印机 PRN-22 卡纸了", "打印机PRN-03卡纸", "Re: 打印机 卡纸。",
        "ERP cannot save an order", "ERP cannot save orders", "Mailbox is full", "1", "",
    )  # fmt: skip
    found = [
        incident(f"INC-20261123-{at:04}", subject=one, category="hardware/printer", ci=f"C{at % 2}")
        for at, one in enumerate(subjects)
    ]
    found.append(incident("CAM-20261123-0001", subject="打印机 PRN-09 卡纸", confidential=True))
    add_incidents(store, *found)
    selection = Selection(parse_period("2026-11", KATHMANDU), NOW)
    with store.read() as work:
        seen = clusters.clusters(work.connection, selection, least=2)
        cleared = replace(selection, clearance=Clearance(names=True))
        more = clusters.clusters(work.connection, cleared, least=2)
    assert [(one.count, len(one.numbers)) for one in seen] == [(4, 4), (2, 2)]
    assert seen[0].categories == (("hardware/printer", 4),)
    assert seen[0].items == (("C0", 2), ("C1", 2))
    assert [one.count for one in more] == [5, 2]


def test_a_forecast_names_its_method_and_says_nothing_from_little() -> None:
    assert forecast([5] * (FEWEST - 1)) == ()
    assert forecast([0] * 12) == ()
    flat = [100, 96, 105, 99, 101, 98, 103, 100]
    (level,) = forecast(flat)
    assert level.method is Method.LEVEL
    assert level.expected == pytest.approx(sum(flat) / 8)
    # t of 80 % and 7 degrees of freedom is 1.415; the deviation of the eight is 2.816
    assert level.high - level.expected == pytest.approx(1.415 * 2.8158 * (9 / 8) ** 0.5, rel=1e-3)
    first, second = forecast([10, 21, 29, 41, 50, 61, 69, 80], ahead=2)
    assert first.method is Method.TREND
    assert first.expected == pytest.approx(89.857, abs=1e-3)
    assert second.expected - first.expected == pytest.approx(first.slope)
    assert second.high - second.low > first.high - first.low  # farther is less sure
    falling = forecast([70, 60, 50, 40, 30, 20, 10, 0], ahead=3)
    assert [one.expected for one in falling] == [0, 0, 0]
    assert all(one.low == 0 for one in falling)


def test_shares_of_small_numbers_are_held_against_nobody() -> None:
    overall = Value(0.9, 1000)
    assert interval(Value(0.0, 4)) is None
    assert stands_out(Value(0.0, 4), overall) == 0
    low, high = interval(Value(0.5, 10)) or (0, 0)
    assert (low, high) == (pytest.approx(0.2366, abs=1e-4), pytest.approx(0.7634, abs=1e-4))
    assert stands_out(Value(0.8, 10), overall) == 0  # eight of ten may be chance
    assert stands_out(Value(0.7, 100), overall) == -1
    assert stands_out(Value(1.0, 100), overall) == 1
    assert differ(Value(0.8, 400), Value(0.9, 400))
    assert not differ(Value(0.8, 20), Value(0.9, 20))
    assert counts_differ(150, 100)
    assert not counts_differ(110, 100)
