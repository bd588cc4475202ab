"""The workbook behind a chart: what Word opens on “Edit data”."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from openpyxl import Workbook

from reports.charts import timeline
from reports.charts.model import DAY_AND_CLOCK, AnyChart, Chart, Kind, Timeline
from reports.charts.references import SHEET, column
from reports.word.sealing import seal_workbook

_MADE = datetime(2026, 1, 1, tzinfo=UTC)  # the same values are the same bytes, whenever packed


def workbook(chart: AnyChart) -> bytes:
    """An ``.xlsx`` with the values of ``chart``: names in the first row, one category a row.
    The same chart gives the same bytes."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    rows, formats = _timeline(chart) if isinstance(chart, Timeline) else _values(chart)
    for row in rows:
        sheet.append(row)
    for at, code in enumerate(formats):
        if code:
            for cell in sheet[column(at)][1:]:
                cell.number_format = code
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a name that begins with = is no formula
    sheet.column_dimensions["A"].width = 28
    out = io.BytesIO()
    book.save(out)
    return seal_workbook(out.getvalue(), _MADE)


def _values(chart: Chart) -> tuple[list[list[object]], list[str]]:
    head: list[object] = ["", *(one.name for one in chart.series)]
    body: list[list[object]] = [
        [name, *(one.values[at] for one in chart.series)]
        for at, name in enumerate(chart.categories)
    ]
    formats = ["", *(chart.format for _ in chart.series)]
    if chart.kind is Kind.PARETO:
        formats[-1] = chart.second_format
    return [head, *body], formats


def _timeline(chart: Timeline) -> tuple[list[list[object]], list[str]]:
    head: list[object] = ["", chart.title, ""]
    heights = timeline.levels(chart)
    body: list[list[object]] = [
        [timeline.serial(event.at), height, event.name]
        for event, height in zip(chart.events, heights, strict=True)
    ]
    return [head, *body], [DAY_AND_CLOCK, "0", ""]
