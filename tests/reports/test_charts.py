"""Charts: their parts and workbook, what they say in print, and what they refuse."""

from __future__ import annotations

import io
from datetime import datetime
from itertools import pairwise

import pytest
from lxml import etree
from openpyxl import load_workbook

from reports.charts.looks import Faces
from reports.charts.model import Chart, Event, Kind, Series, Timeline
from reports.charts.palette import FILLS, PALE, PATTERNS, fill, heat, lightness
from reports.charts.space import chart_xml
from reports.charts.workbook import workbook
from tests.reports import sample_report

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
FACES = Faces("Arial", "黑体", "zh")


@pytest.mark.parametrize("name", list(sample_report.charts(zh=True)))
def test_every_letter_is_small_and_chinese_in_a_chinese_face(name: str) -> None:
    root = etree.fromstring(chart_xml(sample_report.charts(zh=True)[name], FACES))
    sizes = {int(one.get("sz")) for one in root.iter(f"{A}defRPr", f"{A}rPr")}
    assert sizes <= {800, 850, 900}
    assert 900 in sizes  # what nothing else says: Word would take 10 points, PowerPoint's is 18
    assert root.find(f"{C}txPr") is not None
    assert {one.get("typeface") for one in root.iter(f"{A}ea")} == {"黑体"}
    for axis in root.iter(f"{C}catAx", f"{C}valAx"):
        assert axis.find(f"{C}delete") is not None  # absent, Excel and Word differ
        assert axis.find(f"{C}numFmt") is not None


@pytest.mark.parametrize("name", list(sample_report.charts(zh=True)))
def test_the_same_chart_is_the_same_bytes(name: str) -> None:
    one, other = (sample_report.charts(zh=True)[name] for _ in range(2))
    assert chart_xml(one, FACES) == chart_xml(other, FACES)
    assert workbook(one) == workbook(other)


def test_a_pareto_has_its_line_on_an_axis_of_its_own() -> None:
    root = etree.fromstring(chart_xml(sample_report.charts(zh=False)["pareto"], FACES))
    bars, line = root.find(f".//{C}barChart"), root.find(f".//{C}lineChart")
    mine, its = ({one.get("val") for one in plot.iter(f"{C}axId")} for plot in (bars, line))
    assert len(mine) == len(its) == 2
    assert not mine & its
    axes = {one.find(f"{C}axId").get("val"): one for one in root.iter(f"{C}valAx")}
    share = next(one for key, one in axes.items() if key in its)
    assert share.find(f"{C}crosses").get("val") == "max"
    assert share.find(f"{C}scaling/{C}max").get("val") == "1"


def test_colours_keep_their_order_on_a_grey_print() -> None:
    greys = [lightness(color) for color in FILLS]
    assert all(right - left >= 12 for left, right in pairwise(greys))
    assert lightness("000000") == pytest.approx(0)
    assert lightness("FFFFFF") == pytest.approx(100)
    assert 60 < lightness(PALE) < 90
    looks = [fill(at) for at in range(len(FILLS) * (1 + len(PATTERNS)))]
    assert len(set(looks)) == len(looks)


def test_black_can_be_read_on_every_cell_of_a_heat_map() -> None:
    shades = [heat(at / 20) for at in range(-2, 24)]
    assert shades[0] == "FFFFFF"
    assert [lightness(one) for one in shades] == sorted(map(lightness, shades), reverse=True)
    assert min(map(lightness, shades)) > 55


def test_small_counts_have_whole_numbers_at_their_axis() -> None:
    def step(values: tuple[float, ...], kind: Kind = Kind.COLUMN) -> str | None:
        chart = Chart(kind, "t", ("a", "b"), (Series("s", values), Series("r", values)))
        found = etree.fromstring(chart_xml(chart, FACES)).find(f".//{C}majorUnit")
        return None if found is None else str(found.get("val"))

    assert step((1, 2)) == "1.0"
    assert step((4, 3), Kind.STACKED) is None
    assert step((40, 2)) is None


def test_names_are_text_also_when_they_look_like_formulas() -> None:
    chart = Chart(Kind.BAR, "t", ("=1+1", "+cmd"), (Series("@s", (1, None)),))
    sheet = load_workbook(io.BytesIO(workbook(chart)))["Data"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert [(cell.value, cell.data_type) for cell in cells if cell.value is not None][1:] == [
        ("=1+1", "s"),
        (1, "n"),
        ("+cmd", "s"),
    ]


def test_an_empty_chart_is_false_and_a_crooked_one_refused() -> None:
    assert not Chart(Kind.PIE, "t", ("a",), (Series("s", (0,)),))
    assert not Chart(Kind.LINE, "t", ("a",), (Series("s", (None,)),))
    assert not Timeline("t", ())
    assert Chart(Kind.LINE, "t", ("a",), (Series("s", (0.1,)),))
    with pytest.raises(ValueError, match="not one value for each category"):
        Chart(Kind.LINE, "t", ("a", "b"), (Series("s", (1,)),))


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (datetime(2026, 12, 31, 23, 50), datetime(2027, 1, 1, 0, 20), "hh:mm"),  # noqa: DTZ001 - a chart's are local
        (datetime(2026, 12, 30, 8), datetime(2027, 1, 4, 9), "m-d hh:mm"),  # noqa: DTZ001 - a chart's are local
        (datetime(2026, 12, 30, 8), datetime(2026, 12, 30, 8), "hh:mm"),  # noqa: DTZ001 - a chart's are local
    ],
)
def test_a_timeline_spans_its_events(first: datetime, last: datetime, code: str) -> None:
    chart = Timeline("t", (Event(first, "a"), Event(last, "b")))
    root = etree.fromstring(chart_xml(chart, FACES))
    scale = root.find(f".//{C}valAx/{C}scaling")
    least, most = (float(scale.find(f"{C}{end}").get("val")) for end in ("min", "max"))
    points = [float(one.text) for one in root.findall(f".//{C}xVal//{C}v")]
    assert least < points[0]
    assert points[-1] < most or points[0] == points[-1]
    assert root.find(f".//{C}valAx/{C}numFmt").get("formatCode") == code
    step = float(root.find(f".//{C}valAx/{C}majorUnit").get("val"))
    assert 1 <= (most - least) / step <= 11
