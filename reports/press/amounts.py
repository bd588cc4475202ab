"""Values of figures as text, and how they have changed."""

from __future__ import annotations

from dataclasses import dataclass

from processor.domain.wording import Words
from reports.figures.comparison import Compared
from reports.figures.figure import Figure, Good, Unit, Value

FEW = 10  # a share that rests on fewer is told as a fraction: "3/4" claims less than "75 %"
_MINUS = "−"


@dataclass(frozen=True, slots=True)
class Change:
    """How much it differs, "" where nothing can be said; whether that is good or bad, neither
    where it is no matter."""

    text: str
    good: bool = False
    bad: bool = False


class Amounts:
    """Says values in the language of ``words``."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self.empty = words.say("report.empty")

    def value(self, figure: Figure, value: Value) -> str:
        """The value with its unit; the sign for "empty" where there is none."""
        return self.number(figure.unit, value.value)

    def share(self, value: Value) -> str:
        """A share in a list: in percent, or as a fraction where it rests on few."""
        if value.value is None:
            return self.empty
        if value.base < FEW:
            return f"{round(value.value * value.base)}/{value.base}"
        return self.number(Unit.SHARE, value.value)

    def number(self, unit: Unit, value: float | None) -> str:
        """A value in its unit as people write it; the word for nothing where there is none."""
        if value is None:
            return self.empty
        match unit:
            case Unit.COUNT:
                return f"{round(value):,}"
            case Unit.SHARE:
                return f"{value:.1%}"
            case Unit.MINUTES | Unit.ELAPSED:
                return self.minutes(value)
            case Unit.DAYS:
                return self._words.say("document.amount.days", days=f"{value:.1f}")
            case Unit.SCORE:
                return f"{value:.2f}"

    def minutes(self, value: float) -> str:
        """Minutes up to two hours, then hours to the tenth, from a hundred on whole ones."""
        if value < 120:
            return self._words.say("report.duration.minutes", minutes=round(value))
        hours = value / 60
        said = f"{hours:,.0f}" if hours >= 100 else f"{hours:.1f}"
        return self._words.say("document.amount.hours", hours=said)

    def change(self, figure: Figure, now: Value, before: Value) -> Change:
        """From ``before`` to ``now``: counts and times in percent, shares in points, scores as
        they are. Nothing where either is missing, or before was nothing."""
        if now.value is None or before.value is None:
            return Change(self.empty)
        difference = now.value - before.value
        if figure.unit is Unit.SHARE:
            text = self._words.say("document.amount.points", points=_signed(difference * 100, 1))
            flat = round(abs(difference) * 1000) == 0
        elif figure.unit is Unit.SCORE:
            text, flat = _signed(difference, 2), round(abs(difference) * 100) == 0
        elif before.value == 0:
            return Change(self.empty if difference else "0")
        else:
            text = f"{_signed(difference / before.value * 100, 1)}%"
            flat = round(abs(difference / before.value) * 1000) == 0
        if flat:
            return Change("0")
        better = (difference > 0) == (figure.good is Good.UP)
        told = figure.good is not Good.NEUTRAL
        return Change(text, good=told and better, bad=told and not better)

    def unit(self, figure: Figure) -> str:
        """The name of the unit, for the appendix."""
        return self._words.say(f"document.unit.{figure.unit.value}")


def _signed(value: float, digits: int) -> str:
    sign = "+" if value > 0 else _MINUS
    return f"{sign}{abs(value):,.{digits}f}"


def known(compared: Compared) -> bool:
    """Whether there is anything to say of a figure at any of its times."""
    return any(one.value for one in (compared.now, compared.previous, compared.last_year))
