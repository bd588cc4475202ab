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

from processor.domain.wording import Words
from processor.store.unit_of_work import UnitOfWork
from reports.figures.selection import TEAM, Clearance, Filters
from reports.incident.audience import Audience
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
    codes, ``people`` maps addresses to names; ``logo`` is a picture for cover and header."""

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


_ALL: tuple[Document, ...] = (
    Document("daily", "reports.documents.daily:daily", period=PeriodKind.DAY),
    Document("weekly", "reports.documents.weekly:weekly", period=PeriodKind.WEEK),
    Document("monthly", "reports.documents.monthly:monthly"),
)
DOCUMENTS: Mapping[str, Document] = MappingProxyType({one.kind: one for one in _ALL})
