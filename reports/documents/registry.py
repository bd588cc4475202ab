"""Which documents there are: kind → who prints it. Printers are imported when they are asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

from processor.domain.audited import Audited
from processor.domain.goals import Goals
from processor.domain.listed import Listed
from processor.domain.profile import Profile
from processor.domain.wording import Words
from processor.store.spans import Span
from processor.store.unit_of_work import UnitOfWork
from reports.figures.selection import TEAM, Clearance, Filters
from reports.incident.audience import Audience
from reports.incident.pictures import OpenBlob
from reports.incident.vocabulary import Titles
from reports.periods import Period, PeriodKind


class Subject(StrEnum):
    """What a document is about."""

    PERIOD = "period"
    RECORD = "record"  # one incident, problem, … by its number


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants printed. ``now`` (aware) is the time of printing; ``number`` names the
    record where the document is about one. ``titles`` are the configuration's names for its
    codes, ``people`` maps addresses to names; ``logo`` is a picture for cover and header;
    ``profiles`` are the processes; ``open_blob`` gives a kept file's bytes by SHA-256; ``audited``
    says what an audit asks for, ``listed`` how long lists are, ``goals`` what figures are to
    reach."""

    now: datetime
    zone: ZoneInfo
    language: str
    organisation: str
    period: Period | None = None
    number: str = ""
    filters: Filters = field(default_factory=Filters)
    clearance: Clearance = TEAM
    audience: Audience = "team"
    titles: Titles = field(default_factory=Titles)
    people: Mapping[str, str] = field(default_factory=dict)
    logo: Path | None = None
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    open_blob: OpenBlob | None = None
    audited: Audited = field(default_factory=Audited)
    listed: Listed = field(default_factory=Listed)
    goals: Goals = field(default_factory=Goals)

    def span(self, period: Period | None = None) -> Span:
        """Which incidents count, as the store is asked: those of the ``period``, else of the
        request's own, that the filters choose and the reader may see."""
        period = period or self.period
        if period is None:
            raise ValueError("a document of a period needs one")
        chosen = self.filters
        contracts = frozenset(chosen.contracts) or None
        allowed = self.clearance.own
        if allowed is not None:
            contracts = allowed if contracts is None else contracts & allowed
        return Span(
            period.start,
            period.end,
            organisations=frozenset(chosen.organisations) or None,
            contracts=contracts,
            profiles=frozenset(chosen.profiles) or None,
            categories=chosen.categories,
            fields=(
                ("ci", chosen.cis),
                ("group", chosen.groups),
                ("assignee", chosen.engineers),
                ("priority", chosen.priorities),
                ("source", chosen.sources),
                ("type", chosen.types),
            ),
        )


class Printed(NamedTuple):
    """A file: its name, and its bytes. The same request over the same data gives the same."""

    name: str
    content: bytes


Printer = Callable[[UnitOfWork, Words, Path, Request], Printed]
"""Reads by the unit of work, says by the words, prints into the template at the path. Raises
TemplateFault; LookupError when there is no record of that number."""


@dataclass(frozen=True, slots=True)
class Document:
    """One kind of document; its title is ``report.kind.<kind>`` in the catalogues. ``printer`` is
    ``module:function``; ``period`` is the kind of period that it is printed for unless another is
    named, of which the last that is over."""

    kind: str
    printer: str
    subject: Subject = Subject.PERIOD
    period: PeriodKind = PeriodKind.MONTH

    def print(self, work: UnitOfWork, words: Words, template: Path, request: Request) -> Printed:
        """See :data:`Printer`."""
        module, _, function = self.printer.partition(":")
        printer: Printer = getattr(import_module(module), function)
        return printer(work, words, template, request)


_HERE = "reports.documents."
_ALL: tuple[Document, ...] = (
    Document("daily", f"{_HERE}daily:daily", period=PeriodKind.DAY),
    Document("weekly", f"{_HERE}weekly:weekly", period=PeriodKind.WEEK),
    Document("monthly", f"{_HERE}monthly:monthly"),
    Document("analysis", f"{_HERE}analysis:analysis", period=PeriodKind.QUARTER),
    Document("major", f"{_HERE}major_report:print_major", Subject.RECORD),
    Document("investigation", f"{_HERE}investigation_report:print_investigation", Subject.RECORD),
    Document("problem", f"{_HERE}problem_report:print_problem", Subject.RECORD),
    Document("problems", f"{_HERE}problem_review:print_problems"),
    Document("changes", f"{_HERE}change_list:print_changes"),
    Document("audit", f"{_HERE}process_audit:print_audit"),
)
DOCUMENTS: Mapping[str, Document] = MappingProxyType({one.kind: one for one in _ALL})
