"""The month's problems 问题月报 (spec 1.8): what is open, what was found, what is late.

A desk may have hundreds of problems open, and nobody reads a list of hundreds. So all are counted,
by priority; the most pressing are told one by one, and the others stand in the register.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from processor.domain.problem import Problem, ProblemStatus
from processor.domain.wording import Words
from processor.store.unit_of_work import UnitOfWork
from reports.documents.asking import letterhead
from reports.documents.registry import Printed, Request
from reports.letterhead import Letterhead
from reports.neighbours.backlog import backlog_rows
from reports.neighbours.rows import late, pressing, problem_rows
from reports.neighbours.vocabulary import ProblemWords
from reports.periods import Period
from reports.word.plain_text import line
from reports.word.printing import WordTemplate

_MORE = {"open": "most_pressing"}


def problem_review(
    problems: Sequence[Problem],
    incidents: Mapping[str, int],
    period: Period,
    head: Letterhead,
    template: Path,
    most: int,
) -> bytes:
    """The Word document on ``problems``, which are all that were not over before ``period``;
    ``incidents`` counts those behind each; each list names ``most`` of them. What is open is open
    at the time of printing. The same arguments give the same bytes. Raises TemplateFault."""
    words = ProblemWords(head.people, head.words, head.moments, head.titles)
    now = head.now
    ordered = sorted(problems, key=lambda one: pressing(one, now))
    pending = [one for one in ordered if one.open]
    closed = [one for one in ordered if one.closed_at and period.covers(one.closed_at)]
    lists = {
        "open": pending,
        "found": [one for one in ordered if period.covers(one.opened_at)],
        "known": [one for one in pending if one.status is ProblemStatus.KNOWN_ERROR],
        "closed": closed,
    }
    subject = head.about(period.name(head.words))
    title = head.say("kind.problems")
    fields: dict[str, object] = {
        **head.fields(),
        "subject": subject,
        "intro": list(_sentences(problems, pending, closed, period, head)),
        "backlog": backlog_rows(pending, words, now),
        "more": {
            name: head.say(_MORE.get(name, "listed_first"), listed=most, count=len(chosen))
            for name, chosen in lists.items()
            if len(chosen) > most
        },
    }
    for name, chosen in lists.items():
        counted = ((one, incidents.get(one.number, 0)) for one in chosen[:most])
        fields[name] = problem_rows(counted, words, now)
    return WordTemplate(template).print(
        fields,
        title=f"{title} {subject}",
        subject=subject,
        author=line(head.organisation),
        now=now,
    )


def _sentences(
    problems: Sequence[Problem],
    pending: list[Problem],
    closed: list[Problem],
    period: Period,
    head: Letterhead,
) -> Iterator[str]:
    opened = sum(1 for one in problems if period.covers(one.opened_at))
    if not problems:
        yield head.say("problems_intro.none", period=period.name(head.words))
        return
    yield head.say(
        "problems_intro.counts",
        period=period.name(head.words),
        opened=opened,
        closed=len(closed),
        open=len(pending),
    )
    overdue = sum(1 for one in pending if late(one, head.now))
    if overdue:
        yield head.say("problems_intro.late", count=overdue)
    known = sum(1 for one in pending if one.status is ProblemStatus.KNOWN_ERROR)
    if known:
        yield head.say("problems_intro.known", count=known)
    nobody = sum(1 for one in pending if not one.assignee)
    if nobody:
        yield head.say("problems_intro.nobody", count=nobody)


def print_problems(work: UnitOfWork, words: Words, template: Path, request: Request) -> Printed:
    """See :data:`reports.documents.registry.Printer`."""
    if request.period is None:
        raise ValueError("a document of a period needs one")
    problems = work.problems.alive(request.span())
    counts = work.links.counts(Problem.kind)
    head = letterhead(words, request)
    name = head.file_name("problems", request.period.name(words))
    most = request.listed.problems
    return Printed(name, problem_review(problems, counts, request.period, head, template, most))
