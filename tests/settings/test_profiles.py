"""``config/profiles/*.yaml``: what is broken is told with its line (spec 5, 1.9)."""

from __future__ import annotations

from pathlib import Path

import pytest

from processor.settings.loader import ConfigFaults, load
from tests.settings.homes import edit, new_home

BROKEN = [
    ("owner: authority_liaison, remind: [30 min]", "owner: authority, remind: [30 min]", "office"),
    ("group: emergency, tell", "group: emergencies, tell", "group"),
    ("- {id: loss,", "- {id: casualties,", "name_twice"),
    ("{id: notify_management, grades: [first]", "{id: notify_management, grades: [zero]", "grade"),
    ("prefix: ABN", "prefix: SAF", "prefix_taken"),
    ("prefix: ABN", "prefix: REQ", "prefix_taken"),
    ("{id: second, priority: 2", "{id: second, priority: 1", "priority_twice"),
    ("required: closing, zh: [责任人", "required: never, zh: [责任人", "unknown_value"),
]


@pytest.mark.parametrize(("old", "new", "problem"), BROKEN, ids=[new[:30] for _, new, _ in BROKEN])
def test_a_broken_profile_is_told_by_line(old: str, new: str, problem: str, tmp_path: Path) -> None:
    home = new_home(tmp_path)
    path = edit(home, "profiles/abnormal.yaml", old, new)
    lines = path.read_text(encoding="utf-8").splitlines()
    with pytest.raises(ConfigFaults) as caught:
        load(home)
    told = [fault for fault in caught.value.faults if problem in fault.problem]
    assert told, caught.value
    if "taken" not in problem or "REQ" in new:
        assert all("abnormal" in fault.file and fault.line for fault in told)
        assert any(new in lines[fault.line - 1] for fault in told)


def test_every_process_is_shipped_whole(tmp_path: Path) -> None:
    profiles = load(new_home(tmp_path)).profiles
    assert sorted(profiles) == ["abnormal", "campus", "emergency", "it", "safety"]
    assert len({one.prefix for one in profiles.values()}) == 5
    for name in ("abnormal", "campus", "emergency", "safety"):
        one = profiles[name]
        assert one.grades, name
        assert one.fields, name
        assert one.checklist, name
        assert one.duties, name
        assert one.sla is not None
