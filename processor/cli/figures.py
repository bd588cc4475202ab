"""`report … --figures`: the figures of a period as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

from processor.cli.frame import words
from processor.settings.settings import Settings
from processor.store.database import Store
from reports.figures.comparison import ComparedRow, compare
from reports.figures.computing import FigureRow, compute
from reports.figures.figure import Value
from reports.figures.registry import FIGURES
from reports.figures.selection import Selection
from reports.narrative.finding import Cited
from reports.periods import Period

_PLACES = 6  # decimals: both engines agree in them


def portrait(store: Store, kind: str, selection: Selection) -> dict[str, Any]:
    """The figures with what they are, and what they were asked of. Parts of a period stand by
    themselves; all others are beside the period before and the same one a year ago."""
    catalogue, period = words(), selection.period
    with store.read() as work:
        rows: list[dict[str, Any]]
        if any(one.of_time for one in selection.by):
            rows = [_row(one, selection) for one in compute(work.connection, FIGURES, selection)]
        else:
            rows = [
                _compared(one, selection) for one in compare(work.connection, FIGURES, selection)
            ]
    chosen = {name: list(values) for name, values in asdict(selection.filters).items() if values}
    return {
        "kind": kind,
        "now": selection.now.isoformat(),
        "period": _period(period),
        "previous": _period(period.previous()),
        "last_year": _period(period.last_year()),
        "filters": chosen,
        "by": [one.value for one in selection.by],
        "figures": [
            {
                "code": one.code,
                "name": one.name(catalogue),
                "definition": one.definition(catalogue, selection.repeat_days),
                "unit": one.unit.value,
                "good": one.good.value,
            }
            for one in FIGURES.values()
        ],
        "rows": rows,
    }


def explained(
    settings: Settings, store: Store, selection: Selection, language: str
) -> Iterator[str]:
    """Each sentence that a report of the selection would say, with the rule that made it and the
    figures that it rests on."""
    from processor.bootstrap.press import naming_of
    from reports.narrative.evidence import Evidence
    from reports.narrative.story import story

    with store.read() as work:
        evidence = Evidence(work.connection, replace(selection, by=()), settings.goals)
        told = story(evidence, settings.words[language], naming_of(settings, language))
    for one in (*told.highlights, *told.advice):
        yield f"[{one.finding.rule}] {one.text}"
        for cited in one.finding.cited:
            part = f" ({cited.part})" if cited.part else ""
            yield f"    {cited.code} {cited.period}{part} = {_said(cited)}"


def _said(cited: Cited) -> str:
    value = "—" if cited.value is None else f"{round(cited.value, _PLACES)}"
    return f"{value}, n = {cited.base}"


def _period(period: Period) -> dict[str, Any]:
    return {
        "code": period.code,
        "name": period.name(words()),
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
        "zone": period.zone.key,
    }


def _row(row: FigureRow, selection: Selection) -> dict[str, Any]:
    return {
        "key": _key(row.key, selection),
        "values": {code: _plain(value) for code, value in row.values.items()},
        "base": {code: value.base for code, value in row.values.items()},
    }


def _compared(row: ComparedRow, selection: Selection) -> dict[str, Any]:
    values = row.values
    return {
        "key": _key(row.key, selection),
        "values": {code: _plain(one.now) for code, one in values.items()},
        "base": {code: one.now.base for code, one in values.items()},
        "previous": {code: _plain(one.previous) for code, one in values.items()},
        "last_year": {code: _plain(one.last_year) for code, one in values.items()},
    }


def _key(key: tuple[str | int, ...], selection: Selection) -> dict[str, str | int]:
    return {one.value: value for one, value in zip(selection.by, key, strict=True)}


def _plain(value: Value) -> int | float | None:
    return round(value.value, _PLACES) if isinstance(value.value, float) else value.value
