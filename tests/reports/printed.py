"""Printing and reading back for the tests of reports."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import docx
from docx.document import Document
from docx.oxml.ns import qn

from processor.domain.incident import Clock, Dossier
from reports.documents.incident_report import incident_report
from tests.reports import dossiers

SHANGHAI = ZoneInfo("Asia/Shanghai")


def share_at(clock: Clock, at: datetime) -> float:
    return (at - clock.started_at).total_seconds() / 60 / clock.target_minutes * 100


def print_report(dossier: Dossier, language: str = "zh", **more: Any) -> bytes:
    """The report with the shipped template and words, unless ``more`` says otherwise."""
    settings: dict[str, Any] = {
        "template": dossiers.template(language),
        "organisation": "远山信息",
        "zone": SHANGHAI,
        "now": dossiers.NOW,
        "titles": dossiers.TITLES[language],
        "share_at": share_at,
        **more,
    }
    return incident_report(dossier, dossiers.words(language), **settings)


def read(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def text_of(data: bytes) -> str:
    """All text of the body, paragraph by paragraph; line breaks count as line ends."""
    return "\n".join(_text(p) for p in read(data).element.body.iter(qn("w:p")))


def _text(paragraph: Any) -> str:
    marks = {qn("w:br"): "\n", qn("w:tab"): "\t"}
    return "".join(
        node.text or "" if node.tag == qn("w:t") else marks.get(node.tag, "")
        for node in paragraph.iter(qn("w:t"), *marks)
    )


def rows_under(data: bytes, heading: str) -> list[list[str]]:
    """The cells of the first table after the heading; no rows when a paragraph comes first."""
    found = False
    for child in read(data).element.body.iterchildren():
        if child.tag == qn("w:p"):
            if found and _text(child):
                return []
            found = found or _text(child) == heading
        elif found and child.tag == qn("w:tbl"):
            return [
                ["\n".join(_text(p) for p in cell.iter(qn("w:p"))) for cell in row.iter(qn("w:tc"))]
                for row in child.iter(qn("w:tr"))
            ]
    raise AssertionError(heading)


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def changed_template(path: Path, target: Path, change: Callable[[Document], None]) -> Path:
    """A copy of the template as somebody left it who edited it in Word."""
    document = docx.Document(str(path))
    change(document)
    document.save(str(target))
    return target
