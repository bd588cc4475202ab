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
