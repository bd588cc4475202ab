"""A template being written: sections, labelled fields and lists, as every report has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table

from processor.domain.wording import Words
from reports.word.styles import LABEL, WIDTH, Fonts, dress
from reports.word.tables import add_head, add_loop, add_pair, add_row, new_table, shade

# Labels that are no field's of the record.
_OWN_LABELS = {"service": "report.column.service", "marks": "report.column.marks"}


class Sheet:
    """One template being written, top to bottom, in the language of ``words``. ``mark`` is the
    field that says at the head of each page what the document is about."""

    mark = "{{ incident.number }}"

    def __init__(self, words: Words, fonts: Fonts) -> None:
        self.words = words
        self.document: Document = docx.Document()
        dress(self.document, fonts, words.language)

    def say(self, key: str) -> str:
        """A word of reports."""
        return self.words.say(f"report.{key}")

    def heading(self, name: str) -> None:
        """A heading of the first level."""
        self.document.add_paragraph(self.say(f"heading.{name}"), style="Heading 1")

    def subheading(self, name: str) -> None:
        """A heading of the second level."""
        self.document.add_paragraph(self.say(f"heading.{name}"), style="Heading 2")

    def facts(self, facts: Mapping[str, str], widths: Sequence[float]) -> None:
        """The few facts that a reader wants first: label → value, side by side."""
        table = new_table(self.document, widths)
        row = add_row(table, list(facts), ["Fact Label"] * len(facts))
        for cell, value in zip(row.cells, facts.values(), strict=True):
            shade(cell, LABEL)
            cell.add_paragraph(value, style="Fact")

    def tag(self, text: str) -> None:
        """A paragraph for docxtpl alone: it is gone once the document is printed."""
        self.document.add_paragraph(text)

    @contextmanager
    def where(self, condition: str) -> Iterator[None]:
        """What is written meanwhile is printed only where ``condition``, a field, is true."""
        self.tag(f"{{%p if {condition} %}}")
        yield
        self.tag("{%p endif %}")

    def label(self, name: str) -> str:
        """What a field of the record is called."""
        return self.words.say(_OWN_LABELS.get(name, f"field.{name}"))

    def pairs(
        self, table: Table, rows: tuple[tuple[str, ...], ...], long: tuple[str, ...] = ()
    ) -> None:
        """Rows of labelled fields of the record; those in ``long`` may go on over a page's end."""
        for names in rows:
            fields = [(self.label(name), f"{{{{ incident.{name} }}}}") for name in names]
            add_pair(table, *fields, whole=names[0] not in long)

    def listing(
        self,
        rows: str,
        columns: Mapping[str, float],
        cells: tuple[str, ...],
        *,
        coloured: str = "",
        more: bool = False,
    ) -> None:
        """A table with one line for each of ``rows``, or the word for "none". The cell without a
        name shows ``coloured``, by the row's ``good`` and ``bad``. With ``more``, a sentence that
        there are others stands before it where the document has one for these rows."""
        self.tag(f"{{%p if {rows} %}}")
        if more:
            with self.where(f"more.{rows} is defined"):
                told = self.document.add_paragraph(f"{{{{ more.{rows} }}}}", style="Note")
                told.paragraph_format.keep_with_next = True
        table = new_table(self.document, list(columns.values()))
        add_head(table, [self.say(f"column.{name}") for name in columns])
        add_loop(table, f"{{%tr for row in {rows} %}}")
        texts = [f"{{{{ row.{name} }}}}" if name else "" for name in cells]
        row = add_row(table, texts, ["Table Small"] * len(cells), whole=False)
        if coloured:
            add_coloured(row.cells[cells.index("")].paragraphs[0], coloured)
        add_loop(table, "{%tr endfor %}")
        self.otherwise_none()

    def otherwise_none(self) -> None:
        """Ends what ``{%p if … %}`` began: otherwise the word for "none" is printed."""
        self.tag("{%p else %}")
        self.document.add_paragraph(self.say("none"))
        self.tag("{%p endif %}")

    @property
    def running_head(self) -> str:
        """Organisation and what it is about."""
        return f"{{{{ organisation }}}}\t{self.mark}"

    def head_and_foot(self) -> None:
        """The running head above, time of printing and page below each page."""
        section = self.document.sections[0]
        head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
        for paragraph in (head, foot):
            right_tab(paragraph)
        head.add_run(self.running_head)
        foot.add_run("{{ printed }}\t")
        before, _, rest = self.say("page").partition("{page}")
        between, _, after = rest.partition("{pages}")
        foot.add_run(before)
        add_page_field(foot, "PAGE")
        foot.add_run(between)
        add_page_field(foot, "NUMPAGES")
        if after:
            foot.add_run(after)


def add_coloured(paragraph: Any, field: str) -> None:
    """The row's ``field``, in the style of its ``good`` or ``bad``."""
    for tag, style in (("if row.good", "Good"), ("elif row.bad", "Bad"), ("else", None)):
        paragraph.add_run(f"{{%r {tag} %}}")
        paragraph.add_run(f"{{{{ row.{field} }}}}", style=style)
    paragraph.add_run("{%r endif %}")


def right_tab(paragraph: Any) -> None:
    """One tab stop, at the right edge of the text, in place of the style's own."""
    for stop in list(paragraph.style.paragraph_format.tab_stops):
        stop._tab.getparent().remove(stop._tab)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)


def add_page_field(paragraph: Any, code: str) -> None:
    """A field that Word works out: fldSimple keeps it one run that nobody splits by accident."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" {code} ")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
