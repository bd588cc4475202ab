"""Make the shipped templates of reports: ``python templates/word/make_templates.py``.

Their headings and labels are taken from ``templates/words/``; run it again after changing one of
these. Managers restyle their own copy in Word and never need this script.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm
from ruamel.yaml import YAML

from processor.domain.wording import Words
from reports.word.sealing import PRINTED, seal, stamp
from reports.word.sheet import Sheet, add_coloured
from reports.word.styles import FONTS, LABEL, WIDTH
from reports.word.tables import (
    add_band,
    add_head,
    add_loop,
    add_row,
    add_wide_row,
    new_table,
    shade,
)
from templates.word import case_templates, list_templates, period_templates, process_template

Writer = Callable[[Sheet], None]
HERE = Path(__file__).resolve().parent
MADE = datetime(2026, 1, 1, tzinfo=UTC)  # a template's own time says nothing to anybody

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


def make(words: Words, kind: str = "incident") -> bytes:
    """The template of a ``kind`` of report in the language of ``words``."""
    sheet = Sheet(words, FONTS[words.language])
    WRITERS[kind](sheet)
    stamp(
        sheet.document,
        title=sheet.say(f"kind.{kind}"),
        subject="",
        author="postdesk",
        now=MADE,
        keywords=PRINTED,
    )
    out = io.BytesIO()
    sheet.document.save(out)
    return seal(out.getvalue())


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
    signatures(sheet)


def opening(sheet: Sheet) -> None:
    sheet.document.add_paragraph(sheet.say("title"), style="Title")
    sheet.document.add_paragraph("{{ subject }}", style="Subtitle")
    names = ("number", "status", "priority", "reported_at")
    facts = {sheet.label(name): f"{{{{ incident.{name} }}}}" for name in names}
    sheet.facts(facts, [40, 36, 34, 56])
    gap = "" if sheet.words.language == "zh" else " "
    loop = f"{{% for sentence in intro %}}{{{{ sentence }}}}{gap}{{% endfor %}}"
    sheet.document.add_paragraph(loop, style="Abstract")


def summary(sheet: Sheet) -> None:
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
    sheet.tag("{%p if own %}")
    sheet.heading("own")
    case_templates.labelled_rows(sheet, "own")
    sheet.tag("{%p endif %}")


def clocks(sheet: Sheet) -> None:
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
    add_coloured(row.cells[-1], "result")
    add_loop(table, "{%tr endfor %}")
    sheet.otherwise_none()


def solution(sheet: Sheet) -> None:
    sheet.heading("outcome")
    table = new_table(sheet.document, [26, 57, 26, 57])
    _group(sheet, table, "solution", SOLUTION, SOLUTION_TEAM)
    _group(sheet, table, "satisfaction", SATISFACTION, SATISFACTION_TEAM)


def course(sheet: Sheet) -> None:
    columns = {"when": 39, "who": 25, "how": 25, "what": 77}
    ways = {"way" if name == "how" else name: width for name, width in columns.items()}
    cells = ("when", "who", "how", "text")
    sheet.heading("steps")
    sheet.listing("steps", columns, cells)
    sheet.tag("{%p if team %}")
    sheet.heading("escalations")
    sheet.listing("escalations", ways, cells)
    sheet.tag("{%p endif %}")
    sheet.heading("timeline")
    sheet.listing("timeline", ways, cells)


def mails(sheet: Sheet) -> None:
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
    sheet.heading("links")
    sheet.listing("links", {"relation": 40, "number": 126}, ("relation", "number"))
    sheet.heading("attachments")
    columns = {"name": 96, "type": 45, "size": 25}
    sheet.listing("attachments", columns, ("name", "type", "size"))
    sheet.tag("{%p if pictures %}")
    sheet.heading("pictures")
    sheet.tag("{%p for picture in pictures %}")
    shown = sheet.document.add_paragraph("{{ picture.image }}")
    shown.paragraph_format.keep_with_next = True
    shown.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    shown.paragraph_format.line_spacing = 1.0
    sheet.document.add_paragraph("{{ picture.caption }}", style="Caption")
    sheet.tag("{%p endfor %}")
    sheet.tag("{%p endif %}")


def signatures(sheet: Sheet) -> None:
    sheet.heading("signatures")
    table = new_table(sheet.document, [46, 40, 45, 35])
    titles = [sheet.say(f"column.{name}") for name in ("duty", "who", "signature", "date")]
    add_head(table, titles, again=False)
    duties = (
        ("resolver", "{{ incident.assignee }}"),
        ("manager", ""),
        ("reporter", "{{ incident.reporter }}"),
    )
    for at, (duty, name) in enumerate(duties):
        texts = (sheet.say(f"signature.{duty}"), name, "", "")
        row = add_row(table, texts, ["Table Label", "Table Text", "Table Text", "Table Text"])
        row.height, row.height_rule = Mm(13), WD_ROW_HEIGHT_RULE.AT_LEAST
        for cell in row.cells:
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            cell.paragraphs[0].paragraph_format.keep_with_next = at < len(duties) - 1
        shade(row.cells[0], LABEL)


def read_words(language: str, *folders: Path) -> Words:
    """The catalogues of one language, their keys joined by dots."""
    table: dict[str, str] = {}
    for folder in folders:
        for path in sorted((folder / language).glob("*.yaml")):
            _flatten("", YAML(typ="safe").load(path), table)
    return Words(language, table)


def _flatten(prefix: str, node: Any, table: dict[str, str]) -> None:
    for key, value in node.items():
        name = f"{prefix}.{key}" if prefix else str(key)
        if isinstance(value, Mapping):
            _flatten(name, value, table)
        else:
            table[name] = str(value)


def file_of(kind: str) -> str:
    """The name of a template."""
    return "incident-report.docx" if kind == "incident" else f"{kind}.docx"


WRITERS: dict[str, Writer] = {
    "incident": incident,
    "major": case_templates.major,
    "investigation": case_templates.investigation,
    "problem": list_templates.problem,
    "problems": list_templates.problems,
    "changes": list_templates.changes,
    "audit": list_templates.audit,
    "process": process_template.process,
}
"""Kind of report → who writes its template."""

if __name__ == "__main__":
    words_folders = [HERE.parent / "words", *map(Path, sys.argv[1:])]
    for name in FONTS:
        for kind in WRITERS:
            target = HERE / name / file_of(kind)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(make(read_words(name, *words_folders), kind))
        for kind in period_templates.WRITERS:
            made = period_templates.make(read_words(name, *words_folders), kind)
            (HERE / name / f"{kind}.docx").write_bytes(made)
