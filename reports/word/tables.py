"""Tables of templates: fixed columns, heads that come again on each page, rows kept whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table, _Cell, _Row

from reports.word.styles import BAND, LABEL, TABLE_STYLE


def new_table(document: Document, widths: Sequence[float]) -> Table:
    """An empty table whose columns are ``widths`` millimetres wide, whatever they hold."""
    table: Table = document.add_table(rows=0, cols=len(widths))
    table.style = document.styles[TABLE_STYLE]
    table.autofit = False
    properties = table._tbl.tblPr
    total = sum(Mm(width).twips for width in widths)
    for tag, attributes in (
        ("w:tblW", {"w:w": str(total), "w:type": "dxa"}),
        ("w:tblInd", {"w:w": "0", "w:type": "dxa"}),
    ):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
        element = OxmlElement(tag)
        for name, value in attributes.items():
            element.set(qn(name), value)
        properties.insert_element_before(element, "w:tblBorders", "w:tblLayout", "w:tblLook")
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def add_row(
    table: Table, texts: Sequence[str], styles: Sequence[str], *, whole: bool = True
) -> _Row:
    """A row of ``texts`` in paragraph ``styles``; ``whole`` keeps it on one page."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx's
    for cell, column, text, style in zip(row.cells, table.columns, texts, styles, strict=True):
        cell.width = column.width
        cell.paragraphs[0].style = style
        if text:
            cell.paragraphs[0].add_run(text)
    if whole:
        _mark(row, "w:cantSplit")
    return row


def add_wide_row(table: Table, text: str, style: str, *, whole: bool = True) -> _Cell:
    """A row of one cell over all columns."""
    blank = [""] * len(table.columns)
    row = add_row(table, blank, [style] * len(blank), whole=whole)
    cells = row.cells
    cell: _Cell = cells[0].merge(cells[-1])
    cell.paragraphs[0].add_run(text)
    return cell


def add_head(table: Table, texts: Sequence[str], *, again: bool = True) -> None:
    """The row of column titles, shown ``again`` at the top of each page.

    In a template, rows below such a head are not kept whole unless what stands before the table is
    kept with it: LibreOffice 7.4 drops what comes after the page's end when the second row is the
    one that has no room. When it is printed, :mod:`reports.word.keeping` sees to both.
    """
    row = add_row(table, texts, ["Table Head"] * len(texts))
    if again:
        _mark(row, "w:tblHeader")
    for cell in row.cells:
        shade(cell, BAND)
        cell.paragraphs[0].paragraph_format.keep_with_next = True


def add_band(table: Table, text: str) -> None:
    """A title inside the table, kept with the row below it."""
    shade(add_wide_row(table, text, "Table Band"), BAND)


def add_loop(table: Table, tag: str) -> None:
    """A row that holds docxtpl's ``{%tr … %}`` alone; it is gone once the table is printed."""
    style = "Table Small"
    add_row(table, [tag, *[""] * (len(table.columns) - 1)], [style] * len(table.columns))


def add_pair(table: Table, *pairs: tuple[str, str], whole: bool = True) -> None:
    """Label and value, once or twice in a row; a single value takes the rest of the row."""
    texts = [text for pair in pairs for text in pair]
    styles = ["Table Label", "Table Text"] * len(pairs)
    missing = len(table.columns) - len(texts)
    row = add_row(table, texts + [""] * missing, styles + ["Table Text"] * missing, whole=whole)
    cells = row.cells
    if missing:
        cells[1].merge(cells[-1])
    for at in range(0, 2 * len(pairs), 2):
        shade(cells[at], LABEL)


def shade(cell: _Cell, color: str) -> None:
    """Fill the cell's ground."""
    properties: Any = cell._tc.get_or_add_tcPr()
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", color)):
        shading.set(qn(f"w:{name}"), value)
    properties.insert_element_before(shading, "w:noWrap", "w:tcMar", "w:vAlign", "w:hideMark")


def _mark(row: _Row, tag: str) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement(tag))
