"""The record pack 归档包 of a period, written to a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from processor.bootstrap.press import names_of, print_document, titles_of
from processor.domain.wording import Words
from processor.settings.disclosing import disclosed
from processor.settings.settings import Settings
from processor.store.database import Store
from processor.store.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from collections.abc import Callable

    from reports.documents.registry import Printed
    from reports.figures.selection import Filters
    from reports.letterhead import Letterhead
    from reports.periods import Period


def write_pack(
    settings: Settings,
    store: Store,
    target: Path,
    period: Period,
    now: datetime,
    *,
    language: str,
    filters: Filters,
    names: bool = False,
) -> None:
    """Write the pack of ``period`` to ``target``. With ``names`` people of confidential records
    are named in it. The same data, period and ``now`` (aware) give the same bytes. Raises
    TemplateFault, OSError."""
    from reports.documents.asking import letterhead
    from reports.documents.registry import DOCUMENTS, Request
    from reports.figures.selection import Clearance
    from reports.pack.archive import write_archive
    from reports.pack.contents import PackOrder, pack_parts

    words = settings.words[language if language in settings.words else settings.language]
    clearance = Clearance(names=names)
    request = Request(
        now=now,
        zone=ZoneInfo(settings.zone),
        language=words.language,
        organisation=settings.organisation,
        period=period,
        filters=filters,
        clearance=clearance,
        titles=titles_of(settings, words.language),
        people=names_of(settings),
    )
    head = letterhead(words, request)

    def printing(kind: str, number: str) -> Printed:
        return print_document(
            settings, store, DOCUMENTS[kind], now, language=words.language, period=period,
            number=number, filters=filters, clearance=clearance,
        )  # fmt: skip

    with store.read() as work:
        order = PackOrder(
            period=period,
            span=request.span(),
            head=head,
            profiles=settings.profiles,
            print=printing,
            documents=process_documents(settings, words, head),
            configurations=_configurations(settings, work, period),
            names=names,
        )
        write_archive(target, pack_parts(work, order))


def letterhead_of(settings: Settings, words: Words, now: datetime) -> Letterhead:
    """What every document of the desk begins with, in the language of ``words``."""
    from reports.letterhead import Letterhead

    return Letterhead(
        words=words,
        organisation=settings.organisation,
        zone=ZoneInfo(settings.zone),
        now=now,
        titles=titles_of(settings, words.language),
        people=names_of(settings),
    )


def process_documents(
    settings: Settings, words: Words, head: Letterhead
) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """One for each process: name of the file, how to make it."""
    from reports.documents.process_document import Process, process_document

    template = settings.report_template("process", words.language)
    language = words.language
    keywords = {
        command: said[language][0]
        for command, said in settings.commands.synonyms.items()
        if said.get(language)
    }
    groups = tuple(settings.directory.groups.values())
    for name, profile in sorted(settings.profiles.items()):
        process = Process(profile, profile.sla or settings.sla, keywords, groups)
        yield f"{name}.docx", partial(process_document, process, head, template)


def _configurations(
    settings: Settings, work: UnitOfWork, period: Period
) -> Iterator[tuple[str, str]]:
    """Each that was in force in the period, as it was written; that of now where none was kept."""
    kept = work.configurations.during(period.start, period.end)
    versions = {one.version: one.files for one in kept} or {settings.version: settings.files}
    for version, files in sorted(versions.items()):
        for name, text in sorted(files.items()):
            yield f"{version}/{name}", disclosed(text)
