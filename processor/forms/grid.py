"""A Word document as people see it: lines, and tables whose merged cells are one box each.

python-docx leaves out what forms are made of (``w:sdt``, tracked insertions, legacy form fields)
and repeats merged cells, hence this walk over the XML (ECMA-376-1, 17.3 to 17.5). Elements are
known by their local names: the strict and the transitional form of the format differ in nothing
else that matters here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from processor.domain.form import UnreadableForm
from processor.forms.marks import CHECKED, UNCHECKED, symbol

_THROUGH = frozenset(
    {"ins", "moveTo", "hyperlink", "smartTag", "fldSimple", "customXml", "dir", "bdo", "rubyBase",
     "ruby"}
)  # fmt: skip
_BREAKS = frozenset({"br", "cr"})
_OFF = frozenset({"0", "false", "off"})


@dataclass(slots=True)
class Control:
    """A content control: what its maker called it, and what stands in it; ``date`` is the day
    that a date picker keeps beside its text."""

    tag: str
    text: str
    date: str = ""


@dataclass(slots=True)
class Box:
    """A cell of a table, merged ones as one, or a paragraph outside of tables (then all zero).
    Columns and rows count from 0 in the grid of the table."""

    row: int = 0
    column: int = 0
    width: int = 1
    height: int = 1
    text: str = ""
    controls: list[Control] = field(default_factory=list)
    element: Any = None

    @property
    def end(self) -> int:
        """The first column right of it."""
        return self.column + self.width

    @property
    def below(self) -> int:
        """The first row below it."""
        return self.row + self.height


@dataclass(slots=True)
class Grid:
    """One table."""

    boxes: list[Box] = field(default_factory=list)

    def at(self, row: int, column: int) -> Box | None:
        """The box that covers this place."""
        return self._places().get((row, column))

    def row(self, number: int) -> list[Box]:
        """The boxes that begin in a row, left to right."""
        return [box for box in self.boxes if box.row == number]

    @property
    def height(self) -> int:
        return max((box.below for box in self.boxes), default=0)

    _placed: dict[tuple[int, int], Box] | None = None

    def _places(self) -> dict[tuple[int, int], Box]:
        if self._placed is None:
            self._placed = {
                (row, column): box
                for box in self.boxes
                for row in range(box.row, box.below)
                for column in range(box.column, box.end)
            }
        return self._placed


@dataclass(slots=True)
class Content:
    """All of a document in its order: ``blocks`` are paragraphs and tables."""

    blocks: list[Box | Grid] = field(default_factory=list)

    @property
    def grids(self) -> list[Grid]:
        return [block for block in self.blocks if isinstance(block, Grid)]

    @property
    def paragraphs(self) -> list[Box]:
        return [block for block in self.blocks if isinstance(block, Box)]

    @property
    def boxes(self) -> Iterator[Box]:
        for block in self.blocks:
            if isinstance(block, Grid):
                yield from block.boxes
            else:
                yield block


def content_of(document: Any, most_cells: int) -> Content:
    """Everything below ``w:document``; raises UnreadableForm beyond ``most_cells``."""
    walk = _Walk(most_cells)
    for body in document:
        if _name(body) == "body":
            walk.blocks(body)
    return walk.content


class _Walk:
    def __init__(self, most_cells: int) -> None:
        self.content = Content()
        self._left = most_cells

    def blocks(self, parent: Any) -> None:
        """Paragraphs and tables outside of tables."""
        for child in _unwrapped(parent):
            name = _name(child)
            if name == "p":
                controls: list[Control] = []
                text = _paragraph(child, controls)
                self.content.blocks.append(Box(text=text, controls=controls, element=child))
            elif name == "tbl":
                self.table(child)
            elif name == "sdt":
                place = len(self.content.blocks)
                self.blocks(_inside(child))
                self._attach(child, self.content.blocks[place:])

    def _attach(self, control: Any, made: list[Box | Grid]) -> None:
        """A control around whole paragraphs belongs to the first of them."""
        paragraphs = [box for box in made if isinstance(box, Box)]
        tag = _tag(control)
        if tag and paragraphs and len(paragraphs) == len(made):
            empty = _placeholder(control)
            text = "" if empty else "\n".join(box.text for box in paragraphs)
            if empty:
                for box in paragraphs:
                    box.text = ""
            paragraphs[0].controls.append(Control(tag, text.strip(), _date(control)))

    def table(self, table: Any) -> None:
        """One table; those inside its cells follow as tables of their own."""
        grid = Grid()
        self.content.blocks.append(grid)
        above: dict[int, Box] = {}  # column → box that a vertical merge would go on
        for number, row in enumerate(_rows(table)):
            column = _number(row, "trPr", "gridBefore")
            began: dict[int, Box] = {}
            for cell, control in _cells(row):
                self._left -= 1
                if self._left < 0:
                    raise UnreadableForm("bomb", "cells")
                width = max(1, _number(cell, "tcPr", "gridSpan"))
                merge = _merge(cell, "vMerge")
                if _merge(cell, "hMerge") == "continue" and grid.boxes:
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
        grid._placed = None

    def _cell(self, cell: Any, controls: list[Control]) -> str:
        lines: list[str] = []
        for child in _unwrapped(cell):
            name = _name(child)
            if name == "p":
                lines.append(_paragraph(child, controls))
            elif name == "tbl":
                self.table(child)
            elif name == "sdt":
                inner: list[Control] = []
                text = self._cell(_inside(child), inner)
                text = "" if _placeholder(child) else text
                controls += [Control(_tag(child), text, _date(child)), *inner]
                lines.append(text)
        return "\n".join(lines).strip()


def _around_cell(control: Any, box: Box) -> None:
    if _placeholder(control):
        box.text = ""
    box.controls.append(Control(_tag(control), box.text, _date(control)))


def _rows(table: Any) -> Iterator[Any]:
    """Rows, those inside of controls too (a repeating section is one around rows)."""
    for child in _unwrapped(table):
        if _name(child) == "tr":
            yield child
        elif _name(child) == "sdt":
            yield from _rows(_inside(child))


def _cells(row: Any) -> Iterator[tuple[Any, Any]]:
    """Cells with the control that is around each, or None."""
    for child in _unwrapped(row):
        if _name(child) == "tc":
            yield child, None
        elif _name(child) == "sdt":
            for cell, inner in _cells(_inside(child)):
                yield cell, child if inner is None else inner


def _paragraph(paragraph: Any, controls: list[Control]) -> str:
    said: list[str] = []
    _runs(paragraph, said, controls)
    return "".join(said)


def _runs(parent: Any, said: list[str], controls: list[Control]) -> None:
    for child in _unwrapped(parent):
        name = _name(child)
        if name == "r":
            _run(child, said)
        elif name == "sdt":
            said.append(_inline(child, controls))
        elif name in _THROUGH:
            _runs(child, said, controls)


def _inline(control: Any, controls: list[Control]) -> str:
    checked = _checkbox(control)
    if checked is not None:
        text = CHECKED if checked else UNCHECKED
    elif _placeholder(control):
        text = ""
    else:
        inner: list[str] = []
        _runs(_inside(control), inner, controls)
        text = "".join(inner)
    tag = _tag(control)
    if tag:
        controls.append(Control(tag, text.strip(), _date(control)))
    return text


def _run(run: Any, said: list[str]) -> None:
    for child in _unwrapped(run):
        name = _name(child)
        if name == "t":
            said.append(child.text or "")
        elif name == "tab":
            said.append("\t")
        elif name in _BREAKS:
            said.append("\n")
        elif name == "noBreakHyphen":
            said.append("-")
        elif name == "sym":
            said.append(symbol(_attribute(child, "font"), _attribute(child, "char")))
        elif name == "ruby":
            for base in child:
                if _name(base) == "rubyBase":
                    _runs(base, said, [])
        elif name == "fldChar":
            said.append(_legacy(child))


def _legacy(field_start: Any) -> str:
    """A form field of Word before 2007: a check box as its sign, a list as what was chosen."""
    for data in field_start:
        for kind in data:
            if _name(kind) == "checkBox":
                states = {_name(one): _attribute(one, "val") for one in kind}
                state = states.get("checked", states.get("default"))
                return UNCHECKED if state is None or state in _OFF else CHECKED
            if _name(kind) == "ddList":
                entries = [_attribute(one, "val") for one in kind if _name(one) == "listEntry"]
                chosen = [_attribute(one, "val") for one in kind if _name(one) == "result"]
                at = int(chosen[0]) if chosen and chosen[0].isdigit() else 0
                return entries[at] if at < len(entries) else ""
    return ""


def _unwrapped(parent: Any) -> Iterator[Any]:
    """Children; of alternatives the first one, which newer programs show."""
    for child in parent:
        name = _name(child)
        if name == "AlternateContent":
            for choice in child:
                yield from _unwrapped(choice)
                break
        elif name in ("customXml", "smartTag") and any(_name(one) != "r" for one in child):
            yield from _unwrapped(child)
        else:
            yield child


def _properties(control: Any) -> Iterator[Any]:
    for child in control:
        if _name(child) == "sdtPr":
            yield from child


def _inside(control: Any) -> Any:
    return next((child for child in control if _name(child) == "sdtContent"), ())


def _tag(control: Any) -> str:
    tags = (_attribute(one, "val") for one in _properties(control) if _name(one) == "tag")
    return next(tags, "")


def _placeholder(control: Any) -> bool:
    return any(
        _name(one) == "showingPlcHdr" and _attribute(one, "val") not in _OFF
        for one in _properties(control)
    )


def _checkbox(control: Any) -> bool | None:
    """The state of a check box control ([MS-DOCX] 2.6.1), None for any other."""
    for one in _properties(control):
        if _name(one) == "checkbox":
            states = [_attribute(state, "val") for state in one if _name(state) == "checked"]
            return bool(states) and states[0] not in _OFF
    return None


def _date(control: Any) -> str:
    dates = (_attribute(one, "fullDate") for one in _properties(control) if _name(one) == "date")
    return next(dates, "")


def _merge(cell: Any, kind: str) -> str:
    """``restart``, ``continue`` or "" (ECMA-376-1, 17.4.84: no value means to go on)."""
    for properties in cell:
        if _name(properties) == "tcPr":
            for one in properties:
                if _name(one) == kind:
                    return _attribute(one, "val") or "continue"
    return ""


def _number(parent: Any, group: str, name: str) -> int:
    for properties in parent:
        if _name(properties) == group:
            for one in properties:
                if _name(one) == name:
                    value = _attribute(one, "val")
                    return min(int(value), 63) if value.isdigit() else 0
    return 0


def _attribute(element: Any, name: str) -> str:
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
