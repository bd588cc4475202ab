"""Short tables stay on one page, long ones break between rows, and only long rows break inside.

A row of two lines that is torn apart leaves a strip on the next page that is blank but for one
cell. A row of a long text (a mail, a note) has to go on over the page's end.
"""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

_SHORT = 16  # rows, with the head
_SHORT_LINES = 24  # of all rows together: a third of a page may be left empty for it, no more
_LONG = 300  # characters of a cell, or lines of its own
_LONG_LINES = 12


def keep_short_tables(document: Document) -> None:
    """Keep each row of a short list with the next one. Tables without a head that comes again are
    no lists and are left as they are: their template says how they break."""
    for table in _tables(document):
        rows = list(table.iterchildren(qn("w:tr")))
        if len(rows) > _SHORT or not list(table.iter(qn("w:tblHeader"))):
            continue
        if sum(max(map(_lines, row.iterchildren(qn("w:tc")))) for row in rows) > _SHORT_LINES:
            continue
        for row in rows[:-1]:
            for paragraph in row.iter(qn("w:p")):
                paragraph.get_or_add_pPr().keepNext_val = True


def keep_short_rows(document: Document) -> None:
    """Let no row break inside but those that hold a long text.

    What stands before a table whose head comes again is kept with it: LibreOffice 7.4 drops the
    rest of the table where its second row is the first that has no room.
    """
    for table in _tables(document):
        before = table.getprevious()
        if before is not None and before.tag == qn("w:p") and list(table.iter(qn("w:tblHeader"))):
            before.get_or_add_pPr().keepNext_val = True
        for row in table.iterchildren(qn("w:tr")):
            if not any(_is_long(cell) for cell in row.iterchildren(qn("w:tc"))):
                _hold(row)


def _tables(document: Document) -> Any:
    return document.element.body.iterchildren(qn("w:tbl"))


def _lines(cell: Any) -> int:
    """Of its own; those that are wrapped are not known."""
    return sum(1 for _ in cell.iter(qn("w:p"), qn("w:br")))


def _is_long(cell: Any) -> bool:
    return (
        _lines(cell) > _LONG_LINES
        or sum(len(one.text or "") for one in cell.iter(qn("w:t"))) > _LONG
    )


def _hold(row: Any) -> None:
    properties = row.get_or_add_trPr()
    if properties.find(qn("w:cantSplit")) is None:
        # any order is right here (ECMA-376-1, 17.4.81: CT_TrPr is a choice)
        properties.append(OxmlElement("w:cantSplit"))
