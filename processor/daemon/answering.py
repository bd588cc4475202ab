"""The child's end of a :class:`~processor.daemon.line.Line`; imports next to nothing."""

from __future__ import annotations

import pickle
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from processor.daemon.heap import calm


def answer(descriptor: int, respond: Callable[[Any], object]) -> None:
    """``respond`` to each question until the parent hangs up.

    Signals of the terminal and the service manager go to the whole group; the parent finishes
    its work first, for which it needs us.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    calm()
    with Connection(descriptor) as parent:
        while True:
            try:
                question = pickle.loads(parent.recv_bytes())  # noqa: S301 - our own parent's
            except (EOFError, OSError):
                return
            parent.send_bytes(pickle.dumps(respond(question), pickle.HIGHEST_PROTOCOL))
