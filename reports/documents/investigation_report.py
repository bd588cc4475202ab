"""The investigation report 调查报告 (seed 4.5, spec 1.9): what happened, why, who, what follows.

Every text in it was written by people into fields of the record; chapters of which nothing was
written say so.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from processor.domain.errors import Refusal
from processor.domain.profile import Chapter, Profile
from processor.domain.wording import Words
from processor.store.unit_of_work import UnitOfWork
from reports.case.case import Case
from reports.case.chapters import chapters, checklist
from reports.case.course import key_moments
from reports.case.rows import duty_rows
from reports.documents.asking import letterhead, readable_case
from reports.documents.registry import Printed, Request
from reports.incident import journal
from reports.incident.correspondence import file_rows
from reports.incident.pictures import OpenBlob, captioned, pictures
from reports.incident.record import record
from reports.incident.vocabulary import Vocabulary
from reports.letterhead import Letterhead
from reports.word.plain_text import line
from reports.word.printing import WordTemplate


def investigation_report(
    case: Case,
    profile: Profile,
    head: Letterhead,
    template: Path,
    *,
    masked: bool = False,
    open_blob: OpenBlob | None = None,
) -> bytes:
    """The Word document about ``case`` of the process ``profile``: overview, people, course,
    evidence with photos, causes, responsibility, measures with owner and date, the checklist, and
    lines to sign; care and reflection where the process has fields for them.

    ``masked`` says that names are veiled in ``case`` already: the report says so too. The same
    arguments give the same bytes. Raises TemplateFault, naming template, place and field.
    """
    dossier, now = case.dossier, head.now
    incident = dossier.incident
    vocabulary = Vocabulary(dossier, head.words, head.moments, head.titles)
    word_template = WordTemplate(template)
    language = head.words.language
    process = profile.titles.get(language, profile.name)
    subject = line(incident.subject, 200) or vocabulary.empty
    shown = pictures(dossier.attachments, open_blob)
    written = chapters(case, profile, vocabulary)
    grade = profile.grade_of(incident.priority)
    called = grade.titles[language] if grade else vocabulary.coded("priority", incident.priority)
    fields: dict[str, object] = {
        **head.fields(),
        "number": line(incident.number),
        "subject": subject,
        "process": line(process),
        "grade": line(called),
        "masked": masked,
        "incident": record(incident, vocabulary),
        **{one.value: rows for one, rows in written.items()},
        "has_care": any(one.chapter is Chapter.CARE for one in profile.fields),
        "has_reflection": any(one.chapter is Chapter.REFLECTION for one in profile.fields),
        "timeline": journal.timeline(key_moments(dossier.journal), vocabulary),
        "attachments": file_rows(dossier.attachments, vocabulary),
        "pictures": captioned(shown, word_template.docxtpl, vocabulary),
        "measures": duty_rows(case.duties, vocabulary, now),
        "checklist": checklist(case, profile, vocabulary),
    }
    title = head.say("kind.investigation")
    return word_template.print(
        fields,
        title=f"{title} {incident.number}",
        subject=subject,
        author=line(head.organisation),
        now=now,
    )


def print_investigation(
    work: UnitOfWork, words: Words, template: Path, request: Request
) -> Printed:
    """See :data:`reports.documents.registry.Printer`. Raises Refusal ``not_investigated``."""
    case, masked = readable_case(work, request)
    profile = request.profiles.get(case.dossier.incident.profile)
    if profile is None or not profile.investigated:
        raise Refusal("not_investigated", number=request.number)
    titles = replace(
        request.titles,
        fields={one.name: one.titles[words.language] for one in profile.fields},
    )
    head = letterhead(words, request, titles)
    content = investigation_report(
        case, profile, head, template, masked=masked, open_blob=request.open_blob
    )
    return Printed(head.file_name("investigation", request.number), content)
