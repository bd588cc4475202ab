"""Each rule speaks when the figures say so, cites them, and is silent otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args

import pytest

from processor.domain.goals import Goals
from processor.settings.schema.goals import ShareName
from processor.settings.words import catalogue
from processor.store.database import Store
from reports.analysis.hours import HeatMap
from reports.analysis.repeated import Repeated
from reports.figures.comparison import Compared
from reports.figures.computing import FigureRow, compute
from reports.figures.figure import Value
from reports.figures.registry import FIGURES
from reports.figures.selection import Clearance, Dimension, Selection
from reports.narrative import advice, changes, standing_out
from reports.narrative.evidence import COMPARED, FOLLOWED, Evidence
from reports.narrative.finding import Finding, Teller, Tone
from reports.narrative.story import Rule, story
from reports.periods import PeriodKind, parse_period
from reports.press.naming import Naming
from tests.domain.records import SHANGHAI
from tests.reports.replayed import NOW, lives, play

OCTOBER = parse_period("2026-10", SHANGHAI)
NOTHING = Value(None, 0)


def value(number: float | None, base: int | None = None) -> Value:
    return Value(number, int(number or 0) if base is None else base)


class Made(Evidence):
    """Evidence that is given: (now, previous, last year) by code, parts by dimension."""

    def __init__(self, **given: Any) -> None:
        selection = Selection(given.get("period", OCTOBER), given.get("now", NOW))
        super().__init__(None, selection, given.get("goals", Goals()))
        counts = {one: value(0) for one in COMPARED if FIGURES[one].unit.value == "count"}
        found = {one: (counts.get(one, NOTHING),) * 3 for one in COMPARED}
        found |= given.get("compared", {})
        rows = given.get("days", ())
        parts = OCTOBER.split(PeriodKind.DAY)
        self.__dict__ |= {
            "compared": {code: Compared(*three) for code, three in found.items()},
            "followed": given.get("followed", ()),
            "days": tuple(
                FigureRow((p.code,), p, {"received": value(n)})
                for p, n in zip(parts, rows, strict=False)
            ),
            "repeated": given.get("repeated", ()),
            "hours": given.get("hours", HeatMap(((0,) * 24,) * 7, (0,) * 7, (NOTHING,) * 24)),
        }
        came = self.compared["received"]
        self.__dict__ |= {
            "parts": given.get("parts", {}),
            "had_previous": bool(came.previous.value),
            "had_last_year": bool(came.last_year.value),
        }

    def by(self, dimension: Dimension, *codes: str) -> tuple[FigureRow, ...]:
        found = self.__dict__["parts"].get((dimension, codes[0]), {})
        return tuple(FigureRow((k,), self.period, {codes[0]: v}) for k, v in found.items())


def way(code: str, *numbers: float) -> tuple[Any, ...]:
    """The last periods, of which one figure is known."""
    parts = OCTOBER.back(len(numbers))
    nothing = dict.fromkeys(FOLLOWED, NOTHING)
    return tuple(
        (p, nothing | {code: value(n, 400 if n < 1 else None)})
        for p, n in zip(parts, numbers, strict=True)
    )


def received(now: float, before: float, year: float = 0) -> dict[str, Any]:
    return {"received": (value(now), value(before), value(year))}


WITHIN = (value(0.8, 400), value(0.9, 400), NOTHING)
HOURS = HeatMap(
    ((5,) * 24,) * 7, (4,) * 7,
    tuple(value(0.5 if h in (9, 10) else 0.95, 60) for h in range(24)),
)  # fmt: skip
TROUBLE = Repeated("SW-01", "network/lan", 12, 11, 0)

SPEAKS: list[tuple[str, Rule, dict[str, Any], str, str]] = [
    ("change", changes.changes, {"compared": received(300, 200)},
     "受理量为 300，较上期（2026年9月，200）上升 50.0%。",
     "Received: 300, up 50.0% from the period before (September 2026: 200)."),
    ("change", changes.changes, {"compared": received(200, 200, 300)},
     "受理量为 200，较上年同期（2025年10月，300）下降 33.3%。",
     "Received: 200, down 33.3% from a year ago (October 2025: 300)."),
    ("change", changes.changes, {"compared": received(200, 200) | {"resolution_within": WITHIN}},
     "解决及时率为 80.0%，较上期（2026年9月，90.0%）下降 10.0 ",
     "Resolution within target: 80.0%, down 10.0 "),
    ("improvement", changes.changes,
     {"compared": received(200, 200)
      | {"reopen_rate": (value(0.02, 400), value(0.1, 400), NOTHING)}},
     "重新打开率为 2.0%，较上期", "Reopen rate: 2.0%, down 8.0 "),
    ("streak", changes.streaks, {"followed": way("open_at_end", 90, 40, 52, 66, 81)},
     "期末未解决量已连续 3 期上升：40、52、66、81。",
     "Open at end has risen 3 periods in a row: 40, 52, 66, 81."),
    ("streak", changes.streaks, {"followed": way("response_within", 0.97, 0.93, 0.9, 0.85)},
     "响应及时率已连续 3 期下降：97.0%、93.0%、90.0%、85.0%。",
     "Response within target has fallen 3 periods in a row: 97.0%, 93.0%, 90.0%, 85.0%."),
    ("breach", standing_out.breaches, {"compared": {"resolution_within": WITHIN}},
     "解决及时率为 80.0%，未达到目标（90.0%）。",
     "Resolution within target: 80.0%, missing the target (90.0%)."),
    ("breach", standing_out.breaches,
     {"compared": {"resolution_within": WITHIN},
      "parts": {(Dimension.PRIORITY, "resolution_within"): {1: value(0.3, 40),
                                                            2: value(0.82, 360)}}},
     "解决及时率为 80.0%，未达到目标（90.0%）；其中“P1 紧急”差距最大，为 30.0%（40 件）。",
     "(90.0%); P1 Urgent is farthest from it, with 30.0% of 40 incidents."),
    ("concentration", standing_out.concentrations,
     {"compared": received(100, 100),
      "parts": {(Dimension.CATEGORY_2, "received"): {"network/lan": value(45),
                                                        "x": value(35)}}},
     "“network / lan”类事件 45 件，占受理量的 45.0%。",
     "Incidents of category network / lan were 45, or 45.0% of what was received."),
    ("outlier", standing_out.outliers, {"days": (5, 6, 5, 0, 7, 6, 5, 40, 6, 0, 5)},
     "2026年10月8日受理 40 件，是有事件各日中位数（6 件）的 6.7 倍。",
     "On 8 October 2026, 40 incidents were received, 6.7 times the median of the days that "),
    ("overdue", advice.loose_ends, {"compared": {"overdue_now": (value(3), NOTHING, NOTHING)},
                                    "now": OCTOBER.end},
     "目前有 3 件事件已超时而未解决", "3 incidents are open and overdue now"),
    ("few_ratings", advice.loose_ends,
     {"compared": {"satisfaction_rate": (value(0.1, 100), NOTHING, NOTHING),
                   "closed": (value(100), NOTHING, NOTHING)}},
     "归档的 100 件事件中只有 10.0% 得到评分", "Only 10.0% of 100 closed incidents were rated"),
    ("problem_candidate", advice.problem_candidates, {"repeated": (TROUBLE,)},
     "SW-01 的“network / lan”类事件本期发生 12 件，其中 11 件距上次发生不足 30 天",
     "SW-01 (network / lan) had 12 incidents, 11 of them within 30 days of the one before"),
    ("problem_candidate", advice.problem_candidates, {"repeated": (replace(TROUBLE, repeats=12),)},
     "本期发生 12 件，距上次发生均不足 30 天", "had 12 incidents, each within 30 days of the one"),
    ("late_group", advice.standing_parts,
     {"compared": {"resolution_within": (value(0.9, 1000), NOTHING, NOTHING)},
      "parts": {(Dimension.GROUP, "resolution_within"): {"network": value(0.6, 100)}}},
     "network解决的 100 件事件中，解决及时率为 60.0%，明显低于总体（90.0%）",
     "network resolved 100 incidents, 60.0% of them within target"),
    ("knowledge_gap", advice.standing_parts,
     {"compared": {"knowledge_share": (value(0.3, 1000), NOTHING, NOTHING)},
      "parts": {(Dimension.CATEGORY_2, "knowledge_share"): {"network/wan": value(0.02, 100)}}},
     "“network / wan”类事件解决 100 件，知识使用率为 2.0%",
     "Of 100 incidents of category network / wan, 2.0% were resolved with knowledge"),
    ("wrong_routing", advice.standing_parts,
     {"compared": {"wrong_dispatch_rate": (value(0.05, 900), NOTHING, NOTHING)},
      "parts": {(Dimension.CATEGORY_2, "wrong_dispatch_rate"): {"network/wan": value(0.3, 90)}}},
     "派单错误率为 30.0%", "30.0% of them to the wrong hands"),
    ("reopening_group", advice.standing_parts,
     {"compared": {"reopen_rate": (value(0.05, 900), NOTHING, NOTHING)},
      "parts": {(Dimension.GROUP, "reopen_rate"): {"network": value(0.3, 90)}}},
     "重新打开率为 30.0%", "Of 90 incidents that network resolved, 30.0% were reopened"),
    ("staffing", advice.staffing, {"hours": HOURS},
     "09:00–11:00 时段报告的事件有 120 件得到响应，响应及时率为 50.0%",
     "Of 120 incidents reported between 09:00–11:00, 50.0% were answered in time"),
]  # fmt: skip

SILENT: list[tuple[str, Rule, dict[str, Any]]] = [
    ("chance", changes.changes, {"compared": received(104, 86)}),
    ("too little", changes.changes, {"compared": received(9, 3)}),
    ("nothing to compare with", changes.changes, {"compared": received(300, 0)}),
    ("the period is not over", changes.changes,
     {"compared": received(300, 200), "now": OCTOBER.start}),
    ("a small share", changes.changes,
     {"compared": received(200, 200) | {"reopen_rate": (value(0.5, 4), value(0.0, 4), NOTHING)}}),
    ("two steps", changes.streaks, {"followed": way("open_at_end", 90, 40, 52, 66)}),
    ("a step back", changes.streaks, {"followed": way("open_at_end", 40, 52, 50, 81, 90)}),
    ("hardly a way", changes.streaks, {"followed": way("open_at_end", 100, 101, 102, 103)}),
    ("reached", standing_out.breaches,
     {"compared": {"resolution_within": (value(0.9, 400), NOTHING, NOTHING)}}),
    ("few", standing_out.breaches,
     {"compared": {"resolution_within": (value(0.5, 10), NOTHING, NOTHING)}}),
    ("spread", standing_out.concentrations,
     {"compared": received(100, 100),
      "parts": {(Dimension.CATEGORY_2, "received"): {"a": value(25), "b": value(25)}}}),
    ("days alike", standing_out.outliers, {"days": (5, 6, 9, 0, 7, 6, 5, 12, 6, 0, 5)}),
    ("a problem is there", advice.problem_candidates,
     {"repeated": (replace(TROUBLE, problems=1), replace(TROUBLE, repeats=4))}),
    ("long ago", advice.loose_ends, {"compared": {"overdue_now": (value(3), NOTHING, NOTHING)}}),
    ("hours alike", advice.staffing, {"hours": replace(HOURS, within=(value(0.9, 60),) * 24)}),
    ("nobody answered", advice.staffing, {}),
    ("chance of a part", advice.standing_parts,
     {"compared": {"resolution_within": (value(0.9, 1000), NOTHING, NOTHING)},
      "parts": {(Dimension.GROUP, "resolution_within"): {"network": value(0.84, 50)}}}),
]  # fmt: skip


def texts(findings: list[Finding], language: str) -> list[str]:
    words = catalogue(language)
    return [told.text for told in Teller(words, Naming(words)).tell(findings)]


@pytest.mark.parametrize(("rule", "speaker", "given", "chinese", "english"), SPEAKS)
def test_a_rule_speaks(
    rule: str, speaker: Rule, given: dict[str, Any], chinese: str, english: str
) -> None:
    found = [one for one in speaker(Made(**given)) if one.rule == rule]
    assert len(found) == 1
    for language, start in (("zh", chinese), ("en", english)):
        (text,) = texts(found, language)
        assert start in text
        assert "{" not in text
        assert "None" not in text
    assert found[0].cited
    assert all(cited.code in FIGURES for cited in found[0].cited)


@pytest.mark.parametrize(("why", "speaker", "given"), SILENT, ids=[one[0] for one in SILENT])
def test_a_rule_is_silent(why: str, speaker: Rule, given: dict[str, Any]) -> None:
    assert list(speaker(Made(**given))) == [], why


def test_what_follows_from_less_work_is_no_news() -> None:
    halved = (value(30), value(60), NOTHING)
    for escalations, told in ((30, ["received"]), (90, ["received", "functional_escalations"])):
        grown = (value(escalations), value(60), NOTHING)
        compared = received(100, 200) | {"redispatches": halved, "functional_escalations": grown}
        found = [one.cited[0].code for one in changes.changes(Made(compared=compared))]
        assert sorted(found) == sorted(told)


def every(evidence: Evidence, clearance: Clearance) -> Iterator[Finding]:
    words = catalogue("en")
    selection = replace(evidence.selection, clearance=clearance)
    found = story(replace(evidence, selection=selection), words, Naming(words))
    for told in (*found.highlights, *found.advice):
        yield told.finding


def test_what_a_story_cites_is_what_the_database_says(store: Store) -> None:
    """Nothing is invented: whole figures of the story are asked for anew."""
    play(store, lives(400, 120, seed=5))
    goals = Goals(least=5, change=0.1, repeats=2)
    period = parse_period("2027-01", SHANGHAI)
    with store.read() as work:
        evidence = Evidence(work.connection, Selection(period, NOW), goals)
        cited = [one for f in every(evidence, Clearance()) for one in f.cited if not one.part]
        assert cited
        for one in cited:
            asked = Selection(parse_period(one.period, SHANGHAI), NOW)
            (row,) = compute(work.connection, (one.code,), asked)
            assert row.values[one.code] == Value(one.value, one.base)
        rules = {one.rule for one in every(evidence, Clearance())}
        assert {"breach", "problem_candidate"} <= rules
        # a customer is told of his own incidents alone, and nothing of how the desk is staffed
        mine = Clearance(contracts=frozenset({"HT-2026-001"}))
        assert not any(one.internal for one in every(evidence, mine))
        empty = Evidence(work.connection, Selection(parse_period("2025-01", SHANGHAI), NOW), goals)
        assert [one.rule for one in every(empty, Clearance())] == []


def test_goals_are_of_figures_that_there_are() -> None:
    assert set(get_args(ShareName)) <= set(COMPARED) <= set(FIGURES)
    assert set(Goals().targets) <= set(get_args(ShareName))


def test_a_streak_is_told_in_place_of_its_last_step() -> None:
    words = catalogue("zh")
    numbers = way("open_at_end", 90, 40, 52, 66, 81)
    made = Made(followed=numbers, compared=received(200, 200)
                | {"open_at_end": (value(81), value(40), NOTHING)})  # fmt: skip
    told = story(made, words, Naming(words)).highlights
    assert [one.finding.rule for one in told] == ["streak"]
    assert told[0].finding.tone is Tone.BAD
