"""Tables that people keep in files: CSV in whatever encoding Excel wrote it, and XLSX."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

MOST_ROWS = 200_000
_DELIMITERS = ",;\t|"
_ENCODINGS = ("utf-8-sig", "gb18030")  # what Excel writes in China without being asked


class SheetFault(Exception):
    """The file is no table that can be read; ``reason`` is the reader's own word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Sheet:
    """``titles`` of the columns, and each row that says something with its number in the file."""

    titles: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_sheet(name: str, raw: bytes) -> Sheet:
    """The table in a file called ``name``: the first row that says something holds the titles.

    Raises SheetFault.
    """
    spreadsheet = name.lower().endswith((".xlsx", ".xlsm")) or raw[:4] == b"PK\x03\x04"
    lines = _spreadsheet(raw) if spreadsheet else _lines(raw)
    told = [
        (number, cells) for number, cells in enumerate(map(_cells, lines), start=1) if any(cells)
    ]
    if not told:
        return Sheet((), ())
    titles = told[0][1]
    return Sheet(titles, tuple((n, (*c, *("",) * (len(titles) - len(c)))) for n, c in told[1:]))


def _lines(raw: bytes) -> Iterable[Iterable[Any]]:
    text = _decoded(raw)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))[:MOST_ROWS]
    except csv.Error as fault:
        raise SheetFault(str(fault)) from fault


def _decoded(raw: bytes) -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    for encoding in _ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _spreadsheet(raw: bytes) -> Iterator[Iterable[Any]]:
    from openpyxl import load_workbook  # heavy, and only imports need it
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            # styles and validations that it does not know are no part of the table
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
            sheet = book.worksheets[0]
            yield from sheet.iter_rows(values_only=True, max_row=MOST_ROWS)
            book.close()
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as fault:
        raise SheetFault(str(fault)) from fault
    except IndexError as fault:
        raise SheetFault("no worksheet") from fault


def _cells(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple(_said(value) for value in values)


def _said(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        midnight = not (value.hour or value.minute or value.second)
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()
