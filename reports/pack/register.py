"""The register of incidents as a workbook: every field of the record in words, a row each."""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from reports.pack.archive import copied, member
from reports.word.plain_text import block

MOST_ROWS = 1_000_000  # of one sheet; Excel reads 1,048,576
_LONGEST = 32_000  # characters of a cell; Excel reads 32,767
_MADE = datetime(2026, 1, 1, tzinfo=UTC)  # the same rows are the same bytes, whenever packed
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Row = Sequence[str | int | float | datetime | None]


class Table:
    """A sheet: its name, the heads of its columns with their widths (in characters), its rows."""

    def __init__(self, name: str, columns: Sequence[tuple[str, int]], rows: Iterable[Row]) -> None:
        self.name, self.columns, self.rows = name, columns, rows


def write_register(stream: IO[bytes], tables: Iterable[Table]) -> None:
    """Write the workbook of ``tables`` to ``stream``. Rows are taken one by one; a table that is
    longer than a sheet can be goes on in another. Text is text: nothing in it is a formula. Times
    are local, and naive. The same rows give the same bytes."""
    book = Workbook(write_only=True)
    for table in tables:
        for sheet_name, rows in _sheets(table):
            sheet = book.create_sheet(sheet_name)
            sheet.freeze_panes = "B2"
            for at, (_, width) in enumerate(table.columns, start=1):
                sheet.column_dimensions[get_column_letter(at)].width = width
            sheet.append([_head(sheet, head) for head, _ in table.columns])
            for row in rows:
                sheet.append([_cell(sheet, value) for value in row])
    with tempfile.TemporaryFile() as packed:
        book.save(packed)
        packed.seek(0)
        _sealed(packed, stream)


def _sheets(table: Table) -> Iterator[tuple[str, Iterator[Row]]]:
    rows = iter(table.rows)
    count = 0
    following = next(rows, None)
    while following is not None or count == 0:
        count += 1
        begun = _Chunk(rows, following)
        yield (table.name if count == 1 else f"{table.name} {count}"), iter(begun)
        following = begun.following


class _Chunk:
    """As many rows as a sheet may have; ``following`` is then the one after them."""

    def __init__(self, rows: Iterator[Row], first: Row | None) -> None:
        self._rows, self.following = rows, first

    def __iter__(self) -> Iterator[Row]:
        for _ in range(MOST_ROWS):
            if self.following is None:
                return
            yield self.following
            self.following = next(self._rows, None)


def _head(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, value: str | float | datetime | None) -> Any:
    if not isinstance(value, str):
        return value
    if value.isprintable() and not value.startswith(_FORMULA) and len(value) < _LONGEST:
        return value
    cell = WriteOnlyCell(sheet, block(value)[:_LONGEST])
    cell.data_type = "s"
    if value.startswith(_FORMULA):
        cell.quotePrefix = True  # text it stays when somebody edits the cell
    return cell


def _sealed(packed: IO[bytes], stream: IO[bytes]) -> None:
    """openpyxl writes when it packed; that is left out. Excel wants sizes where they belong, in
    front of each member: that needs a file in which one can go back."""
    moment = _MADE.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with tempfile.TemporaryFile() as made:
        with zipfile.ZipFile(packed) as source, zipfile.ZipFile(made, "w") as target:
            for old in source.infolist():
                info = member(old.filename)
                info.file_size = old.file_size
                with target.open(info, "w") as new, source.open(old) as data:
                    if old.filename == "docProps/core.xml":
                        new.write(_TIMES.sub(rb"\g<1>" + moment, data.read()))
                    else:
                        copied(data, new)
        made.seek(0)
        copied(made, stream)
