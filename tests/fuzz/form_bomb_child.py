"""A desk of its own for Word files made to harm: each mail of its input takes the whole journey;
the kernel ends the process when one costs more than the product allows.

Run with a home's folder; output: one JSON object a mail. Linux only.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from processor.bootstrap.wiring import wire
from processor.forms import checking, facts, reading, remarks
from processor.pipeline.processing import process_pending
from processor.pipeline.state import Journey
from processor.settings.loader import load

CPU_SECONDS = 2.0  # of one mail
MEMORY = 300 * 2**20  # written by the process
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
MARK = "settled: "  # before each answer, for the log goes the same way
READ_BY = (checking, facts, reading, remarks)  # else imported with the first form, on its account


def main() -> None:
    """Settle every mail named on the standard input, each within its bounds."""
    app = wire(load(Path(sys.argv[1])), lambda: NOW, once=True, keys=lambda _: None)
    inbox = app.settings.home / app.settings.mailboxes[0].path
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    for number, line in enumerate(sys.stdin):
        (inbox / f"{number}.eml").write_bytes(Path(line.rstrip("\n")).read_bytes())
        spent = resource.getrusage(resource.RUSAGE_SELF)
        used = spent.ru_utime + spent.ru_stime
        # SIGPROF ends the process at the very second; SIGXCPU, in whole seconds, stands behind.
        resource.setrlimit(resource.RLIMIT_CPU, (int(used + CPU_SECONDS) + 2, -1))
        signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
        journeys: list[Journey] = []
        for collector in app.collectors:
            collector.collect(NOW)
            process_pending(app.desk, app.clock, after=journeys.append)
            collector.acknowledge(NOW)
        signal.setitimer(signal.ITIMER_PROF, 0)
        sys.stdout.write(f"{MARK}{json.dumps([told(one) for one in journeys])}\n")
        sys.stdout.flush()
    app.close()


def told(journey: Journey) -> dict[str, object]:
    """What became of a mail."""
    return {
        "disposition": str(journey.disposition),
        "reason": journey.reason,
        "troubles": [one.trouble for one in journey.handed],
        "files": [one.size for one in journey.message.attachments],
    }


if __name__ == "__main__":
    main()
