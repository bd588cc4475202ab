"""Desks that kill themselves: a process that makes one for each line that it is sent.

A line is JSON: home, minutes, point, nth. The desk works at so many minutes past the story's
morning in a process of its own, ends by SIGKILL when it passes the point for the nth time, and
otherwise drains. Its return code is answered, as :mod:`subprocess` gives it. To start Python and
read the configuration took twenty times as long as the desk's work, so it is done once: each desk
is a fork of this process, which has no thread beside its main one.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from processor.bootstrap.clock import stopped_at
from processor.bootstrap.wiring import wire
from processor.daemon.service import Service
from processor.settings.loader import load
from tests.journeys.homes import MORNING

ROOT = Path(__file__).parents[2]


class Desks:
    """The other end: ``drain`` has a desk made and waits for its end."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def drain(self, home: Path, minutes: int, point: str = "", nth: int = 0) -> int:
        """The return code: 0, or ``-SIGKILL`` where it passed the point."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([str(home), minutes, point, nth]) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


@contextmanager
def crashing_desks() -> Iterator[Desks]:
    """Such a process."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.crash_child"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Desks(process)
        assert process.stdin is not None
        process.stdin.close()


def work(home: str, minutes: int, point: str, nth: int) -> None:
    """One desk, from its start to its end."""
    passed = 0

    def checkpoint(name: str) -> None:
        nonlocal passed
        if name == point:
            passed += 1
            if passed == nth:
                os.kill(os.getpid(), signal.SIGKILL)

    clock = stopped_at(MORNING + timedelta(minutes=minutes))
    app = wire(load(Path(home)), clock, once=True, checkpoint=checkpoint)
    Service(app).once()
    app.close()


def _forked(home: str, minutes: int, point: str, nth: int) -> int:
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            os.dup2(2, 1)  # what it logs is no answer
            work(home, minutes, point, nth)
            code = 0
        except BaseException:  # noqa: BLE001 - a process ends here, whatever ends it
            traceback.print_exc()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def main() -> None:
    """Until there are no more lines."""
    for line in sys.stdin:
        home, minutes, point, nth = json.loads(line)
        load(Path(home))  # each desk of this home has it read already
        sys.stdout.write(f"{_forked(home, minutes, point, nth)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
