"""Every miss of understanding has its reason, or is counted as one that has none."""

from __future__ import annotations

import io
import json
from collections import defaultdict

from rich.console import Console

from benchmarks.scoring import Board, Score, measure
from benchmarks.understanding import OWN, SAMPLES, explain_misses, known_limits, reason_of


def _explained(board: Board) -> tuple[int, str]:
    told = Console(file=io.StringIO(), width=2_000)
    count = explain_misses(board, told)
    assert isinstance(told.file, io.StringIO)
    return count, told.file.getvalue()


def test_what_nobody_knows_is_counted() -> None:
    board: Board = defaultdict(lambda: defaultdict(Score))
    board["some", "exact"]["reply"].add("some/new.eml", "a", "b", hit=False)
    board["some", "exact"]["reply"].add("talon/iphone.eml", "a", "b", hit=False)
    count, told = _explained(board)
    assert count == 1
    assert "some/new.eml · reply: unexplained" in told
    assert "talon/iphone.eml · reply: The source" in told
    assert "1 misses unexplained" in told


def test_a_reason_is_one_columns_or_all_of_the_file() -> None:
    samples = {"a": {"reply": "one"}, "b": {"*": "all"}}
    assert reason_of("a", "reply", samples) == "one"
    assert reason_of("a", "text", samples) == ""
    assert reason_of("b", "text", samples) == "all"
    assert reason_of("c", "text", samples) == ""


def test_each_limit_of_our_own_mails_has_a_reason() -> None:
    own, _ = known_limits()
    found = {json.loads(path.read_text("utf-8")).get("limit") for path in OWN.glob("*.json")} - {
        None
    }
    assert found
    assert found <= set(own)


def test_no_reason_outlives_its_miss() -> None:
    """Where the samples are at hand: a mended miss leaves the list."""
    if not (SAMPLES / "index.json").is_file():
        return
    board = measure(SAMPLES)
    missed = {
        (file, column)
        for row in board.values()
        for column, score in row.items()
        for file, *_ in score.misses
    }
    _, samples = known_limits()
    for file, reasons in samples.items():
        for column in reasons:
            assert any(file == one and column in ("*", told) for one, told in missed), (
                file,
                column,
            )
    assert _explained(board)[0] == 0
