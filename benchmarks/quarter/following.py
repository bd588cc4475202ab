"""What the oracle expects of silence: reminders, and what follows after the last (seed 8.8)."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.quarter.days import DAY, Minutes, works

GAPS = {  # working days to each reminder, then to the end
    "resolved": ((1,), 3),
    "pending_user": ((1, 2), 3),
    "pending_review": ((1, 2), 0),
}
LETTERS = {
    "resolved": "confirm-reminder",
    "pending_user": "question-reminder",
    "pending_review": "review-reminder",
}


@dataclass(slots=True)
class Chain:
    """One status that waits for somebody since ``since``."""

    status: str
    since: int
    told: int = 0
    due: int = 0
    over: bool = False


def working_days_later(minute: int, days: int, minutes: Minutes) -> int:
    """The same time of day so many working days later; when work goes on, if that is a break."""
    at = minute
    while days:
        at += DAY
        days -= works(minutes.day_of(at))
    while at < minutes.count and not minutes.working[at]:
        at += 1
    return at


def begin(status: str, minute: int, minutes: Minutes) -> Chain | None:
    """The chain of a status that begins; None where nobody is reminded in it."""
    if status not in GAPS:
        return None
    gaps, _ = GAPS[status]
    return Chain(status, minute, 0, working_days_later(minute, gaps[0], minutes))


def ring(chain: Chain, tick: int, minutes: Minutes) -> str:
    """What happens at this tick: "" for nothing, the kind of a letter, or ``end``."""
    if chain.over or tick < chain.due:
        return ""
    gaps, end = GAPS[chain.status]
    if chain.told == len(gaps):
        chain.over = True
        return "end"
    chain.told += 1
    days = gaps[chain.told] if chain.told < len(gaps) else end
    if days:
        chain.due = working_days_later(tick, days, minutes)
    else:
        chain.over = True
    return LETTERS[chain.status]
