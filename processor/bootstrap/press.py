"""Prints documents: what they need of the configuration and of the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from processor.domain.errors import NotFound
from processor.domain.incident import Dossier
from processor.settings.settings import Settings
from processor.store.database import Store

if TYPE_CHECKING:
    from processor.services.policy import Press
    from reports.documents.registry import Document, Printed
    from reports.figures.selection import Clearance, Filters
    from reports.incident.vocabulary import Titles
    from reports.periods import Period
    from reports.press.naming import Naming


def press_of(settings: Settings, store: Store) -> Press:
    """A function that prints the report of a dossier in a language, for an audience."""
    names = names_of(settings)

    def press(dossier: Dossier, language: str, audience: str, now: datetime) -> tuple[str, bytes]:
        from reports.documents.incident_report import file_name, incident_report

        words = settings.words[language if language in settings.words else settings.language]
        template = settings.report_template("incident", words.language)
        content = incident_report(
            replace(dossier, people={**names, **dossier.people}),
            words,
            template,
            organisation=settings.organisation,
            zone=ZoneInfo(settings.zone),
            now=now,
            open_blob=store.blobs.open,
            audience="reporter" if audience == "reporter" else "team",
            titles=_with_own(settings, dossier, words.language),
            share_at=settings.sla.share_at,
        )
        return file_name(dossier.incident.number, words), content

    return press


def print_document(
    settings: Settings,
    store: Store,
    document: Document,
    now: datetime,
    *,
    language: str,
    period: Period | None = None,
    number: str = "",
    filters: Filters | None = None,
    clearance: Clearance | None = None,
) -> Printed:
    """A document of a period or of a record (``number``), in a language. Raises NotFound where
    there is no such record, TemplateFault where the template cannot be printed."""
    from reports.documents.registry import Request
    from reports.figures.selection import TEAM, Filters

    words = settings.words[language if language in settings.words else settings.language]
    request = Request(
        now=now,
        zone=ZoneInfo(settings.zone),
        language=words.language,
        organisation=settings.organisation,
        period=period,
        number=number,
        filters=filters or Filters(),
        clearance=clearance or TEAM,
        titles=titles_of(settings, words.language),
        people=names_of(settings),
        goals=settings.goals,
        logo=_logo(settings),
        profiles=settings.profiles,
        open_blob=store.blobs.open,
        audited=settings.reports.audited,
        listed=settings.reports.listed,
    )
    template = settings.report_template(document.kind, words.language)
    with store.read() as work:
        try:
            return document.print(work, words, template, request)
        except LookupError as fault:
            if number and fault.args == (number,):
                raise NotFound(number) from fault
            raise


def _logo(settings: Settings) -> Path | None:
    """The organisation's logo: ``word/logo.png`` or ``.jpg`` among the templates."""
    for folder in settings.templates:
        for ending in ("png", "jpg"):
            logo = folder / "word" / f"logo.{ending}"
            if logo.is_file():
                return logo
    return None


def naming_of(settings: Settings, language: str) -> Naming:
    """What the configuration calls its codes and people, in one language."""
    from reports.press.naming import Naming

    return Naming(settings.words[language], titles_of(settings, language), names_of(settings))


def _with_own(settings: Settings, dossier: Dossier, language: str) -> Titles:
    """The same, with the fields of the record's own process."""
    profile = settings.profiles.get(dossier.incident.profile)
    own = {one.name: one.titles[language] for one in profile.fields} if profile else {}
    return replace(titles_of(settings, language), fields=own)


def names_of(settings: Settings) -> dict[str, str]:
    """Address → name, of everybody in the directory."""
    return {
        address: person.name
        for person in settings.directory.people
        for address in (person.address, *person.aliases)
        if person.name
    }


def titles_of(settings: Settings, language: str) -> Titles:
    """What the configuration calls its codes, in one language."""
    from reports.incident.vocabulary import Titles

    return Titles(
        categories={one.code: one.title.get(language, one.code) for one in settings.categories},
        groups={
            name: group.title.get(language, name)
            for name, group in settings.directory.groups.items()
        },
        closure_codes={
            code: title.get(language, code) for code, title in settings.closure_titles.items()
        },
        profiles={
            name: profile.titles.get(language, name) for name, profile in settings.profiles.items()
        },
    )
