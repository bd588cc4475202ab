"""The major incident report 重大事件报告 (spec 1.7, 101): for the management."""

from __future__ import annotations

from pathlib import Path

from processor.domain.emergency import MEASURE, NOTICE, REPORT
from processor.domain.errors import Refusal
from processor.domain.wording import Words
from processor.store.unit_of_work import UnitOfWork
from reports.case import impact
from reports.case.case import Case
from reports.case.course import broadcasts, decisions
from reports.case.lessons import lessons
from reports.case.rows import duty_rows, receipt_rows, related_rows
from reports.case.summary import summary
from reports.case.timeline import timeline
from reports.charts.placing import PlacedChart
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


def major_report(
    case: Case, head: Letterhead, template: Path, *, open_blob: OpenBlob | None = None
) -> bytes:
    """The Word document about ``case``: summary, impact, timeline, decisions, broadcasts with
    receipts, cause, what went well and badly, measures with owner and date.

    Sections of which the record knows nothing say so. The same arguments give the same bytes.
    Raises TemplateFault, naming template, place and field.
    """
    dossier, now = case.dossier, head.now
    vocabulary = Vocabulary(dossier, head.words, head.moments, head.titles)
    word_template = WordTemplate(template)
    ends = (dossier.incident.resolved_at, case.emergency.over_at if case.emergency else None)
    until = max((one for one in ends if one is not None), default=now)
    rows, chart = timeline(dossier.journal, vocabulary, until)
    well, badly = lessons(case, vocabulary, now)
    incident = dossier.incident
    subject = line(incident.subject, 200) or vocabulary.empty
    measures = [one for one in case.duties if one.kind == MEASURE]
    owed = [one for one in case.duties if one.kind in (NOTICE, REPORT)]
    shown = pictures(dossier.attachments, open_blob)
    fields: dict[str, object] = {
        **head.fields(),
        "number": line(incident.number),
        "subject": subject,
        "incident": record(incident, vocabulary),
        "facts": summary(case, vocabulary, now),
        "intro": impact.sentences(case, vocabulary, now),
        "impact": impact.rows(case, vocabulary),
        "related": related_rows(case.related, vocabulary),
        "timeline": rows,
        "chart": PlacedChart(word_template.docxtpl, chart, head.faces),
        "decisions": journal.timeline(decisions(dossier.journal), vocabulary),
        "broadcasts": journal.steps_of(broadcasts(dossier.journal), vocabulary),
        "receipts": receipt_rows(case.receipts, vocabulary),
        "causes": impact.causes(case, vocabulary),
        "well": well,
        "badly": badly,
        "measures": duty_rows(measures, vocabulary, now),
        "owed": duty_rows(owed, vocabulary, now),
        "attachments": file_rows(dossier.attachments, vocabulary),
        "pictures": captioned(shown, word_template.docxtpl, vocabulary),
    }
    title = head.say("kind.major")
    return word_template.print(
        fields,
        title=f"{title} {incident.number}",
        subject=subject,
        author=line(head.organisation),
        now=now,
    )


def print_major(work: UnitOfWork, words: Words, template: Path, request: Request) -> Printed:
    """See :data:`reports.documents.registry.Printer`. Raises Refusal ``not_major``."""
    case, _ = readable_case(work, request)
    if not case.dossier.incident.major and case.emergency is None:
        raise Refusal("not_major", number=request.number)
    head = letterhead(words, request)
    content = major_report(case, head, template, open_blob=request.open_blob)
    return Printed(head.file_name("major", request.number), content)
