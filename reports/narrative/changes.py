"""Rules ``change``, ``improvement`` and ``streak``: what is otherwise than it was."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from processor.domain.goals import Goals
from reports.analysis.shares import counts_differ, differ
from reports.figures.figure import Figure, Good, Unit, Value
from reports.figures.registry import FIGURES
from reports.narrative.evidence import FOLLOWED, TOLD, Evidence
from reports.narrative.finding import Cited, Finding, Part, Step, Tone, amount, cite


def changes(evidence: Evidence) -> Iterator[Finding]:
    """Figures that differ from the period before or from a year ago by more than chance and more
    than is worth a sentence. What is so now, and parts of periods, have nothing to be beside."""
    if not evidence.whole:
        return
    for code in TOLD:
        figure, found = FIGURES[code], evidence.compared[code]
        earlier = (
            ("previous", evidence.period.previous(), found.previous, evidence.had_previous),
            ("last_year", evidence.period.last_year(), found.last_year, evidence.had_last_year),
        )
        told = [
            (name, period, value)
            for name, period, value, there in earlier
            if there
            and differs(figure, found.now, value, evidence.goals)
            and not _follows(evidence, code, name)
        ]
        if evidence.period.previous() == evidence.period.last_year():
            told = told[:1]
        if not told:
            continue
        parts: dict[str, Part] = {"figure": figure, "now": amount(code, found.now)}
        cited: list[Cited] = [cite(code, evidence.period, found.now)]
        for name, period, value in told:
            parts[name] = Step(figure, found.now, value)
            parts[f"{name}_period"] = period
            parts[f"{name}_value"] = amount(code, value)
            cited.append(cite(code, period, value))
        tone = tone_of(figure, found.now, told[0][2])
        yield Finding(
            rule="improvement" if tone is Tone.GOOD else "change",
            sentence="change." + "_and_".join(name for name, *_ in told),
            parts=parts,
            cited=tuple(cited),
            tone=tone,
            weight=_WEIGHTS[tone] + size(figure, found.now, told[0][2]),
        )


def _follows(evidence: Evidence, code: str, name: str) -> bool:
    """Whether a count has just gone the way of what was received: half as many incidents are
    dispatched half as often, which is no news."""
    received, found = evidence.compared["received"], evidence.compared[code]
    before, at_first = getattr(found, name).value, getattr(received, name).value
    if FIGURES[code].unit is not Unit.COUNT or code in _BY_ITSELF or not (before and at_first):
        return False
    if not received.now.value:
        return False
    rate = (found.now.value or 0) / received.now.value
    return bool(abs(rate * at_first / before - 1) < evidence.goals.change)


_BY_ITSELF = ("received", "open_at_end", "major")
_WEIGHTS = {Tone.BAD: 5.0, Tone.NEUTRAL: 4.0, Tone.GOOD: 3.0}


def differs(figure: Figure, now: Value, before: Value, goals: Goals) -> bool:
    """Whether ``now`` is otherwise than ``before``, and that is no chance as far as can be told."""
    if now.value is None or before.value is None:
        return False
    change = abs(now.value - before.value)
    few = min(now.base, before.base) < goals.least
    match figure.unit:
        case Unit.COUNT:
            most = max(now.value, before.value)
            large = before.value and change >= goals.change * before.value
            return bool(large) and most >= goals.least and counts_differ(now.value, before.value)
        case Unit.SHARE:
            return not few and change >= goals.points and differ(now, before)
        case Unit.SCORE:
            return not few and change >= goals.score
        case _:
            return not few and bool(before.value) and change >= goals.change * before.value


def tone_of(figure: Figure, now: Value, before: Value) -> Tone:
    """Whether it is good that it changed so."""
    if figure.good is Good.NEUTRAL or now.value is None or before.value is None:
        return Tone.NEUTRAL
    return Tone.GOOD if (now.value > before.value) == (figure.good is Good.UP) else Tone.BAD


def size(figure: Figure, now: Value, before: Value) -> float:
    """How large the change is, from 0 to 1: points for shares, relative for all others."""
    if now.value is None or before.value is None:
        return 0.0
    change = abs(now.value - before.value)
    if figure.unit is Unit.SHARE:
        return min(1.0, change * 4)
    return min(1.0, change / before.value) if before.value else 1.0


def streaks(evidence: Evidence) -> Iterator[Finding]:
    """Figures that rose, or fell, in each of the last periods."""
    steps = evidence.goals.streak
    if not evidence.whole or len(evidence.followed) <= steps:
        return
    for code in FOLLOWED:
        figure = FIGURES[code]
        way = [(period, values[code]) for period, values in evidence.followed]
        length = _length([value for _, value in way], evidence.goals.least, figure)
        if length < steps:
            continue
        run = way[-length - 1 :]
        first, last = run[0][1], run[-1][1]
        if not differs(figure, last, first, evidence.goals):
            continue
        tone = tone_of(figure, last, first)
        yield Finding(
            rule="streak",
            sentence="streak.up" if (last.value or 0) > (first.value or 0) else "streak.down",
            parts={
                "figure": figure,
                "count": length,
                "way": tuple(amount(code, value) for _, value in run),
            },
            cited=tuple(cite(code, period, value) for period, value in run),
            tone=tone,
            weight=_WEIGHTS[tone] + 0.5 + size(figure, last, first) / 2,
        )


def _length(values: list[Value], least: int, figure: Figure) -> int:
    """How many steps up to the last value go in its direction."""
    length, direction = 0, 0
    for later, earlier in pairwise(reversed(values)):
        if later.value is None or earlier.value is None:
            break
        if figure.unit is Unit.SHARE and min(later.base, earlier.base) < least:
            break
        if figure.unit is Unit.COUNT and not earlier.value:
            break
        step = (later.value > earlier.value) - (later.value < earlier.value)
        if step == 0 or (direction and step != direction):
            break
        direction, length = step, length + 1
    return length
