"""Short tables stay on one page, long ones break between rows."""

from __future__ import annotations

from docx.document import Document
from docx.oxml.ns import qn

_SHORT = 16  # rows, with the head


def keep_short_tables(document: Document) -> None:
    """Keep each row of a short list with the next one. Tables without a head that comes again are
    no lists and are left as they are: their template says how they break."""
    for table in document.element.body.iterchildren(qn("w:tbl")):
        rows = list(table.iterchildren(qn("w:tr")))
        if len(rows) > _SHORT or not list(table.iter(qn("w:tblHeader"))):
            continue
        for row in rows[:-1]:
            for paragraph in row.iter(qn("w:p")):
                paragraph.get_or_add_pPr().keepNext_val = True
