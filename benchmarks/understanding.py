"""How well mails are understood: a table by sample set, and every miss with what was expected.

Run as ``python -m benchmarks.understanding [--misses] [--set NAME] [FOLDER]``. The folder holds
``index.json`` with one entry a sample: ``set``, ``file``, ``kind``, ``level``, ``expect``.
Every miss is listed with its reason from ``known_limits.yaml``; one without is "unexplained" and
counted. So are the limits of the product's own regression mails. Exit status 1 when a target of the
product is missed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path

from rich.console import Console
from rich.table import Table
from ruamel.yaml import YAML

from benchmarks.scoring import Board, Score, measure

LIMITS = Path(__file__).with_name("known_limits.yaml")
OWN = Path(__file__).resolve().parents[1] / "tests" / "mails" / "parsing"
SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "mail-samples"
COLUMNS = (
    "crash", "subject", "from", "to", "message_id", "text", "attachments", "reply",
    "bounce", "address", "permanent", "auto", "report", "machine", "person",
)  # fmt: skip


def totals(board: Board, *, exact: bool, sets: str = "") -> dict[str, Score]:
    """Columns added up over sets."""
    out: dict[str, Score] = defaultdict(Score)
    for (name, level), row in board.items():
        if (exact and not level.startswith("exact")) or (sets and not name.startswith(sets)):
            continue
        for column, score in row.items():
            out[column].tries += score.tries
            out[column].hits += score.hits
    return out


def targets(board: Board) -> list[tuple[str, float, float]]:
    """(what, reached, wanted) in percent."""
    exact, every = totals(board, exact=True), totals(board, exact=False)
    trimmer = totals(board, exact=True, sets="email_reply_trimmer")
    return [
        ("no crash, all", every["crash"].share, 100.0),
        ("subject, exact", exact["subject"].share, 99.0),
        ("sender, exact", exact["from"].share, 99.0),
        ("text, exact", exact["text"].share, 99.0),
        ("new words, email_reply_trimmer", trimmer["reply"].share, 92.0),
        ("new words, all exact", exact["reply"].share, 85.0),
        ("bounces recognised", exact["bounce"].share, 98.0),
        ("reports recognised", exact["report"].share, 98.0),
        ("failed address", exact["address"].share, 95.0),
        ("no person called a machine", exact["person"].share, 100.0),
    ]


def show(board: Board, console: Console, *, misses: bool) -> bool:
    """Print the table; True when every target is reached."""
    table = Table(title="Understanding, hits of tries by sample set")
    table.add_column("set")
    table.add_column("level")
    for column in COLUMNS:
        table.add_column(column if column != "crash" else "no crash", justify="right")
    for (name, level), row in sorted(board.items()):
        cells = [
            f"{row[column].hits}/{row[column].tries}" if column in row else "" for column in COLUMNS
        ]
        table.add_row(name, level, *cells)
    console.print(table)
    reached = True
    for what, share, wanted in targets(board):
        good = share >= wanted
        reached &= good
        console.print(f"{'reached' if good else 'MISSED '}  {share:6.2f} % of {wanted} %  {what}")
    explain_misses(board, console)
    if misses:
        for (name, level), row in sorted(board.items()):
            for column, score in row.items():
                for file, expected, found in score.misses:
                    console.rule(f"{name} · {level} · {column} · {file}", align="left")
                    console.print(f"wanted: {expected!r}", markup=False, highlight=False)
                    console.print(f"found:  {found!r}", markup=False, highlight=False)
    return reached


def known_limits() -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Reasons of the own mails' limits by name, and of samples by file and column."""
    told = YAML(typ="safe").load(LIMITS.read_text("utf-8"))
    return told["own"], told["samples"]


def reason_of(file: str, column: str, samples: dict[str, dict[str, str]]) -> str:
    """Why this is missed; "" where nobody knows."""
    known = samples.get(file, {})
    return known.get(column) or known.get("*", "")


def explain_misses(board: Board, console: Console) -> int:
    """Every miss with its reason; how many have none."""
    own, samples = known_limits()
    unexplained = 0
    for (_, _), row in sorted(board.items()):
        for column, score in row.items():
            for file, *_ in score.misses:
                why = reason_of(file, column, samples)
                unexplained += not why
                say(console, f"missed  {file} · {column}: {why or 'unexplained'}")
    limited = [
        (path.stem, json.loads(path.read_text("utf-8"))["limit"])
        for path in sorted(OWN.glob("*.json"))
        if '"limit"' in path.read_text("utf-8")
    ]
    for limit in sorted({limit for _, limit in limited}):
        names = [name for name, one in limited if one == limit]
        unexplained += len(names) if limit not in own else 0
        say(console, f"limit   {', '.join(names)}: {own.get(limit, 'unexplained')}")
    say(console, f"{unexplained} misses unexplained")
    return unexplained


def say(console: Console, line: str) -> None:
    """A line as it is."""
    console.print(line, markup=False, highlight=False)


def main() -> int:
    """Measure and print."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("folder", nargs="?", type=Path, default=SAMPLES)
    reader.add_argument("--misses", action="store_true", help="list every miss")
    reader.add_argument("--set", default="", dest="only", help="one sample set alone")
    choice = reader.parse_args()
    if not (choice.folder / "index.json").is_file():
        print(f"no samples at {choice.folder}: nothing measured", file=sys.stderr)
        return 0
    board = measure(choice.folder, choice.only)
    wide = 200 if not sys.stdout.isatty() else None
    return 0 if show(board, Console(width=wide), misses=choice.misses) else 1


if __name__ == "__main__":
    sys.exit(main())
