"""A template of a periodical report being written: cover, contents, chapters, charts, appendix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.table import Table

from processor.domain.wording import Words
from reports.word.fields import instruction, mark, run_of, simple_field
from reports.word.report_styles import dress_report
from reports.word.sheet import Sheet, add_coloured
from reports.word.styles import FONTS, LABEL, WIDTH
from reports.word.tables import add_head, add_loop, add_row, new_table, shade

LEVELS = "1-2"  # of headings in the table of contents


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: the word at its head, its width in millimetres, what a row has in it.
    Numbers stand at the right."""

    head: str
    width: float
    cell: str
    number: bool = False


class ReportSheet(Sheet):
    """Writes a template top to bottom. ``name`` is the report's: its words begin with it
    (``monthly.chapter.volume``), those that all reports share with ``document``."""

    def __init__(self, words: Words, name: str) -> None:
        fonts = FONTS[words.language]
        super().__init__(words, fonts)
        self.name = name
        self._new_page = False
        dress_report(self.document, fonts, words.language, self.shared("appendix", letter="%1"))

    @property
    def running_head(self) -> str:
        """Logo, organisation and report."""
        return "{{ header_logo }}{{ organisation }}\t{{ title }} · {{ period }}"

    def own(self, key: str) -> str:
        """A word of this report."""
        return self.words.say(f"{self.name}.{key}")

    def shared(self, key: str, **params: object) -> str:
        """A word of all periodical reports."""
        return self.words.say(f"document.{key}", **params)

    def paragraph(self, text: str, style: str) -> Any:
        """A paragraph in a style of the report's."""
        return self.document.add_paragraph(text, style=style)

    def cover(self, facts: Sequence[tuple[str, str]]) -> None:
        """The first page: logo, title, period, ``facts`` (label, field), who signs."""
        self.document.sections[0].different_first_page_header_footer = True
        self.paragraph("{{ logo }}", "Cover Logo")
        self.paragraph("{{ title }}", "Cover Title")
        self.paragraph("{{ period }}", "Cover Subtitle")
        table = new_table(self.document, [40, WIDTH - 40])
        for label, field in facts:
            add_row(table, [label, field], ["Cover Label", "Cover Fact"])
        _open(table)
        self.paragraph("", "Cover Subtitle")
        self.signatures()

    def signatures(self) -> None:
        """Three places to sign: who made it, who checked it, who approved it."""
        duties = ("prepared", "reviewed", "approved")
        table = new_table(self.document, [WIDTH / 3] * 3)
        labels = [self.shared(f"signature.{duty}") for duty in duties]
        row = add_row(table, labels, ["Table Label"] * 3)
        row.height, row.height_rule = Mm(20), WD_ROW_HEIGHT_RULE.AT_LEAST
        add_row(table, [self.shared("signature.date")] * 3, ["Table Label"] * 3)

    def opening(self) -> None:
        """The head of a short report that has no cover: logo, title, period."""
        self.tag("{%p if logo %}")
        self.paragraph("{{ logo }}", "Normal")
        self.tag("{%p endif %}")
        self.paragraph("{{ title }}", "Title")
        self.paragraph("{{ period }}", "Subtitle")

    def contents(self) -> None:
        """The table of contents on a page of its own."""
        title = self.paragraph(self.shared("contents"), "TOC Heading")
        title.paragraph_format.page_break_before = True
        paragraph = self.paragraph("", "toc 1")._p
        code = f'TOC \\o "{LEVELS}" \\h \\z \\u'
        paragraph.extend([mark("begin"), instruction(code), mark("separate"), run_of("…")])
        self.paragraph("", "toc 1")._p.append(mark("end"))  # LibreOffice drops it in one paragraph
        self._new_page = True

    def chapter(self, key: str) -> None:
        """A heading of the first level; the first after the contents begins a page."""
        heading = self.paragraph(self.own(f"chapter.{key}"), "Heading 1")
        if self._new_page:
            # no break of its own: Word would leave the rest of that paragraph as an empty line
            heading.paragraph_format.page_break_before = True
            heading.paragraph_format.space_before = Pt(0)
            self._new_page = False

    def section(self, key: str) -> None:
        """A heading of the second level."""
        self.paragraph(self.own(f"section.{key}"), "Heading 2")

    def prose(self, field: str, *, keep: bool = False) -> None:
        """Sentences, as one paragraph each; ``keep`` them on the page of what comes next."""
        self._each(field, "Body Text", keep=keep)

    def points(self, field: str) -> None:
        """Sentences as a list with points."""
        self._each(field, "Report Point")

    def _each(self, field: str, style: str, *, keep: bool = False) -> None:
        self.tag(f"{{%p for sentence in {field} %}}")
        said = self.paragraph("{{ sentence }}", style)
        if keep:
            said.paragraph_format.keep_with_next = True
        self.tag("{%p endfor %}")

    def chart(self, name: str) -> None:
        """The chart ``name`` with its caption below, or a sentence that there is nothing."""
        self.tag(f"{{%p if charts.{name} %}}")
        self.paragraph(f"{{{{ charts.{name} }}}}", "Chart")
        self.caption("figure", self.own(f"caption.{name}"), "Chart Caption")
        self.tag("{%p else %}")
        self.paragraph(self.shared("no_chart", name=self.own(f"caption.{name}")), "Body Text")
        self.tag("{%p endif %}")

    def caption(self, kind: str, text: str, style: str) -> None:
        """A numbered caption; ``kind`` is ``figure`` or ``table``."""
        label = self.shared(f"caption.{kind}")
        paragraph = self.paragraph(f"{label} ", style)._p
        paragraph.append(simple_field(f"SEQ {label} \\* ARABIC", "1"))
        paragraph.append(run_of(f"{self.shared('caption.gap')}{text}"))

    def table(self, name: str, columns: Sequence[Column], *, rows: str = "") -> None:
        """A captioned list with one line for each row of ``rows`` (else of ``tables.name``), or a
        sentence that there is none."""
        rows = rows or f"tables.{name}"
        caption = self.own(f"caption.{name}")
        self.tag(f"{{%p if {rows} %}}")
        self.caption("table", caption, "Table Caption")
        self.bare_table(rows, columns)
        self.tag("{%p else %}")
        self.paragraph(self.shared("no_rows", name=caption), "Body Text")
        self.tag("{%p endif %}")

    def bare_table(self, rows: str, columns: Sequence[Column]) -> Table:
        """A list without a caption: a line for each row of the field ``rows``."""
        table = new_table(self.document, [column.width for column in columns])
        add_head(table, [column.head for column in columns])
        for cell, column in zip(table.rows[0].cells, columns, strict=True):
            if column.number:
                cell.paragraphs[0].alignment = 2  # right
        add_loop(table, f"{{%tr for row in {rows} %}}")
        styles = ["Cell Number" if column.number else "Cell Text" for column in columns]
        texts = [f"{{{{ row.{column.cell} }}}}" for column in columns]
        # Whole rows below a head that comes again are safe here, other than ``add_head`` says: what
        # stands before the table is kept with it, so that no page ends with the head alone.
        add_row(table, texts, styles)
        add_loop(table, "{%tr endfor %}")
        _margins(table, bottom=60)
        # LibreOffice leaves a heading that follows a table behind on its page, for all that it is
        # to be kept with the next paragraph; and Word wants a paragraph at the document's end.
        self.paragraph("", "Table End")
        return table

    def figures(self, rows: str, *, note: bool = True) -> None:
        """A table of figures: this period, the one before and a year ago, changes coloured. The
        ``note`` before it says what the columns mean."""
        heads = ("figure", "now", "previous", "change", "last_year", "change_year")
        widths = (42, 24, 24, 26, 24, 26)
        cells = ("name", "now", "previous", "", "last_year", "change_year")
        columns = [
            Column(self.shared(f"column.{head}"), width, cell, number=head != "figure")
            for head, width, cell in zip(heads, widths, cells, strict=True)
        ]
        if note:
            said = self.paragraph(self.shared("figures_note"), "Table Note")
            said.paragraph_format.keep_with_next = True
        self.caption("table", self.own(f"caption.{rows}"), "Table Caption")
        table = self.bare_table(f"tables.{rows}", columns)
        change = table.rows[2].cells[3].paragraphs[0]
        for run in list(change.runs):
            change._p.remove(run._r)
        add_coloured(change, "change")

    def heat(self, name: str, columns: int, first: str) -> None:
        """A heat map: a table whose cells are shaded by their value. ``tables.name`` has rows with
        ``name`` and ``cells`` of ``text`` and ``shade``, and ``heads`` are its column titles. It
        stays on one page, with its note."""
        caption = self.own(f"caption.{name}")
        self.tag(f"{{%p if tables.{name}.rows %}}")
        self.caption("table", caption, "Table Caption")
        label = 17.2
        width = (WIDTH - label) / columns
        table = new_table(self.document, [label, *[width] * columns])
        heads = [f"{{{{ tables.{name}.heads[{at}] }}}}" for at in range(columns)]
        head = add_row(table, [first, *heads], ["Heat"] * (columns + 1))
        for cell in head.cells:
            shade(cell, LABEL)
        add_loop(table, f"{{%tr for row in tables.{name}.rows %}}")
        cells = [
            f"{{% cellbg row.cells[{at}].shade %}}{{{{ row.cells[{at}].text }}}}"
            for at in range(columns)
        ]
        row = add_row(table, ["{{ row.name }}", *cells], ["Heat"] * (columns + 1))
        add_loop(table, "{%tr endfor %}")
        for cell in (*head.cells, *row.cells):
            cell.paragraphs[0].paragraph_format.keep_with_next = True
        _margins(table, left=10, bottom=40, right=10)  # narrow cells need their room for digits
        self.paragraph(self.own(f"note.{name}"), "Table Note")
        self.tag("{%p else %}")
        self.paragraph(self.shared("no_rows", name=caption), "Body Text")
        self.tag("{%p endif %}")

    def definitions(self) -> None:
        """The appendix in which each figure of the report is defined."""
        self.paragraph(self.shared("definitions"), "Appendix")
        intro = self.paragraph(self.shared("definitions_intro"), "Body Text")
        intro.paragraph_format.keep_with_next = True
        columns = (
            Column(self.shared("column.figure"), 40, "name"),
            Column(self.shared("column.definition"), 106, "definition"),
            Column(self.shared("column.unit"), 20, "unit"),
        )
        self.bare_table("definitions", columns)


def _open(table: Table) -> None:
    """Only lines between the rows: the facts of a cover are no grid."""
    borders = "".join(
        f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right", "insideV")
    )
    _set(table, "w:tblBorders", borders)


def _margins(table: Table, **twips: int) -> None:
    """The room in the cells of ``table`` at the sides named."""
    order = ("top", "left", "bottom", "right")
    sides = "".join(f'<w:{s} w:w="{twips[s]}" w:type="dxa"/>' for s in order if s in twips)
    _set(table, "w:tblCellMar", sides)


def _set(table: Table, tag: str, inner: str) -> None:
    properties: Any = table._tbl.tblPr
    for old in properties.findall(qn(tag)):
        properties.remove(old)
    element = parse_xml(f"<{tag} {nsdecls('w')}>{inner}</{tag}>")
    later = {
        "w:tblBorders": ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"),
        "w:tblCellMar": ("w:tblLook", "w:tblCaption"),
    }
    properties.insert_element_before(element, *later[tag])
