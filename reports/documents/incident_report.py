"""The incident report 事件报告: one incident, from the report to the archive, in Word."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from processor.domain.incident import Dossier
from processor.domain.wording import Words
from reports.incident import journal
from reports.incident.audience import Audience, for_reader
from reports.incident.clocks import ShareAt, clock_rows
from reports.incident.correspondence import file_rows, link_rows, mail_rows
from reports.incident.narrative import sentences
from reports.incident.pictures import OpenBlob, captioned, pictures
from reports.incident.record import own_rows, record
from reports.incident.vocabulary import Titles, Vocabulary
from reports.moments import Moments
from reports.word.plain_text import line
from reports.word.printing import WordTemplate


def file_name(number: str, words: Words) -> str:
    """The name under which the report is mailed and kept."""
    return words.say("report.file_name", number=number)


def incident_report(
    dossier: Dossier,
    words: Words,
    template: Path,
    *,
    organisation: str,
    zone: ZoneInfo,
    now: datetime,
    open_blob: OpenBlob | None = None,
    audience: Audience = "team",
    titles: Titles | None = None,
    share_at: ShareAt | None = None,
) -> bytes:
    """The Word document about ``dossier`` in the language of ``words``.

    ``template`` is a ``.docx`` with the fields that ``templates/word/README.md`` names. Times are
    said in ``zone``; ``now`` (aware) is the time of printing. ``open_blob`` gives a file's bytes
    by SHA-256, for the pictures. ``audience="reporter"`` leaves out what is the team's own.
    ``titles`` are the configuration's names for its codes; ``share_at`` says how many percent of
    a clock's target have run (``SlaPolicy.share_at``). The same arguments give the same bytes.

    Raises TemplateFault, naming template, place and field, when the template cannot be printed.
    """
    seen = for_reader(dossier, audience)
    incident = seen.incident
    moments = Moments(words, zone)
    vocabulary = Vocabulary(dossier, words, moments, titles)
    word_template = WordTemplate(template)
    placed = captioned(pictures(seen.attachments, open_blob), word_template.docxtpl, vocabulary)
    title = vocabulary.say("title")
    subject = line(incident.subject, 200) or vocabulary.empty
    fields: dict[str, object] = {
        "organisation": line(organisation),
        "team": audience == "team",
        "subject": subject,
        "printed": vocabulary.say("printed", moment=moments.moment(now), zone=zone.key),
        "intro": sentences(seen, vocabulary, now),
        "incident": record(incident, vocabulary),
        "own": own_rows(seen, vocabulary),
        "clocks": clock_rows(seen.clocks, vocabulary, now, share_at),
        "steps": journal.steps(seen.journal, vocabulary),
        "escalations": journal.escalations(seen.journal, vocabulary),
        "timeline": journal.timeline(seen.journal, vocabulary),
        "mails": mail_rows(seen.mails, vocabulary),
        "links": link_rows(seen.links, vocabulary),
        "attachments": file_rows(seen.attachments, vocabulary),
        "pictures": placed,
    }
    return word_template.print(
        fields,
        title=f"{title} {incident.number}",
        subject=subject,
        author=line(organisation),
        now=now,
    )
