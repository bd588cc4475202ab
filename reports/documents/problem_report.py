"""The problem report 问题报告 on one problem: what is known, what it caused, what was done."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from processor.domain.wording import Words
from processor.store.unit_of_work import UnitOfWork
from reports.documents.asking import letterhead, unnamed
from reports.documents.registry import Printed, Request
from reports.incident import journal
from reports.letterhead import Letterhead
from reports.neighbours.portfolio import ProblemFile, read_problem
from reports.neighbours.rows import change_rows, late, linked_rows
from reports.neighbours.vocabulary import ChangeWords, ProblemWords
from reports.word.plain_text import block, line
from reports.word.printing import WordTemplate

_LONG = ("symptom", "root_cause", "workaround", "solution")
_SHORT = (
    "number",
    "status",
    "source",
    "priority",
    "opener",
    "assignee",
    "category",
    "ci",
    "opened_at",
    "target_at",
    "resolved_at",
    "closed_at",
)


def problem_report(file: ProblemFile, head: Letterhead, template: Path) -> bytes:
    """The Word document about one problem. The same arguments give the same bytes. Raises
    TemplateFault, naming template, place and field."""
    problem, now = file.problem, head.now
    words = ProblemWords(head.people, head.words, head.moments, head.titles)
    changes = ChangeWords(head.people, head.words, head.moments, head.titles)
    cut = words.say("cut")
    subject = line(problem.title, 200) or words.empty
    texts = {name: words.value(name, getattr(problem, name)) for name in _SHORT}
    fields: dict[str, object] = {
        **head.fields(),
        "number": line(problem.number),
        "subject": subject,
        "problem": texts
        | {name: block(getattr(problem, name), cut) or words.say("unwritten") for name in _LONG},
        "late": late(problem, now),
        "incidents": linked_rows(file.incidents, words),
        "changes": change_rows(file.changes, changes),
        "timeline": journal.timeline(file.journal, words),
    }
    title = head.say("kind.problem")
    return WordTemplate(template).print(
        fields,
        title=f"{title} {problem.number}",
        subject=subject,
        author=line(head.organisation),
        now=now,
    )


def print_problem(work: UnitOfWork, words: Words, template: Path, request: Request) -> Printed:
    """See :data:`reports.documents.registry.Printer`."""
    file = read_problem(work, request.number)
    file = replace(file, incidents=tuple(unnamed(file.incidents, request, words)))
    head = letterhead(words, request)
    return Printed(head.file_name("problem", request.number), problem_report(file, head, template))
