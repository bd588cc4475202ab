"""Values, changes, names and rankings as reports say them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from reports.charts.model import Kind
from reports.figures.figure import Value
from reports.figures.registry import FIGURES
from reports.figures.selection import Dimension
from reports.incident.vocabulary import Titles
from reports.periods import PeriodKind, parse_period
from reports.press.amounts import Amounts
from reports.press.naming import Naming
from reports.press.ranking import Ranked, pareto, ranked
from reports.press.trends import axis_names
from tests.reports import dossiers

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("code", "value", "zh", "en"),
    [
        ("received", 12_345, "12,345", "12,345"),
        ("response_within", 0.98765, "98.8%", "98.8%"),
        ("resolution_mean", 119.4, "119 分钟", "119 min"),
        ("resolution_mean", 135, "2.2 小时", "2.2 h"),
        ("resolution_mean", 7_260, "121 小时", "121 h"),
        ("backlog_age_median", 1.26, "1.3 天", "1.3 days"),
        ("satisfaction_mean", 4.256, "4.26", "4.26"),
        ("satisfaction_mean", None, "—", "—"),
    ],
)
def test_a_value_has_its_unit(code: str, value: float | None, zh: str, en: str) -> None:
    for language, said in (("zh", zh), ("en", en)):
        amounts = Amounts(dossiers.words(language))
        assert amounts.value(FIGURES[code], Value(value, 50)) == said


@pytest.mark.parametrize(
    ("code", "now", "before", "said", "good"),
    [
        ("received", 120, 100, "+20.0%", None),
        ("resolved", 80, 100, "−20.0%", False),
        ("open_at_end", 80, 100, "−20.0%", True),
        ("response_within", 0.95, 0.9, "+5.0 百分点", True),
        ("reopen_rate", 0.05, 0.02, "+3.0 百分点", False),
        ("resolution_mean", 90, 60, "+50.0%", False),
        ("satisfaction_mean", 4.3, 4.25, "+0.05", True),
        ("satisfaction_mean", 4.301, 4.3, "0", None),
        ("response_within", 0.9001, 0.9, "0", None),
        ("received", 5, 0, "—", None),  # from nothing there is no percentage
        ("received", 0, 0, "0", None),
        ("received", 5, None, "—", None),
        ("satisfaction_mean", None, 4, "—", None),
    ],
)
def test_a_change_says_how_much_and_whether_it_is_good(
    code: str, now: float | None, before: float | None, said: str, good: bool | None
) -> None:
    change = Amounts(dossiers.words("zh")).change(FIGURES[code], Value(now, 9), Value(before, 9))
    assert change.text == said
    assert (change.good, change.bad) == (good is True, good is False)


@pytest.mark.parametrize(
    ("share", "base", "said"),
    [(0.75, 4, "3/4"), (0.75, 40, "75.0%"), (0.0, 9, "0/9"), (None, 0, "—")],
)
def test_a_share_of_few_is_a_fraction(share: float | None, base: int, said: str) -> None:
    assert Amounts(dossiers.words("en")).share(Value(share, base)) == said


@pytest.mark.parametrize(
    ("dimension", "key", "said"),
    [
        (Dimension.CATEGORY_2, "network/lan", "网络 / lan"),
        (Dimension.CATEGORY_2, "", "未分类"),
        (Dimension.GROUP, "network", "网络组"),
        (Dimension.GROUP, "", "未分派"),
        (Dimension.ENGINEER, "liu.yang@example.com", "刘洋"),
        (Dimension.ENGINEER, "he.min@example.com", "he.min"),
        (Dimension.PRIORITY, 1, "P1 紧急"),
        (Dimension.SOURCE, "phone", "电话"),
        (Dimension.SOURCE, "pigeon", "pigeon"),
        (Dimension.CI, "PRN\n01", "PRN 01"),
        (Dimension.PROFILE, "", "未登记"),
    ],
)
def test_keys_are_said_by_their_names(dimension: Dimension, key: str | int, said: str) -> None:
    titles = Titles(categories={"network": "网络"}, groups={"network": "网络组"})
    naming = Naming(dossiers.words("zh"), titles, {"liu.yang@example.com": "刘洋"})
    assert naming.key(dimension, key) == said
    assert naming.category_end("network/lan") == "lan"


def test_a_ranking_is_the_same_each_time_and_adds_up() -> None:
    counts = [("b", 5), ("a", 5), ("c", 9), ("d", 1), ("e", 2), ("f", 0)]
    assert ranked(counts, 3) == [Ranked("c", 9), Ranked("a", 5), Ranked("b", 5)]
    assert ranked(counts, 3, "rest")[-1] == Ranked("rest", 3)
    assert ranked(counts[:2], 3, "rest") == [Ranked("a", 5), Ranked("b", 5)]
    chart = pareto("t", ranked(counts, 3, "rest"), 22, count="n", share="s", by="c")
    assert chart.kind is Kind.PARETO
    assert chart.series[1].values == pytest.approx((9 / 22, 14 / 22, 19 / 22, 1))
    assert not pareto("t", [], 0, count="n", share="s", by="c")


@pytest.mark.parametrize(
    ("period", "kind", "names"),
    [
        ("2025-12..2026-01", PeriodKind.MONTH, ("2025年12月", "2026年1月")),
        ("2026-04..2026-05", PeriodKind.MONTH, ("2026年4月", "5月")),
        ("2026-05-01..2026-05-10", PeriodKind.WEEK, ("第18周", "第19周")),
    ],
)
def test_an_axis_says_the_year_where_it_changes(
    period: str, kind: PeriodKind, names: tuple[str, ...]
) -> None:
    parts = parse_period(period, ZONE).split(kind)
    assert axis_names(parts, dossiers.words("zh")) == names
