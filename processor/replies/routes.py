"""What happened → who is written to: the whole policy, one line of :data:`ROUTES` an event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from processor.domain import events as e
from processor.domain import events_alerts as al
from processor.domain import events_forms as fo
from processor.domain.incident import Status
from processor.domain.people import Directory
from processor.replies import (
    audience,
    escalation_letters,
    routes_closing,
    routes_emergency,
    routes_house,
    routes_knowledge,
    routes_neighbours,
    routes_profiles,
    routes_records,
    routes_reports,
)
from processor.replies.addressing import DOCX, Addressed, Audience, Enclosure, Route
from processor.replies.addressing import actor as _actor
from processor.replies.addressing import answer as _answer
from processor.replies.addressing import handlers as _handlers
from processor.replies.addressing import reporter as _reporter


def _opened(event: e.Opened, directory: Directory) -> Iterator[Addressed]:
    incident = event.incident
    if not event.quiet:
        told = audience.reporter(incident, directory)
        yield Addressed("opened", told, Audience.REPORTER, asks=True)
    routed = incident.assignee or incident.group not in ("", directory.desk)
    if not routed and incident.status is Status.NEW:
        yield Addressed("desk-new", audience.desk(directory), Audience.STAFF)


def _dispatched(event: e.Dispatched, directory: Directory) -> Iterator[Addressed]:
    yield _handlers("assigned", event, directory)


def _accepted(event: e.Accepted, directory: Directory) -> Iterator[Addressed]:
    yield _reporter("accepted", event, directory)


def _reporter_wrote(event: e.ReporterWrote, directory: Directory) -> Iterator[Addressed]:
    yield _handlers("updated", event, directory)


def _replied(event: e.Replied, directory: Directory) -> Iterator[Addressed]:
    yield _reporter("reply", event, directory)
    yield Addressed("reply", audience.watchers(event.incident, directory), Audience.OTHER)


def _asked(event: e.Asked, directory: Directory) -> Iterator[Addressed]:
    yield _reporter("question", event, directory, asks=True)


def _resolved(event: e.Resolved, directory: Directory) -> Iterator[Addressed]:
    yield _reporter("resolved-ask", event, directory, asks=True)


def _confirmed(_: e.Confirmed, directory: Directory) -> Iterator[Addressed]:
    yield Addressed("review-ask", audience.managers(directory), Audience.STAFF, asks=True)


def _reopened(event: e.Reopened, directory: Directory) -> Iterator[Addressed]:
    yield _handlers("reopened", event, directory)
    yield _reporter("reopened", event, directory)


def _archived(event: e.Archived, directory: Directory) -> Iterator[Addressed]:
    yield _reporter("closed", event, directory)
    yield Addressed("closed", audience.watchers(event.incident, directory), Audience.OTHER)
    if event.report is not None:
        name, document = event.report
        yield Addressed(
            "closed",
            audience.managers(directory),
            Audience.STAFF,
            asks=True,  # the report itself goes to him who approved, too
            attachments=(
                Enclosure(name, DOCX, document, event.masked[1] if event.masked else b""),
            ),
        )


def _sent_back(event: e.SentBack, directory: Directory) -> Iterator[Addressed]:
    yield _handlers("sent-back", event, directory)


def _returned(_: e.Returned, directory: Directory) -> Iterator[Addressed]:
    yield Addressed("returned", audience.desk(directory), Audience.STAFF)


def _cancelled(event: e.Cancelled, directory: Directory) -> Iterator[Addressed]:
    yield _reporter("cancelled", event, directory)
    yield _handlers("cancelled", event, directory)


def _stranger_wrote(event: e.StrangerWrote, directory: Directory) -> Iterator[Addressed]:
    yield Addressed("stranger-wrote", audience.owner(event.incident, directory), Audience.STAFF)


def _delivery_failed(event: e.DeliveryFailed, directory: Directory) -> Iterator[Addressed]:
    failed = event.address.lower()
    people = [
        person
        for person in (*audience.owner(event.incident, directory), *audience.desk(directory))
        if person.address.lower() != failed
    ]
    owners = {p.address for p in audience.owner(event.incident, directory)} - {failed}
    # The desk hears of it only where the owner himself is the one who cannot be reached.
    told = [p for p in people if p.address in owners] or people
    yield Addressed("delivery-failed", told, Audience.STAFF)


def _alert_recovered(event: al.AlertRecovered, directory: Directory) -> Iterator[Addressed]:
    yield _handlers("alert-recovered", event, directory)


def _alert_flapping(event: al.AlertFlapping, directory: Directory) -> Iterator[Addressed]:
    yield _handlers("alert-flapping", event, directory)


def _unproven(event: e.CommandUnproven, directory: Directory) -> Iterator[Addressed]:
    yield _actor("not-proven", event)
    if event.neighbour is not None:
        warned = [p for p in audience.managers(directory) if p.address != event.actor.address]
        yield Addressed("forgery-warning", warned or audience.desk(directory), Audience.STAFF)
    if event.incident is not None:
        owners = audience.owner(event.incident, directory)
        others = [p for p in owners if p.address != event.actor.address]
        # Somebody wrote in the owner's name: then the desk is warned, not the owner alone.
        yield Addressed("forgery-warning", others or audience.desk(directory), Audience.STAFF)


def _quarantined(_: e.MessageQuarantined, directory: Directory) -> Iterator[Addressed]:
    yield Addressed(
        "quarantine-notice", audience.administrators(directory), Audience.STAFF, asks=True
    )


def _report_asked(event: e.ReportAsked, _: Directory) -> Iterator[Addressed]:
    enclosed = Enclosure(event.file_name, DOCX, event.document, event.document)  # as he may have it
    yield replace(_actor("report", event), attachments=(enclosed,))


def _forms_asked(event: fo.FormsAsked, _: Directory) -> Iterator[Addressed]:
    enclosed = tuple(Enclosure(form.file_name, DOCX, form.document) for form in event.forms)
    yield replace(_actor("forms", event), attachments=enclosed)


def _forms_returned(event: fo.FormsReturned, _: Directory) -> Iterator[Addressed]:
    enclosed = tuple(Enclosure(form.file_name, DOCX, form.document) for form in event.forms)
    yield replace(_actor("form-faulty", event), attachments=enclosed)


ROUTES: dict[type[e.Event], Route] = {
    e.Opened: _opened,
    e.Dispatched: _dispatched,
    e.Accepted: _accepted,
    e.ReporterWrote: _reporter_wrote,
    e.Replied: _replied,
    e.Asked: _asked,
    e.Resolved: _resolved,
    e.Confirmed: _confirmed,
    e.Reopened: _reopened,
    e.Archived: _archived,
    e.SentBack: _sent_back,
    e.Returned: _returned,
    e.Cancelled: _cancelled,
    e.StrangerWrote: _stranger_wrote,
    e.DeliveryFailed: _delivery_failed,
    al.AlertRecovered: _alert_recovered,
    al.AlertFlapping: _alert_flapping,
    e.CommandUnproven: _unproven,
    e.CommandsDone: _answer("command-done"),
    e.CommandsRefused: _answer("command-refused"),
    e.StatusAsked: _answer("status"),
    e.QueueAsked: _answer("queue"),
    e.FoundAsked: _answer("found"),
    e.HelpAsked: _answer("help"),
    e.ReportAsked: _report_asked,
    fo.FormsAsked: _forms_asked,
    fo.FormsReturned: _forms_returned,
    fo.FormTaken: _answer("form-taken"),
    e.MessageQuarantined: _quarantined,
    e.BurstHeld: _answer("burst-digest"),
    **routes_closing.ROUTES,
    **routes_emergency.ROUTES,
    **routes_profiles.ROUTES,
    **routes_records.ROUTES,
    **escalation_letters.ROUTES,
    **routes_neighbours.ROUTES,
    **routes_knowledge.ROUTES,
    **routes_house.ROUTES,
    **routes_reports.ROUTES,
}

# NoteAdded, Resumed, Rated and Reclassified are not here: they change the record, and whoever did
# it is answered by "command-done".

# fmt: off
KINDS: tuple[str, ...] = (
    "opened", "desk-new", "assigned", "accepted", "updated", "reply", "question", "resolved-ask",
    "review-ask", "reopened", "sent-back", "returned", "closed", "cancelled", "command-done",
    "command-refused", "not-proven", "forgery-warning", "stranger-wrote", "delivery-failed",
    "status", "queue", "found", "help", "report", "quarantine-notice",
    "burst-digest", "alert-recovered", "alert-flapping", "forms", "form-faulty", "form-taken",
    *routes_closing.KINDS,
    *routes_emergency.KINDS,
    *routes_records.KINDS,
    *escalation_letters.KINDS,
    *routes_neighbours.KINDS,
    *routes_profiles.KINDS,
    *routes_knowledge.KINDS,
    *routes_house.KINDS,
    *routes_reports.KINDS,
)
# fmt: on
"""Every kind of letter; each has its templates in each language."""
