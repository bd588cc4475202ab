"""Every figure equals what the exported journals say by hand, on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import cycle, islice
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, select

from benchmarks.year.cast import CUSTOMERS, ENGINEERS, TROUBLES
from processor.store.database import Store
from processor.store.fact_tables import facts
from processor.store.unit_of_work import UnitOfWork
from reports.documents.registry import Request
from reports.figures.comparison import compare
from reports.figures.computing import FigureRow, compute
from reports.figures.figure import Cohort
from reports.figures.registry import FIGURES
from reports.figures.selection import Clearance, Dimension, Filters, Selection
from reports.periods import Period, PeriodKind, parse_period, period_of
from tests.domain.records import SHANGHAI
from tests.reports import by_hand
from tests.reports.replayed import NOW, UNTIL, exported, lives, play

ZONES = (SHANGHAI, ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"))
TRIALS, COUNT, DAYS = 20, 300, 420
PLAIN = [d for d in Dimension if not d.of_time]
# by whose name figures of an engineer go
SOLVED = {Cohort.RESOLVED, Cohort.CLOSED}


def a_period(rng: Random) -> Period:
    zone, kind = rng.choice(ZONES), rng.choice(list(PeriodKind))
    first = UNTIL - timedelta(days=rng.randrange(-20, DAYS))
    if kind is PeriodKind.RANGE:
        return Period(first, first + timedelta(days=rng.randrange(90)), kind, zone)
    return period_of(kind, first, zone)


def some_filters(rng: Random) -> Filters:
    """At most two of all, most of the time."""
    some = {
        "organisations": [one.name for one in CUSTOMERS],
        "contracts": [one.contract for one in CUSTOMERS],
        "categories": ["network", "hardware", "hardware/pc", "service", "application", "net"],
        "cis": [item for one in TROUBLES for item in one.items[:3]],
        "groups": [one.group for one in ENGINEERS],
        "engineers": [one.address for one in ENGINEERS],
        "priorities": [1, 2, 3, 4],
        "sources": ["mail", "phone", "monitoring"],
        "types": ["incident", "alert", "service_request"],
        "profiles": ["it", "campus"],
    }
    names = rng.sample(sorted(some), rng.choice((0, 1, 1, 2)))
    return Filters(**{n: tuple(sorted(set(rng.sample(some[n], 2)), key=str)) for n in names})


def trials() -> list[Selection]:
    rng, dimensions = Random(20), cycle(PLAIN)
    found = [Selection(parse_period("2026-12-20..2027-01-10", SHANGHAI), NOW)]
    while len(found) < TRIALS:
        allowed = rng.choice((None, None, frozenset({"HT-2026-001", "HT-2026-005"})))
        by = tuple(islice(dimensions, len(found) % 3))
        clearance = Clearance(contracts=allowed)
        found.append(Selection(a_period(rng), NOW, some_filters(rng), by, clearance))
    return found


def by_code(records: list[Any], selection: Selection) -> dict[Any, dict[str, Any]]:
    """Key → figures by hand; of a key that only some cohorts have, the others say nothing."""
    found: dict[Any, dict[str, Any]] = {}
    # of what the reader may see alone, an incident can be a repeat
    seen = by_hand.chosen(records, replace(selection, filters=Filters()))
    for engineer, codes in (
        ("resolver", [c for c, one in FIGURES.items() if one.cohort in SOLVED]),
        ("assignee", [c for c, one in FIGURES.items() if one.cohort not in SOLVED]),
    ):
        groups: dict[Any, list[Any]] = {} if selection.by else {(): []}
        for one in by_hand.chosen(records, selection, engineer):
            key = tuple(by_hand.group_of(d, engineer)(one) for d in selection.by)
            groups.setdefault(key, []).append(one)
        for key, members in groups.items():
            values = by_hand.figures(members, seen, selection)
            found.setdefault(key, {}).update({code: values[code] for code in codes})
    return found


def check(rows: tuple[FigureRow, ...], expected: dict[Any, dict[str, Any]], about: object) -> int:
    """Every row equals; keys that are not there have nothing. Returns how many values differ from
    nothing, so that a test of nothing is seen."""
    seen = 0
    rest = dict(expected)
    for row in rows:
        values = rest.pop(row.key, {})
        for code in FIGURES:
            wanted = values.get(code, row[code] if not row[code] else "nothing")
            assert row[code] == pytest.approx(wanted, abs=1e-6), (about, row.key, code)
            seen += bool(wanted)
    for key, values in rest.items():
        assert not any(values.values()), (about, key)
    return seen


def test_figures_equal_what_the_journals_say(store: Store) -> None:
    play(store, lives(COUNT, DAYS, seed=7))
    records = by_hand.counted(exported(store))
    told = 0
    with store.read() as work:
        for selection in trials():
            rows = compute(work.connection, FIGURES, selection)
            told += check(rows, by_code(records, selection), selection)
        see_parts(work, records)
        see_contracts(work)
        see_comparison(work)
    assert told > 600
    assert set(PLAIN) <= {dimension for one in trials() for dimension in one.by}
    see_recount(store)


def see_parts(work: UnitOfWork, records: list[Any]) -> None:
    """Days, weeks and months of Berlin, where clocks are put back within them."""
    for text, part in (("2026-10-20..2026-10-28", Dimension.DAY),
                       ("2026-W51..2027-01-13", Dimension.WEEK),
                       ("2026-10..2027-02", Dimension.MONTH)):  # fmt: skip
        period = parse_period(text, ZONES[1])
        selection = Selection(period, NOW, by=(part, Dimension.PRIORITY))
        rows = compute(work.connection, FIGURES, selection)
        for one in period.split(PeriodKind(part.value)):
            alone = replace(selection, period=one, by=(Dimension.PRIORITY,))
            mine = tuple(replace(r, key=r.key[1:]) for r in rows if r.part == one)
            check(mine, by_code(records, alone), one)


def see_comparison(work: UnitOfWork) -> None:
    """What is beside a figure is the figure of the other period; what was not there is nothing."""
    asked = Selection(parse_period("2027-01", SHANGHAI), NOW, by=(Dimension.CATEGORY,))
    earlier = {
        name: {row.key: row for row in compute(work.connection, FIGURES, replace(asked, period=p))}
        for name, p in (("previous", asked.period.previous()), ("year", asked.period.last_year()))
    }
    rows = compare(work.connection, FIGURES, asked)
    assert len(rows) > 5
    assert earlier["previous"].keys() != earlier["year"].keys()
    for row in rows:
        for code, one in FIGURES.items():
            for name, value in (("previous", row[code].previous), ("year", row[code].last_year)):
                there = earlier[name].get(row.key)
                if one.cohort is Cohort.OVERDUE:
                    assert value.value is None
                elif there is not None:
                    assert value == there.values[code]
                else:
                    assert not value.value


def see_contracts(work: UnitOfWork) -> None:
    """Nobody sees beyond his own, whatever he filters for."""
    mine, other = "HT-2026-001", "HT-2026-002"
    period = Period(date(2026, 1, 1), date(2027, 1, 31), PeriodKind.RANGE, SHANGHAI)
    own = Clearance(contracts=frozenset({mine}))

    def received(clearance: Clearance, *contracts: str) -> Any:
        asked = Selection(period, NOW, Filters(contracts=contracts), clearance=clearance)
        return compute(work.connection, ("received",), asked)[0]["received"]

    assert 0 < received(own) == received(own, mine, other) < received(Clearance())
    assert received(own, other) == 0
    # no contract at all entitles to nothing, not even to what has none
    assert received(Clearance(contracts=frozenset({""}))) == 0
    assert received(Clearance(contracts=frozenset())) == 0
    for contracts, seen in ((frozenset({""}), frozenset()), (frozenset({mine, ""}), {mine})):
        request = Request(NOW, SHANGHAI, "zh", "", period, clearance=Clearance(contracts=contracts))
        assert request.span().contracts == seen


def see_recount(store: Store) -> None:
    """What is kept with every change is what is worked out anew."""
    query = select(facts).order_by(facts.c.id)
    with store.begin() as work:
        kept = work.connection.execute(query).all()
        assert len(kept) == COUNT
        work.recount()
        assert work.connection.execute(query).all() == kept


def test_an_empty_desk_has_figures(store: Store) -> None:
    asked = Selection(parse_period("2026", SHANGHAI), NOW)
    with store.read() as work:
        (row,) = compute(work.connection, FIGURES, asked)
        assert compute(work.connection, FIGURES, replace(asked, by=(Dimension.CI,))) == ()
    assert {row[code] for code in FIGURES} == {0, None}
    with pytest.raises(ValueError, match="one way"), store.read() as work:
        compute(work.connection, FIGURES, replace(asked, by=(Dimension.DAY, Dimension.WEEK)))


def test_no_figure_reads_records_or_all_facts(store: Store, engine_name: str) -> None:
    """However many there are: of the period alone, by an index, and never the wide records."""
    if engine_name != "sqlite":
        pytest.skip("PostgreSQL chooses by statistics and scans small tables")
    plans: list[str] = []

    def explain(c: Any, _cursor: object, statement: str, values: Any, *_more: object) -> None:
        if not statement.startswith("EXPLAIN"):
            rows = c.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
            plans.extend(f"{row[3]} in {statement}" for row in rows)

    asked = Selection(parse_period("2026-10", SHANGHAI), NOW, by=(Dimension.CATEGORY_2,))
    with store.read() as work:
        event.listen(work.connection, "before_cursor_execute", explain)
        compute(work.connection, FIGURES, asked)
    reads = [one for one in plans if one.startswith(("SCAN facts", "SCAN occ", "SEARCH"))]
    assert len(reads) > 10
    assert not [one for one in reads if " INDEX " not in one and "PRIMARY KEY" not in one]
    assert not [one for one in plans if "incidents" in one.partition(" in ")[0]]
