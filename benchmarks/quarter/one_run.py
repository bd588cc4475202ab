"""One run of the quarter in a process of its own."""

from __future__ import annotations

from pathlib import Path

from benchmarks.quarter.compare import Row, fingerprint, judge
from benchmarks.quarter.play import Play
from benchmarks.quarter.records import every_record
from processor.bootstrap.logs import configure


def played(folder: str, incidents: int, seed: int) -> tuple[int, int, list[Row], str, str]:
    """One run: mails in, letters out, the table, and what it left as fingerprints."""
    home = Path(folder) / "home"
    configure(Path(folder) / "quarter.log", console=False)
    play = Play(home, incidents, seed)
    try:
        told = play.run()
        rows = judge(told, play.desk.app.store)
        records = every_record(play.desk.rows)
        return told.mails, len(told.letters), rows, records, fingerprint(home)
    finally:
        play.desk.close()
