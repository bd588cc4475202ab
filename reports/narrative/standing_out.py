"""Rules ``breach``, ``concentration`` and ``outlier``: what stands out within the period."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median, quantiles

from reports.analysis.shares import stands_out
from reports.figures.figure import Good, Unit, Value
from reports.figures.registry import FIGURES
from reports.figures.selection import Dimension
from reports.narrative.evidence import COMPARED, Evidence
from reports.narrative.finding import Amount, Finding, Named, Part, Tone, amount, cite

_FENCE = 3.0  # interquartile ranges beyond the upper quartile: Tukey's "far out"
_FEWEST_DAYS = 5
_MOST_DAYS = 3
_BREACH, _OUTLIER, _CONCENTRATION = 7.0, 4.5, 4.2


def breaches(evidence: Evidence) -> Iterator[Finding]:
    """Figures that miss their target; of shares, the priority in which they do so most clearly."""
    for code, target in evidence.goals.targets.items():
        if code not in COMPARED:
            continue
        figure, value = FIGURES[code], evidence.now(code)
        if value.value is None or value.base < evidence.goals.least:
            continue
        missed = value.value < target if figure.good is Good.UP else value.value > target
        if not missed:
            continue
        parts: dict[str, Part] = {
            "figure": figure,
            "now": amount(code, value),
            "target": Amount(figure.unit, target),
        }
        sentence, cited = "breach.alone", [cite(code, evidence.period, value)]
        worst = _worst(evidence, code, value) if figure.unit is Unit.SHARE else None
        if worst is not None:
            priority, part = worst
            sentence = "breach.worst"
            parts |= {
                "part": Named(Dimension.PRIORITY, priority),
                "value": amount(code, part),
                "base": part.base,
            }
            cited.append(cite(code, evidence.period, part, f"P{priority}"))
        far = abs(value.value - target)
        yield Finding("breach", sentence, parts, tuple(cited), Tone.BAD, _BREACH + min(1.0, far))


def _worst(evidence: Evidence, code: str, overall: Value) -> tuple[int, Value] | None:
    rows = evidence.by(Dimension.PRIORITY, code)
    wrong = -1 if FIGURES[code].good is Good.UP else 1
    found = [
        (row.values[code], int(row.key[0]))
        for row in rows
        if stands_out(row.values[code], overall) == wrong
    ]
    if not found:
        return None
    value, priority = min(found, key=lambda one: (-wrong * float(one[0].value or 0), one[1]))
    return priority, value


def concentrations(evidence: Evidence) -> Iterator[Finding]:
    """A category, or an item, that has much of what came."""
    total = evidence.now("received")
    if not total.value or total.value < evidence.goals.least:
        return
    for dimension, least in (
        (Dimension.CATEGORY_2, evidence.goals.concentration),
        (Dimension.CI, evidence.goals.concentration / 3),
    ):
        rows = [row for row in evidence.by(dimension, "received") if row.key[0]]
        if len(rows) < 2:
            continue
        top = min(rows, key=lambda row: (-(row["received"] or 0), row.key))
        value = top.values["received"]
        part = (value.value or 0) / total.value
        if part < least or (value.value or 0) < evidence.goals.least / 2:
            continue
        yield Finding(
            rule="concentration",
            sentence=f"concentration.{dimension.value}",
            parts={
                "name": Named(dimension, top.key[0]),
                "count": Amount(Unit.COUNT, value.value),
                "share": Amount(Unit.SHARE, part),
            },
            cited=(
                cite("received", evidence.period, value, str(top.key[0])),
                cite("received", evidence.period, total),
            ),
            weight=_CONCENTRATION + part / 2,
        )


def outliers(evidence: Evidence) -> Iterator[Finding]:
    """Days on which far more came than on others; days without anything are no measure."""
    counts = [int(row["received"] or 0) for row in evidence.days if row["received"]]
    if len(counts) < _FEWEST_DAYS:
        return
    low, middle, high = quantiles(counts, n=4)
    fence = max(high + _FENCE * (high - low), evidence.goals.least / 2)
    far = [row for row in evidence.days if (row["received"] or 0) > fence]
    for row in sorted(far, key=lambda row: (-(row["received"] or 0), row.part.first))[:_MOST_DAYS]:
        value = row.values["received"]
        yield Finding(
            rule="outlier",
            sentence="outlier.day",
            parts={
                "day": row.part,
                "count": Amount(Unit.COUNT, value.value),
                "median": f"{median(counts):g}",
                "times": f"{(value.value or 0) / middle:.1f}",
            },
            cited=(
                cite("received", row.part, value),
                *(cite("received", one.part, one.values["received"]) for one in evidence.days
                  if one is not row),
            ),
            weight=_OUTLIER,
        )  # fmt: skip
