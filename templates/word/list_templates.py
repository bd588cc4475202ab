"""The templates of the reports on problems, changes and the process."""

from __future__ import annotations

from reports.word.sheet import Sheet
from reports.word.styles import WIDTH
from reports.word.tables import add_pair, new_table
from templates.word.passages import COURSE, COURSE_CELLS, PAIRS, abstract, signatures, titled


def problem(sheet: Sheet) -> None:
    """问题报告."""
    _opening(sheet, "problem", "{{ number }}")

    def field(name: str) -> tuple[str, str]:
        return sheet.words.say(f"problem.field.{name}"), f"{{{{ problem.{name} }}}}"

    names = ("number", "status", "priority", "target_at")
    sheet.facts(dict(map(field, names)), [42, 36, 34, 54])
    with sheet.where("late"):
        sheet.document.add_paragraph(sheet.say("problem_late"), style="Abstract")
    sheet.heading("summary")
    table = new_table(sheet.document, PAIRS)
    for left, right in (
        ("source", "category"),
        ("opener", "assignee"),
        ("opened_at", "ci"),
        ("resolved_at", "closed_at"),
    ):
        add_pair(table, field(left), field(right))
    for name in ("symptom", "root_cause", "workaround", "solution"):
        sheet.document.add_paragraph(sheet.words.say(f"problem.field.{name}"), style="Heading 1")
        sheet.document.add_paragraph(f"{{{{ problem.{name} }}}}")
    sheet.heading("linked_incidents")
    columns = {"number": 37, "subject": 55, "status": 18, "reported": 28, "resolved": 28}
    sheet.listing("incidents", columns, ("number", "subject", "status", "reported", "resolved"))
    sheet.heading("its_changes")
    _changes(sheet, "changes")
    sheet.heading("course_of_work")
    sheet.listing("timeline", COURSE, COURSE_CELLS)
    signatures(sheet, ("problem_owner", "manager"))


def problems(sheet: Sheet) -> None:
    """问题月报."""
    _opening(sheet, "problems", "{{ subject }}")
    abstract(sheet)
    sheet.heading("problem_backlog")
    columns = {
        "priority": 36, "open_at_end": 22, "past_target": 28, "without_owner": 28,
        "known_error": 26, "oldest": 26,
    }  # fmt: skip
    cells = ("priority", "open", "overdue", "nobody", "known", "oldest")
    sheet.listing("backlog", columns, cells)
    sheet.heading("open_problems")
    columns = {
        "number": 33, "subject": 35, "grade_short": 13, "status": 22, "owner": 18, "target": 22,
        "age": 13, "incidents": 10,
    }  # fmt: skip
    open_cells = ("number", "title", "grade", "status", "assignee", "", "age", "incidents")
    sheet.listing("open", columns, open_cells, coloured="target", more=True)
    sheet.heading("found_problems")
    columns = {
        "number": 33, "subject": 52, "grade_short": 13, "origin": 30, "owner": 28, "incidents": 10,
    }  # fmt: skip
    cells = ("number", "title", "grade", "source", "assignee", "incidents")
    sheet.listing("found", columns, cells, more=True)
    sheet.heading("known_errors")
    sheet.listing(
        "known",
        {"number": 33, "subject": 39, "root_cause": 47, "workaround": 47},
        ("number", "title", "root_cause", "workaround"),
        more=True,
    )
    sheet.heading("closed_problems")
    sheet.listing(
        "closed",
        {"number": 33, "subject": 45, "root_cause": 44, "solution": 44},
        ("number", "title", "root_cause", "solution"),
        more=True,
    )
    signatures(sheet, ("author", "manager"))


def changes(sheet: Sheet) -> None:
    """变更清单."""
    _opening(sheet, "changes", "{{ subject }}")
    abstract(sheet)
    sheet.heading("all_changes")
    _changes(sheet, "changes")
    sheet.heading("undone_changes")
    columns = {"number": 37, "subject": 45, "ended": 24, "outcome": 60}
    sheet.listing("undone", columns, ("number", "title", "ended", "outcome"))
    sheet.heading("waiting_changes")
    columns = {"number": 37, "subject": 52, "risk": 17, "raised_by": 30, "raised": 30}
    sheet.listing("waiting", columns, ("number", "title", "risk", "raised_by", "raised"))
    signatures(sheet, ("author", "manager"))


def audit(sheet: Sheet) -> None:
    """流程审核报告."""
    _opening(sheet, "audit", "{{ subject }}")
    abstract(sheet)
    sheet.heading("breaches_by_step")
    columns = {"step": 76, "due_count": 30, "breached": 30, "share": 30}
    sheet.listing("steps", columns, ("step", "due", "breached", ""), coloured="share")
    for name, what, whose in (
        ("unrecorded", "missing", ""),
        ("unclosed", "missing", ""),
        ("downgrades", "text", "who"),
        ("returned", "returned_because", "who"),
        ("breaches", "clock_kind", "assignee"),
        ("unreviewed", "waits", "assignee"),
        ("silent", "", "reporter"),
    ):
        sheet.heading(f"audit_{name}")
        about = sheet.document.add_paragraph(sheet.say(f"audit_about.{name}"), style="Note")
        about.paragraph_format.keep_with_next = True
        columns = {"number": 37, "subject": 40, "when": 23}
        cells = ["number", "subject", "when"]
        if whose:
            columns[whose] = 24
            cells.append("who")
        if what:
            columns[what] = 0
            cells.append("text")
        last = list(columns)[-1]
        columns[last] = WIDTH - sum(width for key, width in columns.items() if key != last)
        sheet.listing(name, columns, tuple(cells), more=True)
    signatures(sheet, ("author", "process_owner"))


def _opening(sheet: Sheet, document: str, mark: str) -> None:
    sheet.mark = mark
    sheet.head_and_foot()
    titled(sheet, sheet.say(f"kind.{document}"))


def _changes(sheet: Sheet, rows: str) -> None:
    columns = {
        "number": 37, "subject": 38, "risk": 17, "status": 18, "raised_by": 22, "window": 34,
    }  # fmt: skip
    cells = ("number", "title", "risk", "", "raised_by", "window")
    sheet.listing(rows, columns, cells, coloured="status")
