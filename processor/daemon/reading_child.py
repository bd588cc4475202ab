"""The process that understands messages: bytes in, values out, until its parent hangs up.

``python -m processor.daemon.reading_child FD``. It knows the parser alone, opens nothing and
keeps nothing, so that whatever a message does to it is done to nobody else.
"""

from __future__ import annotations

import pickle
import signal
import sys
from multiprocessing.connection import Connection

from processor.parsing.parse import parse


def main(descriptor: int) -> None:
    """Answer each pickled (bytes, limits) on the socket ``descriptor`` with a pickled Message."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # meant for the whole group: the parent finishes
    with Connection(descriptor) as parent:
        while True:
            try:
                asked = parent.recv_bytes()
            except EOFError:
                return
            raw, limits = pickle.loads(asked)  # noqa: S301 - our own parent's
            parent.send_bytes(pickle.dumps(parse(raw, limits), pickle.HIGHEST_PROTOCOL))


if __name__ == "__main__":
    main(int(sys.argv[1]))
