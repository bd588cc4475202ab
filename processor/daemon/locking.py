"""One daemon a home: two would fetch the same mailboxes."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from processor.domain.errors import Refusal


@contextmanager
def sole(home: Path) -> Iterator[None]:
    """Hold the home's lock; the system lets go of it however the process ends.

    Raises Refusal when another process of this home holds it.
    """
    path = home / "data" / "daemon.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as taken:
            file.seek(0)
            raise Refusal("daemon_runs", home=str(home), pid=file.read().strip()) from taken
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
