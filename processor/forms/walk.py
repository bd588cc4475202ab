"""The walk over a Word document that finds its paragraphs, tables and controls.

python-docx leaves out what forms are made of (``w:sdt``, tracked insertions, legacy form fields)
and repeats merged cells, hence this walk over the XML (ECMA-376-1, 17.3 to 17.5).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from processor.domain.form import UnreadableForm
from processor.forms.elements import (
    date_of,
    inside,
    is_empty,
    merge_of,
    name_of,
    number_of,
    tag_of,
    unwrapped,
)
from processor.forms.grid import Box, Content, Control, Grid
from processor.forms.paragraphs import paragraph_text


def content_of(document: Any, most_cells: int) -> Content:
    """Everything below ``w:document``; raises UnreadableForm beyond ``most_cells``."""
    walk = _Walk(most_cells)
    for body in document:
        if name_of(body) == "body":
            walk.blocks(body)
    return walk.content


class _Walk:
    """Fills ``content``; ``most_cells`` are all that it looks at."""

    def __init__(self, most_cells: int) -> None:
        self.content = Content()
        self._left = most_cells

    def blocks(self, parent: Any) -> None:
        """Paragraphs and tables outside of tables."""
        for child in unwrapped(parent):
            name = name_of(child)
            if name == "p":
                controls: list[Control] = []
                text = paragraph_text(child, controls)
                self.content.blocks.append(Box(text=text, controls=controls, element=child))
            elif name == "tbl":
                self.table(child)
            elif name == "sdt":
                place = len(self.content.blocks)
                self.blocks(inside(child))
                self._attach(child, self.content.blocks[place:])

    def _attach(self, control: Any, made: list[Box | Grid]) -> None:
        """A control around whole paragraphs belongs to the first of them."""
        paragraphs = [box for box in made if isinstance(box, Box)]
        tag = tag_of(control)
        if tag and paragraphs and len(paragraphs) == len(made):
            empty = is_empty(control)
            text = "" if empty else "\n".join(box.text for box in paragraphs)
            if empty:
                for box in paragraphs:
                    box.text = ""
            paragraphs[0].controls.append(Control(tag, text.strip(), date_of(control)))

    def table(self, table: Any) -> None:
        """One table; those inside its cells follow as tables of their own."""
        grid = Grid()
        self.content.blocks.append(grid)
        above: dict[int, Box] = {}  # column → box that a vertical merge would go on
        for number, row in enumerate(_rows(table)):
            column = number_of(row, "trPr", "gridBefore")
            began: dict[int, Box] = {}
            for cell, control in _cells(row):
                self._left -= 1
                if self._left < 0:
                    raise UnreadableForm("bomb", "cells")
                width = max(1, number_of(cell, "tcPr", "gridSpan"))
                merge = merge_of(cell, "vMerge")
                if merge_of(cell, "hMerge") == "continue" and grid.boxes:
                    grid.boxes[-1].width += width
                    column += width
                    continue
                box = above.get(column) if merge == "continue" else None
                if box is not None:
                    box.height = number - box.row + 1
                else:
                    box = Box(number, column, width, element=cell)
                    box.text = self._cell(cell, box.controls)
                    if control is not None:
                        _around_cell(control, box)
                    grid.boxes.append(box)
                began[column] = box
                column += width
            above = began

    def _cell(self, cell: Any, controls: list[Control]) -> str:
        lines: list[str] = []
        for child in unwrapped(cell):
            name = name_of(child)
            if name == "p":
                lines.append(paragraph_text(child, controls))
            elif name == "tbl":
                self.table(child)
            elif name == "sdt":
                inner: list[Control] = []
                text = self._cell(inside(child), inner)
                text = "" if is_empty(child) else text
                controls += [Control(tag_of(child), text, date_of(child)), *inner]
                lines.append(text)
        return "\n".join(lines).strip()


def _around_cell(control: Any, box: Box) -> None:
    if is_empty(control):
        box.text = ""
    box.controls.append(Control(tag_of(control), box.text, date_of(control)))


def _rows(table: Any) -> Iterator[Any]:
    """Rows, those inside of controls too (a repeating section is one around rows)."""
    for child in unwrapped(table):
        if name_of(child) == "tr":
            yield child
        elif name_of(child) == "sdt":
            yield from _rows(inside(child))


def _cells(row: Any) -> Iterator[tuple[Any, Any]]:
    """Cells with the control that is around each, or None."""
    for child in unwrapped(row):
        if name_of(child) == "tc":
            yield child, None
        elif name_of(child) == "sdt":
            for cell, inner in _cells(inside(child)):
                yield cell, child if inner is None else inner
