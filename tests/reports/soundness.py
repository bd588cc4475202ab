"""Whether a document is what Word opens without repair: its package, its parts, its charts."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from datetime import datetime
from typing import Any

import pytest
from lxml import etree
from openpyxl import load_workbook
from openpyxl.chart.chartspace import ChartSpace
from openpyxl.utils.datetime import to_excel
from openpyxl.xml.functions import fromstring, tostring

from tests.reports.element_order import assert_in_order

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_NOT_KEPT = (f"{_C}externalData", f"{_C}lang", f"{_C}date1904")  # by openpyxl


def assert_sound(data: bytes, *, ordered: bool = True) -> list[dict[str, list[Any]]]:
    """Raises AssertionError for what is wrong; gives the columns of each chart's workbook. Of a
    template that LibreOffice saved the order of elements is its own: not ``ordered``."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        names = package.namelist()
        assert len(names) == len(set(names))
        parts = {name: package.read(name) for name in names}
    types = _content_types(parts)
    _relationships(parts)
    body = etree.fromstring(parts["word/document.xml"])
    _document(body, parts)
    for name, data in parts.items():
        if ordered and re.fullmatch(r"word/[a-z]+\d*\.xml", name):
            assert_in_order(data)
    found = []
    for name, data_type in types.items():
        if data_type == _CHART:
            found.append(_chart(name, parts))
    used = {node.get(f"{_R}id") for node in body.iter(f"{_C}chart")}
    assert len(used) == len(found)
    return found


def _content_types(parts: dict[str, bytes]) -> dict[str, str]:
    root = etree.fromstring(parts["[Content_Types].xml"])
    ends = {
        one.get("Extension").lower(): one.get("ContentType")
        for one in root.iter(f"{_TYPES}Default")
    }
    own = {
        one.get("PartName").lstrip("/"): one.get("ContentType")
        for one in root.iter(f"{_TYPES}Override")
    }
    assert set(own) <= set(parts)
    found = {}
    for name in parts:
        if name != "[Content_Types].xml":
            found[name] = own.get(name) or ends[name.rsplit(".", 1)[-1].lower()]
    return found


def _relationships(parts: dict[str, bytes]) -> None:
    """Every relationship leads to a part, and every use of one names one that there is."""
    known: dict[str, set[str]] = {}
    for name, data in parts.items():
        if not name.endswith(".rels"):
            continue
        folder, _, file = name.rpartition("_rels/")
        source = folder + file.removesuffix(".rels")
        known[source] = set()
        for one in etree.fromstring(data):
            assert one.get("Id") not in known[source]
            known[source].add(one.get("Id"))
            if one.get("TargetMode") != "External":
                target = one.get("Target")
                path = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
                assert path.lstrip("/") in parts, (name, target)
    for name, data in parts.items():
        if name.endswith(".xml") and not name.endswith(".rels"):
            for node in etree.fromstring(data).iter():
                for key, value in node.attrib.items():
                    if key in (f"{_R}id", f"{_R}embed", f"{_R}link"):
                        assert value in known.get(name, set()), (name, value)


