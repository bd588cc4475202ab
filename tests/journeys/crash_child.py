"""A desk that kills itself: ``python crash_child.py HOME MINUTES POINT NTH`` works at so many
minutes past the story's morning, ends by SIGKILL when it passes POINT for the NTH time, and
otherwise drains and ends with 0."""

from __future__ import annotations

import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

from processor.bootstrap.clock import stopped_at
from processor.bootstrap.wiring import wire
from processor.daemon.service import Service
from processor.settings.loader import load
from tests.journeys.homes import MORNING


def main(home: str, minutes: int, point: str, nth: int) -> None:
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


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
