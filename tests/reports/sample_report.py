"""A report of every part that the foundation has, for its tests: no report of the desk's own."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from processor.domain.wording import Words
from reports.charts.model import (
    HALF,
    PERCENT,
    AnyChart,
    Chart,
    Event,
    Kind,
    Role,
    Series,
    Timeline,
)
from reports.letterhead import Letterhead
from reports.press.book import Definition, print_book
from reports.word.report_sheet import Column, ReportSheet
from tests.reports import dossiers

NOW = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)
MONTHS = tuple(f"2026-{month:02d}" for month in range(1, 13))
_RISE = tuple(100.0 + 7 * at for at in range(12))


def charts(zh: bool) -> dict[str, AnyChart]:
    """One of each kind, with names that try the writing."""
    name = (lambda chinese, _: chinese) if zh else (lambda _, english: english)
    count = Series(name("件数", "Incidents"), (40, 25, 15, 10, 6, 4))
    kinds = tuple(name(*pair) for pair in (("邮件", "Mail"), ("电话", "Phone"), ("监控", "Alerts")))
    six = (*kinds, *(name(*pair) for pair in (("传真", "Fax"), ("门户", "Portal"), ("<&>", "<&>"))))
    return {
        "column": Chart(
            Kind.COLUMN,
            name("每月受理", "Received each month"),
            MONTHS,
            (
                Series(name("上年同期", "A year before"), _RISE[::-1], Role.BEFORE),
                Series(name("本期", "This year"), _RISE),
            ),
            name("月份", "Month"),
            name("件数", "Incidents"),
        ),
        "bar": Chart(Kind.BAR, "=1+1", six, (count,), "", name("件数", "Incidents")),
        "stacked": Chart(
            Kind.STACKED,
            name("按优先级", "By priority"),
            MONTHS,
            tuple(Series(f"P{k}", tuple(20.0 * k + at for at in range(12))) for k in range(1, 8)),
        ),
        "line": Chart(
            Kind.LINE,
            name("达标率与预测", "Compliance and forecast"),
            MONTHS,
            (
                Series(name("实际", "Actual"), (*[0.9 + at / 200 for at in range(8)], *[None] * 4)),
                Series(name("预测", "Forecast"), (*[None] * 7, *[0.93] * 5), Role.FORECAST),
                Series(name("上限", "Upper"), (*[None] * 8, *[0.97] * 4), Role.BOUND),
                Series(name("目标", "Target"), (0.95,) * 12, Role.TARGET),
            ),
            format=PERCENT,
            least=0.8,
            most=1,
        ),
        "pareto": Chart(
            Kind.PARETO,
            name("类别", "Categories"),
            six,
            (count, Series(name("累计", "Cumulative"), (0.4, 0.65, 0.8, 0.9, 0.96, 1))),
            second_title=name("累计占比", "Cumulative share"),
        ),
        "pie": Chart(Kind.PIE, name("来源", "Sources"), six, (count,), width=HALF),
        "doughnut": Chart(
            Kind.DOUGHNUT,
            name("来源", "Sources"),
            kinds,
            (Series(name("件数", "Incidents"), (4, 3, 2)),),
            width=HALF,
        ),
        "histogram": Chart(
            Kind.HISTOGRAM,
            name("解决时间", "Time to resolve"),
            ("<15", "15–30", "30–60", "1–2 h", "2–4 h"),
            (Series(name("件数", "Incidents"), (1, 3, 2, 0, 1)),),
        ),
        "timeline": Timeline(
            name("时间线", "Timeline"),
            tuple(Event(datetime(2026, 3, 2, 8, 7 * at), f"= {at}") for at in range(8)),  # noqa: DTZ001 - a chart's are local
            name("时间", "Time"),
        ),
    }


_CAPTIONS = {f"sample.caption.{name}": name for name in (*charts(zh=True), "rows", "heat", "none")}
_CHAPTERS = {f"sample.chapter.c{at}": f"Chapter 章 {at}" for at in range(1, 7)}
_SECTIONS = {f"sample.section.s{at}": f"Section 节 {at}" for at in range(1, 7)}


def words(language: str) -> Words:
    shipped = dossiers.words(language)
    table = {key: shipped.say(key) for key in sorted(shipped.keys())}
    return Words(
        language, {**table, **_CAPTIONS, **_CHAPTERS, **_SECTIONS, "sample.note.heat": "A note."}
    )


def template(language: str, target: Path) -> Path:
    """A template with every part, written to ``target``."""
    sheet = ReportSheet(words(language), "sample")
    sheet.head_and_foot()
    sheet.cover((("Period", "{{ period }}"), ("Printed", "{{ printed }}")))
    sheet.contents()
    columns = (Column("Name", 100, "name"), Column("Count", 66, "count", number=True))
    for at, names in enumerate(_spread(list(charts(zh=True)), 6), start=1):
        sheet.chapter(f"c{at}")
        sheet.prose("prose")
        for name in names:
            sheet.chart(name)
        sheet.section(f"s{at}")
        sheet.points("prose")
        sheet.table("rows", columns)
    sheet.heat("heat", 24, "Day")
    sheet.table("none", columns)
    sheet.definitions()
    out = io.BytesIO()
    sheet.document.save(out)
    target.write_bytes(out.getvalue())
    return target


def fields() -> dict[str, object]:
    rows = [{"name": f"Row 行 {at} <b>&", "count": at} for at in range(1, 15)]
    cells = [{"text": str(at), "shade": "DDE2E9"} for at in range(24)]
    heat = {
        "heads": [str(at) for at in range(24)],
        "rows": [{"name": f"D{at}", "cells": cells} for at in range(7)],
    }
    return {
        "prose": [
            "受理的事件比上月多，其中网络类最多，需要关注。 " * 4,
            "A sentence of words. " * 9,
        ],
        "tables": {"rows": rows, "heat": heat, "none": []},
    }


def printed(language: str, made: Path, logo: Path | None = None) -> bytes:
    """The sample report by the template ``made``."""
    head = Letterhead(words(language), "远山信息", ZoneInfo("Asia/Shanghai"), NOW)
    definitions = [
        Definition(f"Figure 指标 {at}", "As counted. 算法。 " * 8, "1") for at in range(12)
    ]
    return print_book(
        made,
        head,
        title="Sample",
        period="2026-10",
        logo=logo,
        fields=fields(),
        charts=charts(language == "zh"),
        definitions=definitions,
    )


def _spread(items: list[str], parts: int) -> list[list[str]]:
    return [items[at::parts] for at in range(parts)]
