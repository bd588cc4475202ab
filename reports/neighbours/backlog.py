"""The open problems by priority: how many, and what is the matter with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from processor.domain.problem import Problem, ProblemStatus
from reports.neighbours.rows import late
from reports.neighbours.vocabulary import ProblemWords


@dataclass(frozen=True, slots=True)
class BacklogRow:
    """Counts of one priority, or of all; ``oldest`` is how long the oldest is open."""

    priority: str
    open: str
    overdue: str
    nobody: str
    known: str
    oldest: str


def backlog_rows(
    pending: Sequence[Problem], words: ProblemWords, now: datetime
) -> list[BacklogRow]:
    """A row for each priority of ``pending``, which are open; with more than one, all of them as
    the last."""
    grades = sorted({one.priority for one in pending})
    rows = [
        _row(
            words.value("priority", grade),
            [one for one in pending if one.priority == grade],
            words,
            now,
        )
        for grade in grades
    ]
    return [*rows, _row(words.say("all"), pending, words, now)] if len(rows) > 1 else rows


def _row(name: str, some: Sequence[Problem], words: ProblemWords, now: datetime) -> BacklogRow:
    days = max((now - min(one.opened_at for one in some)).days, 0)
    return BacklogRow(
        priority=name,
        open=str(len(some)),
        overdue=str(sum(late(one, now) for one in some)),
        nobody=str(sum(not one.assignee for one in some)),
        known=str(sum(one.status is ProblemStatus.KNOWN_ERROR for one in some)),
        oldest=words.say("days", count=days),
    )
