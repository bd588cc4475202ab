"""What somebody wants printed, in words that any floor can carry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol


@dataclass(frozen=True, slots=True)
class ReportOrder:
    """A report of a ``kind``: of the record ``number``, or of the ``period`` as it is written
    (2026-10; "" the last that is over). ``contract``, ``profile`` and ``engineer`` choose
    incidents, "" all. ``only`` names the contracts beyond which its reader sees nothing (None:
    all); ``names``: he reads the names of confidential records."""

    kind: str
    number: str = ""
    period: str = ""
    contract: str = ""
    profile: str = ""
    engineer: str = ""
    only: frozenset[str] | None = None
    names: bool = False


class PrintedReport(NamedTuple):
    """``title`` and ``subject`` (a period, a number) in words; ``name`` is the file's."""

    title: str
    subject: str
    name: str
    content: bytes


class ReportDesk(Protocol):
    """Understands what is asked for, and prints it."""

    def read(self, words: str, now: datetime) -> ReportOrder | None:
        """What ``words`` ask for: 月报 2026-10 HT-1; None where they name no kind of report.

        Raises Refusal ``report_unreadable`` with what was not understood."""

    def about_record(self, kind: str) -> bool:
        """Whether such a report is about one record, else about a period."""

    def period_of(self, every: str, about: date) -> str:
        """The day, week, month, quarter or year in which ``about`` lies, as it is written."""

    def print(self, order: ReportOrder, language: str, now: datetime) -> PrintedReport:
        """The document. Raises NotFound, Refusal; and what the printing raises."""
