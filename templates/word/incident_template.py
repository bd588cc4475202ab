"""The template of the incident report."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from reports.word.sheet import Sheet, add_coloured
from reports.word.styles import LABEL, WIDTH
from reports.word.tables import (
    add_band,
    add_head,
    add_loop,
    add_row,
    add_wide_row,
    new_table,
    shade,
)
from templates.word.passages import (
    COURSE,
    COURSE_CELLS,
    abstract,
    files,
    labelled_rows,
    signatures,
    titled,
)

# Rows of the summary: pairs of fields, or one field over the whole row (and then it may be long).
BASICS = (
    ("number", "type"),
    ("status", "marks"),
    ("source", "service"),
    ("reported_at", "occurred_at"),
    ("recorder", "mailbox"),
    ("system", "ci"),
    ("error_code", "likely_impact"),
    ("subject",),
    ("symptom",),
)
CLASSIFICATION = (("category",), ("impact", "urgency"), ("priority", "initial_priority"))
REPORTER = (
    ("reporter_name", "reporter_address"),
    ("reporter_phone", "department"),
    ("organisation", "contract"),
    ("site", "language"),
)
HANDLING = (
    ("group", "line"),
    ("assignee", "parent"),
    ("assigned_at", "accepted_at"),
    ("resolved_at", "confirmed_at"),
    ("closed_at", "reopens"),
)
HANDLING_TEAM = (
    ("owner", "effort_minutes"),
    ("dispatches", "wrong_dispatches"),
    ("functional_escalations", "hierarchical_escalations"),
    ("watchers",),
    ("unreachable",),
    ("tags",),
)
SOLUTION = (
    ("cause",),
    ("action",),
    ("solution",),
    ("solution_kind", "closure_code"),
    ("resolver", "resolver_role"),
)
SOLUTION_TEAM = (("fault_vendor", "knowledge_used"),)
SATISFACTION = (("confirmation", "satisfaction"), ("satisfaction_comment",))
SATISFACTION_TEAM = (("callback_result",),)
LONG = ("symptom", "cause", "action", "solution")  # may go on over the page's end
_SIGNERS = MappingProxyType(
    {"resolver": "{{ incident.assignee }}", "reporter": "{{ incident.reporter }}"}
)


def incident(sheet: Sheet) -> None:
    """事件报告."""
    sheet.head_and_foot()
    opening(sheet)
    summary(sheet)
    clocks(sheet)
    solution(sheet)
    own_fields(sheet)
    course(sheet)
    mails(sheet)
    enclosures(sheet)
    signatures(sheet, ("resolver", "manager", "reporter"), _SIGNERS)


def opening(sheet: Sheet) -> None:
    """Title, the few facts that are wanted first, and the story in some sentences."""
    titled(sheet, sheet.say("title"))
    names = ("number", "status", "priority", "reported_at")
    facts = {sheet.label(name): f"{{{{ incident.{name} }}}}" for name in names}
    sheet.facts(facts, [40, 36, 34, 56])
    abstract(sheet)


def summary(sheet: Sheet) -> None:
    """The record's fields in four groups."""
    sheet.heading("summary")
    table = new_table(sheet.document, [26, 57, 26, 57])
    groups = (
        ("basics", BASICS, ()),
        ("classification", CLASSIFICATION, ()),
        ("reporter", REPORTER, ()),
        ("handling", HANDLING, HANDLING_TEAM),
    )
    for name, rows, team_rows in groups:
        _group(sheet, table, name, rows, team_rows)


def _group(sheet: Sheet, table: Any, name: str, rows: Any, team_rows: Any) -> None:
    add_band(table, sheet.say(f"heading.{name}"))
    sheet.pairs(table, rows, LONG)
    if team_rows:
        add_loop(table, "{%tr if team %}")
        sheet.pairs(table, team_rows)
        add_loop(table, "{%tr endif %}")


def own_fields(sheet: Sheet) -> None:
    """What the record's process asks for beside; nothing where it asks for nothing."""
    with sheet.where("own"):
        sheet.heading("own")
        labelled_rows(sheet, "own")


def clocks(sheet: Sheet) -> None:
    """What was promised and what became of it."""
    sheet.heading("clocks")
    sheet.tag("{%p if clocks %}")
    columns = {
        "clock": 20,
        "target": 17,
        "started": 27,
        "due": 27,
        "stopped": 27,
        "paused": 15,
        "used": 13,
        "result": 20,
    }
    table = new_table(sheet.document, list(columns.values()))
    add_head(table, [sheet.say(f"column.{name}") for name in columns], again=False)
    add_loop(table, "{%tr for row in clocks %}")
    cells = ("name", "target", "started", "due", "stopped", "paused", "used")
    texts = [f"{{{{ row.{name} }}}}" for name in cells]
    row = add_row(table, [*texts, ""], ["Table Small"] * len(columns))
    add_coloured(row.cells[-1].paragraphs[0], "result")
    add_loop(table, "{%tr endfor %}")
    sheet.otherwise_none()


def solution(sheet: Sheet) -> None:
    """Cause, what was done, and what the reporter says of it."""
    sheet.heading("outcome")
    table = new_table(sheet.document, [26, 57, 26, 57])
    _group(sheet, table, "solution", SOLUTION, SOLUTION_TEAM)
    _group(sheet, table, "satisfaction", SATISFACTION, SATISFACTION_TEAM)


def course(sheet: Sheet) -> None:
    """What was done, escalations, and everything in its order."""
    done = {"how" if name == "way" else name: width for name, width in COURSE.items()}
    sheet.heading("steps")
    sheet.listing("steps", done, COURSE_CELLS)
    with sheet.where("team"):
        sheet.heading("escalations")
        sheet.listing("escalations", COURSE, COURSE_CELLS)
    sheet.heading("timeline")
    sheet.listing("timeline", COURSE, COURSE_CELLS)


def mails(sheet: Sheet) -> None:
    """Each mail with its head and text."""
    sheet.heading("mails")
    sheet.tag("{%p if mails %}")
    table = new_table(sheet.document, [WIDTH])
    add_loop(table, "{%tr for mail in mails %}")
    cell = add_wide_row(table, "{{ mail.subject }}", "Table Band")
    shade(cell, LABEL)
    line = cell.add_paragraph(style="Table Label")
    line.paragraph_format.keep_with_next = True
    line.add_run("{{ mail.when }}  {{ mail.direction }}  {{ mail.sender }} → {{ mail.recipients }}")
    line.add_run("{%r if mail.internal %}")
    line.add_run("  [" + sheet.say("internal") + "]", style="Internal")
    line.add_run("{%r endif %}")
    add_wide_row(table, "{{ mail.text }}", "Table Text", whole=False)
    add_loop(table, "{%tr endfor %}")
    sheet.otherwise_none()


def enclosures(sheet: Sheet) -> None:
    """Linked records, files and pictures."""
    sheet.heading("links")
    sheet.listing("links", {"relation": 40, "number": 126}, ("relation", "number"))
    files(sheet, sheet.heading, "pictures")
