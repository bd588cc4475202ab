"""What understanding one mail costs: CPU of ``parse`` over the corpus, by the size of the mails.

Run as ``python -m benchmarks.parsing_speed [--count N] [--profile]``. Exit status 1 when the
median of the mails of about 25 KB lies above the target.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import sys
from statistics import median
from time import process_time

from benchmarks.corpus import corpus
from processor.parsing.parse import parse

TARGET_MS = 2.0
ABOUT = (15_000, 40_000)  # bytes: the mails that count as 25 KB
ROUNDS = 3


def costs_of(mails: list[bytes]) -> list[float]:
    """Milliseconds of CPU for each mail, the best of a few rounds over all of them: what else
    runs only ever adds. No mail comes twice in a row, for nothing of it may be remembered."""
    best = [float("inf")] * len(mails)
    for _ in range(ROUNDS):
        for at, raw in enumerate(mails):
            begun = process_time()
            parse(raw)
            best[at] = min(best[at], 1000 * (process_time() - begun))
    return best


def main() -> int:
    """Measure and print."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--count", type=int, default=1_500)
    reader.add_argument("--profile", action="store_true", help="where the time goes")
    choice = reader.parse_args()
    mails = list(corpus(choice.count))
    for raw in mails[:200]:
        parse(raw)
    if choice.profile:
        profile = cProfile.Profile()
        profile.enable()
        for raw in mails:
            parse(raw)
        profile.disable()
        pstats.Stats(profile).sort_stats("tottime").print_stats(40)
        return 0
    costs = [(len(raw), spent) for raw, spent in zip(mails, costs_of(mails), strict=True)]
    every = sorted(spent for _, spent in costs)
    about = sorted(spent for size, spent in costs if ABOUT[0] <= size <= ABOUT[1])
    print(
        f"parse, {len(mails)} mails of {sum(map(len, mails)) // len(mails)} bytes on average: "
        f"median {median(every):.2f} ms, mean {sum(every) / len(every):.2f} ms, "
        f"95 % within {every[len(every) * 95 // 100]:.2f} ms of CPU"
    )
    reached = median(about) <= TARGET_MS
    print(
        f"{'reached' if reached else 'MISSED '}  {median(about):.2f} ms of {TARGET_MS} ms  "
        f"median of the {len(about)} mails of about 25 KB"
    )
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
