"""An end in the middle of things, as a killed process comes to it."""

from __future__ import annotations

from collections.abc import Callable


class Killed(BaseException):
    """Nobody who handles faults handles this."""


def killer(point: str, after: int) -> Callable[[str], None]:
    """A checkpoint that kills at the ``point`` of that name, when it was passed ``after`` times."""
    left = [after]

    def checkpoint(name: str) -> None:
        if name == point:
            left[0] -= 1
            if left[0] < 0:
                raise Killed

    return checkpoint
