"""Daily list, weekly and monthly report over made-up months, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import docx
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from processor.store.database import Store
from reports.documents.registry import DOCUMENTS, Printed, Request
from reports.figures.beginnings import recorded
from reports.figures.computing import compute
from reports.figures.selection import Clearance, Filters, Selection
from reports.periods import parse_period
from templates.word import period_templates
from tests.reports import desk_months, dossiers
from tests.reports.printed import members, read, text_of
from tests.reports.soundness import assert_sound

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
FIRST, LAST = datetime(2025, 8, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)
LANGUAGES = ("zh", "en")
KINDS = tuple(sorted(period_templates.WRITERS))
CASES = {
    "daily": "2026-10-20",
    "weekly": "2026-W43",
    "monthly": "2026-10",
    "analysis": "2026-Q3",
}


def template(language: str, kind: str) -> Path:
    return dossiers.ROOT / "templates" / "word" / language / f"{kind}.docx"


def _store(folder: Path, count: int) -> Iterator[Store]:
    store = Store(f"sqlite:///{folder / 'desk.db'}", blobs=folder)
    store.upgrade()
    desk_months.fill(store, count, FIRST, LAST)
    yield store
    store.close()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Fifteen months with 1,500 incidents."""
    yield from _store(tmp_path_factory.mktemp("desk"), 1_500)


def print_kind(
    store: Store,
    kind: str,
    period: str,
    language: str = "zh",
    zone: ZoneInfo = SHANGHAI,
    **more: Any,
) -> Printed:
    request = Request(
        now=more.pop("now", NOW),
        zone=zone,
        language=language,
        organisation="远山信息",
        period=parse_period(period, zone),
        titles=dossiers.TITLES[language],
        people={"liu.yang@example.com": "刘洋"},
        **more,
    )
    words = dossiers.words(language)
    with store.read() as work:
        return DOCUMENTS[kind].print(work, words, template(language, kind), request)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_report_is_sound_whole_and_the_same_again(
    desk: Store, kind: str, language: str
) -> None:
    name, data = print_kind(desk, kind, CASES[kind], language)
    assert name.endswith(".docx")
    assert dossiers.words(language).say(f"{kind}.title") in name
    assert_sound(data)
    assert data == print_kind(desk, kind, CASES[kind], language).content
    text = text_of(data)
    for code in ("in_progress", "pending_", "open_at_end", "resolution_within"):
        assert not re.search(rf"\b{code}\b", text), code
    if language == "en":
        unsaid = re.sub("|".join(map(re.escape, desk_months.SUBJECTS)), "", text)
        unsaid = re.sub(r"打印机 PRN-\d+ 反复卡纸|远山信息|刘洋|甲公司|乙公司|很满意", "", unsaid)
        assert not re.findall(r"[\u4e00-\u9fff]+", unsaid)


def test_the_charts_and_the_text_say_the_figures(desk: Store) -> None:
    _, data = print_kind(desk, "monthly", "2026-10")
    columns = [one for chart in assert_sound(data) for one in chart.values()]
    period = parse_period("2026-10", SHANGHAI)
    with desk.read() as work:
        months = [
            compute(work.connection, ("received", "resolved", "closed", "open_at_end"),
                    Selection(period=part, now=NOW))[0]
            for part in period.back(12)
        ]  # fmt: skip
    for code in ("received", "resolved", "open_at_end"):
        assert [float(month[code] or 0) for month in months] in columns
    last = months[-1]
    said = dossiers.words("zh").say(
        "monthly.say.volume", period="2026年10月", received=last["received"],
        resolved=last["resolved"], closed=last["closed"], open=last["open_at_end"],
    )  # fmt: skip
    assert said in text_of(data)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_period_says_so(desk: Store, kind: str, language: str) -> None:
    period = {"daily": "2025-01-01", "weekly": "2025-W02", "monthly": "2025-01"}
    _, data = print_kind(desk, kind, period.get(kind, "2025-Q1"), language)
    assert not assert_sound(data)  # no empty chart
    name = parse_period(period.get(kind, "2025-Q1"), SHANGHAI).name(dossiers.words(language))
    assert dossiers.words(language).say(f"{kind}.say.empty", period=name) in text_of(data)


@pytest.mark.parametrize("kind", KINDS)
def test_one_incident_makes_a_proper_report(tmp_path: Path, kind: str) -> None:
    for store in _store(tmp_path, 1):
        with store.read() as work:
            (only,) = work.incidents.search()
        day = only.reported_at.astimezone(SHANGHAI).date()
        year, week, _ = day.isocalendar()
        period = {"daily": f"{day}", "weekly": f"{year}-W{week:02d}", "monthly": f"{day:%Y-%m}"}
        _, data = print_kind(store, kind, period.get(kind, f"{year}-Q{(day.month + 2) // 3}"))
        assert_sound(data)
        assert re.search(r"受理(事件)? 1 件", text_of(data))


