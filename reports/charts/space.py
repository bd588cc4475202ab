"""A chart as the XML of its part (``c:chartSpace``, ECMA-376-1, 21.2.2.29)."""

from __future__ import annotations

from lxml import etree

from reports.charts import plots, timeline
from reports.charts.looks import Faces, letters, no_line
from reports.charts.model import AnyChart, Chart, Kind, Timeline
from reports.charts.xml import Child, Element, R, a, c, val

WORKBOOK = "rId1"  # of the relationship from the chart to its workbook


def chart_xml(chart: AnyChart, faces: Faces) -> bytes:
    """The chart part's bytes; its workbook is related as ``WORKBOOK``."""
    if isinstance(chart, Timeline):
        drawn, legend = timeline.plotted(chart, faces), None
    else:
        drawn, legend = plots.plotted(chart, faces), _legend(chart, faces)
    workbook = c("externalData", val("autoUpdate", 0))
    workbook.set(f"{{{R}}}id", WORKBOOK)
    space = c(
        "chartSpace",
        val("date1904", 0),
        val("lang", "zh-CN" if faces.language == "zh" else "en-GB"),
        val("roundedCorners", 0),
        c(
            "chart",
            val("autoTitleDeleted", 1),
            c("plotArea", c("layout"), *drawn, c("spPr", a("noFill"))),
            legend,
            val("plotVisOnly", 1),
            val("dispBlanksAs", "gap"),
        ),
        c("spPr", a("noFill"), no_line()),
        letters(faces, 9),
        workbook,
    )
    etree.cleanup_namespaces(space, keep_ns_prefixes=["c", "a", "r"])
    data: bytes = etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def _legend(chart: Chart, faces: Faces) -> Child:
    sliced = chart.kind in (Kind.PIE, Kind.DOUGHNUT)
    if len(chart.series) < 2 and not sliced:
        return None
    place = "r" if sliced else "t"
    legend: Element = c("legend", val("legendPos", place), val("overlay", 0), letters(faces, 8.5))
    return legend
