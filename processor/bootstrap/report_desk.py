"""What people ask of reports, understood and printed: for keywords, schedules and the shell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from processor.bootstrap.press import print_document
from processor.domain.errors import Refusal
from processor.domain.numbering import find_numbers, pattern_with
from processor.domain.report_order import PrintedReport, ReportOrder
from processor.settings.settings import Settings
from processor.store.database import Store

if TYPE_CHECKING:
    from reports.periods import Period

_CALLED = "report.called."
_OTHER_PERIOD = {"quarterly": ("analysis", "quarter"), "yearly": ("analysis", "year")}
"""Names of reports that are another one's, of a period of their own."""
_CHINESE = (
    (re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]"), r"\1-\2-\3"),
    (re.compile(r"(\d{4})年(\d{1,2})月份?"), r"\1-\2"),
    (re.compile(r"(\d{4})年第?([1-4])季度?"), r"\1-Q\2"),
    (re.compile(r"(\d{4})年第?(\d{1,2})周"), r"\1-W\2"),
    (re.compile(r"(\d{4})年"), r"\1"),
)
_ONE_DIGIT = re.compile(r"(?<=-)(W?)(\d)(?!\d)")


class PrintingDesk:
    """Prints by one configuration."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings, self._store = settings, store
        self._zone = ZoneInfo(settings.zone)
        self._numbers = pattern_with(frozenset(one.prefix for one in settings.profiles.values()))

    def read(self, words: str, now: datetime) -> ReportOrder | None:
        """See :class:`processor.domain.report_order.ReportDesk`."""
        text = unicodedata.normalize("NFKC", words).strip()
        named = self._kind(text)
        if named is None:
            return None
        called, rest = named
        kind, every = _OTHER_PERIOD.get(called, (called, ""))
        if self.about_record(kind):
            numbers = find_numbers(rest, self._numbers)
            return ReportOrder(kind, number=numbers[0] if numbers else "")
        return self._of_period(kind, every, rest, now)

    def about_record(self, kind: str) -> bool:
        """Whether such a report is about one record."""
        from reports.documents.registry import DOCUMENTS, Subject

        document = DOCUMENTS.get(kind)
        return document is not None and document.subject is Subject.RECORD

    def _kind(self, text: str) -> tuple[str, str] | None:
        """The kind whose longest name ``text`` begins with, and the words behind it."""
        folded = text.casefold()
        for name, kind in self._names().items():
            if folded.startswith(name):
                rest = text[len(name) :]
                if rest[:1].isalnum() and name[-1].isascii() and rest[0].isascii():
                    continue
                return kind, rest.strip(" ,，:：")
        return None

    def _names(self) -> Mapping[str, str]:
        """Name → kind, in every language, the longest first; only of reports that there are."""
        from reports.documents.registry import DOCUMENTS

        found = {
            name.casefold(): called
            for words in self._settings.words.values()
            for called, names in words.under(_CALLED.rstrip(".")).items()
            for name in names.split("|")
            if _OTHER_PERIOD.get(called, (called, ""))[0] in DOCUMENTS
        }
        return dict(sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0])))

    def _of_period(self, kind: str, every: str, text: str, now: datetime) -> ReportOrder:
        contracts = {one.contract for one in self._settings.organisations if one.contract}
        found = {"period": "", "contract": "", "profile": ""}
        for word in text.split():
            if word in contracts:
                name = "contract"
            elif word in self._settings.profiles:
                name = "profile"
            else:
                name, word = "period", _plain(word)
            if found[name] or (name == "period" and self._period(word) is None):
                raise Refusal("report_unreadable", value=word, forms=_forms())
            found[name] = word
        if every and not found["period"]:
            found["period"] = self._last(every, now).code
        return ReportOrder(
            kind,
            period=found["period"],
            contract=found["contract"],
            profile=found["profile"],
        )

    def _period(self, text: str) -> Period | None:
        from reports.periods import PeriodError, parse_period

        try:
            return parse_period(text, self._zone)
        except PeriodError:
            return None

    def _last(self, every: str, now: datetime) -> Period:
        """The last that is over; of days the day itself."""
        from reports.periods import PeriodKind, current

        kind = PeriodKind(every)
        running = current(kind, now, self._zone)
        return running if kind is PeriodKind.DAY else running.previous()

    def period_of(self, every: str, about: date) -> str:
        """The period of that length in which the day lies, as it is written."""
        from reports.periods import PeriodKind, period_of

        return period_of(PeriodKind(every), about, self._zone).code

    def print(self, order: ReportOrder, language: str, now: datetime) -> PrintedReport:
        """See :class:`processor.domain.report_order.ReportDesk`."""
        from reports.documents.registry import DOCUMENTS, Subject
        from reports.figures.selection import Clearance, Filters

        settings = self._settings
        document = DOCUMENTS[order.kind]
        words = settings.words[language if language in settings.words else settings.language]
        period = None
        if document.subject is Subject.PERIOD:
            period = self._period(order.period) if order.period else None
            period = period or self._last(document.period.value, now)
        printed = print_document(
            settings,
            self._store,
            document,
            now,
            language=words.language,
            period=period,
            number=order.number,
            filters=Filters(
                contracts=_one(order.contract),
                profiles=_one(order.profile),
                engineers=_one(order.engineer),
            ),
            clearance=Clearance(contracts=order.only, names=order.names),
        )
        title = words.say(f"report.kind.{order.kind}")
        subject = order.number or (period.name(words) if period else "")
        return PrintedReport(title, subject, printed.name, printed.content)


def _plain(word: str) -> str:
    """A period as Chinese write it, in the one form that is read."""
    for pattern, plain in _CHINESE:
        word = pattern.sub(plain, word)
    return _ONE_DIGIT.sub(r"\g<1>0\2", word)


def _one(name: str) -> tuple[str, ...]:
    return (name,) if name else ()


def _forms() -> str:
    from reports.periods import FORMS

    return ", ".join(FORMS)
