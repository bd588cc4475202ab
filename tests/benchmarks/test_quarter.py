"""The simulated quarter agrees with its oracle, and the oracle would notice if it did not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from benchmarks.quarter.compare import judge
from benchmarks.quarter.days import Minutes
from benchmarks.quarter.play import Play, Played

Ended = tuple[Play, Played]


@pytest.fixture(scope="module")
def fortnight(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ended]:
    """Two weeks of eight incidents."""
    play = Play(tmp_path_factory.mktemp("quarter") / "home", 8, seed=11, weeks=2)
    yield play, play.run()
    play.desk.close()


def _differences(ended: Ended) -> dict[str, int]:
    play, played = ended
    rows = judge(played, play.desk.app.store)
    assert sum(row.compared for row in rows) > 150
    return {row.subject: len(row.differences) for row in rows if row.differences}


def test_desk_and_oracle_agree(fortnight: Ended) -> None:
    assert _differences(fortnight) == {}


def test_a_clock_that_is_a_minute_off_is_noticed(fortnight: Ended) -> None:
    play, _ = fortnight
    off = "UPDATE clocks SET paused_minutes = paused_minutes + :minutes WHERE kind = 'resolution'"
    with play.desk.rows.begin() as rows:
        rows.execute(text(off), {"minutes": 1})
    try:
        assert _differences(fortnight)["resolution clocks"] >= len(fortnight[1].opened)
    finally:
        with play.desk.rows.begin() as rows:
            rows.execute(text(off), {"minutes": -1})


def test_a_letter_too_few_and_one_too_late_are_noticed(fortnight: Ended) -> None:
    _, played = fortnight
    kinds = ("escalation", "open-states")
    told = [(minute, letter) for minute, letter in played.letters if letter.event in kinds]
    (_, first), (late_at, late) = told[0], told[-1]
    kept = list(played.letters)
    try:
        played.letters = [one for one in kept if one[1] not in (first, late)]
        played.letters.append((late_at + 10, late))
        assert sum(_differences(fortnight).values()) == 3  # missing; too late: missing, too much
    finally:
        played.letters = kept


def test_a_note_that_got_out_is_noticed(fortnight: Ended) -> None:
    _, played = fortnight
    outside = next(one for _, one in played.letters if "@customer" in one.to)
    raw = outside.raw
    try:
        outside.raw = raw.replace(b"Subject: ", "Subject: 内部机密 ".encode(), 1)
        outside._mail = None
        assert _differences(fortnight) == {"letters to outsiders, no note in any": 1}
    finally:
        outside.raw, outside._mail = raw, None


def test_the_oracle_counts_working_minutes() -> None:
    minutes = Minutes(6)
    monday = 8 * 60 + 30
    assert minutes.between(0, 24 * 60, always=False) == timedelta(hours=8) // timedelta(minutes=1)
    assert minutes.after(monday, 8 * 60) == 18 * 60
    eve = (23 * 24 + 17) * 60 + 50  # Wednesday 30 September, 17:50; then seven days off
    assert minutes.after(eve, 11) == (31 * 24 + 8) * 60 + 31
