"""Whether somebody who sees how things stand would still do what he had in mind."""

from __future__ import annotations

WORKED_ON = frozenset(
    {"note", "vendor", "escalate", "recall", "raise", "major", "change", "problem", "watch"}
    | {"raise_priority", "make_urgent", "lower", "reply", "ask"}
)


def makes_sense(what: str, priority: int, line: int, status: str) -> bool:
    """``line`` is the support line of the group that has it."""
    if what in WORKED_ON and status != "in_progress":
        return False
    match what:
        case "cancel":
            return status == "new"
        case "raise_priority":
            return priority > 2
        case "make_urgent" | "major":
            return priority > 1
        case "lower":
            return priority in (2, 3)
        case "escalate":
            return line == 1
        case "call":
            return status == "closed"
        case _:
            return True
