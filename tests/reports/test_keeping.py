"""What stays on one page: short lists do, lists that would leave half of it empty do not."""

from __future__ import annotations

import pytest
from docx import Document
from docx.document import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from reports.word.keeping import keep_short_tables


def a_list(rows: int, lines: int, head: bool = True) -> Word:
    """A document of one table: a head, and rows with so many lines in their last cell."""
    document: Word = Document()
    table = document.add_table(rows + 1, 2)
    if head:
        properties = table.rows[0]._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:tblHeader"))
    for row in table.rows[1:]:
        row.cells[1].text = "\n".join(["said"] * lines)
    return document


def kept(document: Word) -> list[bool]:
    """Whether each row is kept with the next."""
    return [
        all(one.pPr is not None and one.pPr.keepNext_val for one in row._tr.iter(qn("w:p")))
        for row in document.tables[0].rows
    ]


@pytest.mark.parametrize(
    ("rows", "lines", "head", "whole"),
    [
        (15, 1, True, True),
        (16, 1, True, False),  # many rows
        (6, 3, True, True),
        (11, 3, True, False),  # few rows of many lines
        (5, 1, False, False),  # no list
    ],
)
def test_a_short_list_stays_on_one_page(rows: int, lines: int, head: bool, whole: bool) -> None:
    document = a_list(rows, lines, head)
    keep_short_tables(document)
    *held, last = kept(document)
    assert set(held) == {whole}
    assert not last
