"""Make the shipped templates of reports: ``python templates/word/make_templates.py``.

Their headings and labels are taken from ``templates/words/``; run it again after changing one of
these. Managers restyle their own copy in Word and never need this script.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from processor.domain.wording import Words
from reports.word.sealing import PRINTED, seal, stamp
from reports.word.sheet import Sheet
from reports.word.styles import FONTS
from templates.word import case_templates, list_templates, period_templates
from templates.word.incident_template import incident
from templates.word.process_template import process

Writer = Callable[[Sheet], None]
HERE = Path(__file__).resolve().parent
MADE = datetime(2026, 1, 1, tzinfo=UTC)  # a template's own time says nothing to anybody


def make(words: Words, kind: str = "incident") -> bytes:
    """The template of a ``kind`` of report in the language of ``words``."""
    sheet = Sheet(words, FONTS[words.language])
    WRITERS[kind](sheet)
    stamp(
        sheet.document,
        title=sheet.say(f"kind.{kind}"),
        subject="",
        author="postdesk",
        now=MADE,
        keywords=PRINTED,
    )
    out = io.BytesIO()
    sheet.document.save(out)
    return seal(out.getvalue())


def read_words(language: str, *folders: Path) -> Words:
    """The catalogues of one language, their keys joined by dots."""
    table: dict[str, str] = {}
    for folder in folders:
        for path in sorted((folder / language).glob("*.yaml")):
            _flatten("", YAML(typ="safe").load(path), table)
    return Words(language, table)


def _flatten(prefix: str, node: Any, table: dict[str, str]) -> None:
    for key, value in node.items():
        name = f"{prefix}.{key}" if prefix else str(key)
        if isinstance(value, Mapping):
            _flatten(name, value, table)
        else:
            table[name] = str(value)


def file_of(kind: str) -> str:
    """The name of a template."""
    return "incident-report.docx" if kind == "incident" else f"{kind}.docx"


WRITERS: dict[str, Writer] = {
    "incident": incident,
    "major": case_templates.major,
    "investigation": case_templates.investigation,
    "problem": list_templates.problem,
    "problems": list_templates.problems,
    "changes": list_templates.changes,
    "audit": list_templates.audit,
    "process": process,
}
"""Kind of report → who writes its template."""

if __name__ == "__main__":
    words_folders = [HERE.parent / "words", *map(Path, sys.argv[1:])]
    for name in FONTS:
        for kind in WRITERS:
            target = HERE / name / file_of(kind)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(make(read_words(name, *words_folders), kind))
        for kind in period_templates.WRITERS:
            made = period_templates.make(read_words(name, *words_folders), kind)
            (HERE / name / f"{kind}.docx").write_bytes(made)
