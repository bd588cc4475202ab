"""Tables in files: CSV as Excel writes it in either country, XLSX, and what is none."""

from __future__ import annotations

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from processor.parsing.sheets import SheetFault, read_sheet

ROWS: list[list[str | float]] = [["名称", "位置"], ["PRN-1", "三楼"], ["", ""], ["PRN-2", 12.0]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_any_dress(encoding: str, delimiter: str) -> None:
    text = "\r\n".join(delimiter.join(map(str, row)) for row in ROWS)
    sheet = read_sheet("x.csv", text.encode(encoding))
    assert sheet.titles == ("名称", "位置")
    assert sheet.rows == ((2, ("PRN-1", "三楼")), (4, ("PRN-2", "12.0")))


def test_xlsx() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ROWS:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    read = read_sheet("x.xlsx", stream.getvalue())
    assert read.titles == ("名称", "位置")
    assert read.rows == ((2, ("PRN-1", "三楼")), (4, ("PRN-2", "12")))


@pytest.mark.parametrize("raw", [b"PK\x03\x04broken", b"PK\x03\x04"])
def test_a_broken_workbook(raw: bytes) -> None:
    with pytest.raises(SheetFault):
        read_sheet("x.xlsx", raw)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_a_fault(raw: bytes) -> None:
    with contextlib.suppress(SheetFault):
        sheet = read_sheet("x.csv", raw)
        assert all(len(cells) >= len(sheet.titles) for _, cells in sheet.rows)
