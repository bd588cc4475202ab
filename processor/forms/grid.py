"""A Word document as people see it: paragraphs, and tables whose merged cells are one box each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


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
        """How many rows it has."""
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
        """The tables, those inside of cells too."""
        return [block for block in self.blocks if isinstance(block, Grid)]

    @property
    def paragraphs(self) -> list[Box]:
        """What stands outside of tables."""
        return [block for block in self.blocks if isinstance(block, Box)]

    @property
    def boxes(self) -> Iterator[Box]:
        """Every paragraph and every cell."""
        for block in self.blocks:
            if isinstance(block, Grid):
                yield from block.boxes
            else:
                yield block
