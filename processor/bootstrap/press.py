"""The Word report of one incident, for commands and the command line."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from processor.domain.incident import Dossier
from processor.services.policy import Press
from processor.settings.settings import Settings
from processor.store.database import Store

if TYPE_CHECKING:
    from reports.incident.vocabulary import Titles


def press_of(settings: Settings, store: Store) -> Press:
    """A function that prints the report of a dossier in a language, for an audience."""
    names = {
        address: person.name
        for person in settings.directory.people
        for address in (person.address, *person.aliases)
        if person.name
    }

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
            titles=_titles(settings, words.language),
            share_at=settings.sla.share_at,
        )
        return file_name(dossier.incident.number, words), content

    return press


def _titles(settings: Settings, language: str) -> Titles:
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
    )
