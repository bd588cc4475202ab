"""The Word report of one incident, for commands and the command line."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from processor.domain.incident import Dossier
from processor.services.policy import Press
from processor.settings.settings import Settings
from processor.store.database import Store


def press_of(settings: Settings, store: Store) -> Press:
    """A function that prints the report of a dossier in a language, for an audience."""

    def press(dossier: Dossier, language: str, audience: str) -> tuple[str, bytes]:
        from reports.documents.incident_report import incident_report

        words = settings.words[language if language in settings.words else settings.language]
        template = _template(settings, words.language)
        last = max(
            (entry.at for entry in dossier.journal), default=dossier.incident.reported_at
        )
        content = incident_report(
            dossier,
            words,
            template,
            organisation=settings.organisation,
            zone=ZoneInfo(settings.zone),
            now=last,
            open_blob=store.blobs.open,
            audience=audience,
        )
        name = words.say("report.incident_file", number=dossier.incident.number)
        return name, content

    return press
