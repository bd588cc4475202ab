"""``make quarter``: 13 weeks, 3,000 mails, 20 engineers; played twice and judged.

Prints a table; its last line is ``differences: N``, and the exit status is 1 unless that is 0.
"""

from __future__ import annotations

import argparse
import multiprocessing
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.quarter.cast import WEEKS
from benchmarks.quarter.one_run import played
from benchmarks.quarter.row import Row

INCIDENTS = 450
SHOWN = 12
PREFIX = "postdesk-quarter-"
ROOM = 8 << 30  # bytes; two plays leave about half as much


def main() -> int:
    """Play, judge, print; gives the exit status."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--incidents", type=int, default=INCIDENTS)
    options.add_argument("--seed", type=int, default=2026)
    given = options.parse_args()
    judging = "whole" if given.incidents >= INCIDENTS else "all"
    folders = (tempfile.TemporaryDirectory(prefix=PREFIX, dir=_quick_folder()) for _ in range(2))
    with (
        next(folders) as one,
        next(folders) as two,
        multiprocessing.get_context("spawn").Pool(2) as pool,
    ):
        plays = ((one, judging), (two, "nothing"))
        asked = [(folder, given.incidents, given.seed, what) for folder, what in plays]
        first, second = pool.starmap(played, asked, chunksize=1)
    again = Row("the same again: records")
    again.check("every table", second.records, first.records)
    mail_again = Row("the same again: every byte of every letter")
    mail_again.check("outbox", second.outbox, first.outbox)
    rows = (*first.rows, again, mail_again)
    figures = f"{given.incidents:,} incidents, {first.mails:,} mails in, {first.letters:,} out"
    print(f"{WEEKS} weeks, {figures}")
    print(f"{'':52} {'compared':>9} {'differ':>7}")
    for row in rows:
        print(f"{row.subject:52} {row.compared:>9,} {len(row.differences):>7,}")
        for difference in row.differences[:SHOWN]:
            print(f"    {difference}")
    total = sum(len(row.differences) for row in rows)
    print(f"differences: {total}")
    return 1 if total else 0


def _quick_folder() -> str | None:
    """Memory where there is enough of it, for what is judged outlives no play; else any disk."""
    memory = Path("/dev/shm")
    ample = memory.is_dir() and shutil.disk_usage(memory).free > ROOM
    return str(memory) if ample else None


if __name__ == "__main__":
    sys.exit(main())
