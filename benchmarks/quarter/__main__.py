"""``make quarter``: 13 weeks, 3,000 mails, 20 engineers; played twice and judged.

Prints a table; its last line is ``differences: N``, and the exit status is 1 unless that is 0.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile

from benchmarks.quarter.cast import WEEKS
from benchmarks.quarter.compare import Row
from benchmarks.quarter.one_run import played

INCIDENTS = 450
SHOWN = 12


def main() -> int:
    """Play, judge, print; gives the exit status."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--incidents", type=int, default=INCIDENTS)
    options.add_argument("--seed", type=int, default=2026)
    given = options.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="postdesk-quarter-") as one,
        tempfile.TemporaryDirectory(prefix="postdesk-quarter-") as two,
        multiprocessing.get_context("spawn").Pool(2) as pool,
    ):
        runs = pool.starmap(played, [(each, given.incidents, given.seed) for each in (one, two)])
    (mails, letters, rows, records, outbox), second = runs
    again = Row("the same again: records")
    again.check("every table", second[3], records)
    mail_again = Row("the same again: every byte of every letter")
    mail_again.check("outbox", second[4], outbox)
    rows += [again, mail_again]
    print(f"{WEEKS} weeks, {given.incidents:,} incidents, {mails:,} mails in, {letters:,} out")
    print(f"{'':44} {'compared':>9} {'differ':>7}")
    for row in rows:
        print(f"{row.subject:44} {row.compared:>9,} {len(row.differences):>7,}")
        for difference in row.differences[:SHOWN]:
            print(f"    {difference}")
    total = sum(len(row.differences) for row in rows)
    print(f"differences: {total}")
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())
