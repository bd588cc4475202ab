"""Make the shipped blank forms: ``python templates/word/forms/make_forms.py [HOME]``.

Fields, labels and titles are those of ``config/forms.yaml``; run it again after changing that file,
and let the form's version grow. With HOME it draws the forms of that home's configuration into its
own ``templates/``. Administrators may as well restyle or draw their forms in Word.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from ruamel.yaml import YAML

from processor.domain.form import FieldKind, FormField, FormSpec
from processor.domain.wording import Words
from processor.forms.reading import MARK, MARK_LANGUAGE, MARK_VERSION
from processor.settings.form_building import forms_of
from processor.settings.schema.forms import FormsFile
from processor.settings.words import catalogue
from reports.word.sealing import seal, stamp
from reports.word.sheet import Sheet, add_page_field, right_tab
from reports.word.styles import ACCENT, BAD, FONTS, LABEL, QUIET
from reports.word.tables import add_band, add_head, add_row, new_table, shade
from templates.word.forms.controls import Controls

ROOT = Path(__file__).resolve().parents[3]
MADE = datetime(2026, 1, 1, tzinfo=UTC)  # a blank form's own time says nothing to anybody
CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
CUSTOM_RELATION = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
)
PROPERTY_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # [MS-OLEPS] 2.25.1: of a user's own
BOXES = 4  # answers that stand beside each other, each with a box; more are a list to choose from
PAIR = {"zh": (28, 55, 28, 55), "en": (33, 50, 33, 50)}  # millimetres: label, value, label, value


class Form:
    """One blank form being drawn, top to bottom."""

    def __init__(self, spec: FormSpec, words: Words) -> None:
        self.spec = spec
        self.words = words
        self.language = words.language
        self.sheet = Sheet(words, FONTS[words.language])
        self.document = self.sheet.document
        self.controls = Controls(words)
        self._styles()

    def drawn(self) -> bytes:
        """The whole form; the same configuration gives the same bytes."""
        title = self.spec.title[self.language]
        self.document.add_paragraph(title, style="Title")
        self.document.add_paragraph(self.spec.guide[self.language], style="Abstract")
        table = new_table(self.document, PAIR[self.language])
        for section in self.spec.sections:
            add_band(table, section.title[self.language])
            for fields in rows_of(section.fields):
                self.row(table, fields)
        if self.spec.table:
            self.items()
        self.foot(title)
        stamp(self.document, title=title, subject="", author="postdesk", now=MADE)
        self.mark()
        out = io.BytesIO()
        self.document.save(out)
        return seal(out.getvalue())

    def _styles(self) -> None:
        styles = self.document.styles
        title: Any = styles["Title"]
        title.font.size = Pt(20)
        title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.paragraph_format.space_after = Pt(6)
        guide: Any = styles["Abstract"]
        guide.font.size = Pt(9.5)
        guide.font.color.rgb = RGBColor.from_string(QUIET)
        guide.paragraph_format.space_before = Pt(0)
        guide.paragraph_format.space_after = Pt(8)
        guide.paragraph_format.line_spacing = Pt(15)
        empty: Any = styles.add_style("Placeholder Text", WD_STYLE_TYPE.CHARACTER)
        empty.font.color.rgb = RGBColor.from_string("98A2B3")
        star: Any = styles.add_style("Needed", WD_STYLE_TYPE.CHARACTER)
        star.font.color.rgb = RGBColor.from_string(BAD)
        box: Any = styles.add_style("Box", WD_STYLE_TYPE.CHARACTER)
        box.font.color.rgb = RGBColor.from_string(ACCENT)
        section = self.document.sections[0]
        section.top_margin, section.bottom_margin = Mm(18), Mm(18)

    def row(self, table: Table, fields: Sequence[FormField]) -> None:
        """One field over the whole row, or two beside each other."""
        row = add_row(table, [""] * 4, ["Table Label", "Table Text"] * 2, whole=True)
        cells = row.cells
        if len(fields) == 1:
            cells[1].merge(cells[3])
            for extra in cells[1].paragraphs[1:]:
                extra._p.getparent().remove(extra._p)
        row.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
        row.height = Mm(20) if fields[0].kind is FieldKind.LONG else Mm(9)
        for at, field in enumerate(fields):
            self.label(cells[2 * at], field)
            self.value(cells[2 * at + 1], field, field.name)
            if fields[0].kind is not FieldKind.LONG:
                cells[2 * at + 1].vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER

    def label(self, cell: _Cell, field: FormField) -> None:
        """What is asked, with a star where it has to be told."""
        shade(cell, LABEL)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        line = cell.paragraphs[0]
        line.add_run(field.label(self.language))
        if field.required:
            line.add_run(" *", style="Needed")

    def value(self, cell: _Cell, field: FormField, tag: str) -> None:
        """The place for the answer."""
        line = cell.paragraphs[0]
        if field.kind is FieldKind.CHECKS or (
            field.kind is FieldKind.CHOICE and len(field.choices) <= BOXES and tag == field.name
        ):
            for at, choice in enumerate(field.choices):
                line.add_run("    " if at else "")
                line._p.append(self.controls.box(f"{tag}={choice.code}", field))
                # glued: an answer does not part from its box at a line's end
                line.add_run("\u00a0" + choice.title(self.language).replace(" ", "\u00a0"))
            return
        line._p.append(self.controls.control(tag, field))

    def items(self) -> None:
        """The table with one thing for each row."""
        spec = self.spec.table
        if spec is None:
            return
        title = self.document.add_paragraph(spec.title[self.language], style="Heading 1")
        title.paragraph_format.space_before = Pt(10)
        table = new_table(self.document, widths_of(spec.columns))
        add_head(table, ["" for _ in spec.columns])
        for cell, column in zip(table.rows[0].cells, spec.columns, strict=True):
            line = cell.paragraphs[0]
            line.add_run(column.label(self.language))
            if column.required:
                line.add_run(" *", style="Needed")
        for number in range(1, spec.rows + 1):
            blank = [""] * len(spec.columns)
            row = add_row(table, blank, ["Table Small"] * len(blank), whole=False)
            row.height, row.height_rule = Mm(10.5), WD_ROW_HEIGHT_RULE.AT_LEAST
            for cell, column in zip(row.cells, spec.columns, strict=True):
                cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
                if column is spec.columns[0] and column.kind is FieldKind.TEXT:
                    cell.paragraphs[0].add_run(str(number))
                    cell.paragraphs[0].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
                else:
                    cell.paragraphs[0]._p.append(
                        self.controls.control(f"{number}:{column.name}", column)
                    )

    def foot(self, title: str) -> None:
        """Title and version below each page, and its number."""
        foot = self.document.sections[0].footer.paragraphs[0]
        right_tab(foot)
        foot.add_run(self.words.say("form.blank.foot", title=title, version=self.spec.version))
        foot.add_run("\t")
        before, _, rest = self.words.say("form.blank.page").partition("{page}")
        between, _, after = rest.partition("{pages}")
        foot.add_run(before)
        add_page_field(foot, "PAGE")
        foot.add_run(between)
        add_page_field(foot, "NUMPAGES")
        foot.add_run(after)

    def mark(self) -> None:
        """The properties by which the form is known again, whatever becomes of its labels."""
        values = {
            MARK: self.spec.name,
            MARK_VERSION: str(self.spec.version),
            MARK_LANGUAGE: self.language,
        }
        entries = "".join(
            f'<property fmtid="{PROPERTY_SET}" pid="{at}" name={quoteattr(name)}>'
            f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
            for at, (name, value) in enumerate(values.items(), start=2)
        )
        blob = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties '
            'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
            'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
            f"{entries}</Properties>"
        )
        package = self.document.part.package
        part = Part(PackURI("/docProps/custom.xml"), CUSTOM, blob.encode(), package)
        package.relate_to(part, CUSTOM_RELATION)


def rows_of(fields: Sequence[FormField]) -> Iterator[list[FormField]]:
    """Fields by rows: short ones by twos, all others by themselves."""
    waiting: list[FormField] = []
    for field in fields:
        if _wide(field):
            if waiting:
                yield waiting
                waiting = []
            yield [field]
            continue
        waiting.append(field)
        if len(waiting) == 2:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _wide(field: FormField) -> bool:
    boxes = field.kind is FieldKind.CHECKS or (
        field.kind is FieldKind.CHOICE and len(field.choices) <= BOXES
    )
    return field.wide or field.kind is FieldKind.LONG or boxes


def widths_of(columns: Sequence[FormField]) -> list[float]:
    """Millimetres of each column, by what it holds."""
    shares = {FieldKind.LONG: 1.5, FieldKind.CHOICE: 0.7}
    first = 12.0
    parts = [shares.get(column.kind, 1.0) for column in columns[1:]]
    room = 166 - first
    return [first, *(round(room * part / sum(parts), 1) for part in parts)]


def draw(config: Path, templates: Path) -> None:
    """Draw every form of the file ``config`` below ``templates``."""
    file = FormsFile.model_validate(YAML(typ="safe").load(config.read_text("utf-8")))
    words = {language: catalogue(language) for language in FONTS}
    for spec in forms_of(file, words).forms:
        for language in FONTS:
            target = templates / spec.template.replace("{language}", language)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(Form(spec, words[language]).drawn())


if __name__ == "__main__":
    home = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    draw(home / "config" / "forms.yaml", home / "templates")