@pytest.mark.parametrize(
    ("kind", "period", "zone"),
    [
        ("weekly", "2026-W01", SHANGHAI),  # 29 December to 4 January
        ("monthly", "2025-12-15..2026-01-14", SHANGHAI),
        ("monthly", "2026-Q1", SHANGHAI),
        ("monthly", "2026-03", BERLIN),  # the clocks go forward on the 29th
        ("daily", "2026-10-25", BERLIN),  # 25 hours
        ("weekly", "2026-W43", BERLIN),
        ("analysis", "2025-12-01..2026-02-28", BERLIN),
        ("analysis", "2025-11-01..2026-10-31", SHANGHAI),
    ],
)
def test_years_ends_and_summer_time_keep_every_incident_once(
    desk: Store, kind: str, period: str, zone: ZoneInfo
) -> None:
    _, data = print_kind(desk, kind, period, zone=zone)
    assert_sound(data)
    asked = parse_period(period, zone)
    with desk.read() as work:
        every = work.incidents.search(limit=5_000)
    came = sum(asked.start <= one.reported_at < asked.end and not one.drill for one in every)
    assert re.search(rf"受理(事件)? {came:,} 件", text_of(data))


def test_a_customer_sees_his_own_contract_alone(desk: Store) -> None:
    clearance = Clearance(contracts=frozenset({"C-2"}))
    name, data = print_kind(desk, "monthly", "2026-10", clearance=clearance)
    text = text_of(data)
    assert "C-2" in name
    assert "合同：C-2" in text
    for hidden in ("C-1", "刘洋", "he.min", "PRB-", "RFC-", "处理团队", "问题与变更"):
        assert hidden not in text
    own = Selection(
        period=parse_period("2026-10", SHANGHAI), now=NOW, filters=Filters(contracts=("C-2",))
    )
    with desk.read() as work:
        (row,) = compute(work.connection, ("received",), own)
    assert f"受理事件 {row['received']} 件" in text


@pytest.mark.parametrize("kind", ["problems", "changes", "audit", "monthly"])
def test_what_is_filtered_for_is_said_and_nothing_else_told(desk: Store, kind: str) -> None:
    """Problems that stand behind no incident of the contract are none of its report."""
    filters = Filters(contracts=("C-2",))
    name, data = print_kind(desk, kind, "2026-01-01..2026-10-31", filters=filters)
    text = text_of(data)
    assert "合同：C-2" in text
    assert "合同：C-2" in name
    assert not re.search(r"PRB-|RFC-", text)
    name, data = print_kind(desk, kind, "2026-01-01..2026-10-31")
    assert "合同" not in name
    assert (re.search(r"PRB-|RFC-", text_of(data)) is None) is (kind == "audit")


def test_a_period_before_the_desk_began_is_nothing_to_compare_with(desk: Store) -> None:
    """The first incident came in August 2025: "up 14,300 % from a year ago" would be nonsense."""
    with desk.read() as work:
        for period, there in (("2025-07", False), ("2025-08", True), ("2025-Q3", False)):
            assert recorded(work.connection, parse_period(period, SHANGHAI)) is there
    for kind, period, there in (("analysis", "2026-Q3", False), ("monthly", "2026-09", True)):
        data = print_kind(desk, kind, period).content
        lines = [[cell.text for cell in row.cells] for t in read(data).tables for row in t.rows]
        received = next(line for line in lines if line[0] == "受理量")
        assert (received[4] != "—") is there
        assert (received[5] != "—") is there


def test_what_is_confidential_has_no_subject(desk: Store) -> None:
    with desk.begin() as work:
        work.connection.exec_driver_sql(
            "UPDATE incidents SET subject = '学生张三的事' WHERE confidential"
        )
    told = text_of(print_kind(desk, "weekly", "2026-01-01..2026-10-31").content)
    assert "张三" not in told
    assert "保密事件" in told
    cleared = print_kind(desk, "weekly", "2026-01-01..2026-10-31", clearance=Clearance(names=True))
    assert "张三" in text_of(cleared.content)


@pytest.mark.parametrize("kind", KINDS)
def test_no_head_of_a_list_is_left_alone_at_the_end_of_a_page(kind: str) -> None:
    """LibreOffice 7.4 drops the rest of a table whose rows are kept whole when its second row is
    the first that has no room: what stands before the table has to be kept with it."""
    document = docx.Document(str(template("zh", kind)))
    before = None
    lists = 0
    for child in document.element.body:
        if child.tag == qn("w:p"):
            text = "".join(node.text or "" for node in child.iter(qn("w:t")))
            before = before if text.startswith("{%p") else Paragraph(child, document)
        elif child.tag == qn("w:tbl") and list(child.iter(qn("w:tblHeader"))):
            lists += 1
            assert before is not None
            own = before.paragraph_format.keep_with_next
            assert own or before.style.paragraph_format.keep_with_next, before.text
            assert all(list(row.iter(qn("w:cantSplit"))) for row in child.iter(qn("w:tr")))
            before = None
    assert lists >= 4


def test_a_heat_map_stays_on_one_page() -> None:
    document = docx.Document(str(template("zh", "analysis")))
    cells = [Paragraph(one, document) for one in document.element.body.iter(qn("w:p"))]
    heat = [one for one in cells if one.style.name == "Heat"]
    assert len(heat) == 2 * 25
    assert all(one.paragraph_format.keep_with_next for one in heat)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_template_is_made_from_the_words(kind: str, language: str) -> None:
    shipped = members(template(language, kind).read_bytes())
    made = members(period_templates.make(dossiers.words(language), kind))
    assert shipped == made, "run python templates/word/make_templates.py"
