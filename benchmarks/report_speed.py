"""Seconds and memory of a monthly report, and of its figures alone, among many incidents.

    python -m benchmarks.report_speed [--counts 50000 1000000] [--keep DIR] [--rounds 3]

Each count is a home of :mod:`benchmarks.year` (50,000 of one year before the month and one after
it; a million of three), made once in DIR. What is measured is the whole command, as an
administrator types it, from the start of the interpreter. Targets on two cores: 10 s and 250 MB
among a million, 2 s among 50,000.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.year.__main__ import make

TARGETS = {50_000: (2.0, 250), 1_000_000: (10.0, 250)}
DAYS = {50_000: 730, 1_000_000: 1_096}
ASKED = (
    ("figures", ("monthly", "--period", "2026-10", "--figures")),
    ("document", ("monthly", "--period", "2026-10")),
)


def home_of(count: int, folder: Path) -> Path:
    """The home with ``count`` incidents, made where it is not there yet."""
    home = folder / str(count)
    if not (home / "made").exists():
        filling = (sys.executable, "-m", "benchmarks.year", str(home), "--count", str(count))
        days = ("--days", str(DAYS.get(count, 730)), "--lean")
        subprocess.run((*filling, *days), check=True)
        (home / "made").touch()
    else:
        make(home, "zh")
    return home


def measured(home: Path, arguments: tuple[str, ...]) -> tuple[float, float, float]:
    """Seconds, those of the processor, and megabytes of one run."""
    report = home / "report.docx"
    command = (
        sys.executable, "-m", "processor", "-c", str(home), "--now", "2026-11-02T09:00",
        "report", *arguments, "-o", str(report),
    )  # fmt: skip
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as running:
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {running.returncode}")
    took = time.perf_counter() - begun
    return took, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Print a line for each count and command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.report_speed")
    parser.add_argument("--counts", type=int, nargs="+", default=list(TARGETS))
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "postdesk-years")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    given.keep.mkdir(parents=True, exist_ok=True)
    for count in given.counts:
        home = home_of(count, given.keep)
        for name, arguments in ASKED:
            runs = [measured(home, arguments) for _ in range(given.rounds)]
            seconds, busy = (min(column) for column in list(zip(*runs, strict=True))[:2])
            megabytes = max(run[2] for run in runs)
            line = (
                f"monthly report among {count:>9,}: {name:<8} {seconds:5.2f} s"
                f" ({busy:.2f} s of one processor), {megabytes:.0f} MB"
            )
            if count in TARGETS:
                most, memory = TARGETS[count]
                good = seconds <= most and megabytes <= memory
                line += f"  (target {most:g} s, {memory} MB: {'met' if good else 'MISSED'})"
            print(line, flush=True)


if __name__ == "__main__":
    main()
