"""The table of figures: this period, the one before, the same a year ago, and the changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from processor.domain.wording import Words
from reports.figures.comparison import Compared
from reports.figures.registry import FIGURES
from reports.press.amounts import Amounts
from reports.press.book import Definition


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure. ``good`` and ``bad`` colour the change against the period before."""

    name: str
    now: str
    previous: str
    change: str
    last_year: str
    change_year: str
    good: bool
    bad: bool


def figure_lines(
    codes: Iterable[str], values: Mapping[str, Compared], words: Words
) -> list[FigureLine]:
    """A line for each of ``codes`` that has a value now or had one."""
    amounts = Amounts(words)
    lines = []
    for code in codes:
        figure, value = FIGURES[code], values[code]
        if all(one.value is None for one in (value.now, value.previous, value.last_year)):
            continue
        against = amounts.change(figure, value.now, value.previous)
        lines.append(
            FigureLine(
                name=figure.name(words),
                now=amounts.value(figure, value.now),
                previous=amounts.value(figure, value.previous),
                change=against.text,
                last_year=amounts.value(figure, value.last_year),
                change_year=amounts.change(figure, value.now, value.last_year).text,
                good=against.good,
                bad=against.bad,
            )
        )
    return lines


def definitions(codes: Iterable[str], words: Words, repeat_days: int) -> list[Definition]:
    """What each of these figures is, once each."""
    amounts = Amounts(words)
    return [
        Definition(
            FIGURES[code].name(words),
            FIGURES[code].definition(words, repeat_days),
            amounts.unit(FIGURES[code]),
        )
        for code in dict.fromkeys(codes)
    ]
