"""Problems and changes beside the incidents; internal, and so not for a reader from outside."""

from __future__ import annotations

from processor.domain.change import OUTCOMES, Change, ChangeStatus
from processor.domain.problem import Problem
from reports.neighbours.rows import pressing
from reports.press.inquiry import Chapter, Inquiry, Row
from reports.word.plain_text import capital, line

_MOST = 15
_TITLE = 90  # characters


def neighbours(inquiry: Inquiry) -> Chapter:
    """What was raised and ended in the period, and what is open at its end."""
    if not inquiry.team:
        return Chapter(
            prose={"problems": [], "changes": []}, tables={"problems": [], "changes": []}
        )
    span = inquiry.request.span(inquiry.period)
    problems = inquiry.work.problems.alive(span)
    changes = inquiry.work.changes.alive(span)
    left = [one for one in problems if one.closed_at is None or one.closed_at >= span.end]
    left.sort(key=lambda one: pressing(one, inquiry.request.now))
    moved = [one for one in changes if _in(inquiry, one)]
    return Chapter(
        prose={
            "problems": _of_problems(inquiry, problems, left),
            "changes": _of_changes(inquiry, changes, moved),
        },
        tables={
            "problems": [_problem(inquiry, one) for one in left[:_MOST]],
            "changes": [_change(inquiry, one) for one in moved[:_MOST]],
        },
    )


def _of_problems(inquiry: Inquiry, problems: list[Problem], left: list[Problem]) -> list[str]:
    covers = inquiry.period.covers
    said = inquiry.say(
        "problems",
        raised=sum(covers(one.opened_at) for one in problems),
        closed=sum(one.closed_at is not None and covers(one.closed_at) for one in problems),
        open=len(left),
    )
    return [said, *inquiry.more(_MOST, len(left))]


def _of_changes(inquiry: Inquiry, changes: list[Change], moved: list[Change]) -> list[str]:
    covers = inquiry.period.covers
    ended = [one for one in changes if one.ended_at is not None and covers(one.ended_at)]
    carried = [one for one in ended if one.status in OUTCOMES]
    said = inquiry.say(
        "changes",
        raised=sum(covers(one.raised_at) for one in changes),
        ended=len(ended),
        done=sum(one.status is ChangeStatus.DONE for one in carried),
    )
    return [said, *inquiry.more(_MOST, len(moved))]


def _in(inquiry: Inquiry, change: Change) -> bool:
    ended = change.ended_at
    covers = inquiry.period.covers
    return covers(change.raised_at) or (ended is not None and covers(ended))


def _problem(inquiry: Inquiry, one: Problem) -> Row:
    words = inquiry.words
    until = min(inquiry.period.end, inquiry.request.now)
    days = max((until - one.opened_at).days, 0)
    return {
        "number": line(one.number),
        "title": line(one.title, _TITLE) or words.say("report.empty"),
        "priority": words.say(f"priority.{one.priority}"),
        "status": words.say(f"problem.status.{one.status.value}"),
        "age": words.say("document.amount.days", days=days),
    }


def _change(inquiry: Inquiry, one: Change) -> Row:
    words = inquiry.words
    return {
        "number": line(one.number),
        "title": line(one.title, _TITLE) or words.say("report.empty"),
        "risk": capital(words.say(f"change.risk.{one.risk.value}")),
        "status": words.say(f"change.status.{one.status.value}"),
    }
