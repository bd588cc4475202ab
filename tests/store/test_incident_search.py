from __future__ import annotations

from typing import Any

import pytest

from processor.domain.incident import OPEN_STATUSES, Status
from processor.store.database import Store
from tests.store.records import add_incidents, incident, later


def _number(ordinal: int) -> str:
    return f"INC-20261123-{ordinal:04d}"


@pytest.fixture
def found(store: Store) -> Any:
    """Six incidents, the first the oldest, and a search that gives their ordinals."""
    stories: list[dict[str, Any]] = [
        {"group": "network", "assignee": "wang@desk.example", "status": Status.IN_PROGRESS},
        {"group": "network", "subject": "Printer Offline", "status": Status.CLOSED},
        {"group": "desk", "symptom": "CPU at 100% since noon"},
        {"group": "desk", "reporter_address": "wang@desk.example", "symptom": "CPU at 100 since"},
        {"group": "network", "reporter_address": "zhao@customer.example", "symptom": "a_b"},
        {"group": "desk", "assignee": "wang@desk.example", "status": Status.RESOLVED},
    ]
    add_incidents(
        store,
        *(
            incident(_number(ordinal), reported_at=later(minutes=ordinal), **story)
            for ordinal, story in enumerate(stories, 1)
        ),
    )

    def search(**wanted: Any) -> list[int]:
        with store.read() as work:
            return [int(one.number[-4:]) for one in work.incidents.search(**wanted)]

    return search


@pytest.mark.parametrize(
    ("wanted", "ordinals"),
    [
        ({}, [6, 5, 4, 3, 2, 1]),
        ({"limit": 2}, [6, 5]),
        ({"open_only": True}, [5, 4, 3, 1]),
        ({"status": Status.CLOSED}, [2]),
        ({"status": Status.CLOSED, "open_only": True}, []),
        ({"group": "network"}, [5, 2, 1]),
        ({"group": "network", "open_only": True}, [5, 1]),
        ({"assignee": "wang@desk.example"}, [6, 1]),
        ({"assignee": ""}, [5, 4, 3, 2]),
        ({"reporter": "li@customer.example", "open_only": True}, [3, 1]),
        ({"involved": "wang@desk.example"}, [6, 4, 1]),
        ({"involved": "wang@desk.example", "open_only": True}, [4, 1]),
        ({"text": "printer"}, [2]),
        ({"text": "灯不亮"}, [6, 2, 1]),
        ({"text": "100%"}, [3]),
        ({"text": "a_b"}, [5]),
        ({"text": "nothing like it"}, []),
        ({"text": "'; DROP TABLE incidents; --"}, []),
    ],
)
def test_all_that_is_given_must_fit(
    found: Any, wanted: dict[str, Any], ordinals: list[int]
) -> None:
    assert found(**wanted) == ordinals


def test_of_the_same_moment_the_later_recorded_comes_first(store: Store) -> None:
    add_incidents(store, *(incident(_number(ordinal)) for ordinal in (2, 1, 3)))
    with store.read() as work:
        assert [one.number[-1] for one in work.incidents.search()] == ["3", "1", "2"]


def test_open_is_what_the_domain_calls_open(store: Store) -> None:
    add_incidents(
        store,
        *(incident(_number(n), status=status) for n, status in enumerate(Status)),
    )
    with store.read() as work:
        assert {one.status for one in work.incidents.search(open_only=True)} == OPEN_STATUSES


def test_counts_tell_how_many_are_in_each_status(found: Any, store: Store) -> None:
    with store.read() as work:
        assert work.incidents.counts() == {"new": 3, "in_progress": 1, "closed": 1, "resolved": 1}
