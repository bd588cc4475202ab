"""A chart as the value of a template's field: its parts are made where it is printed."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import quoteattr

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Mm

from reports.charts.looks import Faces
from reports.charts.model import AnyChart
from reports.charts.space import WORKBOOK, chart_xml
from reports.charts.workbook import workbook
from reports.charts.xml import A, C, R
from reports.word.plain_text import line

_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


class PlacedChart:
    """Prints a chart at the field that names it; false, for ``{%p if … %}``, when it is empty."""

    def __init__(self, template: Any, chart: AnyChart, faces: Faces) -> None:
        """``template`` is docxtpl's. The chart is made here, so that a fault of its values is
        not taken for one of the template."""
        self._template, self._chart = template, chart
        self._xml = chart_xml(chart, faces) if chart else b""
        self._workbook = workbook(chart) if chart else b""

    def __bool__(self) -> bool:
        return bool(self._chart)

    def __html__(self) -> str:
        if not self._chart:
            return ""
        host = self._template.current_rendering_part
        package = host.package
        part = Part(
            package.next_partname("/word/charts/chart%d.xml"),
            _CHART_TYPE,
            self._xml,
            package,
        )
        at = host.relate_to(part, RELATIONSHIP_TYPE.CHART)
        name = package.next_partname("/word/embeddings/Microsoft_Excel_Sheet%d.xlsx")
        sheet = Part(PackURI(name), _WORKBOOK_TYPE, self._workbook, package)
        related = part.relate_to(sheet, RELATIONSHIP_TYPE.PACKAGE)
        if related != WORKBOOK:
            raise AssertionError(related)
        return (
            f"</w:t></w:r><w:r><w:drawing>{self._drawing(at)}</w:drawing></w:r>"
            '<w:r><w:t xml:space="preserve">'
        )

    __str__ = __html__

    def _drawing(self, relationship: str) -> str:
        chart = self._chart
        name = quoteattr(line(chart.title))
        return (
            f'<wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{Mm(chart.width)}" cy="{Mm(chart.height)}"/>'
            f'<wp:docPr id="1" name={name} descr={name}/>'
            f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{A}"><a:graphicData uri="{C}">'
            f'<c:chart xmlns:c="{C}" xmlns:r="{R}" r:id="{relationship}"/>'
            "</a:graphicData></a:graphic></wp:inline>"
        )
