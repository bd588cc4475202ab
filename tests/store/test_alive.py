"""Problems and changes that were alive in a span, and whose they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from processor.domain.change import Change, ChangeStatus, Risk
from processor.domain.problem import Problem, ProblemSource, ProblemStatus
from processor.store.database import Store
from processor.store.spans import Span
from tests.store.records import NOW, add_incidents, incident, later

SPAN = Span(NOW, later(days=7))
LI = "li@desk.example"


def problem(ordinal: int, begun: float, over: float | None = None) -> Problem:
    status = ProblemStatus.NEW if over is None else ProblemStatus.CLOSED
    closed = None if over is None else later(days=over)
    return Problem(
        f"PRB-20261123-{ordinal:04d}", status, later(days=begun), "x", ProblemSource.PERSON,
        closed_at=closed,
    )  # fmt: skip


def change(ordinal: int, *, of_incident: str = "", of_problem: str = "") -> Change:
    return Change(
        f"CHG-20261123-{ordinal:04d}", ChangeStatus.REQUESTED, NOW, LI, "title", "what", "why",
        Risk.LOW, "window", "back out", incident=of_incident, problem=of_problem,
    )  # fmt: skip


@pytest.fixture
def neighbours(store: Store) -> Store:
    add_incidents(
        store,
        incident("INC-20261123-0001", contract="HT-1", category="network/lan"),
        incident("INC-20261123-0002", contract="HT-2", category="software"),
    )
    with store.begin() as work:
        for one in (problem(1, -9), problem(2, 1), problem(3, -9, -1), problem(4, -9, 2),
                    problem(5, 7)):  # fmt: skip
            work.problems.add(one, LI, NOW, "mail:1")
        for ordinal, of in ((1, 1), (2, 2), (4, 1), (4, 2)):
            work.links.add(f"INC-20261123-{of:04d}", f"PRB-20261123-{ordinal:04d}", Problem.kind)
        for made in (
            change(1, of_incident="INC-20261123-0001"),
            change(2, of_problem="PRB-20261123-0002"),
            change(3),
        ):
            work.changes.add(made, LI, NOW, "mail:1")
    return store


@pytest.mark.parametrize(
    ("span", "problems", "changes"),
    [
        (SPAN, "124", "123"),
        (replace(SPAN, contracts=frozenset({"HT-1"})), "14", "1"),
        (replace(SPAN, contracts=frozenset({"HT-2"})), "24", "2"),
        (replace(SPAN, categories=("network",)), "14", "1"),
        (replace(SPAN, contracts=frozenset()), "", ""),
    ],
    ids=["all", "HT-1", "HT-2", "category", "nobody"],
)
def test_what_was_alive_and_belongs_to_whom_is_asked_for(
    neighbours: Store, span: Span, problems: str, changes: str
) -> None:
    with neighbours.read() as work:
        assert "".join(one.number[-1] for one in work.problems.alive(span)) == problems
        assert "".join(one.number[-1] for one in work.changes.alive(span)) == changes
        pages = work.exports.neighbour_journal(replace(span, start=later(days=-1)))
        told = {number for page in pages for number, _ in page}
        alive = {one[-1] for one in told if one.startswith("PRB")} - {"3", "5"}
        assert alive == set(problems)
        assert {one[-1] for one in told if one.startswith("CHG")} == set(changes)
