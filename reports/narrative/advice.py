"""Rules of advice: what to look into, each with the figures that say so."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from reports.analysis.shares import CAREFUL, stands_out
from reports.figures.figure import Unit, Value
from reports.figures.selection import Dimension
from reports.narrative.evidence import Evidence
from reports.narrative.finding import Amount, Finding, Named, Part, Tone, amount, cite

_MOST = 3  # sentences of one rule
_UNRATED = 0.2  # of closed incidents: rated by fewer, ratings speak for few


def problem_candidates(evidence: Evidence) -> Iterator[Finding]:
    """The same item fails in the same way again and again, and no problem is open on it."""
    found = [
        one
        for one in evidence.repeated
        if one.repeats >= evidence.goals.repeats and not one.problems
    ]
    for at, one in enumerate(found[:_MOST]):
        part = f"{one.ci}, {one.category}"
        yield Finding(
            rule="problem_candidate",
            sentence=f"advice.problem_candidate{'_all' if one.repeats == one.received else ''}",
            parts={
                "ci": Named(Dimension.CI, one.ci),
                "category": Named(Dimension.CATEGORY, one.category),
                "received": one.received,
                "repeats": one.repeats,
                "days": evidence.selection.repeat_days,
            },
            cited=(
                cite("received", evidence.period, Value(one.received, one.received), part),
                cite("repeats", evidence.period, Value(one.repeats, one.repeats), part),
                cite("problems", evidence.period, Value(one.problems, one.received), part),
            ),
            tone=Tone.BAD,
            weight=8.0 - at / 10,
        )


def standing_parts(evidence: Evidence) -> Iterator[Finding]:
    """Categories and groups whose share is clearly worse than that of all."""
    for rule, code, dimension, worse, internal, weight in (
        ("late_group", "resolution_within", Dimension.GROUP, -1, True, 7.0),
        ("reopening_group", "reopen_rate", Dimension.GROUP, 1, True, 6.0),
        ("wrong_routing", "wrong_dispatch_rate", Dimension.CATEGORY_2, 1, True, 5.0),
        ("late_category", "resolution_within", Dimension.CATEGORY_2, -1, False, 4.0),
        ("knowledge_gap", "knowledge_share", Dimension.CATEGORY_2, -1, False, 3.0),
    ):
        overall = evidence.now(code)
        found = [
            row
            for row in evidence.by(dimension, code)
            if row.key[0]
            and row.values[code].base >= evidence.goals.least
            and stands_out(row.values[code], overall, CAREFUL) == worse
            and abs((row[code] or 0) - (overall.value or 0)) >= evidence.goals.points
        ]
        found.sort(key=lambda row: (-worse * float(row[code] or 0), row.key))
        for at, row in enumerate(found[:_MOST]):
            value = row.values[code]
            yield Finding(
                rule=rule,
                sentence=f"advice.{rule}",
                parts={
                    "name": Named(dimension, row.key[0]),
                    "base": Amount(Unit.COUNT, value.base),
                    "value": amount(code, value),
                    "overall": amount(code, overall),
                },
                cited=(
                    cite(code, evidence.period, value, str(row.key[0])),
                    cite(code, evidence.period, overall),
                ),
                tone=Tone.BAD,
                weight=weight - at / 10,
                internal=internal,
            )


def staffing(evidence: Evidence) -> Iterator[Finding]:
    """Hours of the day in which what is reported is answered in time clearly less often."""
    within = evidence.hours.within
    answered = sum(one.base for one in within)
    if not answered:
        return
    kept = sum((one.value or 0) * one.base for one in within)
    overall = Value(kept / answered, answered)
    late = [
        hour
        for hour, one in enumerate(within)
        if one.base >= evidence.goals.least
        and stands_out(one, overall, CAREFUL) < 0
        and (overall.value or 0) - (one.value or 0) >= evidence.goals.points
    ]
    for at, (_, run) in enumerate(groupby(enumerate(late), lambda one: one[1] - one[0])):
        hours = [hour for _, hour in run]
        base = sum(within[hour].base for hour in hours)
        met = sum((within[hour].value or 0) * within[hour].base for hour in hours)
        span = f"{hours[0]:02d}:00–{hours[-1] + 1:02d}:00"
        value = Value(met / base, base)
        yield Finding(
            rule="staffing",
            sentence="advice.staffing",
            parts={
                "span": span,
                "base": Amount(Unit.COUNT, base),
                "value": amount("response_within", value),
                "overall": amount("response_within", overall),
            },
            cited=(
                cite("response_within", evidence.period, value, span),
                cite("response_within", evidence.period, overall),
            ),
            tone=Tone.BAD,
            weight=6.5 - at / 10,
            internal=True,
        )


def loose_ends(evidence: Evidence) -> Iterator[Finding]:
    """What is overdue now, and ratings that speak for few."""
    overdue = evidence.now("overdue_now")
    recent = evidence.selection.now - evidence.period.end
    if overdue.value and recent.days <= evidence.period.days:
        parts: dict[str, Part] = {"count": Amount(Unit.COUNT, overdue.value)}
        cited = (cite("overdue_now", evidence.period, overdue),)
        yield Finding("overdue", "advice.overdue", parts, cited, Tone.BAD, 9.0)
    rated, closed = evidence.now("satisfaction_rate"), evidence.now("closed")
    if rated.value is not None and rated.base >= evidence.goals.least and rated.value < _UNRATED:
        parts = {
            "value": amount("satisfaction_rate", rated),
            "closed": Amount(Unit.COUNT, closed.value),
        }
        both = (
            cite("satisfaction_rate", evidence.period, rated),
            cite("closed", evidence.period, closed),
        )
        yield Finding("few_ratings", "advice.few_ratings", parts, both, Tone.NEUTRAL, 2.0)
