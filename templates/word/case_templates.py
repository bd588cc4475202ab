"""The templates of the reports on grave incidents: major incident, investigation."""

from __future__ import annotations

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from reports.word.sheet import Sheet
from reports.word.styles import LABEL, WIDTH
from reports.word.tables import add_head, add_loop, add_pair, add_row, new_table, shade

_PAIRS = [30, 53, 30, 53]  # millimetres: label, value, label, value


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
    table = new_table(sheet.document, _PAIRS)
    field = "{{{{ incident.{} }}}}"
    fact = "{{{{ facts.{} }}}}"
    add_pair(
        table,
        (sheet.label("reported_at"), field.format("reported_at")),
        (sheet.label("occurred_at"), field.format("occurred_at")),
    )
    add_pair(
        table,
        (sheet.say("column.declared"), fact.format("declared")),
        (sheet.say("column.declared_by"), fact.format("declared_by")),
    )
    add_pair(table, (sheet.say("column.reason"), fact.format("reason")))
    add_pair(
        table,
        (sheet.say("column.restored"), fact.format("restored")),
        (sheet.say("column.over"), fact.format("over")),
    )
    add_pair(
        table,
        (sheet.label("commander"), fact.format("commander")),
        (sheet.label("group"), field.format("group")),
    )
    add_pair(
        table,
        (sheet.label("category"), field.format("category")),
        (sheet.label("assignee"), field.format("assignee")),
    )
    add_pair(
        table,
        (sheet.say("column.rounds"), fact.format("rounds")),
        (sheet.say("column.acknowledged"), fact.format("acknowledged")),
    )
    sheet.heading("impact")
    labelled(sheet, "impact")
    sheet.subheading("related")
    _related(sheet)
    sheet.heading("timeline")
    sheet.tag("{%p if chart %}")
    drawn = sheet.document.add_paragraph("{{ chart }}")
    drawn.paragraph_format.keep_with_next = True
    drawn.paragraph_format.line_spacing = 1.0
    sheet.document.add_paragraph(sheet.say("timeline_caption"), style="Caption")
    sheet.tag("{%p endif %}")
    columns = {"when": 39, "who": 25, "way": 25, "what": 77}
    cells = ("when", "who", "how", "text")
    numbered = {"ordinal": 11, **columns, "what": 66}
    sheet.listing("timeline", numbered, ("number", *cells))
    sheet.heading("decisions")
    sheet.listing("decisions", columns, cells)
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
    _files(sheet)
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
    sheet.tag("{%p if masked %}")
    sheet.document.add_paragraph(sheet.say("masked"), style="Abstract")
    sheet.tag("{%p endif %}")
    sheet.heading("overview")
    table = new_table(sheet.document, _PAIRS)
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
    sheet.tag("{%p if overview %}")
    labelled_rows(sheet, "overview")
    sheet.tag("{%p endif %}")
    for chapter in ("people", "course"):
        sheet.heading(chapter)
        labelled(sheet, chapter)
    sheet.subheading("key_moments")
    sheet.listing(
        "timeline",
        {"when": 39, "who": 25, "way": 25, "what": 77},
        ("when", "who", "how", "text"),
    )
    sheet.heading("evidence")
    labelled(sheet, "evidence")
    _files(sheet, below=True)
    sheet.heading("causes")
    labelled(sheet, "primary + secondary")
    sheet.heading("responsibility")
    labelled(sheet, "responsibility")
    sheet.heading("corrective_preventive")
    labelled(sheet, "corrective + preventive")
    sheet.subheading("owed_by")
    _duties(sheet, "measures")
    for chapter in ("care", "reflection"):
        sheet.tag(f"{{%p if has_{chapter} %}}")
        sheet.heading(chapter)
        labelled(sheet, chapter)
        sheet.tag("{%p endif %}")
    sheet.heading("checklist")
    _checklist(sheet)
    signatures(sheet, ("investigators", "author", "responsible", "executive"))


