"""On which page a paragraph will stand: near enough for a table of contents.

No word processor is asked (a server has none). Heights are added up from the document's own styles:
exact line heights, tables' rows, charts' sizes. The shipped templates set lines of exact height, so
that the sum is right wherever the fonts are; a template that sets them otherwise gets numbers that
may be a page off until F9 is pressed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from reports.word.style_sheet import StyleSheet
from reports.word.text_width import lines_of

_TWIPS, _EMU = 20, 12_700  # in a point
_USUAL = 10.5  # points, where no style says a size
_NATURAL = 1.32  # of a font's size: a single line of mixed Chinese and Latin text
_SIDES = 5.4  # points left and right in a cell, where nothing says
_RULE = 0.5  # points of the line between rows


@dataclass(slots=True)
class _Block:
    """What is not torn apart: a paragraph or a row, in points. ``keeps`` with the next one."""

    height: float
    marks: list[Any]
    before: float = 0.0
    after: float = 0.0
    keeps: bool = False
    new_page: bool = False


def pages_of(document: Document, paragraphs: Sequence[Any]) -> list[int]:
    """The page, from 1, of each of ``paragraphs`` (``w:p`` of the body)."""
    reading = _Reading(document)
    wanted = {id(paragraph): at for at, paragraph in enumerate(paragraphs)}
    found = [0] * len(paragraphs)
    page, used, after = 1, 0.0, 0.0
    blocks = list(reading.blocks())
    for at, block in enumerate(blocks):
        gap = max(after, block.before)
        whole = used + gap + _together(blocks, at, reading.height)
        if block.new_page and at:
            page, used, gap = page + 1, 0.0, block.before
        elif used and whole > reading.height:
            page, used, gap = page + 1, 0.0, 0.0  # a page begins without the space before
        used, after = used + gap + block.height, block.after
        for mark in block.marks:
            if id(mark) in wanted:
                found[wanted[id(mark)]] = page
    return found


def _together(blocks: list[_Block], at: int, most: float) -> float:
    """The height of the block with those that it keeps with; its own where they fill a page."""
    total, last = blocks[at].height, at
    while blocks[last].keeps and last + 1 < len(blocks) and not blocks[last + 1].new_page:
        total += max(blocks[last].after, blocks[last + 1].before) + blocks[last + 1].height
        last += 1
    return total if total <= most else blocks[at].height


class _Reading:
    def __init__(self, document: Document) -> None:
        self._body = document.element.body
        self._sheet = StyleSheet(document)
        section = document.sections[-1]
        self.height = (
            (section.page_height or 0) - (section.top_margin or 0) - (section.bottom_margin or 0)
        ) / _EMU
        self._width = (
            (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
        ) / _EMU

    def blocks(self) -> Iterator[_Block]:
        """Paragraphs and rows from top to bottom."""
        break_next = False
        for child in _content(self._body):
            if child.tag == qn("w:tbl"):
                for block in self._rows(child):
                    block.new_page, break_next = block.new_page or break_next, False
                    yield block
                continue
            breaks = [one for one in child.iter(qn("w:br")) if one.get(qn("w:type")) == "page"]
            block = self._paragraph(child, self._width)
            block.new_page = block.new_page or break_next
            break_next = bool(breaks)
            yield block

    def _paragraph(self, paragraph: Any, room: float) -> _Block:
        size = self._points(paragraph, "w:rPr", "w:sz", "w:val", 2) or _USUAL
        before = self._points(paragraph, "w:pPr", "w:spacing", "w:before", _TWIPS)
        after = self._points(paragraph, "w:pPr", "w:spacing", "w:after", _TWIPS)
        indent = self._points(paragraph, "w:pPr", "w:ind", "w:left", _TWIPS)
        text = "".join(
            "\n" if node.tag == qn("w:br") else node.text or ""
            for node in paragraph.iter(qn("w:t"), qn("w:br"))
            if node.get(qn("w:type")) != "page"
        )
        face = self._sheet.attribute(paragraph, "w:rPr", "w:rFonts", "w:ascii") or ""
        height = lines_of(text, size, room - indent, face) * self._line(paragraph, size)
        drawings = [int(one.get("cy")) / _EMU for one in paragraph.iter(qn("wp:extent"))]
        if drawings:
            height = max(drawings)
        return _Block(
            height,
            [paragraph],
            before,
            after,
            keeps=self._flag(paragraph, "w:keepNext"),
            new_page=self._flag(paragraph, "w:pageBreakBefore"),
        )

    def _line(self, paragraph: Any, size: float) -> float:
        """The height of one line in points."""
        spacing = self._sheet.attribute(paragraph, "w:pPr", "w:spacing", "w:line")
        rule = self._sheet.attribute(paragraph, "w:pPr", "w:spacing", "w:lineRule") or "auto"
        if spacing is None:
            return size * _NATURAL
        if rule == "exact":
            return float(spacing) / _TWIPS
        if rule == "atLeast":
            return max(float(spacing) / _TWIPS, size * _NATURAL)
        return float(spacing) / 240 * size * _NATURAL

    def _rows(self, table: Any) -> Iterator[_Block]:
        grid = [int(one.get(qn("w:w"), "0")) / _TWIPS for one in table.iter(qn("w:gridCol"))]
        edge = self._margin(table, "top", 0.0) + self._margin(table, "bottom", 0.0) + _RULE
        sides = self._margin(table, "left", _SIDES) + self._margin(table, "right", _SIDES)
        for row in table.iterchildren(qn("w:tr")):
            column, cells = 0, []
            for cell in row.iterchildren(qn("w:tc")):
                span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
                columns = int(span.get(qn("w:val"))) if span is not None else 1
                width = sum(grid[column : column + columns]) - sides
                column += columns
                cells.append([self._paragraph(one, width) for one in cell.iter(qn("w:p"))])
            heights = [sum(one.before + one.height + one.after for one in cell) for cell in cells]
            least = row.find(f"{qn('w:trPr')}/{qn('w:trHeight')}")
            if least is not None:
                heights.append(int(least.get(qn("w:val"), "0")) / _TWIPS - edge)
            yield _Block(
                max(heights, default=0.0) + edge,
                [mark for cell in cells for block in cell for mark in block.marks],
                keeps=any(cell[0].keeps for cell in cells if cell),
            )

    def _margin(self, table: Any, side: str, otherwise: float) -> float:
        """Points between a cell's edge and its text: the table's own, else its style's."""
        path = f"{qn('w:tblCellMar')}/{qn(f'w:{side}')}"
        properties = table.find(qn("w:tblPr"))
        found = properties.find(path) if properties is not None else None
        named = properties.find(qn("w:tblStyle")) if properties is not None else None
        if found is None and named is not None:
            margins = self._sheet.of_style(named.get(qn("w:val")), "w:tblPr", "w:tblCellMar")
            found = margins.find(qn(f"w:{side}")) if margins is not None else None
        return int(found.get(qn("w:w"), "0")) / _TWIPS if found is not None else otherwise

    def _flag(self, paragraph: Any, tag: str) -> bool:
        found = self._sheet.setting(paragraph, "w:pPr", tag)
        return found is not None and found.get(qn("w:val")) not in ("0", "false", "off")

    def _points(self, paragraph: Any, part: str, tag: str, name: str, unit: int) -> float:
        value = self._sheet.attribute(paragraph, part, tag, name)
        return float(value) / unit if value is not None else 0.0


def _content(root: Any) -> Iterator[Any]:
    """Paragraphs and tables, also those in a content control, as Word puts a table of contents."""
    for child in root.iterchildren(qn("w:p"), qn("w:tbl"), qn("w:sdt")):
        if child.tag == qn("w:sdt"):
            inner = child.find(qn("w:sdtContent"))
            if inner is not None:
                yield from _content(inner)
        else:
            yield child
