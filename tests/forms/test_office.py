"""Forms that were opened and saved by another program lose nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from processor.domain.form import FilledForm
from processor.forms.checking import Checked
from processor.forms.reading import read
from tests.forms.filling import (
    ABNORMAL,
    CAMPUS,
    CHANGE,
    EMERGENCY,
    INCIDENT,
    INSPECTION,
    INVESTIGATION,
    REQUEST,
    ROWS,
    checked,
    filled,
    shipped,
)
from tests.forms.office import SOFFICE, resaved

FORMS = {
    "incident_report-zh": filled("incident_report", "zh", INCIDENT),
    "incident_report-en": filled("incident_report", "en", INCIDENT),
    "service_request-en": filled("service_request", "en", REQUEST),
    "change_request-zh": filled("change_request", "zh", CHANGE),
    "abnormal_event-zh": filled("abnormal_event", "zh", ABNORMAL),
    "accident_investigation-en": filled("accident_investigation", "en", INVESTIGATION),
    "emergency_report-zh": filled("emergency_report", "zh", EMERGENCY),
    "campus_report-zh": filled("campus_report", "zh", CAMPUS),
    "inspection_record-zh": filled("inspection_record", "zh", INSPECTION, ROWS),
}


def understood(content: bytes) -> tuple[FilledForm, Checked]:
    form = read(content, shipped())
    assert form is not None
    return form, checked(form)


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("through", [("docx",), ("odt", "docx")], ids=["docx", "odt and back"])
def test_saved_again_by_libreoffice(tmp_path: Path, through: Sequence[str]) -> None:
    if through == ("docx",):
        # the program does not write over what it reads: by way of its own folder
        through = ("docx:MS Word 2007 XML",)
    for name, content in resaved(tmp_path, FORMS, through).items():
        before, after = understood(FORMS[name]), understood(content)
        assert after[1] == before[1], name
        assert after[0].form is before[0].form
        assert (after[0].language, after[0].known_by) == (before[0].language, "mark"), name
        assert before[1].faults == (), name
