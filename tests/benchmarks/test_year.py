"""The made-up years: the same from the same seed, and of the shapes that reports are looked at."""

from __future__ import annotations

from collections import Counter

from processor.domain.incident import OPEN_STATUSES, Status
from tests.reports.replayed import lives


def test_the_same_seed_tells_the_same_story() -> None:
    first, second = lives(120, 60, seed=4), lives(120, 60, seed=4)
    assert first == second
    assert first != lives(120, 60, seed=5)


def test_every_shape_of_a_life_is_there() -> None:
    told = lives(3_000, 365, seed=1)
    last = Counter(
        next((c.values["status"] for c in reversed(one.changes) if "status" in c.values), None)
        or one.incident.status
        for one in told
    )
    assert {Status.CLOSED, Status.MERGED, Status.REJECTED, Status.CANCELLED} <= set(last)
    assert last[Status.CLOSED] > 2_600
    assert any(last[status] for status in OPEN_STATUSES)
    named = {name for one in told for change in one.changes for name in change.values}
    assert {
        "reopens", "wrong_dispatches", "functional_escalations", "hierarchical_escalations",
        "satisfaction", "knowledge_used", "parent", "major",
    } <= named  # fmt: skip
    assert all(any(getattr(one, what) for one in told) for what in ("repeats", "call", "problem"))
    assert any(one.incident.drill for one in told)
