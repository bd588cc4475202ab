"""Moving files so that the move survives a power cut, and waiting for folders to change."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Make renames in ``folder`` durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def modified(stat: os.stat_result) -> datetime:
    """When the file was last written, aware, UTC."""
    return datetime.fromtimestamp(stat.st_mtime, UTC)


def wait_for(
    seconds: float,
    stop: threading.Event,
    changed: Callable[[], bool],
    *,
    look_seconds: float,
    tick: Callable[[], float] = time.monotonic,
) -> bool:
    """Ask ``changed`` every ``look_seconds`` until it says yes (True), ``seconds`` have passed
    or ``stop`` is set (False)."""
    until = tick() + seconds
    while not stop.is_set():
        if changed():
            return True
        left = until - tick()
        if left <= 0:
            break
        stop.wait(min(look_seconds, left))
    return False
