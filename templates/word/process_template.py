"""The template of the process document."""

from __future__ import annotations

from collections.abc import Mapping

from reports.word.sheet import Sheet
from templates.word.passages import titled

_TABLES: tuple[tuple[str, Mapping[str, float]], ...] = (
    ("grades", {"grade": 46, "priority": 30, "its_group": 40, "told_at_once": 50}),
    ("matrix", {"impact": 82, "urgency_1": 21, "urgency_2": 21, "urgency_3": 21, "urgency_4": 21}),
    ("targets", {"priority": 32, "response": 28, "resolution": 28, "counted": 78}),
    ("timetable", {"priority": 40, "clock": 42, "used_share": 34, "is_told": 50}),
    ("moves", {"from_status": 32, "to_status": 32, "by_whom": 66, "keyword": 36}),
    ("categories", {"name_said": 106, "code": 60}),
    ("closure_codes", {"name_said": 106, "code": 60}),
    ("own", {"field": 66, "needed_by": 50, "chapter": 50}),
    ("checklist", {"item": 106, "by_whom": 60}),
    ("duties", {"measure": 58, "since": 24, "within": 24, "owner": 30, "for_grades": 30}),
    ("groups", {"group": 40, "support_line": 24, "lead": 32, "members": 70}),
)


def process(sheet: Sheet) -> None:
    """流程文件."""
    sheet.mark = "{{ subject }}"
    sheet.head_and_foot()
    titled(sheet, sheet.say("kind.process"))
    sheet.document.add_paragraph(sheet.say("process_about"), style="Abstract")
    for name, columns in _TABLES:
        sheet.heading(f"process_{name}")
        cells = tuple(f"c{at}" for at in range(1, len(columns) + 1))
        sheet.listing(name, columns, cells)
