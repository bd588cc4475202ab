"""The simulated quarter agrees with its oracle, and the oracle would notice if it did not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import text

from benchmarks.quarter.compare import judge
from benchmarks.quarter.days import CLOCKS_GO_BACK, Hours, Minutes, works_in_berlin
from benchmarks.quarter.desk import Letter
from benchmarks.quarter.leaks import everything
from benchmarks.quarter.play import Play
from benchmarks.quarter.played import Played

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
    outside = next(one for _, one in fortnight[1].letters if "@customer" in one.to)
    with _saying(outside, "内部机密"):
        assert _differences(fortnight) == {"letters to outsiders, no note in any": 1}


def test_a_masked_name_that_got_out_is_noticed_even_in_a_document(fortnight: Ended) -> None:
    _, played = fortnight
    manager = played.people.manager.address
    told = next(one for _, one in played.letters if one.to == manager)
    with _saying(told, "贺兰雪"):
        assert _differences(fortnight) == {"letters to the uncleared, no masked name in any": 1}
    report = next(one for _, one in played.letters if one.event == "closed" and one.to == manager)
    assert "更换配件后恢复正常" in "".join(everything(report).split("<w:document")[1:])


@contextmanager
def _saying(letter: Letter, words: str) -> Iterator[None]:
    raw = letter.raw
    letter.raw = raw.replace(b"Subject: ", f"Subject: {words} ".encode(), 1)
    try:
        yield
    finally:
        letter.raw = raw


def test_the_oracle_counts_working_minutes() -> None:
    minutes = Minutes(6)
    monday = 8 * 60 + 30
    assert minutes.between(0, 24 * 60) == timedelta(hours=8) // timedelta(minutes=1)
    assert minutes.after(monday, 8 * 60) == 18 * 60
    eve = (23 * 24 + 17) * 60 + 50  # Wednesday 30 September, 17:50; then seven days off
    assert minutes.after(eve, 11) == (31 * 24 + 8) * 60 + 31


def test_the_oracle_knows_when_berlin_puts_its_clocks_back() -> None:
    """Friday 23 October ends at 17:00 in Berlin, 23:00 in Shanghai; Monday begins at 15:00."""
    hours = Hours(8, works_in_berlin)
    friday, monday = 46 * 1440, 49 * 1440
    assert friday < CLOCKS_GO_BACK < monday
    assert hours.after(friday + 22 * 60 + 59, 2) == monday + 15 * 60 + 1
    assert hours.between(friday, friday + 1440) == 8 * 60


def test_a_whole_quarter_in_which_something_never_happened_is_noticed(fortnight: Ended) -> None:
    play, played = fortnight
    (row,) = judge(played, play.desk.app.store, whole=True)[-1:]
    assert "somebody did hold: found" not in " ".join(row.differences)
    assert "mails: found False, expected True" in row.differences
