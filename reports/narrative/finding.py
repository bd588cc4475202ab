"""What a rule has found: which sentence, in which values, and the figures that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from processor.domain.wording import Words
from reports.figures.figure import Figure, Unit, Value
from reports.figures.registry import FIGURES
from reports.figures.selection import Dimension
from reports.periods import Period
from reports.press.amounts import Amounts
from reports.press.naming import Naming


class Tone(StrEnum):
    """Whether what is said is good news."""

    GOOD = "good"
    BAD = "bad"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Cited:
    """A figure's value that a sentence rests on: of which period (its code) and, where it is of a
    part, which (``network/lan``)."""

    code: str
    period: str
    value: int | float | None
    base: int
    part: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A key of a dimension, to be said by its name."""

    dimension: Dimension
    value: str | int


@dataclass(frozen=True, slots=True)
class Amount:
    """A value with its unit."""

    unit: Unit
    value: float | None


@dataclass(frozen=True, slots=True)
class Step:
    """From ``before`` to ``now``, said as "up 12 %" or "down 3.1 points"."""

    figure: Figure
    now: Value
    before: Value


Part = str | int | Figure | Named | Amount | Step | Period | tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """``rule`` names what found it; ``sentence`` is below ``narrative`` in the catalogues, with
    ``parts`` in its places. The heaviest come first. What is ``internal`` is the desk's alone."""

    rule: str
    sentence: str
    parts: Mapping[str, Part]
    cited: tuple[Cited, ...]
    tone: Tone = Tone.NEUTRAL
    weight: float = 0.0
    internal: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words."""

    text: str
    finding: Finding


class Teller:
    """Says findings in the language of ``words``."""

    def __init__(self, words: Words, naming: Naming) -> None:
        self._words, self._naming, self._amounts = words, naming, Amounts(words)

    def tell(self, findings: Iterable[Finding]) -> tuple[Told, ...]:
        """Each as one sentence, in the same order."""
        return tuple(Told(self._sentence(one), one) for one in findings)

    def _sentence(self, finding: Finding) -> str:
        parts = {name: self._part(part) for name, part in finding.parts.items()}
        return self._words.say(f"narrative.{finding.sentence}", **parts)

    def _part(self, part: Part) -> str:
        match part:
            case Figure():
                return part.name(self._words)
            case Named():
                return self._naming.key(part.dimension, part.value)
            case Amount():
                return self._amounts.number(part.unit, part.value)
            case Step():
                return self._step(part)
            case Period():
                return part.name(self._words)
            case tuple():
                return self._words.say("report.separator").join(map(self._part, part))
            case int():
                return f"{part:,}"
            case _:
                return part

    def _step(self, step: Step) -> str:
        now, before = step.now.value or 0, step.before.value or 0
        text = self._amounts.change(step.figure, step.now, step.before).text
        key = "up" if now > before else "down"
        return self._words.say(f"narrative.step.{key}", change=text.lstrip("+−"))


def cite(code: str, period: Period, value: Value, part: str = "") -> Cited:
    """``value`` of the figure ``code`` as a citation."""
    return Cited(code, period.code, value.value, value.base, part)


def amount(code: str, value: Value) -> Amount:
    """``value`` in the unit of the figure ``code``."""
    return Amount(FIGURES[code].unit, value.value)
