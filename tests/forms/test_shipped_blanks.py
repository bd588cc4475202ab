"""The shipped blank forms are those of the configuration; remarks come and go without a trace."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from processor.domain.form import FieldFault
from processor.forms.reading import read
from processor.forms.remarks import remarked
from processor.settings.packaged import data
from processor.settings.words import catalogue
from templates.word.forms import make_forms
from tests.forms.filling import INCIDENT, INSPECTION, ROWS, blank, checked, filled, shipped, spec


def test_blank_forms_are_made_from_the_configuration(tmp_path: Path) -> None:
    make_forms.draw(data("config") / "forms.yaml", tmp_path)
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.docx"))
    assert len(made) == 2 * len(shipped().forms) == 16
    for path in made:
        assert (tmp_path / path).read_bytes() == (data("templates") / path).read_bytes(), path


def test_remarks_go_to_their_fields_and_are_gone_when_read() -> None:
    content = filled("inspection_record", "zh", {**INSPECTION, "site": ""}, [*ROWS, {"item": "x"}])
    form = read(content, shipped())
    assert form is not None
    faults = checked(form).faults
    assert [(f.field, f.row, f.code) for f in faults] == [
        ("site", 0, "missing"),
        ("result", 6, "missing"),
        ("finding", 6, "missing"),
    ]
    words = catalogue("zh")
    once = remarked(content, form.form, faults, words, shipped())
    again = read(once, shipped())
    assert again is not None
    assert (again.texts, again.rows) == (form.texts, form.rows)
    # a second round starts from a clean form
    assert remarked(once, form.form, faults, words, shipped()) == once
    assert b"FDECEA" not in _document(remarked(once, form.form, (), words, shipped()))
    assert b"FDECEA" in _document(once)


def test_a_remark_on_a_field_that_is_not_there_harms_nothing() -> None:
    content = filled("incident_report", "zh", INCIDENT)
    fault = FieldFault("nowhere", "x", "missing")
    marked = remarked(content, spec("incident_report"), [fault], catalogue("zh"), shipped())
    assert read(marked, shipped()) is not None
    assert blank("incident_report", "zh") != marked


def _document(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read("word/document.xml")
