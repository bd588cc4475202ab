"""What a periodical report asks, and in whose words it answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from processor.domain.wording import Words
from processor.store.unit_of_work import UnitOfWork
from reports.charts.model import AnyChart
from reports.documents.registry import Request
from reports.figures.beginnings import recorded
from reports.figures.comparison import Compared, compare
from reports.figures.computing import FigureRow, compute
from reports.figures.figure import Value
from reports.figures.registry import FIGURES
from reports.figures.selection import Dimension, Selection
from reports.moments import Moments
from reports.narrative.evidence import COMPARED, Evidence
from reports.narrative.story import Story, story
from reports.periods import Period
from reports.press.amounts import Amounts
from reports.press.naming import Naming

Row = dict[str, str]
_UNKNOWN = Value(None, 0)


@dataclass(frozen=True)
class Inquiry:
    """One report being made: ``name`` is where its words are (``monthly``)."""

    work: UnitOfWork
    words: Words
    request: Request
    name: str
    period: Period
    _compared: dict[str, Compared] = field(default_factory=dict, compare=False)

    @cached_property
    def selection(self) -> Selection:
        """All that the reader may see and asked for."""
        return Selection(
            period=self.period,
            now=self.request.now,
            filters=self.request.filters,
            clearance=self.request.clearance,
            repeat_days=self.request.goals.repeat_days,
        )

    @cached_property
    def story(self) -> Story:
        """What is worth telling, each sentence by a rule and from figures."""
        connection, goals = self.work.connection, self.request.goals
        evidence = Evidence(connection, self.selection, goals, self._compared)
        return story(evidence, self.words, self.naming)

    @cached_property
    def naming(self) -> Naming:
        """Says the keys that figures are grouped by."""
        return Naming(self.words, self.request.titles, self.request.people)

    @cached_property
    def amounts(self) -> Amounts:
        """Says numbers."""
        return Amounts(self.words)

    @cached_property
    def moments(self) -> Moments:
        """Says times in the reader's zone."""
        return Moments(self.words, self.request.zone)

    @property
    def team(self) -> bool:
        """Whether the reader is of the desk: customers see neither people nor what is internal."""
        return self.request.clearance.contracts is None

    def say(self, key: str, **params: object) -> str:
        """A sentence of this report."""
        return self.words.say(f"{self.name}.say.{key}", **params)

    def caption(self, key: str) -> str:
        """What stands below a chart of this report."""
        return self.words.say(f"{self.name}.caption.{key}")

    def axis(self, key: str) -> str:
        """What stands at an axis."""
        return self.words.say(f"document.axis.{key}")

    def more(self, listed: int, count: int) -> list[str]:
        """The sentence that a list shows its first ones only; none where it shows all."""
        if count <= listed:
            return []
        return [self.words.say("document.more", listed=listed, count=f"{count:,}")]

    def compute(self, codes: Iterable[str], *by: Dimension) -> tuple[FigureRow, ...]:
        """Figures of the period, a row a group."""
        return compute(self.work.connection, codes, replace(self.selection, by=by))

    def compare(self, codes: Collection[str]) -> Mapping[str, Compared]:
        """Figures of the whole period beside the earlier ones, each counted once."""
        missing = [code for code in codes if code not in self._compared]
        if missing:
            # with those that the story rests on: they are counted in the same queries
            self._compared.update(self._comparing(dict.fromkeys((*missing, *COMPARED))))
        return {code: self._compared[code] for code in codes}

    def _comparing(self, codes: Iterable[str]) -> Mapping[str, Compared]:
        (row,) = compare(self.work.connection, codes, self.selection)
        earlier = (self.period.previous(), self.period.last_year())
        previous, last_year = (recorded(self.work.connection, one) for one in earlier)
        return {
            code: Compared(
                one.now,
                one.previous if previous else _UNKNOWN,
                one.last_year if last_year else _UNKNOWN,
            )
            for code, one in row.values.items()
        }

    def said(self, row: FigureRow, code: str) -> str:
        """A value in a list: a share that rests on few as a fraction."""
        figure, value = FIGURES[code], row.values[code]
        if figure.unit.value == "share":
            return self.amounts.share(value)
        return self.amounts.value(figure, value)

    def lines(self, dimension: Dimension, codes: Iterable[str], order: str) -> list[Row]:
        """Figures by ``dimension``, most of ``order`` first, then by name."""
        wanted = tuple(codes)
        found = self.compute(wanted, dimension)
        named = [(self.naming.key(dimension, row.key[0]), row) for row in found]
        named.sort(key=lambda one: (-(one[1][order] or 0), one[0]))
        return [
            {"name": name, **{code: self.said(row, code) for code in wanted}}
            for name, row in named
            if any(row.values[code].value for code in wanted)
        ]


@dataclass(frozen=True, slots=True)
class Chapter:
    """What a chapter adds to the fields of a report: sentences, charts and tables by name."""

    prose: Mapping[str, list[str]] = field(default_factory=dict)
    charts: Mapping[str, AnyChart] = field(default_factory=dict)
    tables: Mapping[str, object] = field(default_factory=dict)


def bound(chapters: Iterable[Chapter]) -> Chapter:
    """The chapters as one."""
    whole = Chapter({}, {}, {})
    for one in chapters:
        whole = Chapter(
            {**whole.prose, **one.prose},
            {**whole.charts, **one.charts},
            {**whole.tables, **one.tables},
        )
    return whole
