"""Attachments by content hash, in a folder: ``ab/cdef…``."""

from __future__ import annotations

import os
import re
import threading
from pathlib import Path

_SHA256 = re.compile(r"[0-9a-f]{64}")


class Blobs:
    """Files named by the SHA-256 (hex) of their content. Losing power may lose or cut the newest
    ones: each can be had again from its message in the spool, which is the durable copy."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, sha256: str, content: bytes) -> None:
        """Keep ``content``; the same content again does nothing, or mends a file that was cut."""
        path = self._path(sha256)
        if path.exists() and path.stat().st_size == len(content):
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
        unfinished.write_bytes(content)
        unfinished.replace(path)

    def open(self, sha256: str) -> bytes:
        """The content. Raises FileNotFoundError."""
        return self._path(sha256).read_bytes()

    def _path(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise ValueError(f"not a SHA-256 in hex: {sha256!r}")
        return self._folder / sha256[:2] / sha256[2:]
