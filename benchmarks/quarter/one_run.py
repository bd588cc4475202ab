"""One run of the quarter in a process of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmarks.quarter.compare import judge
from benchmarks.quarter.play import Play
from benchmarks.quarter.records import every_record, fingerprint
from benchmarks.quarter.row import Row
from processor.bootstrap.logs import configure


@dataclass(frozen=True, slots=True)
class Run:
    """Mails in, letters out, and what it left as fingerprints; the table, where it was judged."""

    mails: int
    letters: int
    records: str
    outbox: str
    rows: tuple[Row, ...] = ()


def played(folder: str, incidents: int, seed: int, judging: str) -> Run:
    """One run in ``folder``; ``judging`` is "nothing", "all" that happened, or a "whole" quarter,
    in which everything has to have happened."""
    home = Path(folder) / "home"
    configure(Path(folder) / "quarter.log", console=False)
    play = Play(home, incidents, seed)
    try:
        told = play.run()
        store, rows = play.desk.app.store, []
        if judging != "nothing":
            rows = judge(told, store, whole=judging == "whole")
        left = every_record(play.desk.rows), fingerprint(home)
        return Run(told.mails, len(told.letters), *left, tuple(rows))
    finally:
        play.desk.close()
