"""An inquiry's chapters put into the template of their report."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace

from processor.domain.wording import Words
from processor.store.unit_of_work import UnitOfWork
from reports.documents.registry import Printed, Request
from reports.letterhead import Letterhead
from reports.periods import PeriodKind, current
from reports.press.book import print_book
from reports.press.comparing import definitions
from reports.press.inquiry import Chapter, Inquiry, bound
from reports.press.scope import scope
from reports.word.plain_text import line


def inquiry_of(
    work: UnitOfWork, words: Words, request: Request, name: str, kind: PeriodKind
) -> Inquiry:
    """The inquiry of a request; one that names no period is about the last of ``kind``, of days
    about today."""
    period = request.period
    if period is None:
        period = current(kind, request.now, request.zone)
        if kind is not PeriodKind.DAY:
            period = period.previous()
    return Inquiry(work, words, request, name, period)


def printed(
    inquiry: Inquiry, template: Path, chapters: Iterable[Chapter], codes: Iterable[str]
) -> Printed:
    """The file; ``codes`` are the figures that its appendix defines."""
    words, request = inquiry.words, inquiry.request
    whole = bound(chapters)
    title = words.say(f"{inquiry.name}.title")
    period = inquiry.period.name(words)
    chosen = scope(words, inquiry.naming, request)
    head = Letterhead(words, request.organisation, request.zone, request.now, request.titles)
    content = print_book(
        template,
        head,
        title=title,
        period=period,
        logo=request.logo,
        fields={
            **whole.prose,
            "tables": SimpleNamespace(**whole.tables),
            "scope": chosen or words.say("document.scope_all"),
            "team": inquiry.team,
        },
        charts=whole.charts,
        definitions=definitions(codes, words, inquiry.selection.repeat_days),
    )
    key = "document.file_name_scope" if chosen else "document.file_name"
    name = words.say(key, period=period, title=title, scope=line(chosen, 40))
    return Printed(name.replace("/", "-"), content)
