"""Word files made to take the form reader down: each a function that gives its bytes."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

from tests.forms.filling import INCIDENT, filled
from tests.fuzz.bombs import ENTITIES

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAIN = "word/document.xml"
CELL = "<w:tc><w:p><w:r><w:t>报告人</w:t></w:r></w:p></w:tc>"


def changed(parts: dict[str, bytes], extra: int = 0) -> bytes:
    """A filled form of ours with these parts in place of its own and ``extra`` further ones."""
    out = io.BytesIO()
    good = filled("incident_report", "zh", INCIDENT)
    with zipfile.ZipFile(io.BytesIO(good)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, content in parts.items():
            target.writestr(name, content, zipfile.ZIP_DEFLATED, compresslevel=9)
        for number in range(extra):
            target.writestr(f"word/media/{number}.xml", b"x")
    return out.getvalue()


def document(inside: str, before: str = "") -> bytes:
    """The main part of a Word file."""
    return f'{before}<w:document xmlns:w="{W}"><w:body>{inside}</w:body></w:document>'.encode()


def table(rows: int, columns: int) -> bytes:
    """A table of that many cells."""
    return document(f"<w:tbl>{f'<w:tr>{CELL * columns}</w:tr>' * rows}</w:tbl>")


def lying() -> bytes:
    """A part that is larger than the archive says."""
    raw = bytearray(changed({MAIN: document("x" * 60_000_000)}))
    honest = struct.pack("<I", len(document("x" * 60_000_000)))
    at = raw.find(honest)
    while at >= 0:
        raw[at : at + 4] = struct.pack("<I", 500)
        at = raw.find(honest, at + 4)
    return bytes(raw)


def spans() -> bytes:
    """Cells that say they reach over a thousand million columns and rows."""
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="999999999"/><w:vMerge/></w:tcPr><w:p/></w:tc>'
    return document(f"<w:tbl>{f'<w:tr>{wide * 20}</w:tr>' * 200}</w:tbl>")


def nested_tables(levels: int) -> bytes:
    """A table in a cell of a table, and so on."""
    return document("<w:tbl><w:tr><w:tc>" * levels + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * levels)


def controls(count: int) -> bytes:
    """Content controls that all claim to be one field."""
    one = (
        '<w:sdt><w:sdtPr><w:tag w:val="postdesk:reporter_name"/></w:sdtPr>'
        "<w:sdtContent><w:p><w:r><w:t>x</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    return document(one * count)


BILLION = ENTITIES.decode()[21:-10].replace("<!DOCTYPE d", "<!DOCTYPE w:document")
Bomb = Callable[[], bytes]
BOMBS: dict[str, tuple[Bomb, str]] = {
    "zip bomb": (lambda: changed({MAIN: document("<w:p/>" * 20_000_000)}), "bomb"),
    "zip bomb beside the text": (lambda: changed({"word/styles.xml": bytes(10**8)}), "bomb"),
    "zip bomb in the properties": (
        lambda: changed({"docProps/custom.xml": b" " * 30_000_000}),
        "bomb",
    ),
    "a part larger than it says": (lying, ""),
    "5,000 files": (lambda: changed({}, extra=5_000), "bomb"),
    "deep": (lambda: changed({MAIN: document("<w:p>" * 100_000 + "</w:p>" * 100_000)}), ""),
    "240 deep": (lambda: changed({MAIN: document("<w:p>" * 240 + "</w:p>" * 240)}), "bomb"),
    "100,000 cells": (lambda: changed({MAIN: table(2_000, 50)}), "bomb"),
    "100,000 cells in a row": (lambda: changed({MAIN: table(1, 100_000)}), "bomb"),
    "billion laughs": (lambda: changed({MAIN: document("&j;", BILLION)}), "bomb"),
    "billion laughs in UTF-16": (
        lambda: changed({MAIN: document("&j;", BILLION).decode().encode("utf-16")}),
        "",
    ),
    "billion laughs in the properties": (
        lambda: changed({"docProps/custom.xml": ENTITIES}),
        "bomb",
    ),
    "spans": (lambda: changed({MAIN: spans()}), ""),
    "tables in tables": (lambda: changed({MAIN: nested_tables(60)}), ""),
    "20,000 controls of one name": (lambda: changed({MAIN: controls(20_000)}), ""),
    "50,000 paragraphs": (
        lambda: changed({MAIN: document("<w:p><w:r><w:t>报告人：x</w:t></w:r></w:p>" * 50_000)}),
        "",
    ),
    "a megabyte in one field": (
        lambda: changed(
            {MAIN: document(f"<w:p><w:r><w:t>报告人：{'x' * 1_000_000}</w:t></w:r></w:p>")}
        ),
        "",
    ),
    "a million attributes": (
        lambda: changed(
            {MAIN: document("<w:p " + " ".join(f"a{n}='1'" for n in range(200_000)) + "/>")}
        ),
        "",
    ),
}
"""Name → how it is made, and the trouble that has to be named; "" where none needs to be."""
