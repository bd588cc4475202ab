"""The templates of the reports on grave incidents: major incident, investigation."""

from __future__ import annotations

from reports.word.sheet import Sheet
from reports.word.tables import add_pair, new_table
from templates.word.passages import (
    COURSE,
    COURSE_CELLS,
    PAIRS,
    abstract,
    files,
    labelled,
    labelled_rows,
    signatures,
    titled,
)


def major(sheet: Sheet) -> None:
    """重大事件报告."""
    sheet.mark = "{{ number }}"
    sheet.head_and_foot()
    _opening(
        sheet,
        "major",
        {
            sheet.label("number"): "{{ number }}",
            sheet.label("priority"): "{{ incident.priority }}",
            sheet.label("status"): "{{ incident.status }}",
            sheet.say("column.lasted"): "{{ facts.lasted }}",
        },
    )
    abstract(sheet)
    sheet.heading("summary")
    table = new_table(sheet.document, PAIRS)

    def field(name: str) -> tuple[str, str]:
        return sheet.label(name), f"{{{{ incident.{name} }}}}"

    def fact(name: str, label: str = "") -> tuple[str, str]:
        return label or sheet.say(f"column.{name}"), f"{{{{ facts.{name} }}}}"

    for row in (
        (field("reported_at"), field("occurred_at")),
        (fact("declared"), fact("declared_by")),
        (fact("reason"),),
        (fact("restored"), fact("over")),
        (fact("commander", sheet.label("commander")), field("group")),
        (field("category"), field("assignee")),
        (fact("rounds"), fact("acknowledged")),
    ):
        add_pair(table, *row)
    sheet.heading("impact")
    labelled(sheet, "impact")
    sheet.subheading("related")
    _related(sheet)
    sheet.heading("timeline")
    with sheet.where("chart"):
        drawn = sheet.document.add_paragraph("{{ chart }}")
        drawn.paragraph_format.keep_with_next = True
        drawn.paragraph_format.line_spacing = 1.0
        sheet.document.add_paragraph(sheet.say("timeline_caption"), style="Caption")
    numbered = {"ordinal": 11, **COURSE, "what": 66}
    sheet.listing("timeline", numbered, ("number", *COURSE_CELLS))
    sheet.heading("decisions")
    sheet.listing("decisions", COURSE, COURSE_CELLS)
    sheet.heading("broadcasts")
    sheet.listing("broadcasts", {"when": 39, "who": 30, "what": 97}, ("when", "who", "text"))
    sheet.subheading("receipts")
    sheet.listing(
        "receipts",
        {"who": 50, "told": 42, "acked": 42, "after": 32},
        ("who", "told", "acked", "after"),
    )
    sheet.subheading("owed")
    _duties(sheet, "owed")
    sheet.heading("cause")
    labelled(sheet, "causes")
    for which in ("well", "badly"):
        sheet.heading(which)
        sheet.listing(which, {"finding": 116, "source": 50}, ("text", "source"))
    sheet.heading("measures")
    _duties(sheet, "measures")
    files(sheet, sheet.heading, "photos")
    signatures(sheet, ("author", "commander", "manager", "executive"))


def investigation(sheet: Sheet) -> None:
    """调查报告."""
    sheet.mark = "{{ number }}"
    sheet.head_and_foot()
    _opening(
        sheet,
        "investigation",
        {
            sheet.label("number"): "{{ number }}",
            sheet.say("column.process"): "{{ process }}",
            sheet.say("column.grade"): "{{ grade }}",
            sheet.label("status"): "{{ incident.status }}",
        },
    )
    with sheet.where("masked"):
        sheet.document.add_paragraph(sheet.say("masked"), style="Abstract")
    sheet.heading("overview")
    table = new_table(sheet.document, PAIRS)
    sheet.pairs(
        table,
        (
            ("reported_at", "occurred_at"),
            ("reporter_name", "department"),
            ("organisation", "site"),
            ("category", "group"),
            ("assignee", "resolved_at"),
            ("closed_at", "closure_code"),
        ),
    )
    with sheet.where("overview"):
        labelled_rows(sheet, "overview")
    for chapter in ("people", "course"):
        sheet.heading(chapter)
        labelled(sheet, chapter)
    sheet.subheading("key_moments")
    sheet.listing("timeline", COURSE, COURSE_CELLS)
    sheet.heading("evidence")
    labelled(sheet, "evidence")
    files(sheet, sheet.subheading, "photos")
    sheet.heading("causes")
    labelled(sheet, "primary + secondary")
    sheet.heading("responsibility")
    labelled(sheet, "responsibility")
    sheet.heading("corrective_preventive")
    labelled(sheet, "corrective + preventive")
    sheet.subheading("owed_by")
    _duties(sheet, "measures")
    for chapter in ("care", "reflection"):
        with sheet.where(f"has_{chapter}"):
            sheet.heading(chapter)
            labelled(sheet, chapter)
    sheet.heading("checklist")
    _checklist(sheet)
    signatures(sheet, ("investigators", "author", "responsible", "executive"))


def _opening(sheet: Sheet, document: str, facts: dict[str, str]) -> None:
    titled(sheet, sheet.say(f"kind.{document}"))
    sheet.facts(facts, [42, 40, 34, 50])


def _related(sheet: Sheet) -> None:
    columns = {"number": 36, "relation": 20, "subject": 60, "status": 20, "reporter": 30}
    cells = ("number", "relation", "subject", "status", "reporter")
    sheet.listing("related", columns, cells)


def _duties(sheet: Sheet, rows: str) -> None:
    columns = {
        "ordinal": 11, "measure": 47, "owner": 23, "due": 39, "state": 20, "remark": 26,
    }  # fmt: skip
    sheet.listing(
        rows, columns, ("ordinal", "text", "owner", "due", "", "remark"), coloured="state"
    )


def _checklist(sheet: Sheet) -> None:
    columns = {"item": 55, "state": 20, "who": 23, "when": 39, "remark": 29}
    sheet.listing("checklist", columns, ("title", "", "who", "when", "remark"), coloured="result")
