"""What the people of the made-up case ask, command and hand in, and how it is answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from processor.domain import events as e
from processor.domain import events_forms as fo
from processor.domain.events_reports import ReportFailed, ReportMade
from processor.domain.form import BlankForm, FieldFault, ReturnedForm
from processor.domain.incident import Dossier, MailRecord, Status
from processor.domain.people import Person
from processor.replies.samples_found import found_answers
from processor.replies.samples_records import of_records

if TYPE_CHECKING:
    from processor.replies.samples import Sample


Say = Callable[[str], str]
By = Callable[[Person], Any]


def events(case: Sample, say: Say, by: By) -> list[e.Event]:
    """Answers to whoever wrote. ``say`` gives a text of the case, ``by`` who did something and
    when."""
    return [
        *_commands(case, by),
        *_questions(case, say, by),
        *_forms(case, say, by),
        e.BurstHeld(**by(case.reporter), numbers=tuple(i.number for i, _ in case.listed())),
        *of_records(case.now, case.incident, say, case.reporter, case.desk),
    ]


def _commands(case: Sample, by: By) -> list[e.Event]:
    by_engineer, by_reporter = by(case.engineer), by(case.reporter)
    working, review = case.incident(Status.IN_PROGRESS), case.incident(Status.PENDING_REVIEW)
    accepted = e.Done("accept", "accept", {"number": working.number})
    confirmed = e.Done("confirm", "confirm", {"number": review.number})
    return [
        e.CommandsDone(
            **by_engineer, incident=working, done=(accepted,), clocks=case.clocks_of(working)
        ),
        e.CommandsDone(**by_reporter, incident=review, done=(confirmed,)),
        e.CommandsRefused(
            **by_engineer,
            incident=case.incident(Status.ASSIGNED),
            keyword="resolve",
            code="move_not_allowed",
            params={
                "status": Status.ASSIGNED,
                "target": Status.RESOLVED,
                "moves": (Status.IN_PROGRESS, Status.NEW),
                "keywords": ("accept", "return"),
            },
            allowed=("accept", "return", "note", "reply", "status", "help"),
        ),
        e.CommandsRefused(
            **by_reporter,
            incident=working,
            keyword="stauts",
            code="unknown_keyword",
            params={"line": "#stauts"},
            allowed=("status", "help"),
            suggestion="status",
        ),
    ]


def _questions(case: Sample, say: Say, by: By) -> list[e.Event]:
    by_engineer, by_reporter = by(case.engineer), by(case.reporter)
    working, listed = case.incident(Status.IN_PROGRESS), case.listed()
    return [
        e.StatusAsked(**by_reporter, dossier=_dossier(case, say)),
        e.StatusAsked(**by_reporter, incidents=listed),
        e.StatusAsked(**by_reporter),
        e.QueueAsked(**by_engineer, group="network", incidents=listed),
        *found_answers(case.words, case.now, case.engineer),
        e.HelpAsked(**by_reporter, incident=None, commands=("status", "cancel", "help")),
        e.HelpAsked(
            **by_engineer,
            incident=working,
            commands=("resolve", "reply", "wait_user", "note", "assign", "priority", "queue"),
        ),
        e.ReportAsked(
            **by(case.manager),
            incident=case.incident(Status.CLOSED),
            title=say("subject"),
            file_name=say("report_file"),
            document=b"PK",
        ),
        *(
            ReportMade(
                **by(case.manager if asked else case.system),
                readers=(case.manager,),
                title=say("report_title"),
                subject=say("report_period"),
                file_name=say("report_name"),
                document=b"PK",
                asked=asked,
            )
            for asked in (True, False)
        ),
        ReportFailed(
            **by(case.system),
            title=say("report_title"),
            subject=say("report_period"),
            reason=say("report_reason"),
            template=say("report_template"),
            place=say("report_place"),
            field=say("report_field"),
        ),
    ]


def _forms(case: Sample, say: Say, by: By) -> list[e.Event]:
    by_reporter = by(case.reporter)
    title = say("form")
    file = f"{title}.docx"
    faults = (
        FieldFault("occurred_at", say("form_field"), "unreadable_date", "31/31"),
        FieldFault("urgency", say("form_choice"), "missing", right=("1", "2")),
    )
    return [
        fo.FormsAsked(
            **by_reporter, forms=(BlankForm("form", title, say("form_use"), file, b"PK"),)
        ),
        fo.FormsReturned(**by_reporter, forms=(ReturnedForm(title, faults, file, b"PK"),)),
        fo.FormsReturned(**by_reporter, forms=(ReturnedForm(title, (), file, b"PK", "corrupt"),)),
        fo.FormTaken(**by_reporter, title=title, incidents=case.listed()),
        fo.FormTaken(
            **by_reporter, title=title, incidents=case.listed()[:1], reporter=say("engineer")
        ),
        fo.FormTaken(**by_reporter, title=title),
    ]


def _dossier(case: Sample, say: Say) -> Dossier:
    incident = case.incident(Status.IN_PROGRESS)

    def mail(direction: str, sender: str, text: str) -> MailRecord:
        return MailRecord(case.now, direction, "", sender, (), say("subject"), text)

    mails = (
        mail("in", case.reporter.address, say("symptom")),
        mail("out", case.engineer.address, say("reply")),
    )
    people = {p.address: p.name for p in (case.reporter, case.engineer)}
    return Dossier(incident, case.clocks_of(incident), mails=mails, people=people)
