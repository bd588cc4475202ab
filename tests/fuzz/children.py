"""A process that a bomb may take down, so that the tests live on."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[2]


class Child:
    """One process of a module of ours; a new one after the kernel has ended it."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._process: subprocess.Popen[str] | None = None

    def ask(self, file: Path) -> IO[str]:
        """Hand it the file; where it answers. Raises BrokenPipeError when it has just ended."""
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", self._module, *self.words()],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{file}\n")
        self._process.stdin.flush()
        return self._process.stdout

    def words(self) -> list[str]:
        """What a new process is told on its command line."""
        return []

    def close(self) -> str:
        """Let the process end; how it did: a signal's name, an exit status, or nothing."""
        if self._process is None:
            return ""
        process, self._process = self._process, None
        assert process.stdin is not None
        assert process.stdout is not None
        with suppress(BrokenPipeError):
            process.stdin.close()
        process.stdout.close()
        status = process.wait(timeout=60)
        return signal.Signals(-status).name if status < 0 else str(status)
