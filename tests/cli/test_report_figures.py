"""`report … --figures` and `--explain`: what scripts and the curious get of a period."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reports.figures.registry import FIGURES
from tests.cli.conftest import Postdesk

NOW = ("--now", "2026-11-24T09:00")


def test_figures_of_a_period_are_json(opened: Path, postdesk: Postdesk) -> None:
    ended = postdesk("-c", opened, *NOW, "report", "monthly", "--figures", "--period", "2026-11")
    assert ended.status == 0
    found: Any = ended.json
    assert found["period"]["code"] == "2026-11"
    assert (found["previous"]["code"], found["last_year"]["code"]) == ("2026-10", "2025-11")
    assert found["period"]["start"] == "2026-10-31T16:00:00+00:00"
    assert [one["code"] for one in found["figures"]] == list(FIGURES)
    assert all("{" not in one["definition"] for one in found["figures"])
    (row,) = found["rows"]
    assert row["values"].keys() == FIGURES.keys()
    assert (row["values"]["received"], row["previous"]["received"]) == (1, 0)
    assert row["values"]["dispatches"] == row["values"]["open_at_end"] == 1
    assert row["values"]["resolution_within"] is None


def test_figures_by_group_and_day(opened: Path, postdesk: Postdesk) -> None:
    ended = postdesk(
        "-c", opened, *NOW, "report", "weekly", "--figures", "--period", "2026-W48",
        "--by", "day", "--by", "group", "--only", "category=hardware", "--profile", "it",
        "--only", "priority=3", "--only", "priority=2",
    )  # fmt: skip
    found: Any = ended.json
    assert found["filters"] == {
        "categories": ["hardware"],
        "profiles": ["it"],
        "priorities": [3, 2],
    }
    received = {
        (row["key"]["day"], row["key"]["group"]): row["values"]["received"] for row in found["rows"]
    }
    assert received["2026-11-23", "hardware"] == 1
    assert set(received.values()) == {0, 1}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--period", "2026-13"], "no such day or week"),
        (["--period", "November"], "2026-W48"),
        (["--period", "2026-11..2026-10"], "ends before it begins"),
        (["--by", "weather"], "category1"),
        (["--by", "day", "--by", "month"], "one dimension of time"),
        (["--only", "group=nobody"], "service-desk"),
        (["--only", "priority=5"], "1, 2, 3, 4"),
        (["--only", "weather=fine"], "organisation"),
        (["--only", "network"], "category"),
        (["--contract", "HT-1"], "not known"),
    ],
)
def test_a_slip_is_told_with_the_way_out(
    opened: Path, postdesk: Postdesk, options: list[str], told: str
) -> None:
    ended = postdesk("-c", opened, *NOW, "report", "figures", *options)
    assert ended.status == 1
    assert told in ended.err
    assert "Traceback" not in ended.err


def test_a_day_is_today_and_a_month_the_last_one(opened: Path, postdesk: Postdesk) -> None:
    for kind, code in (("daily", "2026-11-24"), ("weekly", "2026-W47"), ("monthly", "2026-10")):
        ended = postdesk("-c", opened, *NOW, "report", kind, "--figures")
        assert ended.json["period"]["code"] == code


def test_the_kinds_are_listed_and_an_unknown_one_is_refused(
    opened: Path, postdesk: Postdesk
) -> None:
    listed = postdesk("-c", opened, "report", "list").lines
    assert {"incident", "monthly", "figures"} <= {line.split()[0] for line in listed}
    for words in (["weather"], ["monthly", "INC-1"], ["incident"], ["incident", "X", "--figures"]):
        assert postdesk("-c", opened, *NOW, "report", *words).status == 1


def test_sentences_are_explained_by_rule_and_figures(opened: Path, postdesk: Postdesk) -> None:
    """The one incident is overdue a week later: that is told, and nothing else."""
    late = ("--now", "2026-12-01T09:00")
    ended = postdesk(
        "-c", opened, *late, "report", "monthly", "--period", "2026-11", "--explain", "--lang", "zh"
    )
    assert ended.lines == [
        "[overdue] 目前有 1 件事件已超时而未解决，建议逐件明确责任人和下一步措施。",
        "    overdue_now 2026-11 = 1, n = 1",
    ]
    nothing = postdesk("-c", opened, *NOW, "report", "monthly", "--period", "2025-11", "--explain")
    assert (nothing.status, nothing.lines) == (0, [])
