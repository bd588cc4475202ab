"""Children that the daemon's hands must do without, as what ``python -c`` runs."""

from __future__ import annotations

SILENT = """
import sys
from multiprocessing.connection import Connection
with Connection(int(sys.argv[-1])) as parent:
    try:
        while True:
            parent.recv_bytes()
    except EOFError:
        pass
"""
"""Takes every message and says nothing until it is hung up on."""
MORTAL = """
import os, pickle, sys
from multiprocessing.connection import Connection
parent = Connection(int(sys.argv[-1]))
parent.recv_bytes()
parent.send_bytes(pickle.dumps(None))
parent.recv_bytes()
os._exit(1)
"""
"""Takes what it works with, then dies of the first thing to do."""
