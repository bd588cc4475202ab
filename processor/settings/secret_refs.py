"""Secrets by reference: configuration names where a secret lies and never holds it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from processor.domain.errors import Fault

KINDS = ("env", "file")


@dataclass(frozen=True, slots=True)
class SecretRef:
    """``env:NAME`` or ``file:path`` (relative to ``home``). Read anew at every use, so that a
    changed secret is taken up without a restart."""

    kind: str
    name: str
    home: Path

    def __call__(self) -> str:
        """The secret, without the line end that editors add. Raises Fault when it is not there."""
        if self.kind == "env":
            found = os.environ.get(self.name)
            if not found:
                raise Fault(f"the environment has no variable {self.name}, which holds a secret")
            return found
        return self.read_bytes().decode("utf-8", "replace").rstrip("\r\n")

    def read_bytes(self) -> bytes:
        """A secret file as it is. Raises Fault when it cannot be read."""
        try:
            return (self.home / self.name).expanduser().read_bytes()
        except OSError as error:
            raise Fault(f"secret file {self.name}: {error.strerror}") from error


def split(reference: str) -> tuple[str, str] | None:
    """Kind and name of a reference; None for what is none (a plain password, perhaps)."""
    kind, colon, name = reference.partition(":")
    name = name.strip()
    return (kind, name) if colon and kind in KINDS and name else None


def no_secret() -> str:
    """Of an account that needs no password."""
    return ""
