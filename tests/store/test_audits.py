"""What an audit finds, and what is exported page by page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from processor.domain.duty import Duty, DutyState
from processor.domain.incident import Clock, ClockKind, Incident, JournalEntry, Status
from processor.store.audits import Findings
from processor.store.database import Store
from processor.store.spans import Span
from tests.store.records import NOW, add_incidents, incident, later

SPAN = Span(NOW, later(days=7))
FULL = {"category": "network", "cause": "worn", "solution": "new"}


def number(ordinal: int) -> str:
    return f"INC-20261123-{ordinal:04d}"


def one(ordinal: int, **given: object) -> Incident:
    return incident(number(ordinal), **{**FULL, "reported_at": later(hours=ordinal), **given})


def shown(found: Findings) -> list[str]:
    assert found.count == len(found.listed)
    return [one.number[-1] for one in found.listed]


@pytest.fixture
def week(store: Store) -> Store:
    """A week of a desk that was careless in each way once."""
    closed = {"status": Status.CLOSED, "closed_at": later(days=2)}
    add_incidents(
        store,
        one(1, category=""),
        one(2, cause="", **closed),
        one(3, confirmation="silent", **closed),
        one(4, status=Status.PENDING_REVIEW, confirmed_at=later(days=1)),
        one(5, category="", drill=True),
        one(6, category="", status=Status.MERGED, parent=number(1)),
        one(7, category="", reported_at=later(days=7)),
        one(8, profile="safety", contract="HT-1"),
        one(9, profile="safety", confidential=True, confirmation="silent", **closed),
    )
    with store.begin() as work:
        work.own.fill(number(8), {"place": "gate"})
        for ordinal, line, stopped in ((1, 1, 3), (2, 1, 1), (8, 2, None)):
            work.clocks.put(
                number(ordinal),
                Clock(
                    ClockKind.RESOLUTION, 60, "all", later(hours=1), later(hours=2),
                    stopped_at=None if stopped is None else later(hours=stopped),
                ),
            )  # fmt: skip
            record = work.incidents.get(number(ordinal))
            assert record is not None
            record.line = line
            work.incidents.save(record, "x@desk.example", NOW, "mail:1")
        for ordinal, kind, code in (
            (1, "refused", "grade_below_initial"),
            (1, "refused", "not_open"),
            (2, "returned", None),
            (5, "returned", None),
        ):
            entry = JournalEntry(later(hours=5), "li@desk.example", kind, "mail:2", new=code)
            work.journal.add(number(ordinal), entry)
        for due in (later(hours=3), later(days=3)):
            work.duties.add(Duty(number(8), "measure", "do it", due, NOW, state=DutyState.OPEN))
    return store


def test_each_kind_of_carelessness_is_found_once(week: Store) -> None:
    with week.read() as work:
        audits = work.audits
        lacking = audits.missing(SPAN, ["category"], {"safety": ["place"]}, 50)
        assert shown(lacking) == ["1", "9"]
        assert [one.fields for one in lacking.listed] == [("category",), ("safety/place",)]
        assert lacking.listed[1].confidential
        assert shown(audits.missing(SPAN, ["cause"], {}, 50, closed=True)) == ["2"]
        assert shown(audits.steps(SPAN, "refused", 50, ["grade_below_initial"])) == ["1"]
        assert shown(audits.steps(SPAN, "returned", 50)) == ["2"]
        assert shown(audits.unreviewed(SPAN, 50)) == ["4"]
        assert shown(audits.silent(SPAN, 50)) == ["3", "9"]
        assert audits.closed(SPAN) == 3
        breached = audits.breaches(SPAN, later(days=1), 50)
        assert shown(breached) == ["1", "8"]
        kept = {(one.step, one.line): (one.due, one.breached) for one in audits.kept(SPAN, NOW)}
        assert kept == {
            ("resolution", 1): (2, 1),
            ("resolution", 2): (1, 0),
            ("measure", 0): (2, 0),
        }
        late = {one.step: one.breached for one in audits.kept(SPAN, later(days=1))}
        assert late == {"resolution": 1, "measure": 1}


def test_a_customer_and_a_process_have_their_own(week: Store) -> None:
    with week.read() as work:
        of_contract = replace(SPAN, contracts=frozenset({"HT-1"}))
        assert shown(work.audits.breaches(of_contract, later(days=1), 50)) == ["8"]
        assert shown(work.audits.silent(replace(SPAN, profiles=frozenset({"safety"})), 50)) == ["9"]
        of_category = replace(SPAN, categories=("net",))
        assert work.audits.closed(of_category) == 0
        assert work.audits.closed(replace(SPAN, categories=("network",))) == 3
        assert work.audits.closed(replace(SPAN, fields=(("priority", (4,)),))) == 3
        assert work.audits.closed(replace(SPAN, fields=(("priority", (1,)), ("ci", ())))) == 0
        nobody = replace(SPAN, organisations=frozenset())
        assert work.audits.closed(nobody) == 0


def test_the_count_is_of_all_and_the_list_of_some(week: Store) -> None:
    with week.read() as work:
        found = work.audits.missing(SPAN, ["category"], {"safety": ["place"]}, 1)
        assert (found.count, len(found.listed)) == (2, 1)


def test_exports_go_page_by_page(week: Store) -> None:
    def numbers(pages: Iterable[list[Incident]]) -> list[str]:
        return [one.number[-1] for page in pages for one in page]

    with week.read() as work:
        assert numbers(work.exports.incidents(SPAN, 2)) == [*"12345689"]
        before = replace(SPAN, start=later(days=1))
        assert numbers(work.exports.incidents(before, 2)) == [*"1234589"]
        pages = list(work.exports.journal(SPAN, 2))
        assert all(len(page) <= 2 for page in pages)
        kinds = [entry.kind for page in pages for _, entry in page]
        assert kinds.count("refused") == 2
        assert [one.number[-1] for one in work.exports.confidential([number(1), number(9)])] == [
            "9"
        ]
        assert work.exports.grave(SPAN, {"safety"}) == [(number(8), False), (number(9), False)]