def _opening(sheet: Sheet, document: str, facts: dict[str, str]) -> None:
    sheet.document.add_paragraph(sheet.say(f"kind.{document}"), style="Title")
    sheet.document.add_paragraph("{{ subject }}", style="Subtitle")
    sheet.facts(facts, [42, 40, 34, 50])


def abstract(sheet: Sheet) -> None:
    """The report in a few sentences."""
    gap = "" if sheet.words.language == "zh" else " "
    loop = f"{{% for sentence in intro %}}{{{{ sentence }}}}{gap}{{% endfor %}}"
    sheet.document.add_paragraph(loop, style="Abstract")


def labelled(sheet: Sheet, rows: str) -> None:
    """Labels with what was written, or the word for "nothing was written"."""
    sheet.tag(f"{{%p if {rows} %}}")
    labelled_rows(sheet, rows)
    sheet.tag("{%p else %}")
    sheet.document.add_paragraph(sheet.say("unwritten"))
    sheet.tag("{%p endif %}")


def labelled_rows(sheet: Sheet, rows: str) -> None:
    """A table of labels and texts."""
    table = new_table(sheet.document, [36, WIDTH - 36])
    add_loop(table, f"{{%tr for row in {rows} %}}")
    row = add_row(
        table, ["{{ row.label }}", "{{ row.text }}"], ["Table Label", "Table Text"], whole=False
    )
    shade(row.cells[0], LABEL)
    add_loop(table, "{%tr endfor %}")


def _related(sheet: Sheet) -> None:
    columns = {"number": 36, "relation": 20, "subject": 60, "status": 20, "reporter": 30}
    cells = ("number", "relation", "subject", "status", "reporter")
    sheet.listing("related", columns, cells)


def _duties(sheet: Sheet, rows: str) -> None:
    columns = {
        "ordinal": 11, "measure": 52, "owner": 25, "due": 29, "state": 20, "remark": 29,
    }  # fmt: skip
    sheet.listing(
        rows, columns, ("ordinal", "text", "owner", "due", "", "remark"), coloured="state"
    )


def _checklist(sheet: Sheet) -> None:
    columns = {"item": 62, "state": 20, "who": 25, "when": 30, "remark": 29}
    sheet.listing("checklist", columns, ("title", "", "who", "when", "remark"), coloured="result")


def _files(sheet: Sheet, *, below: bool = False) -> None:
    (sheet.subheading if below else sheet.heading)("attachments")
    columns = {"name": 96, "type": 45, "size": 25}
    sheet.listing("attachments", columns, ("name", "type", "size"))
    sheet.tag("{%p if pictures %}")
    (sheet.subheading if below else sheet.heading)("photos")
    sheet.tag("{%p for picture in pictures %}")
    shown = sheet.document.add_paragraph("{{ picture.image }}")
    shown.paragraph_format.keep_with_next = True
    shown.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    shown.paragraph_format.line_spacing = 1.0
    sheet.document.add_paragraph("{{ picture.caption }}", style="Caption")
    sheet.tag("{%p endfor %}")
    sheet.tag("{%p endif %}")


def signatures(sheet: Sheet, duties: tuple[str, ...]) -> None:
    """A line for each who signs."""
    sheet.heading("signatures")
    table = new_table(sheet.document, [46, 40, 45, 35])
    titles = [sheet.say(f"column.{name}") for name in ("duty", "who", "signature", "date")]
    add_head(table, titles, again=False)
    for at, duty in enumerate(duties):
        texts = (sheet.say(f"signature.{duty}"), "", "", "")
        row = add_row(table, texts, ["Table Label", "Table Text", "Table Text", "Table Text"])
        row.height, row.height_rule = Mm(13), WD_ROW_HEIGHT_RULE.AT_LEAST
        for cell in row.cells:
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            cell.paragraphs[0].paragraph_format.keep_with_next = at < len(duties) - 1
        shade(row.cells[0], LABEL)