def _document(body: Any, parts: dict[str, bytes]) -> None:
    keys = [node.get("id") for node in body.iter(f"{_WP}docPr")]
    assert len(keys) == len(set(keys))
    marks = [node.get(f"{_W}id") for node in body.iter(f"{_W}bookmarkStart")]
    assert len(marks) == len(set(marks))
    assert sorted(marks) == sorted(node.get(f"{_W}id") for node in body.iter(f"{_W}bookmarkEnd"))
    anchors = {node.get(f"{_W}name") for node in body.iter(f"{_W}bookmarkStart")}
    for link in body.iter(f"{_W}hyperlink"):
        assert link.get(f"{_W}anchor") in anchors
    styles = {
        node.get(f"{_W}styleId")
        for node in etree.fromstring(parts["word/styles.xml"]).iter(f"{_W}style")
    }
    for tag in ("pStyle", "rStyle", "tblStyle"):
        assert {node.get(f"{_W}val") for node in body.iter(f"{_W}{tag}")} <= styles
    depth = 0
    for node in body.iter(f"{_W}fldChar"):
        depth += {"begin": 1, "end": -1}.get(node.get(f"{_W}fldCharType"), 0)
        assert depth >= 0
        assert node.get(f"{_W}dirty") is None
    assert depth == 0
    assert b"updateFields" not in parts["word/settings.xml"]
    text = "".join(node.text or "" for node in body.iter(f"{_W}t"))
    assert not re.search(r"\{[{%]|[%}]\}", text)
    for table in body.iter(f"{_W}tbl"):
        if list(table.iter(f"{_W}tblHeader")):  # see reports.word.keeping
            assert table.getprevious().find(f"{_W}pPr/{_W}keepNext") is not None
        columns = len(list(table.find(f"{_W}tblGrid")))
        for row in table.iterchildren(f"{_W}tr"):
            spans = [cell.find(f"{_W}tcPr/{_W}gridSpan") for cell in row.iterchildren(f"{_W}tc")]
            assert sum(1 if one is None else int(one.get(f"{_W}val")) for one in spans) == columns
            assert all(cell.find(f"{_W}p") is not None for cell in row.iterchildren(f"{_W}tc"))


def _chart(name: str, parts: dict[str, bytes]) -> dict[str, list[Any]]:
    """The chart is what another library, by its own copy of the schema, reads and writes as the
    same elements in the same order; and its copies of values are its workbook's."""
    data = parts[name]
    root = etree.fromstring(data)
    _in_order(root, etree.fromstring(_rewritten(data)))
    folder, file = posixpath.split(name)
    (related,) = etree.fromstring(parts[f"{folder}/_rels/{file}.rels"])
    book = load_workbook(
        io.BytesIO(parts[posixpath.normpath(posixpath.join(folder, related.get("Target")))])
    )
    columns: dict[str, list[Any]] = {}
    for reference in root.iter(f"{_C}strRef", f"{_C}numRef"):
        formula = reference.findtext(f"{_C}f")
        sheet, cells = formula.split("!")
        values = [cell.value for row in _rows(book[sheet], cells) for cell in row]
        cache = reference.find(f"{_C}strCache")
        numbers = cache is None
        cache = reference.find(f"{_C}numCache") if numbers else cache
        assert int(cache.find(f"{_C}ptCount").get("val")) == len(values)
        cached: list[Any] = [None] * len(values)
        for point in cache.iter(f"{_C}pt"):
            text = point.findtext(f"{_C}v")
            cached[int(point.get("idx"))] = float(text) if numbers else text
        assert cached == [_number(v) for v in values] if numbers else cached == values, formula
        columns[formula] = cached
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    return columns


def _number(value: Any) -> Any:
    if isinstance(value, datetime):
        return pytest.approx(to_excel(value), abs=1e-6)
    return None if value is None else float(value)


def _rewritten(data: bytes) -> bytes:
    """The chart as openpyxl understands it, without what it has no place for."""
    root = etree.fromstring(data)
    for tag in _NOT_KEPT:
        for node in root.findall(tag):
            root.remove(node)
    return bytes(tostring(ChartSpace.from_tree(fromstring(etree.tostring(root))).to_tree()))


def _in_order(ours: Any, theirs: Any) -> None:
    """Everything of ours stands in theirs, in the same order; they may write more."""
    rest = iter(theirs)
    for child in ours:
        if child.tag in _NOT_KEPT or (child.tag == f"{_C}tx" and ours.tag == f"{_C}dLbl"):
            continue
        twin = next((one for one in rest if one.tag == child.tag), None)
        assert twin is not None, (ours.tag, child.tag)
        _in_order(child, twin)


def _rows(sheet: Any, cells: str) -> Any:
    found = sheet[cells.replace("$", "")]
    return found if isinstance(found, tuple) else ((found,),)
