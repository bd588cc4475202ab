"""Finds the values that belong to labels: right of them, below them, or behind their colon."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from processor.domain.form import FieldKind, FormSpec
from processor.forms.grid import Box, Content, Grid
from processor.forms.labels import LabelBook
from processor.forms.marks import fold

_MOST_INLINE = 200_000  # characters in which labels with a colon are looked for: forms are short


@dataclass(slots=True)
class Found:
    """``labels`` are the fields and columns whose labels are there; ``texts`` what stands beside
    them; ``boxes`` where; ``rows`` of the table, empty ones too, ``row_boxes`` theirs."""

    labels: set[str] = field(default_factory=set)
    texts: dict[str, str] = field(default_factory=dict)
    boxes: dict[str, Box] = field(default_factory=dict)
    rows: list[dict[str, str]] = field(default_factory=list)
    row_boxes: list[dict[str, Box]] = field(default_factory=list)
    languages: Counter[str] = field(default_factory=Counter)

    @property
    def language(self) -> str:
        """That of most labels; "" without any."""
        return next((language for language, _ in self.languages.most_common(1)), "")

    def keep(self, name: str, language: str, text: str, box: Box | None) -> None:
        """What was found for a field; the first that says something stays."""
        self.labels.add(name)
        self.languages[language] += 1
        if not self.texts.get(name):
            self.texts[name] = text.strip()
            if box is not None:
                self.boxes[name] = box


def found_in(document: Content, book: LabelBook, form: FormSpec) -> Found:
    """Everything that the labels of ``form`` lead to."""
    found = Found()
    spent: set[int] = set()  # ids of boxes that are labels or values already
    for grid in document.grids:
        _rows(grid, book, found, spent)
    for grid in document.grids:
        for box in grid.boxes:
            label = book.field(box.text)
            if label is None or id(box) in spent:
                continue
            spent.add(id(box))
            values = [one for one in _values(grid, box, book) if id(one) not in spent]
            spent.update(id(one) for one in values)
            text = "\n".join(one.text for one in values if one.text)
            found.keep(*label, text, values[0] if values else None)
    _inline(document, book, form, found, spent)
    return found


def _values(grid: Grid, label: Box, book: LabelBook) -> list[Box]:
    """The boxes that a label speaks of."""
    right = grid.at(label.row, label.end)
    beside: list[Box] = []
    if right is not None and book.field(right.text) is None:
        for row in range(label.row, label.below):  # a label may stand over several rows
            box = grid.at(row, label.end)
            if box is not None and box not in beside and book.field(box.text) is None:
                beside.append(box)
        return beside
    below = grid.at(label.below, label.column)
    if below is None or below.column != label.column or book.field(below.text) is not None:
        return []
    return [] if fold(below.text) in book.headings else [below]


def _rows(grid: Grid, book: LabelBook, found: Found, spent: set[int]) -> None:
    """The rows of the form's own table, below the heads of its columns."""
    if not book.columns:
        return
    columns: dict[str, Box] = {}
    for number in range(grid.height):
        boxes = grid.row(number)
        heads = {hit[0]: (box, hit[1]) for box in boxes if (hit := book.column(box.text))}
        if len(heads) >= max(2, (len({name for name, _ in book.columns.values()}) + 1) // 2):
            columns = {name: box for name, (box, _) in heads.items()}
            for name, (box, language) in heads.items():
                spent.add(id(box))
                found.labels.add(name)
                found.languages[language] += 1
            continue
        if not columns or _other(boxes, book, len(columns)):
            columns = {}
            continue
        placed = {name: grid.at(number, head.column) for name, head in columns.items()}
        row = {name: box for name, box in placed.items() if box is not None}
        spent.update(id(box) for box in row.values())
        found.rows.append({name: box.text for name, box in row.items()})
        found.row_boxes.append(row)


def _other(boxes: list[Box], book: LabelBook, columns: int) -> bool:
    """Whether a row is none of the table: one box all over, or fields of the form, which are set
    another way. An item of the table may be called like a field."""
    if len(boxes) == 1 and columns > 1:
        return True
    return len(boxes) < columns and any(book.field(box.text) is not None for box in boxes)


def _inline(
    document: Content, book: LabelBook, form: FormSpec, found: Found, spent: set[int]
) -> None:
    """``label: value`` in one paragraph or cell. A long text goes on until the next label."""
    long = {one.name for one in form.fields if one.kind is FieldKind.LONG}
    open_field = ""
    room = _MOST_INLINE
    for block in document.blocks:
        if isinstance(block, Grid):
            open_field = ""
            for box in block.boxes:
                if id(box) not in spent and room > 0:
                    text, room = box.text[:room], room - len(box.text)
                    for name, language, value in book.inline(text):
                        found.keep(name, language, value, box)
            continue
        hits = list(book.inline(block.text[:room])) if room > 0 else []
        room -= len(block.text)
        for name, language, value in hits:
            found.keep(name, language, value, block)
        if hits:
            open_field = hits[-1][0] if hits[-1][0] in long else ""
        elif alone := book.field(block.text):
            open_field = alone[0]
            found.keep(*alone, "", block)
        elif open_field and block.text.strip():
            said = found.texts.get(open_field, "")
            found.texts[open_field] = f"{said}\n{block.text.strip()}".strip()
            if open_field not in long:
                open_field = ""
