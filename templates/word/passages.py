"""What several shipped templates have alike: title, abstract, course, files, signatures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from reports.word.sheet import Sheet
from reports.word.styles import LABEL, WIDTH
from reports.word.tables import add_head, add_loop, add_row, new_table, shade

PAIRS = [30, 53, 30, 53]
"""A table of facts: millimetres of label, value, label, value."""
COURSE = MappingProxyType({"when": 39, "who": 25, "way": 25, "what": 77})
"""The columns of what happened, in millimetres."""
COURSE_CELLS = ("when", "who", "how", "text")
_NOBODY: Mapping[str, str] = MappingProxyType({})


def titled(sheet: Sheet, title: str) -> None:
    """Which document it is, and what it is about."""
    sheet.document.add_paragraph(title, style="Title")
    sheet.document.add_paragraph("{{ subject }}", style="Subtitle")


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


def files(sheet: Sheet, heading: Callable[[str], None], pictures: str) -> None:
    """What came with it, as a list, then the ``pictures`` (their heading) among it, each with its
    caption."""
    heading("attachments")
    columns = {"name": 96, "type": 45, "size": 25}
    sheet.listing("attachments", columns, ("name", "type", "size"))
    with sheet.where("pictures"):
        heading(pictures)
        sheet.tag("{%p for picture in pictures %}")
        shown = sheet.document.add_paragraph("{{ picture.image }}")
        shown.paragraph_format.keep_with_next = True
        shown.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        shown.paragraph_format.line_spacing = 1.0
        sheet.document.add_paragraph("{{ picture.caption }}", style="Caption")
        sheet.tag("{%p endfor %}")


def signatures(sheet: Sheet, duties: Iterable[str], named: Mapping[str, str] = _NOBODY) -> None:
    """A line for each who signs; ``named`` are the fields of those whose name is known."""
    sheet.heading("signatures")
    table = new_table(sheet.document, [46, 40, 45, 35])
    titles = [sheet.say(f"column.{name}") for name in ("duty", "who", "signature", "date")]
    add_head(table, titles, again=False)
    rows = []
    for duty in duties:
        texts = (sheet.say(f"signature.{duty}"), named.get(duty, ""), "", "")
        row = add_row(table, texts, ["Table Label", "Table Text", "Table Text", "Table Text"])
        row.height, row.height_rule = Mm(13), WD_ROW_HEIGHT_RULE.AT_LEAST
        shade(row.cells[0], LABEL)
        rows.append(row)
    for row in rows:
        for cell in row.cells:
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            cell.paragraphs[0].paragraph_format.keep_with_next = row is not rows[-1]
