"""Rows of problems, changes and the incidents behind them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from processor.domain.change import Change, ChangeStatus
from processor.domain.incident import Incident
from processor.domain.problem import Problem
from reports.incident.vocabulary import Wordbook
from reports.neighbours.vocabulary import ChangeWords, ProblemWords
from reports.word.plain_text import block, capital, line

_FAILED = frozenset({ChangeStatus.FAILED, ChangeStatus.BACKED_OUT})


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """``bad``: it is open past its target."""

    number: str
    title: str
    grade: str
    priority: str
    status: str
    source: str
    assignee: str
    opened: str
    target: str
    age: str
    incidents: str
    root_cause: str
    workaround: str
    solution: str
    good: bool
    bad: bool


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """``good`` and ``bad`` colour the status: carried out, or failed or backed out."""

    number: str
    title: str
    risk: str
    status: str
    raised_by: str
    raised: str
    decided_by: str
    decided: str
    window: str
    ended: str
    about: str
    outcome: str
    good: bool
    bad: bool


@dataclass(frozen=True, slots=True)
class LinkedRow:
    """An incident that is linked to a problem, in words."""

    number: str
    subject: str
    status: str
    reported: str
    resolved: str


def late(problem: Problem, now: datetime) -> bool:
    """Open past its target."""
    return problem.open and problem.target_at is not None and problem.target_at < now


def pressing(problem: Problem, now: datetime) -> tuple[object, ...]:
    """The key by which what is most pressing comes first: priority, overdue, age."""
    return problem.priority, not late(problem, now), problem.opened_at, problem.number


def problem_rows(
    problems: Iterable[tuple[Problem, int]], words: ProblemWords, now: datetime
) -> list[ProblemRow]:
    """Each problem with the count of its incidents."""
    moments = words.moments
    return [
        ProblemRow(
            number=line(one.number),
            title=line(one.title, 160) or words.empty,
            grade=f"P{one.priority}",
            priority=words.value("priority", one.priority),
            status=words.value("status", one.status),
            source=words.value("source", one.source),
            assignee=words.person(one.assignee) if one.assignee else words.say("nobody"),
            opened=moments.day(one.opened_at),
            target=moments.day(one.target_at),
            age=words.say("days", count=max((now - one.opened_at).days, 0)),
            incidents=str(count),
            root_cause=block(one.root_cause) or words.empty,
            workaround=block(one.workaround) or words.empty,
            solution=block(one.solution) or words.empty,
            good=False,
            bad=late(one, now),
        )
        for one, count in problems
    ]


def change_rows(changes: Iterable[Change], words: ChangeWords) -> list[ChangeRow]:
    """One row a change."""
    moments = words.moments
    return [
        ChangeRow(
            number=line(one.number),
            title=line(one.title, 160) or words.empty,
            risk=capital(words.value("risk", one.risk)),
            status=words.value("status", one.status),
            raised_by=words.person(one.raised_by),
            raised=moments.day(one.raised_at),
            decided_by=words.person(one.decided_by) if one.decided_by else words.empty,
            decided=moments.day(one.decided_at),
            window=block(one.window) or words.empty,
            ended=moments.day(one.ended_at),
            about=line(one.incident or one.problem) or words.empty,
            outcome=block(one.outcome) or words.empty,
            good=one.status is ChangeStatus.DONE,
            bad=one.status in _FAILED,
        )
        for one in changes
    ]


def linked_rows(incidents: Iterable[Incident], words: Wordbook) -> list[LinkedRow]:
    """The incidents behind a problem."""
    return [
        LinkedRow(
            number=line(one.number),
            subject=line(one.subject, 160) or words.empty,
            status=words.coded("status", one.status),
            reported=words.moments.moment(one.reported_at),
            resolved=words.moments.moment(one.resolved_at),
        )
        for one in incidents
    ]
