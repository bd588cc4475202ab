"""What understanding one mail costs, in CPU: parsing alone, and all that the journey judges of an
ordinary mail without asking the database (forms, alerts, keywords, rules).

Run as ``python -m benchmarks.parsing_speed [--count N] [--profile]``. Exit status 1 when the
median of the mails of about 25 KB, understood, lies above the target.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

from benchmarks.corpus import corpus
from processor.bootstrap.opening import open_store
from processor.bootstrap.wiring import desk_of
from processor.parsing.parse import parse
from processor.pipeline.journey import READING
from processor.pipeline.state import Desk, Journey
from processor.pipeline.steps.classify import classify
from processor.pipeline.steps.find_reporter import find_reporter
from processor.pipeline.steps.identify_sender import identify_sender
from processor.pipeline.steps.read_alert import read_alert
from processor.pipeline.steps.read_commands import read_commands
from processor.settings.home import make_home
from processor.settings.loader import load
from processor.store.unit_of_work import UnitOfWork

TARGET_MS = 2.0
ABOUT = (15_000, 40_000)  # bytes: the mails that count as 25 KB
ROUNDS = 5
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
JUDGING = (identify_sender, read_alert, read_commands, find_reporter, classify)

Reader = Callable[[bytes], object]


@contextmanager
def desk() -> Iterator[tuple[Desk, UnitOfWork]]:
    """A desk as it is shipped; none of its steps here asks the database."""
    with TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        make_home(home, "zh")
        settings = load(home)
        store = open_store(settings)
        with store.read() as work:
            yield desk_of(settings, store), work
        store.close()


def understanding(at: Desk, work: UnitOfWork) -> Reader:
    """All that is judged of a mail's words, by the journey's own steps."""
    mailbox = next(iter(at.mailboxes.values()))

    def understand(raw: bytes) -> Journey:
        journey = Journey(spool_id=1, mailbox=mailbox, raw=raw, received_at=NOW, now=NOW)
        for read in READING:
            read(journey, at)
            if journey.ended:
                return journey
        for judge in JUDGING:
            judge(journey, at, work)
        return journey

    return understand


def costs_of(mails: list[bytes], read: Reader) -> list[float]:
    """Milliseconds of CPU for each mail, the best of a few rounds over all of them: what else
    runs only ever adds. No mail comes twice in a row, for nothing of it may be remembered."""
    best = [float("inf")] * len(mails)
    for _ in range(ROUNDS):
        for at, raw in enumerate(mails):
            begun = process_time()
            read(raw)
            best[at] = min(best[at], 1000 * (process_time() - begun))
    return best


def told(what: str, mails: list[bytes], costs: list[float]) -> float:
    """Print what reading them cost; the median of the mails of about 25 KB."""
    every = sorted(costs)
    about = [
        spent for raw, spent in zip(mails, costs, strict=True) if ABOUT[0] <= len(raw) <= ABOUT[1]
    ]
    print(
        f"{what}, {len(mails)} mails of {sum(map(len, mails)) // len(mails)} bytes on average: "
        f"median {median(every):.2f} ms, mean {sum(every) / len(every):.2f} ms, 95 % within "
        f"{every[len(every) * 95 // 100]:.2f} ms; {median(about):.2f} ms the median of the "
        f"{len(about)} of about 25 KB"
    )
    return median(about)


def profiled(mails: list[bytes], read: Reader) -> None:
    """Where the time goes."""
    profile = cProfile.Profile()
    profile.enable()
    for raw in mails:
        read(raw)
    profile.disable()
    pstats.Stats(profile).sort_stats("tottime").print_stats(40)


def main() -> int:
    """Measure and print."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--count", type=int, default=1_500)
    reader.add_argument("--profile", action="store_true", help="where the time goes")
    choice = reader.parse_args()
    mails = list(corpus(choice.count))
    with desk() as (at, work):
        understand = understanding(at, work)
        for raw in mails[:200]:
            understand(raw)
        if choice.profile:
            profiled(mails, understand)
            return 0
        told("parsed", mails, costs_of(mails, parse))
        spent = told("understood", mails, costs_of(mails, understand))
    reached = spent <= TARGET_MS
    print(f"{'reached' if reached else 'MISSED '}  {spent:.2f} ms of {TARGET_MS} ms, understood")
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
